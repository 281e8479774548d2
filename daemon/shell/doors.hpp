#pragma once
// The daemon's sockets, and who may come through them: without keys everybody of this machine, with
// keys those that the key ring admits. It counts who was turned away and why, and says so at most
// once a second. It reads no frame.

#include <array>
#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "daemon/access/key_ring.hpp"
#include "proto/link/zmq_socket.hpp"

namespace washup::shell {

// Those who did not come in. Any thread.
class TurnedAway {
  public:
    void note(std::string const& door, std::string const& why, std::string const& key = {});
    // One line for each door and reason that had anybody since the last time. Never a word of what
    // they sent.
    void tell();
    std::uint64_t count() const;

  private:
    struct Count {
        std::uint64_t all = 0, told = 0;
        std::string key;  // the last one's name; empty: not on the list
    };
    mutable std::mutex mutex_;
    std::map<std::pair<std::string, std::string>, Count> counts_;  // by door and reason
};

// Each stranger who connects costs a descriptor until the handshake ends; the journal must never be
// the one that gets none. Takes what the system allows.
void raise_open_files();

class Doors {
  public:
    // `own` is the daemon's pair; none exactly when the ring is empty.
    Doors(boost::asio::io_context& io, access::KeyRing ring, std::optional<link::KeyPair> own);

    Result<void> bind(std::string const& host, unsigned base_port);

    link::ZmqSocket& ingest() { return *sockets_[static_cast<std::size_t>(access::Door::ingest)]; }
    link::ZmqSocket& control() {
        return *sockets_[static_cast<std::size_t>(access::Door::control)];
    }
    link::ZmqSocket& feed(int tier) {
        return *sockets_[static_cast<std::size_t>(access::feed_door(tier))];
    }
    access::KeyRing const& ring() const { return ring_; }
    // The public half, for the log; empty without keys.
    std::string const& public_key() const { return own_.public_key; }
    void tell_turned_away() { turned_away_.tell(); }

  private:
    Result<void> open(access::Door door, std::string const& endpoint);

    boost::asio::io_context& io_;
    access::KeyRing ring_;
    link::KeyPair own_;
    TurnedAway turned_away_;
    link::ZmqContext context_;  // after what its gate asks
    std::array<std::unique_ptr<link::ZmqSocket>, access::all_doors.size()> sockets_;
};

}  // namespace washup::shell
