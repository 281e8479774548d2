#pragma once
// Inside proto/link only: hears of a socket's failed handshakes and of connections that ended, on
// the socket's loop.

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <memory>
#include <zmq.hpp>

#include "proto/link/zmq_socket.hpp"

namespace washup::link {

class ZmqMonitor : public std::enable_shared_from_this<ZmqMonitor> {
  public:
    struct Handlers {
        ZmqSocket::OnHandshakeFault fault;
        ZmqSocket::OnLineGone gone;
    };
    static std::shared_ptr<ZmqMonitor> watch(boost::asio::io_context& io, zmq::context_t& context,
                                             zmq::socket_t& socket, Handlers handlers);
    ZmqMonitor(boost::asio::io_context& io, zmq::context_t& context, zmq::socket_t& socket,
               Handlers handlers);
    ~ZmqMonitor();
    // Before the socket closes. The library writes events without a look whether anybody reads: to
    // a reader that has gone it would wait for ever, on the I/O thread that everybody shares.
    void stop();

  private:
    void arm();
    void look();

    boost::asio::io_context& io_;
    void* watched_;
    zmq::socket_t pair_;
    boost::asio::posix::stream_descriptor descriptor_;
    Handlers handlers_;
};

}  // namespace washup::link
