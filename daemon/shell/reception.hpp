#pragma once
// What happens to every frame of a ROUTER door before anybody works on it: its envelope is judged,
// then what its key may send, then its payload; what fails is refused and counted. It knows nothing
// of what a frame asks for.

#include <optional>
#include <string>

#include "daemon/shell/doors.hpp"
#include "proto/wire/envelope.hpp"

namespace washup::shell {

class Reception {
  public:
    explicit Reception(Doors& doors) : doors_(doors) {}

    // What the connection's key may not do is refused before the payload is looked into.
    std::optional<wire::Frame> admitted(access::Door door, std::string const& from,
                                        std::string const& bytes);
    bool parsed(access::Door door, std::string const& from, wire::Frame const& frame,
                google::protobuf::MessageLite& message);
    void refuse(access::Door door, std::string const& from, Error const& error);
    void note(access::Door door, std::string const& why, std::string const& key) {
        table_.note(std::string(access::to_words(door)), why, key);
    }
    std::uint64_t refused() const { return table_.count(); }
    TurnedAway const& table() const { return table_; }
    // At most one line a second for each reason: a flood of such frames is no flood of lines.
    void tell() { table_.tell("frame_refused"); }

  private:
    link::ZmqSocket& socket(access::Door door);
    Doors& doors_;
    TurnedAway table_;
};

}  // namespace washup::shell
