#include "tests/support/core/ward.hpp"

#include "proto/base/check.hpp"

namespace washup::tests {

using core::Field;
using Effect = core::StaySeen::Effect;

Moment at(std::string const& text) {
    auto const parsed = parse_moment(text);
    WASHUP_CHECK(parsed.has_value(), "a test writes valid times");
    return *parsed;
}

Message::Message(std::string trigger, std::string occurred, std::string recorded) {
    observation.source = "ward";
    observation.trigger = std::move(trigger);
    observation.times.occurred = at(occurred);
    observation.times.recorded = at(recorded.empty() ? occurred : recorded).at;
    observation.raw = [raw = observation.trigger + occurred] { return raw; };
}
Message& Message::visit(std::string number, std::string authority) {
    core::ObservedVisit visit;
    visit.key = Ward::key("visit", authority, number);
    visit.authority = std::move(authority);
    visit.number.text = std::move(number);
    observation.subject.visit = visit;
    return *this;
}
Message& Message::person(std::string number, std::string space) {
    auto const key = Ward::key("local", space, number);
    observation.subject.identifiers.push_back(
        {core::IdentifierKind::local, space, {number, {}}, key, false});
    return *this;
}
Message& Message::nhs(std::string number, bool doubtful) {
    auto const key = Ward::key("nhs", {}, number);
    observation.subject.identifiers.push_back(
        {core::IdentifierKind::nhs, {}, {number, {}}, key, doubtful});
    return *this;
}
Message& Message::council(std::string number) {
    auto const key = Ward::key("council", "KCC", number);
    observation.subject.identifiers.push_back(
        {core::IdentifierKind::council, "KCC", {number, {}}, key, false});
    return *this;
}
Message& Message::source(std::string name) {
    observation.source = std::move(name);
    return *this;
}
Message& Message::stay(core::StaySeen seen) {
    observation.kind = std::move(seen);
    return *this;
}
Message& Message::ward(std::string ward, std::string bed, std::string site) {
    return fact(Field::location, {{}, {}, core::Location{site, ward, {}, bed}, {}});
}
Message& Message::fact(Field field, core::Value value) {
    observation.facts.push_back({field, std::move(value), {}, {}});
    return *this;
}
Message& Message::time(Field field, std::string moment) {
    return fact(field, {{}, at(moment), {}, {}});
}
Message& Message::code(Field field, std::string code) {
    return fact(field, {code, {}, {}, {}});
}
Message& Message::text(Field field, std::string text) {
    return fact(field, {{}, {}, {}, {text, {}}});
}

Message a01(std::string visit, std::string person, std::string when, std::string ward) {
    return Message{"A01", when}
        .visit(visit)
        .person(person)
        .stay({Effect::admit, true, true, false, {}, {}})
        .ward(ward)
        .time(Field::admitted_at, when);
}
Message a02(std::string visit, std::string person, std::string when, std::string ward) {
    return Message{"A02", when}
        .visit(visit)
        .person(person)
        .stay({Effect::transfer, true, true, true, {}, {}})
        .ward(ward);
}
Message a03(std::string visit, std::string person, std::string when, std::string recorded) {
    return Message{"A03", when, recorded}
        .visit(visit)
        .person(person)
        .stay({Effect::discharge, true, false, true, {}, {}})
        .fact(Field::ending, {core::ended::discharged, at(when), {}, {}});
}
Message a08(std::string visit, std::string person, std::string when) {
    return Message{"A08", when}.visit(visit).person(person).stay(
        {Effect::update, true, true, true, {}, {}});
}
Message a11(std::string visit, std::string person, std::string when) {
    return Message{"A11", when}.visit(visit).person(person).stay(
        {Effect::cancel_admit, true, false, true, {}, {}});
}
Message a12(std::string visit, std::string person, std::string when, std::string really,
            std::string taken_back) {
    core::StaySeen seen{Effect::cancel_transfer, true, true, true, {}, {}};
    seen.taken_back = core::Location{"STM", taken_back, {}, "A1"};
    return Message{"A12", when}.visit(visit).person(person).stay(seen).ward(really);
}
Message a13(std::string visit, std::string person, std::string when) {
    return Message{"A13", when}.visit(visit).person(person).stay(
        {Effect::cancel_discharge, true, true, true, {}, {}});
}
Message a40(std::string survivor, std::string retired, std::string when) {
    Message message{"A40", when};
    message.person(survivor);
    core::MergeSeen merge;
    merge.retired.push_back({core::IdentifierKind::local,
                             "RZZ",
                             {retired, {}},
                             Ward::key("local", "RZZ", retired),
                             false});
    message.observation.kind = merge;
    return message;
}
Message referral(std::string nhs, std::string when) {
    return Message{"referrals", when}
        .source("hub")
        .nhs(nhs)
        .stay({Effect::referral, true, true, false, {}, {}})
        .time(Field::referred_at, when);
}

core::AliasKey Ward::key(std::string const& kind, std::string const& space,
                         std::string const& number) {
    return blake2b_128(kind + '\0' + space + '\0' + number);
}

core::Config small_config() {
    core::Config config;
    config.sites = {{"STM", "St Mildred's", {"RZZ01"}}};
    config.wards = {{"FORD", "STM", "north", "Ford"}, {"KENT", "STM", "south", "Kent"}};
    config.teams = {{"north", "North", "thanet", "STM"}, {"south", "South", "thanet", "STM"}};
    config.areas = {{"thanet", "Thanet"}};
    config.sources = {{"ward", "ward", minutes(30)}, {"hub", "hub", hours(24)}};
    using core::Band;
    config.ladder = {{"own_home", "own home", "home", Band::home},
                     {"home_care", "home with care", "home", Band::home},
                     {"rehab_bed", "rehabilitation bed", "short bed", Band::short_bed},
                     {"residential", "residential", "long bed", Band::long_bed},
                     {"nursing", "nursing", "long bed", Band::long_bed},
                     {"hospice", "hospice", "hospice", Band::off_ladder}};
    config.reasons = {
        {"CP4",
         "Home care not yet available",
         "Home care",
         {},
         "home_care",
         "social_care",
         "capacity",
         false,
         {}},
        {"HP4", "Awaiting medicines", "Medicines", {}, "ward", "nhs", "hospital", false, {}},
        {"WB3", "Safeguarding", "Safeguarding", {}, "capacity", "both", "wellbeing", true, {}},
        {"night_sitting",
         "Night sitting",
         "Night sitting",
         "CP4",
         "night_sitting",
         "social_care",
         {},
         false,
         {}}};
    config.themes = {{"home_care", "Home care"}, {"ward", "Ward process"}};
    config.milestones = {{"medicines_ready", "Medicines ready"},
                         {"first_visit_done", "First visit done"}};
    config.holders = {"nhs", "social_care", "both", "housing", "choice", "provider", "disputed"};
    return config;
}
Ward::Ward() : now_(at("2026-11-01T08:00").at) {
    commit({}, {core::ConfigAdopted{{}, small_config()}, core::DayTurned{london_date(now_)}});
    core::Cause hello;
    commit(hello,
           {core::SourceEpochBegan{"ward", "w1", {}}, core::SourceEpochBegan{"hub", "h1", {}}});
}

core::Changes Ward::commit(core::Cause cause, std::vector<core::Event> events) {
    core::Record record{core::RecordNumber{state_.head.value() + 1}, now_, std::move(cause),
                        std::move(events)};
    core::Changes changes;
    core::apply(state_, record, changes);
    records_.push_back(std::move(record));
    return changes;
}

core::Outcome Ward::receive(Message message) {
    now_ = std::max(now_ + seconds(1), message.observation.times.recorded);
    auto decision = core::decide(state_, message.observation, now_);
    core::Cause cause;
    cause.kind = core::CauseKind::source;
    cause.source = message.observation.source;
    cause.epoch = message.observation.source == "hub" ? "h1" : "w1";
    cause.sequence = ++sequence_;
    cause.outcome = decision.outcome;
    kept_.emplace(message.observation.raw(), message.observation);
    auto const changes = commit(std::move(cause), std::move(decision.events));
    carry_out_waiting(changes.appeared);
    return decision.outcome;
}

void Ward::carry_out_waiting(std::set<core::AliasKey> const& appeared) {
    for (auto const& key : appeared) {
        auto const queue = state_.waiting.find(key);
        if (queue == state_.waiting.end()) continue;
        for (auto const id : std::set<core::InboxId>{queue->second}) {
            auto const& item = state_.inbox.at(id);
            auto const& observation = kept_.at(item.kept.observation.text);
            auto events = core::decide_waiting(state_, item, observation, now_);
            if (!events.empty()) commit({}, std::move(events));
        }
    }
}

Result<core::Outcome> Ward::command(core::Command command) {
    now_ = now_ + seconds(1);
    if (command.id.empty()) command.id = "c" + std::to_string(state_.head.value());
    if (command.actor.empty()) command.actor = "chair";
    auto decision = core::decide(state_, command, now_);
    if (!decision) return decision.error();
    core::Cause cause;
    cause.kind = core::CauseKind::command;
    cause.command_id = command.id;
    cause.outcome = decision->outcome;
    auto const changes = commit(std::move(cause), std::move(decision->events));
    carry_out_waiting(changes.appeared);
    return decision->outcome;
}

void Ward::wait_until(std::string const& moment) {
    now_ = at(moment).at;
    for (auto events = core::decide_due(state_, now_); !events.empty();
         events = core::decide_due(state_, now_)) {
        commit({}, std::move(events));
    }
}

void Ward::adopt(core::Config config) {
    commit({}, core::decide_config(state_, {{}, std::move(config)}));
}

core::Stay const* Ward::stay(std::string const& visit, std::string const& authority) const {
    auto const it = state_.stay_by_key.find(key("visit", authority, visit));
    return it == state_.stay_by_key.end() ? nullptr : state_.stay(it->second);
}

core::Current Ward::read(std::string const& visit, Field field) const {
    auto const* found = stay(visit);
    WASHUP_CHECK(found != nullptr, "a test reads a stay that is there");
    return core::read(state_, *found, field);
}

bool Ward::ended(std::string const& visit) const {
    return read(visit, Field::ending).known();
}

core::Command command_for(std::string visit) {
    core::Command command;
    command.stay.as_given = "RZZ:" + visit;
    command.stay.key = Ward::key("visit", "RZZ", visit);
    return command;
}

}  // namespace washup::tests
