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
#include <set>
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
    void tell(std::string_view event = "turned_away");
    std::uint64_t count() const;

    struct Count {
        std::uint64_t all = 0, told = 0;
        std::string key;  // the last one's name; empty: not on the list
    };
    std::map<std::pair<std::string, std::string>, Count> counts() const;

  private:
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
    // With keys only: tier 3 has no feed, it is given to people one to one.
    bool has_feed(int tier) const {
        return sockets_[static_cast<std::size_t>(access::feed_door(tier))] != nullptr;
    }
    access::KeyRing const& ring() const { return *ring_; }
    // A newer list counts at once: of keys that are not on it as they were no frame is taken, and
    // their lines are hung up. Gives them. Who listens on the control port may be told why first,
    // and is hung up by hang_up_rest().
    std::vector<std::string> change_ring(access::KeyRing ring);
    void hang_up_rest();
    // Notes whose line the frame that is being handled came by, so that it can be hung up.
    void note_line(access::Door door);
    // Of each line of the control port that has ended. Set before bind.
    void on_control_gone(link::ZmqSocket::OnLineGone handler) {
        control_gone_ = std::move(handler);
    }
    // The public half, for the log; empty without keys.
    std::string const& public_key() const { return own_.public_key; }
    void tell_turned_away() { turned_away_.tell(); }
    TurnedAway const& turned_away() const { return turned_away_; }

  private:
    Result<void> open(access::Door door, std::string const& endpoint);
    void line_gone(access::Door door, int line);
    std::shared_ptr<access::KeyRing const> ring_of_gate() const;

    boost::asio::io_context& io_;
    mutable std::mutex ring_mutex_;  // the loop changes it, the gate's thread reads it
    std::shared_ptr<access::KeyRing const> ring_;
    std::array<std::map<int, std::string>, access::all_doors.size()> lines_;  // line -> public key
    std::set<int> leaving_;  // of the control port: of keys that are not what they were
    link::ZmqSocket::OnLineGone control_gone_;
    link::KeyPair own_;
    TurnedAway turned_away_;
    link::ZmqContext context_;  // after what its gate asks
    std::array<std::unique_ptr<link::ZmqSocket>, access::all_doors.size()> sockets_;
};

}  // namespace washup::shell
