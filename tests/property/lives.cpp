#include "tests/property/lives.hpp"

#include <algorithm>

namespace washup::tests {
namespace {

using core::Field;
using Effect = core::StaySeen::Effect;

// Around both clock changes, the leap day, Christmas, and an ordinary week.
constexpr char const* begins[] = {"2026-11-02T08:00", "2027-03-24T08:00", "2027-10-27T08:00",
                                  "2028-02-24T08:00", "2026-12-22T08:00"};
constexpr char const* begins_words[] = {"an ordinary week", "the short night", "the long night",
                                        "29 February", "Christmas"};

core::Value moment(When const& when) {
    return {{}, Moment{when.from(), when.by_date ? Precision::date : Precision::minute}, {}, {}};
}

}  // namespace

Life::Life(Ward& ward, Prng& chance, std::map<std::string, int>& met)
    : ward_(ward), chance_(chance), met_(met) {}

When Life::near(Instant at) {
    return {at, chance_.chance(300)};
}

Message Life::about(std::string trigger, Effect effect, When const& when) {
    auto const opens = effect != Effect::discharge && effect != Effect::cancel_admit;
    Message message{std::move(trigger), when.text(), to_rfc3339(now_)};
    if (!here().number.empty()) message.visit(here().number, here().authority);
    message.person(person_, here().authority).nhs(nhs_number);
    message.stay({effect, true, opens, effect != Effect::admit, {}, {}});
    return message;
}

void Life::tell(Message message, bool may_wait) {
    if (may_wait && chance_.chance(150)) {
        note("told late");
        later_.push_back(std::move(message));
        return;
    }
    if (chance_.chance(150)) {
        note("told twice");
        later_.push_back(message);
    }
    auto const answer = ward_.receive(std::move(message));
    if (answer.code != "accepted") diary_ += "  " + answer.code + ": " + answer.words + "\n";
}

void Life::arrive() {
    for (auto i = later_.size(); i > 1; --i) std::swap(later_[i - 1], later_[chance_.below(i)]);
    for (auto& message : later_) ward_.receive(std::move(message));
    later_.clear();
}

void Life::begin() {
    auto const base = chance_.below(std::size(begins));
    note(begins_words[base]);
    now_ = at(begins[base]).at + minutes(15 * chance_.between(0, 200));
    ward_.wait_until(to_rfc3339(now_));
    auto config = small_config();
    config.sites.push_back({"QEQM", "Queen Elizabeth", {}});
    config.wards.push_back({"DOVER", "QEQM", "south", "Dover"});
    if (chance_.chance(500)) {
        master_ = "ward";
        config.masters.push_back({Field::discharge_ready, "ward"});
        note("a master source");
    }
    ward_.adopt(config);
    visits_.emplace_back();
    if (chance_.chance(300)) {
        note("announced first");
        ward_.receive(referral(nhs_number, to_rfc3339(now_)));
        if (chance_.chance(500)) open_blocker();
        if (chance_.chance(300)) say({When{now_}}, "ready before the admission");
        pass();
    }
    here().number = "V1";
    if (chance_.chance(200)) person_ = "M2";
    auto const first_seen = chance_.chance(150);
    if (first_seen) note("first seen in bed");
    auto arrival =
        about(first_seen ? "A08" : "A01", first_seen ? Effect::update : Effect::admit, {now_});
    arrival.ward("FORD");
    here().places.push_back({"STM", "FORD", {now_}});
    if (!first_seen) {
        here().admitted = near(now_);
        arrival.fact(Field::admitted_at, moment(*here().admitted));
    }
    tell(arrival, false);
}

void Life::pass() {
    if (chance_.chance(150)) {  // to a midnight, on the dot
        now_ = naive_midnight(naive_london(now_).days + 1);
    } else {
        now_ = now_ + minutes(15 * chance_.between(1, 200));
    }
    ward_.wait_until(to_rfc3339(now_));
}

void Life::say(std::optional<When> ready, char const* what) {
    note(what);
    auto const by_hub = here().number.empty() || chance_.chance(300);
    here().sayings.push_back({by_hub ? "hub" : "ward", now_, ready});
    auto message = about("A08", here().number.empty() ? Effect::referral : Effect::update, {now_});
    if (by_hub) message.source("hub");
    message.fact(Field::discharge_ready, ready ? moment(*ready) : core::Value{});
    tell(message, !here().number.empty());
}

void Life::say_ready() {
    auto when = near(now_);
    if (chance_.chance(300)) when.at = when.at - minutes(15 * chance_.between(1, 300));
    auto const early = here().admitted && when.from() < here().admitted->from();
    if (here().ready(master_)) return say(when, "ready date corrected");
    if (!here().sayings.empty()) note("ready again after a reset");
    say(when, early          ? "ready before the admission"
              : when.by_date ? "ready by date"
                             : "ready by time");
}

void Life::say_not_ready() {
    if (!chance_.chance(300)) return say({}, "meets the criteria again");
    core::SetField set;
    set.field = Field::discharge_ready;
    if (!act(set)) return;
    note("meets the criteria again, by hand");
    here().sayings.push_back({"board", now_, {}});
}

void Life::move_ward() {
    constexpr std::pair<char const*, char const*> places[] = {
        {"STM", "FORD"}, {"STM", "KENT"}, {"QEQM", "DOVER"}};
    auto const [site, ward] = places[chance_.below(3)];
    auto const from = here().places.back();
    if (site == from.site && ward == from.ward) return;
    note(site == from.site ? "to another ward" : "to another site");
    auto const when = near(now_);
    // A date alone would stand before what was said of the same day.
    if (when.from() <= from.since.from()) return;
    here().places.push_back({site, ward, when});
    tell(about("A02", Effect::transfer, when).ward(ward, "A1", site));
}

void Life::leave_and_return() {
    note("on leave, the bed held");
    tell(about("A21", Effect::update, {now_}).code(Field::on_leave, "on_leave"));
    pass();
    tell(about("A22", Effect::update, {now_}).fact(Field::on_leave, {}));
}

void Life::end_here() {
    constexpr char const* ways[] = {core::ended::discharged, core::ended::discharged,
                                    core::ended::self_discharge, core::ended::left_without_notice};
    auto const* how = ways[chance_.below(4)];
    auto const when = near(now_);
    auto end = about("A03", Effect::discharge, {now_});
    end.fact(Field::ending, {how, moment(when).moment, {}, {}});
    auto const undone = chance_.chance(600);
    auto const by_hand = undone && chance_.chance(400);
    auto const ready = here().ready(master_);
    if (ready && naive_london(ready->at).days == naive_london(now_).days)
        note("ready and gone on one day");
    tell(end, !by_hand);
    note(how);
    if (!undone) {
        here().ended = when;
        over_ = true;
        return;
    }
    pass();
    if (!by_hand) {
        note("discharge cancelled");
        return tell(about("A13", Effect::cancel_discharge, {now_}));
    }
    if (act(core::Reopen{"did not go"})) note("reopened by hand");
}

void Life::die() {
    over_ = true;
    auto const died = near(now_);
    auto const told = chance_.below(3);  // of the person, by the ward's ending, or both
    if (told != 1) {
        note("death told of the person");
        here().died = died;
        tell(about("A31", Effect::update, {now_}).fact(Field::died_at, moment(died)));
    }
    if (told == 0) return;
    if (told == 2) pass();  // the bed is cleared later
    note("died, as the ward ends it");
    here().ended = When{now_};
    tell(about("A03", Effect::discharge, {now_})
             .fact(Field::ending, {core::ended::died, moment({now_}).moment, {}, {}}));
}

void Life::go_to_other_trust() {
    note("to another trust");
    here().ended = When{now_};
    auto end = about("A03", Effect::discharge, {now_});
    tell(end.fact(Field::ending, {core::ended::transferred, moment({now_}).moment, {}, {}}), false);
    arrive();  // what is told of a person after this is of the other stay
    pass();
    visits_.emplace_back();
    here().number = "W1";
    here().authority = "RYY";
    here().admitted = When{now_};
    here().places.push_back({"RYY01", "ELMS", {now_}});
    auto arrival = about("A01", Effect::admit, {now_});
    tell(arrival.ward("ELMS", "A1", "RYY01").fact(Field::admitted_at, moment({now_})), false);
}

void Life::record_in_error() {
    note("recorded in error");
    here().in_error = over_ = true;
    tell(about("A11", Effect::cancel_admit, {now_}));
}

void Life::merge() {
    if (person_ != "M2" || here().authority != "RZZ") return;
    note("merged");
    person_ = "M1";
    tell(a40("M1", "M2", to_rfc3339(now_)), false);
}

void Life::step() {
    pass();
    auto const what = chance_.below(100);
    if (what < 16) return say_ready();
    if (what < 22) return here().ready(master_) ? say_not_ready() : say_ready();
    if (what < 32) return move_ward();
    if (what < 36) return leave_and_return();
    if (what < 54) return open_blocker();
    if (what < 59) return correct_blocker();
    if (what < 63) return claim_otherwise();
    if (what < 65) return agree();
    if (what < 74) return close_blocker();
    if (what < 84) return hand_over();
    if (what < 91) return end_here();
    if (what < 93) return die();
    if (what < 96) return visits_.size() == 1 ? go_to_other_trust() : void();
    if (what < 97) return record_in_error();
    merge();
}

void Life::live() {
    begin();
    auto const steps = chance_.between(4, 24);
    for (int i = 0; i < steps && !over_; ++i) step();
    pass();
    arrive();
    ward_.wait_until(to_rfc3339(now_));
    for (auto& visit : visits_) {
        for (auto& blocker : visit.blockers) {
            if (blocker.reference.empty()) continue;
            for (auto const& [number, stay] : ward_.state().stays) {
                for (auto const& held : stay.blockers) {
                    if (held.reference == blocker.reference) blocker.id = held.id;
                }
            }
        }
    }
}

}  // namespace washup::tests
