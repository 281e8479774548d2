#pragma once
// A ZeroMQ socket that lives on an Asio loop. The only door to the library: no other file includes
// <zmq.hpp>. One message = one frame; no envelope is looked into here.
//
// ZeroMQ's descriptor is edge-triggered and is also used inside its own sends, so after every send
// and every receive the socket is asked again whether something is waiting (libzmq manual,
// zmq_getsockopt, ZMQ_FD). All that knowledge is in the .cpp.

#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "proto/base/result.hpp"
#include "proto/link/key_pair.hpp"
#include "proto/link/zmq_context.hpp"

namespace washup::link {

enum class SocketType { router, dealer, pub, sub };

// With these a socket that binds takes CURVE connections only, and asks the context's gate about
// each under the name of its door.
struct ServerKeys {
    std::string secret_key;  // 40 letters
    std::string door;        // not empty
};

// Why a connection did not come about; counted by whoever listens.
enum class HandshakeFault {
    broken,    // ended, or said nothing, before it was done
    protocol,  // garbage, or another mechanism: keys on one side only
    refused    // the gate said no
};

// What a client tells its user, as one sentence.
std::string_view to_words(HandshakeFault fault, bool with_keys);

struct SocketOptions {
    int send_hwm = 10'000;  // messages held per peer before try_send says no (PUB: drops)
    int receive_hwm = 10'000;
    int linger_ms = 0;  // how long closing waits for what is not yet sent
    // A little above frame_bytes_max: the cipher needs some octets, and a frame that is just too
    // large gets words. Beyond this the library drops the connection.
    std::int64_t message_bytes_max = 1024 * 1024 + 1024;
    int heartbeat_ms = 1000;  // the connection's own; a peer silent for three of them is gone
    int reconnect_ms = 100;   // doubled up to reconnect_max_ms
    int reconnect_max_ms = 1000;
    int handshake_max_ms = 5000;  // a connection that is not made by then ends
    // The library gives up for good when the other side says no to its key, or wants one. A key may
    // be listed later, so we knock again.
    int knock_again_ms = 5000;
    int backlog_max = 256;  // connections that the kernel holds until they are taken
    std::optional<ServerKeys> server;
    std::optional<ClientKeys> keys;
    int burst_max = 256;  // messages handed over in one turn of the loop
};

// One thread: the io_context's. May be destroyed from within its own handler.
class ZmqSocket {
  public:
    // ROUTER: `routing_id` names the peer. Others: it is empty. A message in several parts, which
    // no client of ours sends, arrives as an empty frame, so that it is refused like any other.
    // PUB with ServerKeys: a frame for each subscription, so that sender() and line() say who
    // listens; what it holds is no message.
    using OnMessage = std::function<void(std::string routing_id, std::string frame)>;

    ZmqSocket(boost::asio::io_context& io, ZmqContext& context, SocketType type,
              SocketOptions options = {});
    ~ZmqSocket();
    ZmqSocket(ZmqSocket const&) = delete;
    ZmqSocket& operator=(ZmqSocket const&) = delete;

    // "tcp://127.0.0.1:7700"; port 0 takes a free one, see port().
    Result<void> bind(std::string const& endpoint);
    // Never waits: the library connects, and connects again, by itself.
    Result<void> connect(std::string const& endpoint);

    // Set once, before the loop runs messages. A SUB hears everything; there are no topics.
    void on_message(OnMessage handler);

    // Name of the key that sent the message being handled: only inside the handler. Empty: none.
    std::string const& sender() const;

    // The line (connection) that brought the message being handled: a number that is its own while
    // it lasts, and is used again afterwards. Only inside the handler.
    int line() const;
    // Of each line that has ended. Set before bind.
    using OnLineGone = std::function<void(int line)>;
    void on_line_gone(OnLineGone handler);
    // Ends a line from here; the other side may come again, and is asked for its key again.
    void hang_up(int line);

    // Of each connection that failed before it was made, either way round. Set before bind or
    // connect.
    using OnHandshakeFault = std::function<void(HandshakeFault)>;
    void on_handshake_fault(OnHandshakeFault handler);

    // False: nobody there, or their queue is full; nothing was sent. `routing_id` is for ROUTER.
    bool try_send(std::string_view routing_id, std::string_view frame);
    bool try_send(std::string_view frame) { return try_send({}, frame); }

    std::string endpoint() const;  // the last one bound or connected, with its real port
    std::uint16_t port() const;    // of endpoint(); 0 when there is none

  private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace washup::link
