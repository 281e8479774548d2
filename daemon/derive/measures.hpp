#pragma once
// Headline measures of a scope (product.md section 8). Kept up stay by stay, as the tallies are.

#include <map>
#include <set>
#include <string>
#include <utility>

#include "daemon/core/state.hpp"

namespace washup::derive {

struct Headline {
    std::int64_t ready_still_here = 0;
    std::int64_t live = 0;            // on-track percentage: of these
    std::int64_t on_track_known = 0;  // both outcomes known
    std::int64_t on_track = 0;        // expected at least as independent as ideal
    std::int64_t discharged = 0;      // last 28 complete days, with an ideal ever said
    std::int64_t ideal_known = 0;
    std::int64_t ideal_reached = 0;  // against the first ideal that was held
    friend bool operator==(Headline const&, Headline const&) = default;
    Headline& operator+=(Headline const& other);
    Headline& operator-=(Headline const& other);
};

class Measures {
  public:
    void update(core::State const& state, core::StayId stay);
    void recount(core::State const& state);
    // As Tallies::turn_day.
    void turn_day(core::State const& state, std::set<core::StayId> still_open);
    std::map<std::string, Headline> const& by_scope() const { return by_scope_; }
    // Whether any figure is another than at the last call.
    bool take_changed() { return std::exchange(changed_, false); }

  private:
    struct Part {
        std::set<std::string> scopes;
        Headline headline;
        friend bool operator==(Part const&, Part const&) = default;
    };
    static Part part_of(core::State const& state, core::Stay const& stay);
    std::map<std::string, Headline> by_scope_;
    std::map<core::StayId, Part> by_stay_;
    bool changed_ = false;
};

}  // namespace washup::derive
