#include "adapters/csv/profile.hpp"

namespace washup::csv {
namespace {

// A list, one line for each meaning; clang-format would make it four times as long.
// clang-format off
std::vector<Meaning> list_meanings() {
    using enum Form;
    return {
        // whose row it is, and when
        {"visit"}, {"visit_authority"}, {"nhs_number"}, {"local_number"}, {"council_number"},
        {"occurred_at"}, {"recorded_at"}, {"ignore"},
        // facts of the person
        {"name", text, v1::FIELD_NAME}, {"family_name"}, {"given_name"},
        {"birth_date", birth_date, v1::FIELD_BIRTH_DATE},
        {"sex", code, v1::FIELD_SEX},
        {"postcode", postcode, v1::FIELD_POSTCODE_DISTRICT},
        {"council_of_residence", code, v1::FIELD_COUNCIL},
        {"usual_residence", code, v1::FIELD_USUAL_RESIDENCE},
        // facts of the stay
        {"site", location}, {"ward", location}, {"bay", location}, {"bed", location},
        {"admitted_at", moment, v1::FIELD_ADMITTED_AT},
        {"expected_discharge", moment, v1::FIELD_EXPECTED_DISCHARGE},
        {"medically_optimised", moment, v1::FIELD_MEDICALLY_OPTIMISED},
        {"discharge_ready", moment, v1::FIELD_DISCHARGE_READY},
        {"team", code, v1::FIELD_TEAM},
        {"case_worker", code, v1::FIELD_CASE_WORKER},
        {"review_on", moment, v1::FIELD_REVIEW_ON},
        {"ideal_outcome", code, v1::FIELD_IDEAL_OUTCOME},
        {"expected_outcome", code, v1::FIELD_EXPECTED_OUTCOME},
        {"actual_outcome", code, v1::FIELD_ACTUAL_OUTCOME},
        {"referred_at", moment, v1::FIELD_REFERRED_AT},
        {"pathway", code, v1::FIELD_PATHWAY},
        {"criteria_to_reside", code, v1::FIELD_CRITERIA_TO_RESIDE},
        {"at_risk", code, v1::FIELD_AT_RISK},
        // blockers
        {"reason"}, {"local_reason"}, {"holder"}, {"note"}, {"opened_at"}, {"closed_at"},
        {"closed"}, {"closed_why"}, {"reference"},
        // actions
        {"action"}, {"owner"}, {"deadline"}, {"state"}, {"why"}, {"agreed_at"},
        {"blocker_reason"},
        // milestones
        {"milestone"}, {"reached_at"},
        // capacity
        {"service"}, {"council"}, {"service_name"}, {"service_kind"}, {"zone"},
        {"service_pathway"}, {"unit"}, {"total"}, {"occupied"}, {"reserved"},
        {"out_of_service"}, {"accepting"},
        // requests for a service
        {"wanted_at"}, {"answer"}, {"answered_at"},
        // figures that are counted elsewhere
        {"measure"}, {"scope"}, {"figure_from"}, {"figure_until"}, {"value"},
    };
}
// clang-format on

}  // namespace

std::vector<Meaning> const& meanings() {
    static std::vector<Meaning> const all = list_meanings();
    return all;
}

}  // namespace washup::csv
