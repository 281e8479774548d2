// An observation in one line for a person who tries a feed. Names fields and effects, no values.

#include <fmt/format.h>

#include <array>

#include "adapters/hl7v2/map_context.hpp"

namespace washup::hl7v2 {
namespace {

char const* name_of(v1::StaySeen::Effect effect) {
    switch (effect) {
        case v1::StaySeen::ADMIT:
            return "admit";
        case v1::StaySeen::TRANSFER:
            return "transfer";
        case v1::StaySeen::DISCHARGE:
            return "discharge";
        case v1::StaySeen::CANCEL_ADMIT:
            return "cancel admit";
        case v1::StaySeen::CANCEL_TRANSFER:
            return "cancel transfer";
        case v1::StaySeen::CANCEL_DISCHARGE:
            return "cancel discharge";
        default:
            return "update";
    }
}

std::string describe_stay(v1::StaySeen const& stay) {
    return fmt::format("stay: {}{}{}{}", name_of(stay.effect()),
                       stay.inpatient() ? "" : ", not inpatient", stay.opens() ? ", opens" : "",
                       stay.opens() && stay.inferred() ? " inferred" : "");
}

std::string describe_aside(v1::SetAside const& aside) {
    switch (aside.why()) {
        case v1::SetAside::NOT_YET_HANDLED:
            return "kept: " + aside.words();
        case v1::SetAside::TEST_MESSAGE:
            return "kept: " + aside.words();
        default:
            return fmt::format("kept: {}: {}", aside.field(), aside.words());
    }
}

}  // namespace

std::string describe(v1::Observation const& observation) {
    auto const facts = observation.facts_size() == 0
                           ? std::string{}
                           : fmt::format(", {} facts", observation.facts_size());
    switch (observation.what_case()) {
        case v1::Observation::kStay:
            return describe_stay(observation.stay()) + facts;
        case v1::Observation::kPerson:
            return "person" + facts;
        case v1::Observation::kMerge:
            return fmt::format("merge of {} numbers{}", observation.merge().retired_size(), facts);
        case v1::Observation::kSetAside:
            return describe_aside(observation.set_aside());
        case v1::Observation::kCounted:
            return "counted: " + observation.counted().kind();
        default:
            return "nothing";
    }
}

}  // namespace washup::hl7v2
