#include "daemon/derive/definitions.hpp"

#include <algorithm>
#include <array>

namespace washup::derive {
namespace {

constexpr auto count = Shape::count;
constexpr auto share = Shape::percent;
constexpr auto up = Better::up;
constexpr auto down = Better::down;
constexpr auto neither = Better::neither;

constexpr Definition all[] = {
    {"ready_still_here", "Ready and still here", "people", count, down, false, false,
     "People in a bed whose discharge ready date is known and who have not left."},
    {"bed_days_now", "Bed days lost so far", "bed days", count, down, false, false,
     "Midnights in bed after the ready date, so far, of people still here. One for each midnight "
     "from the one that ends the ready date, in London dates."},
    {"bed_days_today", "Bed days lost at the last midnight", "bed days", count, down, false, false,
     "People in bed after their ready date at the midnight that began today."},
    {"bed_days", "Bed days lost", "bed days", count, down, true, false,
     "Midnights in bed after the ready date that lie in the window, people since gone included."},
    {"bed_days_month", "Bed days lost, month to date", "bed days", count, down, false, false,
     "Midnights in bed after the ready date dated in this month, up to last midnight, people since "
     "gone included."},
    {"los_7", "In hospital 7 days or more", "people", count, down, false, false,
     "People in a bed admitted 7 or more London dates ago. Overlaps with 14 and 21: never added "
     "together. Without a known admission: unknown."},
    {"los_14", "In hospital 14 days or more", "people", count, down, false, false,
     "As for 7 days; part of it."},
    {"los_21", "In hospital 21 days or more", "people", count, down, false, false,
     "As for 7 days; part of it."},
    {"on_track", "On track for the ideal outcome", "%", share, up, false, false,
     "Of people in a bed with both outcomes known: those whose expected outcome is at least as "
     "independent as the ideal. Unknown: one of them is not known, or is off the ladder."},
    {"discharges", "Discharges", "discharges", count, neither, true, false,
     "Stays that ended as discharged in the window. Died, self-discharge, transferred, left "
     "without notice and recorded in error are not discharges."},
    {"ideal_outcome", "Ideal outcome reached", "%", share, up, true, false,
     "Of discharges that were on the wash-up board with both outcomes known: actual at least as "
     "independent as the ideal held at first wash-up. Unknown: one is not known."},
    {"ideal_outcome_latest", "Latest ideal outcome reached", "%", share, up, true, false,
     "The same, against the ideal held last."},
    {"ideals_lowered", "Ideals lowered after ready", "discharges", count, down, true, false,
     "Of these discharges: those whose ideal was made less independent after the ready time."},
    {"home", "Home", "%", share, up, true, false,
     "Of wash-up discharges with a known actual outcome: those in the home band. Off the ladder "
     "(hospice, end of life) counts as known and not home."},
    {"home_despite_bed", "Home though a bed was expected", "discharges", count, up, true, false,
     "Wash-up discharges with an actual outcome in the home band whose expected outcome was once a "
     "bed."},
    {"extra_home", "Extra people home", "people", count, up, true, false,
     "(home % - baseline %) x wash-up discharges with a known actual outcome. Needs a baseline of "
     "`home` in the configuration."},
    {"pathway_0", "Pathway 0", "%", share, neither, true, false,
     "Of discharges with a known pathway (by a source, else by the actual outcome): home as "
     "before."},
    {"pathway_1", "Pathway 1", "%", share, neither, true, false,
     "The same: home with new or more support."},
    {"pathway_2", "Pathway 2", "%", share, neither, true, false, "The same: a short-term bed."},
    {"pathway_3", "Pathway 3", "%", share, neither, true, false,
     "The same: a new admission to a care home."},
    {"delay_0", "No delay", "%", share, up, true, false,
     "Of discharges with a ready date: discharged on it. Delay = discharge date - ready date of "
     "the final ready period, counted from the admission where that is later. Unknown: no ready "
     "date, or one after the discharge."},
    {"delay_1", "Delay 1 day", "%", share, down, true, false, "The same: 1 day."},
    {"delay_2", "Delay 2-3 days", "%", share, down, true, false, "The same: 2 or 3 days."},
    {"delay_4", "Delay 4-6 days", "%", share, down, true, false, "The same: 4 to 6 days."},
    {"delay_7", "Delay 7-13 days", "%", share, down, true, false, "The same: 7 to 13 days."},
    {"delay_14", "Delay 14-20 days", "%", share, down, true, false, "The same: 14 to 20 days."},
    {"delay_21", "Delay 21 days or more", "%", share, down, true, false,
     "The same: 21 days or more."},
    {"mean_delay", "Mean delay, with zero", "days", Shape::mean, down, true, false,
     "Days from ready date to discharge, divided by the discharges with a ready date."},
    {"mean_delay_delayed", "Mean delay, without zero", "days", Shape::mean, down, true, false,
     "The same days, divided by the discharges that were delayed at all."},
    {"readmitted_30", "Readmitted within 30 days", "%", share, down, true, false,
     "Of discharges 31 to 58 days ago (a complete cohort): an emergency admission of the same "
     "person to any site here within 30 days. Transfers are no discharges. Unknown: admitted by a "
     "method that is not known."},
    {"readmitted_90", "Readmitted within 90 days", "%", share, down, true, false,
     "The same within 90 days, of discharges 91 to 97 days ago: stays are kept 100 days after "
     "their end."},
    {"died_30", "Died within 30 days", "discharges", count, neither, true, false,
     "Of the same discharges: died within 30 days without coming back; shown beside readmission."},
    {"died_90", "Died within 90 days", "discharges", count, neither, true, false,
     "The same within 90 days."},
    {"new_permanent", "New permanent placements", "discharges", count, down, true, false,
     "Discharges to a long-term bed, by the date they began. A return to one's own care home "
     "is usual residence and none."},
    {"inappropriate_14", "Inappropriate discharges, 14 days", "reports", count, down, false, false,
     "Reports of a discharge in the last 14 complete days as unsafe, without care in place or to "
     "the wrong setting. Not confirmed unless a named person answers for the whole period."},
    {"bed_days_per_100k", "Bed days lost a day per 100,000 adults", "bed days", Shape::mean, down,
     true, false,
     "Bed days lost in the window, divided by its days, per 100,000 of the imported measure "
     "`adults`."},
    {"allocations", "Allocated", "cases", count, up, true, true,
     "Cases allocated by the team, as imported."},
    {"planned_list", "Planned list", "cases", count, down, false, true, "As imported."},
    {"caseload", "Open cases", "cases", count, neither, false, true, "As imported."},
    {"caseload_0", "Open cases, under 28 days", "cases", count, neither, false, true,
     "As imported."},
    {"caseload_28", "Open cases, 28 to 90 days", "cases", count, down, false, true, "As imported."},
    {"caseload_91", "Open cases, over 90 days", "cases", count, down, false, true, "As imported."},
    {"reablement_starts", "Reablement starts", "starts", count, up, true, true, "As imported."},
    {"reablement_finishes", "Successful reablement finishes", "finishes", count, up, true, true,
     "As imported."},
    {"reablement_hours", "Reablement effectiveness", "hours a week", Shape::mean, up, false, true,
     "Hours of care a week that reablement saves, as imported."},
    {"d2a_days", "Length of discharge to assess", "days", Shape::mean, down, false, true,
     "As imported, against its target."},
    {"opel", "OPEL", "level", count, down, false, true,
     "The operational pressures escalation level, 1 to 4, as a person or a feed says it; never "
     "worked out here."},
    {"adults", "Adult population", "people", count, neither, false, true, "As imported."},
};

}  // namespace

std::span<Definition const> definitions() {
    return all;
}

Definition const* definition_of(std::string_view measure) {
    auto const it = std::find_if(std::begin(all), std::end(all),
                                 [&](auto const& entry) { return entry.code == measure; });
    return it == std::end(all) ? nullptr : &*it;
}

}  // namespace washup::derive
