#pragma once
// What the lost bed days of a scope and window waited for, as sums of the feed's leaf tallies.
// Every bar is listed; a page that must fold the small ones into "other" does so itself. Pure.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "board/model/model.hpp"

namespace washup::board::ctl {

enum class ParetoLevel : std::uint8_t { theme, reason, local_reason };

struct Bar {
    std::string code;  // "unattributed" and "other" are words of their own
    std::string words;
    std::int64_t bed_days = 0;
    std::optional<std::int64_t> people;  // distinct, as the daemon counts them; none = not told
    std::int64_t so_far = 0;             // bed days of this bar and all above
    bool vital = false;                  // those above it have not made 80% yet
};

struct ParetoList {
    std::string scope, window;
    std::vector<Bar> bars;  // strictly by bed days, ties by code, "other" last
    std::int64_t total = 0;
    std::optional<std::int64_t> headline;  // of the same scope and window; the bars add up to it
};

ParetoList pareto_of(Model const& model, std::string const& scope, std::string const& window,
                     ParetoLevel level);

}  // namespace washup::board::ctl
