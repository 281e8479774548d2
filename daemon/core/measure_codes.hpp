#pragma once
// The codes of the measures (product.md section 8): those that are worked out here, and those that
// other systems count and that are imported as they are. Configuration and imports name them; what
// each is says derive/definitions.hpp.

#include <algorithm>
#include <string_view>

namespace washup::core {

inline constexpr std::string_view counted_measures[] = {"ready_still_here",
                                                        "bed_days_now",
                                                        "bed_days_today",
                                                        "bed_days",
                                                        "bed_days_month",
                                                        "los_7",
                                                        "los_14",
                                                        "los_21",
                                                        "on_track",
                                                        "discharges",
                                                        "ideal_outcome",
                                                        "ideal_outcome_latest",
                                                        "ideals_lowered",
                                                        "home",
                                                        "home_despite_bed",
                                                        "extra_home",
                                                        "pathway_0",
                                                        "pathway_1",
                                                        "pathway_2",
                                                        "pathway_3",
                                                        "delay_0",
                                                        "delay_1",
                                                        "delay_2",
                                                        "delay_4",
                                                        "delay_7",
                                                        "delay_14",
                                                        "delay_21",
                                                        "mean_delay",
                                                        "mean_delay_delayed",
                                                        "readmitted_30",
                                                        "readmitted_90",
                                                        "died_30",
                                                        "died_90",
                                                        "new_permanent",
                                                        "inappropriate_14",
                                                        "bed_days_per_100k"};

inline constexpr std::string_view imported_measures[] = {"allocations",
                                                         "planned_list",
                                                         "caseload",
                                                         "caseload_0",
                                                         "caseload_28",
                                                         "caseload_91",
                                                         "reablement_starts",
                                                         "reablement_finishes",
                                                         "reablement_hours",
                                                         "d2a_days",
                                                         "opel",
                                                         "adults"};

inline bool is_imported(std::string_view measure) {
    return std::find(std::begin(imported_measures), std::end(imported_measures), measure) !=
           std::end(imported_measures);
}

}  // namespace washup::core
