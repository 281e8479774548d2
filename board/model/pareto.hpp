#pragma once
// What the lost bed days of a scope and window waited for: sums of the feed's leaf tallies, most
// first. The wall and washupctl share it, so that both say the same. People are found, never added
// up: somebody who waited for two reasons is in two leaves, and only the daemon can tell. Pure.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "board/model/model.hpp"

namespace washup::board {

inline constexpr std::int64_t vital_percent = 80;

enum class ParetoLevel : std::uint8_t { theme, reason, local_reason };
enum class BarKind : std::uint8_t { named, unattributed, other };

struct ParetoBar {
    std::string code;   // "unattributed" and "other" are words of their own
    std::string words;  // for the wall, capitalised
    BarKind kind = BarKind::named;
    std::int64_t bed_days = 0;
    std::optional<std::int64_t> people;  // distinct; none = cannot be told
    std::int64_t so_far = 0;             // bed days of this bar and all above it
    bool vital = false;                  // those above it have not made 80% yet
};

struct Pareto {
    std::string scope, window;
    ParetoLevel level = ParetoLevel::theme;
    std::vector<ParetoBar> bars;  // by bed days, ties by code, "other" last
    std::int64_t total = 0;
    std::size_t vital = 0;                 // how many bars are the vital few
    std::optional<std::int64_t> headline;  // of the same scope and window; bars add up to it
};

Pareto pareto_of(Model const& model, std::string const& scope, std::string const& window,
                 ParetoLevel level);
// The same in at most `most` bars: those without a bed day are left out, the smallest join
// "other"; unattributed is always its own bar, so `most` is taken to be two at least.
Pareto folded(Pareto pareto, int most);

// Null when no figures are kept for the scope.
Headline const* headline_of(Model const& model, std::string const& scope);

}  // namespace washup::board
