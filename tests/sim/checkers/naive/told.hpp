#pragma once
// What the house should tell of one stay today, worked out from what was said by the rules of
// product.md, section 3, with plain loops. It shares no deriving code with the daemon, so that a
// rule that is wrong there is seen here.

#include <optional>
#include <string>
#include <vector>

#include "tests/sim/checkers/naive/said.hpp"

namespace washup::sim::naive {

// The facts that no cancel took back, in order. Of a place a cancel takes back the last one only.
std::vector<Fact const*> standing(Field const& field, bool last_only);

// What a field says now.
struct Now {
    Fact const* since = nullptr;  // the first time the standing value was said in a row
    Instant confirmed;
    std::vector<Fact const*> others;  // who says otherwise, and has said so since
    bool known() const {
        if (since == nullptr) return false;
        auto const& v = since->value();
        return !v.code.empty() || v.moment || v.location || !v.text.text.empty();
    }
};
Now now(Said const& said, Stay const& stay, core::Field field);

struct End {
    std::string how;
    Instant at;
    Precision precision = Precision::minute;
};
std::optional<End> end_of(Said const& said, Stay const& stay);

struct Midnight {
    Date date;
    std::string site, team, ward;
    Blocker const* held_by = nullptr;  // null = unattributed
};
// One for each midnight in bed from the one that ends the ready date.
std::vector<Midnight> lost_midnights(Said const& said, Stay const& stay);

struct Piece {
    Instant from;
    std::optional<Instant> to;  // nothing = it runs
    Blocker const* held_by = nullptr;
};
// By hand-over while that one is open, otherwise the earliest opened of the open ones.
Blocker const* holds_at(Said const& said, Stay const& stay, Instant at);

std::vector<Piece> chess_clock(Said const& said, Stay const& stay);

// "site/ward/bay/bed" of who is in a bed now; else empty.
std::string bed_of(Said const& said, Stay const& stay);
// The last place said before it, else the first that was said at all.
core::Location place_at(Said const& said, Stay const& stay, Instant at);
std::string site_of(Said const& said, core::Location const& place);
std::string team_of(Said const& said, Stay const& stay, core::Location const& place);

// From ideal to expected, in steps of the ladder.
struct Gap {
    bool known = false, at_least = false, off_ladder = false;
    int steps = 0, bands = 0;
};
Gap gap(core::Config const& config, std::string const& ideal, std::string const& expected);

std::vector<std::string> marks_of(Said const& said, Stay const& stay);

}  // namespace washup::sim::naive
