#pragma once
// Inside proto/link only: hears of a socket's failed handshakes, on the socket's loop.

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <memory>
#include <zmq.hpp>

#include "proto/link/zmq_socket.hpp"

namespace washup::link {

class ZmqMonitor : public std::enable_shared_from_this<ZmqMonitor> {
  public:
    static std::shared_ptr<ZmqMonitor> watch(boost::asio::io_context& io, zmq::context_t& context,
                                             zmq::socket_t& socket,
                                             ZmqSocket::OnHandshakeFault handler);
    ZmqMonitor(boost::asio::io_context& io, zmq::context_t& context,
               ZmqSocket::OnHandshakeFault handler);
    ~ZmqMonitor();

  private:
    void arm();
    void look();

    boost::asio::io_context& io_;
    zmq::socket_t pair_;
    boost::asio::posix::stream_descriptor descriptor_;
    ZmqSocket::OnHandshakeFault handler_;
};

}  // namespace washup::link
