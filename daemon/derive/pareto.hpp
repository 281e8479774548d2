#pragma once
// The Pareto on request, at any level, scope and weight (product.md section 5), from a state alone:
// of now, or of a past minute. The bars of the feed's leaf tallies are the board's sums; this asks
// the ledger itself, so it also knows wards, areas, families, and the people behind a bar.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "daemon/derive/scope.hpp"
#include "daemon/derive/tallies.hpp"

namespace washup::derive {

enum class BarLevel { theme, reason, local_reason, family };
enum class Weight { bed_days, people, gap };
char const* name_of(BarLevel level);
char const* name_of(Weight weight);

struct ParetoAsked {
    Scope scope;
    Window window = Window::days_28;  // now, 7, 28 or 91
    BarLevel level = BarLevel::theme;
    Weight weight = Weight::bed_days;  // people and gap: of the window "now" only
};

enum class BarKind { named, unattributed, other };

struct ParetoBar {
    core::Code code;  // "unattributed" and "other" are codes of their own
    std::string words;
    BarKind kind = BarKind::named;
    std::int64_t weight = 0;
    std::int64_t so_far = 0;  // of this bar and all above it
    bool vital = false;       // those above it have not made 80% yet
    std::int64_t people = 0;  // distinct, with a bed day of it in the window; never added up
    // What the cause holds, an upper bound of what solving it frees: people here whose clock it
    // holds now, and bed days of the last 7 complete days.
    std::int64_t holds_people = 0, holds_bed_days_7 = 0;
};

// Somebody behind a bar.
struct BarPerson {
    core::Code bar;
    core::StayId stay;
    std::int64_t weight = 0;
    bool here = false, held_now = false;
};

struct Pareto {
    ParetoAsked asked;
    std::vector<ParetoBar> bars;  // by weight, ties by code, "other" last
    std::int64_t total = 0;
    std::int64_t gap_unknown = 0;  // people whose gap cannot be told; weight `gap` only
    bool with_people_gone = false;
    std::vector<BarPerson> people;  // by bar, then most weight first, then by stay
};

inline constexpr int vital_percent = 80;

Pareto pareto(core::State const& state, ParetoAsked const& asked);

// The same of leaves that a weekly cycle keeps (frozen.hpp): bars of bed days, without the people
// behind them, because leaves cannot tell who waited for two of them.
Pareto pareto_of(core::Config const& config, std::vector<core::FrozenLeaf> const& leaves,
                 BarLevel level);

// The bar a midnight or a holding blocker belongs to.
struct BarName {
    core::Code code;
    BarKind kind = BarKind::named;
};
BarName bar_of(core::Config const& config, BarLevel level, core::Code const& reason,
               core::Code const& local_reason, bool has_blocker);
std::string bar_words(core::Config const& config, BarLevel level, BarName const& bar);

// The bars as a weekly cycle froze them when it last closed, of this scope and window, by the codes
// of this level; nothing when none was frozen. Bed days alone are frozen.
struct FrozenBars {
    Date date;  // the day they stood on
    std::map<core::Code, std::int64_t> bed_days;
};
std::optional<FrozenBars> frozen_bars(core::State const& state, ParetoAsked const& asked);

// The dates of a window, first and last included; nothing for "now".
std::optional<std::pair<Date, Date>> dates_of(Window window, Date today);

}  // namespace washup::derive
