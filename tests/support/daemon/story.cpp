#include "tests/support/daemon/story.hpp"

namespace washup::tests {
namespace {

char const* const wards[] = {"FORD", "KENT", "DOVER"};
char const* const outcomes[] = {"own_home",    "home_care", "rehab_bed",
                                "residential", "hospice",   "castle"};

void set(v1::Moment& moment, Instant at, bool date) {
    moment.set_at_ms(date ? london_midnight(london_date(at)).ms : at.ms);
    moment.set_precision(date ? v1::PRECISION_DATE : v1::PRECISION_MINUTE);
}

}  // namespace

// A valid number of the range nobody has; empty for the few whose check digit does not exist.
std::string Story::nhs_number(int person) {
    auto digits = std::to_string(999'000'000 + person);
    int sum = 0;
    for (std::size_t i = 0; i < 9; ++i) sum += (digits[i] - '0') * static_cast<int>(10 - i);
    auto const check = (11 - sum % 11) % 11;
    return check == 10 ? std::string{} : digits + std::to_string(check);
}

int Story::anybody() {
    return first_ + static_cast<int>(chance_.below(static_cast<std::uint64_t>(count_)));
}

void Story::subject(v1::Observation& o, int person) {
    auto* visit = o.mutable_subject()->mutable_visit();
    visit->set_authority("RZZ");
    visit->set_number("V" + std::to_string(person));
    auto* id = o.mutable_subject()->add_identifiers();
    id->set_namespace_("RZZ");
    id->set_value("M" + std::to_string(person));
    if (!chance_.chance(500)) return;
    auto* nhs = o.mutable_subject()->add_identifiers();
    nhs->set_kind(v1::Identifier::NHS);
    nhs->set_value(nhs_number(person));
}

void Story::put(v1::Observation& o, v1::Field field, Instant at, bool date) {
    auto* fact = o.add_facts();
    fact->set_field(field);
    set(*fact->mutable_value()->mutable_moment(), at, date);
}

v1::Observation Story::next_ward(Instant now) {
    v1::Observation o;
    auto const person = anybody();
    subject(o, person);
    auto const occurred = now - minutes(chance_.between(0, 60 * 24 * 3));
    set(*o.mutable_times()->mutable_occurred(), occurred, false);
    o.mutable_times()->set_recorded_ms((occurred + minutes(chance_.between(0, 30))).ms);
    if (chance_.chance(40)) {  // a merge of two of them
        auto* retired = o.mutable_merge()->add_retired();
        retired->set_namespace_("RZZ");
        retired->set_value("M" + std::to_string(anybody()));
        return o;
    }
    auto* stay = o.mutable_stay();
    auto const effect = static_cast<v1::StaySeen::Effect>(chance_.below(7));
    stay->set_effect(effect);
    stay->set_inpatient(!chance_.chance(50));
    auto const ends = effect == v1::StaySeen::DISCHARGE || effect == v1::StaySeen::CANCEL_ADMIT;
    stay->set_opens(!ends);
    stay->set_inferred(effect != v1::StaySeen::ADMIT);
    auto* place = o.add_facts();
    place->set_field(v1::FIELD_LOCATION);
    auto* location = place->mutable_value()->mutable_location();
    location->set_site("STM");
    location->set_ward(wards[chance_.below(3)]);
    location->set_bed("B" + std::to_string(chance_.below(9)));
    if (effect == v1::StaySeen::ADMIT) put(o, v1::FIELD_ADMITTED_AT, occurred, false);
    if (chance_.chance(300)) put(o, v1::FIELD_DISCHARGE_READY, occurred, chance_.chance(500));
    if (chance_.chance(50)) o.add_facts()->set_field(v1::FIELD_DISCHARGE_READY);
    if (chance_.chance(60)) {  // out for a night, or back
        auto* leave = o.add_facts();
        leave->set_field(v1::FIELD_ON_LEAVE);
        if (chance_.chance(500)) leave->mutable_value()->set_code("yes");
    }
    if (effect == v1::StaySeen::DISCHARGE) {
        auto* ending = o.add_facts();
        ending->set_field(v1::FIELD_ENDING);
        ending->mutable_value()->set_code(chance_.chance(100) ? "died" : "discharged");
        set(*ending->mutable_value()->mutable_moment(), occurred, false);
    }
    return o;
}

v1::Observation Story::next_hub(Instant now) {
    v1::Observation o;
    auto const person = anybody();
    subject(o, person);
    if (chance_.chance(500)) o.mutable_subject()->clear_visit();
    auto const occurred = now - hours(chance_.between(0, 48));
    set(*o.mutable_times()->mutable_occurred(), occurred, false);
    switch (chance_.below(5)) {
        case 4: {
            auto* milestone = o.mutable_milestone();
            milestone->set_name(chance_.chance(500) ? "medicines_ready" : "first_visit_done");
            set(*milestone->mutable_at(), occurred, chance_.chance(200));
            break;
        }
        case 0: {
            auto* blocker = o.mutable_blocker();
            blocker->set_reason(chance_.chance(500)   ? "CP4"
                                : chance_.chance(500) ? "HP4"
                                                      : "moon phase");
            blocker->set_reference("b" + std::to_string(chance_.below(3)));
            set(*blocker->mutable_opened_at(), occurred, false);
            blocker->set_closed(chance_.chance(400));
            if (blocker->closed()) set(*blocker->mutable_closed_at(), now, false);
            break;
        }
        case 1: {
            auto* action = o.mutable_action();
            action->set_text("order a hoist");
            if (!chance_.chance(200)) action->set_owner(chance_.chance(500) ? "posei" : "R. Lund");
            if (!chance_.chance(200))
                set(*action->mutable_deadline(), now + hours(chance_.between(-30, 60)), true);
            break;
        }
        case 2: {
            o.mutable_stay()->set_effect(v1::StaySeen::REFERRAL);
            auto* fact = o.add_facts();
            fact->set_field(chance_.chance(500) ? v1::FIELD_IDEAL_OUTCOME
                                                : v1::FIELD_EXPECTED_OUTCOME);
            fact->mutable_value()->set_code(outcomes[chance_.below(6)]);
            break;
        }
        default: {
            auto* capacity = o.mutable_capacity();
            capacity->set_service("night-" + std::to_string(chance_.below(3)));
            capacity->set_total(10);
            capacity->set_accepting(chance_.between(-1, 5));
        }
    }
    return o;
}

}  // namespace washup::tests
