#pragma once
// Silence: a source from which nothing came for longer than its expected interval is shown as
// silent by every board that looks live, in time. Counted in true simulated time, as a person
// before the wall counts it.

#include <map>
#include <string>
#include <vector>

#include "board/model/freshness.hpp"
#include "daemon/core/record.hpp"
#include "proto/base/time.hpp"
#include "tests/sim/checkers/objections.hpp"

namespace washup::sim {

class Silence {
  public:
    // `clock_off_max`: by how much the daemon's clock may run behind the truth, all in all.
    Silence(Objections& objections, Duration expected_within, Duration clock_off_max)
        : objections_(objections), allowed_(expected_within + clock_off_max) {}

    // The record is durable: told when it became so, or, when nobody heard of that before a crash,
    // when a start finds it. The first time counts.
    void heard(core::Record const& record, SteadyInstant now);
    // The daemon's time stood still for this long, as that of a demo does while it is down.
    void stood_still(SteadyInstant now, Duration span) { stops_.push_back({now, span}); }
    // `slack`: the way from the daemon to the board.
    void look(std::string const& board, board::Model const& model, SteadyInstant now,
              Duration slack);

    std::size_t alarms() const { return alarms_; }

  private:
    struct Stop {
        SteadyInstant at;
        Duration span;
    };
    Objections& objections_;
    Duration allowed_;
    std::vector<Stop> stops_;
    core::RecordNumber newest_;
    std::map<std::string, SteadyInstant> last_;
    std::size_t alarms_ = 0;
};

}  // namespace washup::sim
