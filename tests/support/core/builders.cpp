#include "tests/support/core/builders.hpp"

#include "proto/base/nhs_number.hpp"

namespace washup::test_support {

using namespace core;

AliasKey key_of(std::string_view authority, std::string_view number) {
    return blake2b_128(std::string{authority} + ":" + std::string{number});
}

Value code_value(std::string_view code) {
    return Value{.code = Code{code}};
}
Value moment_value(std::string_view when) {
    return Value{.moment = moment(when)};
}
Value place_value(std::string_view ward, std::string_view bed, std::string_view site) {
    return Value{.location = Location{Code{site}, Code{ward}, {}, Code{bed}}};
}
Value text_value(std::string_view text) {
    return Value{.text = Sealed{std::string{text}, "box:" + std::string{text}}};
}

// ---- events
// ---------------------------------------------------------------------------------------

StayEvents::StayEvents(std::uint64_t number) : stay_(number), person_(number) {
    events_.push_back(PersonRegistered{person_});
    events_.push_back(StayOpened{.stay = stay_, .person = person_, .source = source_});
}

StayEvents& StayEvents::visit(std::string_view number, std::string_view authority) {
    events_.push_back(VisitNumberAdded{stay_, Code{authority}, key_of(authority, number),
                                       text_value(number).text});
    return *this;
}

StayEvents& StayEvents::local_number(std::string_view number, std::string_view name_space) {
    events_.push_back(IdentifierAdded{.person = person_,
                                      .name_space = Code{name_space},
                                      .key = key_of(name_space, number),
                                      .number = text_value(number).text});
    return *this;
}

StayEvents& StayEvents::field(Field field, Value value) {
    events_.push_back(FactObserved{.stay = stay_,
                                   .person = person_,
                                   .field = field,
                                   .value = std::move(value),
                                   .times = {at_, at_.at, at_.at},
                                   .source = source_});
    return *this;
}

StayEvents& StayEvents::name(std::string_view words) {
    return field(Field::name, text_value(words));
}
StayEvents& StayEvents::ward(std::string_view ward, std::string_view bed, std::string_view site) {
    return field(Field::location, place_value(ward, bed, site));
}
StayEvents& StayEvents::admitted(std::string_view when) {
    return field(Field::admitted_at, moment_value(when));
}
StayEvents& StayEvents::ready(std::string_view when) {
    return field(Field::discharge_ready, moment_value(when));
}
StayEvents& StayEvents::not_ready() {
    return field(Field::discharge_ready, Value{});
}
StayEvents& StayEvents::ideal(std::string_view outcome) {
    return field(Field::ideal_outcome, code_value(outcome));
}
StayEvents& StayEvents::expected(std::string_view outcome) {
    return field(Field::expected_outcome, code_value(outcome));
}
StayEvents& StayEvents::ended(std::string_view how, std::string_view when) {
    auto value = moment_value(when);
    value.code = Code{how};
    return field(Field::ending, std::move(value));
}

StayEvents& StayEvents::blocker(std::uint64_t number, std::string_view reason,
                                std::string_view opened, std::string_view holder) {
    events_.push_back(BlockerOpened{.stay = stay_,
                                    .blocker = BlockerId{number},
                                    .reason = Code{reason},
                                    .holder = Code{holder},
                                    .opened = opened.empty() ? at_ : moment(opened),
                                    .source = source_});
    return *this;
}

StayEvents& StayEvents::closes(std::uint64_t number, std::string_view when) {
    events_.push_back(BlockerClosed{.stay = stay_,
                                    .blocker = BlockerId{number},
                                    .closed = moment(when),
                                    .why = "solved",
                                    .source = source_});
    return *this;
}

StayEvents& StayEvents::hands_over_to(std::uint64_t number, std::string_view when) {
    events_.push_back(ClockHandedOver{stay_, BlockerId{number}, instant(when), "p.osei"});
    return *this;
}

StayEvents& StayEvents::action(std::uint64_t number, std::string_view deadline,
                               std::string_view owner) {
    events_.push_back(ActionAssigned{.stay = stay_,
                                     .action = ActionId{number},
                                     .text = text_value("ring the provider").text,
                                     .owner = StaffId{owner},
                                     .deadline = instant(deadline),
                                     .agreed = at_.at,
                                     .source = "board"});
    return *this;
}

StayEvents& StayEvents::at(std::string_view when) {
    at_ = moment(when);
    return *this;
}

StayEvents& StayEvents::from(std::string_view source) {
    source_ = SourceName{source};
    return *this;
}

StayEvents a_stay(std::uint64_t number) {
    return StayEvents{number};
}

// ---- observations
// ---------------------------------------------------------------------------------

Seen::Seen(std::string_view visit) {
    observation_.source = test_source;
    observation_.record_name = "message 1";
    observation_.trigger = "A08";
    observation_.subject.visit =
        ObservedVisit{test_authority, text_value(visit).text, key_of(test_authority, visit)};
    observation_.kind = StaySeen{.inpatient = true, .opens = true};
    at("2026-11-01 08:00");
}

Seen& Seen::effect(StaySeen::Effect effect) {
    observation_.kind = StaySeen{.effect = effect, .inpatient = true, .opens = true};
    return *this;
}

Seen& Seen::discharge(std::string_view when, std::string_view how) {
    observation_.kind = StaySeen{.effect = StaySeen::Effect::discharge, .inpatient = true};
    auto value = moment_value(when);
    value.code = Code{how};
    return fact(Field::ending, std::move(value));
}

Seen& Seen::local_number(std::string_view number, std::string_view name_space) {
    observation_.subject.identifiers.push_back({IdentifierKind::local, Code{name_space},
                                                text_value(number).text, key_of(name_space, number),
                                                false});
    return *this;
}

Seen& Seen::nhs_number(std::string_view digits) {
    observation_.subject.identifiers.push_back({IdentifierKind::nhs,
                                                {},
                                                text_value(digits).text,
                                                key_of("NHS", digits),
                                                !valid_nhs_number(digits)});
    return *this;
}

Seen& Seen::ward(std::string_view ward, std::string_view bed, std::string_view site) {
    return fact(Field::location, place_value(ward, bed, site));
}

Seen& Seen::fact(Field field, Value value) {
    observation_.facts.push_back({field, std::move(value), {}, {}});
    return *this;
}

Seen& Seen::blocker(std::string_view reason, std::string_view opened) {
    BlockerSeen blocker{.reason = std::string{reason}};
    if (!opened.empty()) blocker.opened_at = moment(opened);
    observation_.kind = std::move(blocker);
    return *this;
}

Seen& Seen::at(std::string_view when) {
    observation_.times = {moment(when), instant(when), instant(when)};
    return *this;
}

Seen& Seen::recorded(std::string_view when) {
    observation_.times.recorded = instant(when);
    return *this;
}

Seen& Seen::from(std::string_view source) {
    observation_.source = SourceName{source};
    return *this;
}

Seen seen(std::string_view visit) {
    return Seen{visit};
}

}  // namespace washup::test_support
