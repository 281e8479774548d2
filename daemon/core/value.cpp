#include "daemon/core/value.hpp"

#include "daemon/core/config.hpp"
#include "daemon/core/event.hpp"

namespace washup::core {

bool same_value(Value const& a, Value const& b) {
    // The box of the same words may differ by key; open words decide, boxes only when both are
    // shut.
    auto const text = !a.text.text.empty() || !b.text.text.empty() ? a.text.text == b.text.text
                                                                   : a.text.box == b.text.box;
    return text && a.code == b.code && a.moment == b.moment && a.location == b.location;
}

char const* name_of(Field field) {
    switch (field) {
        case Field::none:
            return "nothing";
        case Field::name:
            return "name";
        case Field::birth_date:
            return "birth date";
        case Field::sex:
            return "sex";
        case Field::postcode_district:
            return "postcode district";
        case Field::council:
            return "council";
        case Field::usual_residence:
            return "usual residence";
        case Field::died_at:
            return "died at";
        case Field::location:
            return "ward and bed";
        case Field::admitted_at:
            return "admitted at";
        case Field::expected_discharge:
            return "expected discharge";
        case Field::medically_optimised:
            return "medically optimised";
        case Field::discharge_ready:
            return "discharge ready";
        case Field::ending:
            return "ending";
        case Field::team:
            return "team";
        case Field::case_worker:
            return "case worker";
        case Field::review_on:
            return "review date";
        case Field::ideal_outcome:
            return "ideal outcome";
        case Field::expected_outcome:
            return "expected outcome";
        case Field::actual_outcome:
            return "actual outcome";
        case Field::proposed_outcome:
            return "proposed outcome";
        case Field::referred_at:
            return "referred at";
        case Field::pathway:
            return "pathway";
        case Field::admission_method:
            return "admission method";
        case Field::on_leave:
            return "on leave";
        case Field::consultant:
            return "consultant";
        case Field::criteria_to_reside:
            return "criteria to reside";
        case Field::specialty:
            return "specialty";
        case Field::at_risk:
            return "at risk";
    }
    return "nothing";
}

char const* name_of(Band band) {
    switch (band) {
        case Band::home:
            return "home";
        case Band::short_bed:
            return "short_bed";
        case Band::long_bed:
            return "long_bed";
        case Band::off_ladder:
            return "off_ladder";
    }
    return "off_ladder";
}

char const* name_of(ActionState state) {
    switch (state) {
        case ActionState::open:
            return "open";
        case ActionState::done:
            return "done";
        case ActionState::not_done:
            return "not_done";
        case ActionState::cancelled:
            return "cancelled";
    }
    return "open";
}

}  // namespace washup::core
