#pragma once
// The daemon's door for people, and the workstations before it: the real session machine, people
// who type right and wrong PINs, work, walk away, and come back; operators who revoke keys and set
// PINs. It stands in for daemon/shell/desk, and asks and tells in the order in which that does.
// Making and matching Argon2id is taken out: a PIN is its own digest here, and takes its time.

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "daemon/access/sessions.hpp"
#include "tests/sim/daemon.hpp"

namespace washup::sim {

class FrontDesk {
  public:
    // Gives a command of `staff` to the daemon, from the connection `from`.
    using Give = std::function<void(std::string const& from, std::string const& staff)>;
    FrontDesk(World world, Daemon& daemon, Prng chance, Give give);

    // Once a second: what the daemon does by itself, and what people do.
    void second();

  private:
    struct Station {
        std::string key;
        int line = 0, way = 0;
        bool revoked = false;
        SteadyInstant away_until;
    };
    access::Peer peer(Station const& station) const {
        return {station.key, station.line, station.key};
    }
    // Before anything is asked: a daemon that was started again knows nobody.
    bool ready();
    void step(access::SessionInput const& input);
    void act(access::SessionAction const& action);
    void arrive(Station& station, std::function<void()> what);
    void sign_in(Station& station);
    void command(Station& station);
    access::Session const* session_of(Station const& station) const;
    void operators();

    World world_;
    Daemon& daemon_;
    Prng chance_;
    Give give_;
    access::Sessions sessions_;
    int life_ = -1, next_line_ = 0;
    std::vector<Station> stations_;
    std::map<std::string, std::string> pins_;  // by staff id
    access::FailureCounts kept_;               // on the disk
};

}  // namespace washup::sim
