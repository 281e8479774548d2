#pragma once
// The daemon of the simulated house: the real engine and reader on a disk that fails, started again
// after each end. It stands in for daemon/shell, which does the same with threads and sockets.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "daemon/engine/clock_keeper.hpp"
#include "daemon/engine/engine.hpp"
#include "daemon/reader/reader.hpp"
#include "tests/sim/checkers/all.hpp"
#include "tests/sim/clocks.hpp"
#include "tests/sim/disk.hpp"
#include "tests/sim/log.hpp"
#include "tests/sim/network.hpp"
#include "tests/sim/plant.hpp"
#include "tests/sim/weather.hpp"

namespace washup::sim {

// What the parties of one house have in common.
struct World {
    Prng& chance;
    Weather& weather;
    Network& network;
    Clocks& clocks;
    Checkers& checkers;
    Log& log;
    Plant plant = Plant::none;
};

// Of every house; whoever has the disk and this reads whatever was not erased.
inline std::string site_key() {
    return std::string(32, 'k');
}

class Daemon {
  public:
    struct Ways {
        std::function<void(engine::Port port, std::string const& to, Bytes frame)> say;
        std::function<void(reader::Outgoing out)> show;
        std::function<void()> went_down;
    };
    Daemon(World world, std::unique_ptr<Disk> disk, journal::Sealer const& sealer,
           core::Config config, Ways ways);

    // A start may fail, for a bad disk; it is tried again until it does not.
    void start();
    enum class End { power, killed, stopped };
    void end(End how, char const* why);
    bool up() const { return engine_ != nullptr; }
    // Its machine sleeps: nothing is done until then. What comes meanwhile waits in the network.
    void suspend_until(SteadyInstant when) { asleep_until_ = when; }
    bool awake() const { return up() && world_.network.now() >= asleep_until_; }

    Instant time() const;
    // Once a second.
    void beat();
    void hear(engine::Input const& input);
    void snapshot(v1::View view, std::string const& to);

    // Of the whole journal, from its octets.
    Digest128 fold_anew();
    // Whether anybody could still read of those who were erased.
    void look_for_erased();

    engine::Engine const& engine() const { return *engine_; }
    reader::Reader const& reader() const { return *reader_; }
    Disk& disk() { return *disk_; }
    int life() const { return life_; }
    std::uint64_t durable() const { return durable_; }
    std::uint64_t crashes() const { return crashes_; }
    std::uint64_t refused_starts() const { return refused_starts_; }
    std::uint64_t steps() const { return steps_; }
    bool trusted() const { return trusted_; }

  private:
    std::optional<core::State> recover();
    void look_at_flips();
    void start_later(char const* why);
    void set_clock();
    void commit_soon();
    void durable(core::RecordNumber up_to, std::vector<journal::SharedRecord> const& records);
    void say(engine::Send const& send);
    void check_said(engine::Send const& send);
    void note_asked(engine::Input const& input);
    void let_go();

    World world_;
    std::unique_ptr<Disk> disk_;
    journal::Sealer const& sealer_;
    core::Config config_;
    Ways ways_;
    Bytes image_;  // of a durable fold, as it would be beside the journal

    int life_ = 0;
    std::uint64_t durable_ = 0, crashes_ = 0, refused_starts_ = 0, steps_ = 0;
    SteadyInstant asleep_until_;
    std::optional<engine::Send> held_back_;  // of Plant::swap_answers
    std::uint64_t planted_ = 0;

    // Of one life.
    std::unique_ptr<engine::Engine> engine_;
    std::unique_ptr<reader::Reader> reader_;
    engine::ClockKeeper keeper_;
    Instant anchor_;
    SteadyInstant anchored_;
    Duration adjustment_;
    bool committing_ = false, trusted_ = true;
};

}  // namespace washup::sim
