#include "tests/support/daemon/wire_messages.hpp"

#include "tests/support/core/ward.hpp"

namespace washup::tests {

v1::Moment wire_moment(std::string const& text) {
    auto const moment = at(text);
    v1::Moment wire;
    wire.set_at_ms(moment.at.ms);
    wire.set_precision(moment.precision == Precision::date ? v1::PRECISION_DATE
                                                           : v1::PRECISION_MINUTE);
    return wire;
}

v1::Observation wire_stay(v1::StaySeen::Effect effect, std::string const& visit,
                          std::string const& person, std::string const& when) {
    v1::Observation o;
    o.mutable_subject()->mutable_visit()->set_authority("RZZ");
    o.mutable_subject()->mutable_visit()->set_number(visit);
    add_number(o, v1::Identifier::LOCAL, person, "RZZ");
    *o.mutable_times()->mutable_occurred() = wire_moment(when);
    o.mutable_times()->set_recorded_ms(at(when).at.ms);
    auto* stay = o.mutable_stay();
    stay->set_effect(effect);
    stay->set_inpatient(true);
    stay->set_opens(effect != v1::StaySeen::DISCHARGE && effect != v1::StaySeen::CANCEL_ADMIT);
    stay->set_inferred(effect != v1::StaySeen::ADMIT);
    return o;
}

v1::Observation wire_admit(std::string const& visit, std::string const& person,
                           std::string const& when, std::string const& ward,
                           std::string const& bed) {
    auto o = wire_stay(v1::StaySeen::ADMIT, visit, person, when);
    add_place(o, ward, bed);
    add_moment(o, v1::FIELD_ADMITTED_AT, when);
    return o;
}

v1::Observation wire_update(std::string const& visit, std::string const& person,
                            std::string const& when) {
    return wire_stay(v1::StaySeen::UPDATE, visit, person, when);
}

v1::Observation wire_discharge(std::string const& visit, std::string const& person,
                               std::string const& when, std::string const& how) {
    auto o = wire_stay(v1::StaySeen::DISCHARGE, visit, person, when);
    add_moment(o, v1::FIELD_ENDING, when).mutable_value()->set_code(how);
    return o;
}

v1::Observation wire_blocker(std::string const& person, std::string const& reason,
                             std::string const& opened, std::string const& reference) {
    v1::Observation o;
    add_number(o, v1::Identifier::LOCAL, person, "RZZ");
    *o.mutable_times()->mutable_occurred() = wire_moment(opened);
    o.mutable_blocker()->set_reason(reason);
    o.mutable_blocker()->set_reference(reference);
    *o.mutable_blocker()->mutable_opened_at() = wire_moment(opened);
    return o;
}

v1::Observation wire_counted() {
    v1::Observation o;
    o.mutable_counted()->set_kind("not inpatient");
    return o;
}

v1::FieldFact& add_moment(v1::Observation& o, v1::Field field, std::string const& when) {
    auto* fact = o.add_facts();
    fact->set_field(field);
    *fact->mutable_value()->mutable_moment() = wire_moment(when);
    return *fact;
}

v1::FieldFact& add_code(v1::Observation& o, v1::Field field, std::string const& code) {
    auto* fact = o.add_facts();
    fact->set_field(field);
    fact->mutable_value()->set_code(code);
    return *fact;
}

v1::FieldFact& add_text(v1::Observation& o, v1::Field field, std::string const& text) {
    auto* fact = o.add_facts();
    fact->set_field(field);
    fact->mutable_value()->set_text(text);
    return *fact;
}

v1::FieldFact& add_place(v1::Observation& o, std::string const& ward, std::string const& bed,
                         std::string const& site) {
    auto* fact = o.add_facts();
    fact->set_field(v1::FIELD_LOCATION);
    auto* place = fact->mutable_value()->mutable_location();
    place->set_site(site);
    place->set_ward(ward);
    place->set_bed(bed);
    return *fact;
}

void add_number(v1::Observation& o, v1::Identifier::Kind kind, std::string const& number,
                std::string const& name_space) {
    auto* identifier = o.mutable_subject()->add_identifiers();
    identifier->set_kind(kind);
    identifier->set_namespace_(name_space);
    identifier->set_value(number);
}

v1::Command wire_command(std::string const& id) {
    v1::Command command;
    command.set_id(id);
    command.set_actor("chair");
    return command;
}

v1::Command wire_staff(std::string const& id, std::string const& staff, std::string const& name) {
    auto command = wire_command(id);
    command.mutable_add_staff()->set_id(staff);
    command.mutable_add_staff()->set_name(name);
    command.mutable_add_staff()->set_role("social worker");
    return command;
}

v1::Command wire_action(std::string const& id, std::string const& stay, std::string const& deadline,
                        std::string const& text) {
    auto command = wire_command(id);
    auto* action = command.mutable_assign_action();
    action->set_stay(stay);
    action->set_text(text);
    action->set_owner("posei");
    *action->mutable_deadline() = wire_moment(deadline);
    return command;
}

v1::Command wire_raise(std::string const& id, std::string const& stay, std::string const& reason) {
    auto command = wire_command(id);
    command.mutable_raise_blocker()->set_stay(stay);
    command.mutable_raise_blocker()->set_reason(reason);
    return command;
}

}  // namespace washup::tests
