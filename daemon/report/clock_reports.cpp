#include "daemon/report/clock_reports.hpp"

#include <fmt/format.h>

#include <array>

#include "daemon/report/asked.hpp"

namespace washup::report {
namespace {

constexpr std::array<OptionKind, 5> of_chess_clock{
    {scope_option,
     {"window", "now, 7, 28 or 91 complete days; 28 when left out"},
     {"by", "holder, theme, reason, local_reason or cause; holder when left out"},
     {"holder", "of this one alone, \"unattributed\" too; all when left out"},
     {"reason", "of this reason, local reason or theme alone; all when left out"}}};
constexpr std::array<OptionKind, 1> of_stay{{{"stay", "AUTHORITY:NUMBER or #17", true}}};
constexpr std::array<OptionKind, 2> of_clocks{
    {scope_option, {"days", "7, 28 or 91 complete days; 28 when left out"}}};
constexpr std::array<OptionKind, 4> of_runs{
    {scope_option,
     {"stay", "AUTHORITY:NUMBER or #17: every run of this one, the past ones too"},
     {"clock", "a clock's code; all when left out"},
     {"state", "running, warned or breached; all when left out"}}};

constexpr std::array<Kind, 4> kinds{{
    {"chess_clock", "whom the bed days lost belong to: by holder, theme, reason or cause", 0,
     of_chess_clock, chess_clock},
    {"chess_clock_person", "one person's time since ready, hour by hour, by who held it", 3,
     of_stay, chess_clock_person},
    {"clock_runs", "the clocks that run now, the first due first, and of whom", 3, of_runs,
     clock_runs},
    {"clocks", "what the clocks came to, with percentiles; running and breached beside", 0,
     of_clocks, clocks},
}};

}  // namespace

std::span<Kind const> clock_kinds() {
    return kinds;
}

std::string hours_minutes(Duration time) {
    auto const all = time.ms / 60'000;
    return fmt::format("{}:{:02}", all / 60, all % 60);
}

}  // namespace washup::report
