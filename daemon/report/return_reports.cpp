#include "daemon/report/return_reports.hpp"

#include <algorithm>
#include <array>

#include "daemon/report/asked.hpp"
#include "daemon/report/period.hpp"
#include "daemon/report/suppress.hpp"

namespace washup::report {
namespace {

constexpr OptionKind place_options[] = {scope_option,
                                        {"council", "of people who live in that council"}};
constexpr OptionKind small_numbers[] = {suppress_option};
constexpr OptionKind list_option[] = {
    {"list", "dtoc, acute_2021, mental_health, ...: as config/vocab has them", true}};
constexpr OptionKind since_option[] = {
    {"since", "from this minute on, \"2026-11-20 09:14\"; 24 hours ago when left out"}};

// Options that several reports share, put together at compile time.
template <std::size_t... N>
constexpr auto joined(OptionKind const (&... lists)[N]) {
    std::array<OptionKind, (N + ...)> all{};
    std::size_t next = 0;
    ((std::copy(std::begin(lists), std::end(lists), all.begin() + next), next += N), ...);
    return all;
}
constexpr auto of_place = joined(place_options);
constexpr auto of_days = joined(period_options, place_options);
constexpr auto of_counts = joined(period_options, place_options, small_numbers);
constexpr auto of_list = joined(list_option, period_options, place_options, small_numbers);
constexpr auto of_changes = joined(since_option);

constexpr Kind kinds[] = {
    {"acute_sitrep", "the acute discharge sitrep, in the ten published columns", 0, of_counts,
     acute_sitrep, true},
    {"alarms", "what raises an alarm now: silent sources, overdue actions", 2, of_place, alarms},
    {"changes", "facts that were recorded since a minute, with the late and the corrected", 3,
     of_changes, changes},
    {"code_list", "bed days and people in a code list of another time or return", 0, of_list,
     code_list_counts, true},
    {"digest", "for a team each day: what changed, what is due, live cases", 3, of_place, digest},
    {"discharge_record", "five fields of everybody discharged, with corrections", 3, of_days,
     discharge_record},
    {"dtoc", "delays in the codes of 2017, with NHS, social care or both", 0, of_counts, dtoc,
     true},
    {"hicm", "evidence for change 2 of the High Impact Change Model", 0, of_counts, hicm, true},
    {"ready_date", "the discharge ready date statistic, with its council cut", 0, of_counts,
     ready_date, true},
    {"sheet", "the wash-up sheet for paper", 3, of_place, sheet},
};

}  // namespace

std::span<Kind const> return_kinds() {
    return kinds;
}

}  // namespace washup::report
