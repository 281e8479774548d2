#pragma once
// The listening side: connections, frames, acks in the order of the messages, nothing else. It does
// not know what a message means; the Intake decides when one is durable. One thread: the
// io_context's.
//
// Back-pressure: a connection is not read while the spool is full or too much is under way (but for
// one message, which gets AE after `answer_within`, so that its sender is not left without a word),
// or while its sender does not take our acks.

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <set>
#include <string>

#include "adapters/hl7v2/framer.hpp"
#include "adapters/hl7v2/intake.hpp"
#include "proto/base/clock.hpp"
#include "proto/base/result.hpp"

namespace washup::hl7v2 {

// One more takes the place of the oldest that never sent a whole message, if there is such a one:
// slow senders of nothing must not keep a ward out.
inline constexpr std::size_t connections_max = 256;
inline constexpr std::size_t connection_pending_max = 512;           // messages without an ack
inline constexpr std::size_t connection_unsent_bytes_max = 1 << 20;  // acks nobody reads

struct ServerTimes {
    Duration answer_within = seconds(30);      // then AE
    Duration unfinished_within = seconds(30);  // between two pieces of one frame; then close
    Duration linger = seconds(5);              // after our last word, so that it can be read
};

struct ServerCounts {
    std::uint64_t connections = 0, refused_connections = 0, acks = 0, errors = 0, rejected = 0,
                  unreadable = 0;
};

class MllpConnection;

class MllpServer {
  public:
    MllpServer(boost::asio::io_context& io, Intake& intake, ServerTimes times = {});
    ~MllpServer();

    // Port 0 takes a free one. Gives the port that listens.
    Result<std::uint16_t> listen(std::string const& host, std::uint16_t port);
    // The daemon came or went, or there is room again: looks at every connection.
    void changed();
    // Takes no more messages, waits for the answers under way, closes. `done` is called at the end,
    // at the latest after `within`.
    void drain(Duration within, std::function<void()> done);

    ServerCounts const& counts() const { return counts_; }

  private:
    friend class MllpConnection;
    void accept();
    void closed(std::shared_ptr<MllpConnection> const& connection);
    // Where every place is taken: whoever came first and never sent a whole message goes.
    bool make_room();
    void finish_drain();

    boost::asio::io_context& io_;
    Intake& intake_;
    ServerTimes times_;
    boost::asio::ip::tcp::acceptor acceptor_;
    std::set<std::shared_ptr<MllpConnection>> connections_;
    bool draining_ = false;
    std::function<void()> drained_;
    boost::asio::steady_timer drain_timer_, accept_again_;
    ServerCounts counts_;
};

}  // namespace washup::hl7v2
