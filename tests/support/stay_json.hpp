#pragma once
// What every stay has in JSON, said once: programs rely on it, whoever made the rows.

#include <array>

namespace washup::test_support {

inline constexpr std::array stay_json_keys{"key",
                                           "site",
                                           "nhs_number",
                                           "name",
                                           "ward",
                                           "bed",
                                           "team",
                                           "worker",
                                           "admitted_at",
                                           "expected_discharge",
                                           "medically_optimised",
                                           "discharge_ready",
                                           "ended_at",
                                           "ended_how",
                                           "review_on",
                                           "days_lost",
                                           "usual_residence",
                                           "ideal_outcome",
                                           "expected_outcome",
                                           "actual_outcome",
                                           "gap",
                                           "blockers",
                                           "actions",
                                           "escalation",
                                           "escalation_state"};

}  // namespace washup::test_support
