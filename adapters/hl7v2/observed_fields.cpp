#include "adapters/hl7v2/observed_fields.hpp"

#include <array>

#include "washup/v1/common.pb.h"

namespace washup::hl7v2 {
namespace {

struct Known {
    std::string_view name;
    v1::Field field;
    bool moment;
};
constexpr std::array known{
    Known{"council", v1::FIELD_COUNCIL, false},
    Known{"usual_residence", v1::FIELD_USUAL_RESIDENCE, false},
    Known{"medically_optimised", v1::FIELD_MEDICALLY_OPTIMISED, true},
    Known{"discharge_ready", v1::FIELD_DISCHARGE_READY, true},
    Known{"criteria_to_reside", v1::FIELD_CRITERIA_TO_RESIDE, false},
    Known{"team", v1::FIELD_TEAM, false},
    Known{"case_worker", v1::FIELD_CASE_WORKER, false},
    Known{"review_on", v1::FIELD_REVIEW_ON, true},
    Known{"ideal_outcome", v1::FIELD_IDEAL_OUTCOME, false},
    Known{"expected_outcome", v1::FIELD_EXPECTED_OUTCOME, false},
    Known{"referred_at", v1::FIELD_REFERRED_AT, true},
    Known{"pathway", v1::FIELD_PATHWAY, false},
};

}  // namespace

std::vector<std::string> const& observed_field_names() {
    static std::vector<std::string> const names = [] {
        std::vector<std::string> out;
        for (auto const& entry : known) out.emplace_back(entry.name);
        return out;
    }();
    return names;
}

bool observed_field_is_moment(std::string_view name) {
    for (auto const& entry : known) {
        if (entry.name == name) return entry.moment;
    }
    return false;
}

int observed_field_number(std::string_view name) {
    for (auto const& entry : known) {
        if (entry.name == name) return entry.field;
    }
    return 0;
}

}  // namespace washup::hl7v2
