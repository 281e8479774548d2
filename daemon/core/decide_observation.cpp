#include <set>

#include "daemon/core/clear_code.hpp"
#include "daemon/core/decider.hpp"
#include "daemon/core/identity.hpp"
#include "daemon/core/plausible.hpp"
#include "daemon/core/vocabulary.hpp"

// What follows from a source's observation. Order of the file: whom it means, does it open a stay,
// what its facts are, what its kind does beyond them.

namespace washup::core {
namespace {

using Effect = StaySeen::Effect;

bool is_outcome(Field field) {
    return field == Field::ideal_outcome || field == Field::expected_outcome ||
           field == Field::actual_outcome || field == Field::proposed_outcome;
}

// A ward says where somebody goes; that proposes an outcome (product.md section 3).
std::optional<Code> outcome_meant(Config const& config, Field field, Code const& said) {
    auto const outcome = match_outcome(config, said);
    if (outcome || field != Field::proposed_outcome) return outcome;
    auto const* const goes = match_destination(config, said);
    return goes == nullptr || goes->outcomes.empty() ? outcome : goes->outcomes.front();
}

// Registers what is new of the person: the record itself, numbers it did not have.
PersonId know_person(Decider& d, std::vector<ObservedIdentifier> const& identifiers,
                     PersonId person) {
    if (!person) {
        person = d.new_person();
        d.emit(PersonRegistered{person});
    }
    auto const* known = d.state.person(person);
    for (auto const& said : identifiers) {
        auto const there =
            known != nullptr && std::any_of(known->identifiers.begin(), known->identifiers.end(),
                                            [&](auto const& own) { return own.key == said.key; });
        if (!there) {
            d.emit(IdentifierAdded{person, said.kind, said.name_space, said.key, said.number,
                                   said.doubtful});
        }
    }
    return person;
}

FactTimes times_of(Decider const& d, Observation const& o, std::optional<Moment> const& own,
                   std::string& doubt) {
    auto times = o.times;
    if (own) times.occurred = *own;
    if (times.occurred.at.ms == 0) times.occurred = {d.now, Precision::minute};
    if (!own && !o.no_time.empty())
        add_doubt(doubt, "occurred " + o.no_time + ", which is no time");
    if (!o.planned && times.occurred.at > d.now + clock_ahead_max) {
        times.occurred = {d.now, Precision::minute};
        add_doubt(doubt, "sender clock ahead");
    }
    // Nothing is written down before it is received: else a cancel from next year would take back
    // all that is said until then.
    for (auto* written : {&times.recorded, &times.message_at}) {
        if (*written > d.now + clock_ahead_max) *written = d.now;
    }
    return times;
}

void observe_facts(Decider& d, Observation const& o, StayId stay, PersonId person) {
    d.decision.events.reserve(d.decision.events.size() + o.facts.size());
    for (auto const& fact : o.facts) {
        if (!fact.no_time.empty()) {
            d.keep(o, "unmappable", name_of(fact.field),
                   fact.no_time +
                       " is no time; what is held stays. Mend it at the source, then "
                       "settle this item");
            continue;
        }
        auto value = fact.value;
        if (auto const wrong = wrong_shape(fact.field, value); !wrong.empty()) {
            d.keep(o, "unmappable", name_of(fact.field),
                   wrong + "; what is held stays. Mend it at the source, then settle this item");
            continue;
        }
        if (is_outcome(fact.field) && !value.code.empty()) {
            auto const outcome = outcome_meant(d.state.config, fact.field, value.code);
            if (!outcome) {
                d.keep(o, "outcome_off_ladder", name_of(fact.field),
                       "the outcome is not a step of the ladder; map it in the source's profile or "
                       "add it to the ladder, then settle this item");
                continue;
            }
            value.code = *outcome;
        }
        seal_what_is_no_code(d.state, fact.field, value);
        auto doubt = fact.doubt;
        if (value.moment) add_doubt(doubt, doubt_of_time(fact.field, *value.moment, d.now));
        auto const times = times_of(d, o, fact.occurred, doubt);
        d.emit(FactObserved{of_person(fact.field) ? StayId{} : stay,
                            person,
                            fact.field,
                            value,
                            times,
                            o.source,
                            {},
                            doubt,
                            {}});
    }
}

// What a person was asked about this announcement needs no answer any more.
void withdraw_question(Decider& d, Stay const& announced, Code how) {
    auto const item = d.state.inbox.find(announced.asked);
    if (item == d.state.inbox.end() || !item->second.settled.empty()) return;
    d.emit(InboxSettled{announced.asked, std::move(how), {}, {}});
}

// The announcements that the ward's stay confirms: of every person whom its numbers name surely.
void join_announced(Decider& d, Observation const& o, StayId ward) {
    std::set<PersonId> seen;
    for (auto const& said : o.subject.identifiers) {
        auto const named = resolve_person(d.state, {said});
        auto const person = d.state.survivor_of(named);
        if (!named || !seen.insert(person).second) continue;
        if (!surely_same(d.state, person, o.subject.identifiers)) continue;
        for (auto const* stay : live_stays(d.state, person)) {
            if (!stay->provisional || stay->id == ward) continue;
            d.emit(StayJoined{stay->id, ward});
            withdraw_question(d, *stay, "matched");
        }
    }
}

StayId open_stay(Decider& d, Observation const& o, PersonId person, bool provisional,
                 bool inferred) {
    auto const stay = d.new_stay();
    d.emit(StayOpened{stay, person, o.source, provisional, inferred});
    for (auto const* visit : {&o.subject.visit, &o.subject.other_visit}) {
        if (*visit)
            d.emit(VisitNumberAdded{stay, (*visit)->authority, (*visit)->key, (*visit)->number});
    }
    return stay;
}

void add_visit_numbers(Decider& d, Observation const& o, Stay const& stay) {
    for (auto const* visit : {&o.subject.visit, &o.subject.other_visit}) {
        if (!*visit || d.state.stay_by_key.contains((*visit)->key)) continue;
        d.emit(VisitNumberAdded{stay.id, (*visit)->authority, (*visit)->key, (*visit)->number});
    }
}

// What a message about a stay does beyond its facts: cancels take facts back.
void take_effect(Decider& d, Observation const& o, StaySeen const& seen, StayId stay,
                 bool was_here) {
    std::string unused;
    auto const times = times_of(d, o, {}, unused);
    auto const recorded = times.recorded.ms != 0     ? times.recorded
                          : times.message_at.ms != 0 ? times.message_at
                                                     : d.now;
    auto const take_back = [&](Field field, Code only, std::optional<Location> location) {
        auto const occurred = field == Field::location ? seen.cancels_at : std::nullopt;
        d.emit(FactsRetracted{stay, field, occurred, location, only, recorded, o.source, {}, {}});
    };
    switch (seen.effect) {
        case Effect::cancel_discharge:
            take_back(Field::ending, {}, {});
            break;
        case Effect::cancel_transfer:
            if (seen.taken_back || seen.cancels_at) take_back(Field::location, {}, seen.taken_back);
            break;
        case Effect::cancel_admit:
            d.emit(FactObserved{stay,
                                {},
                                Field::ending,
                                Value{ended::recorded_in_error, times.occurred, {}, {}},
                                times,
                                o.source,
                                {},
                                {},
                                {}});
            break;
        case Effect::admit:
            if (was_here) take_back(Field::ending, ended::recorded_in_error, {});
            break;
        default:
            break;
    }
}

void correct_opening(Decider& d, Observation const& o, StaySeen const& seen, Stay const& stay) {
    auto const by_ward = seen.effect != Effect::referral;
    auto const provisional = stay.provisional && !by_ward;
    auto const inferred = stay.inferred && seen.effect != Effect::admit;
    if (provisional == stay.provisional && inferred == stay.inferred) return;
    if (!provisional) withdraw_question(d, stay, "matched");
    d.emit(StayOpened{stay.id, stay.person, o.source, provisional, inferred});
}

// What is told of the stay of somebody who was erased is of a new record: the one its numbers name,
// or one of its own.
PersonId begin_anew(Decider& d, Observation const& o, Stay const& stay, PersonId named) {
    auto const person = know_person(d, o.subject.identifiers, named);
    for (auto const* part : parts_of(d.state, stay)) d.emit(PersonBegunAnew{part->id, person});
    for (auto const* visit : {&o.subject.visit, &o.subject.other_visit}) {
        if (*visit)
            d.emit(VisitNumberAdded{stay.id, (*visit)->authority, (*visit)->key, (*visit)->number});
    }
    return person;
}

// A known stay. Facts of a person go to the record the message addresses, which after a merge may
// be a retired one; when it is somebody else altogether, a person has to look.
void decide_known(Decider& d, Observation const& o, StaySeen const* seen, Stay const& stay) {
    auto person = resolve_person(d.state, o.subject.identifiers);
    auto const erased = d.state.persons.at(stay.person).erased();
    if (!erased && person && d.state.survivor_of(person) != d.state.survivor_of(stay.person)) {
        d.keep(
            o, "visit_of_another_person", "visit number",
            "the visit number belongs to another person's stay here; the stay's facts were taken, "
            "the person's were not: find out whose visit it is at the ward system");
        person = {};
        auto stay_only = o;
        std::erase_if(stay_only.facts, [](auto const& fact) { return of_person(fact.field); });
        observe_facts(d, stay_only, stay.id, stay.person);
        if (seen != nullptr) take_effect(d, o, *seen, stay.id, true);
        return;
    }
    if (erased) {
        person = begin_anew(d, o, stay, person);
    } else {
        person = know_person(d, o.subject.identifiers, person ? person : stay.person);
        add_visit_numbers(d, o, stay);
    }
    if (seen != nullptr) correct_opening(d, o, *seen, stay);
    observe_facts(d, o, stay.id, person);
    auto const ends = std::any_of(o.facts.begin(), o.facts.end(), [](auto const& fact) {
        return fact.field == Field::ending && !fact.value.empty();
    });
    if (ends) withdraw_question(d, stay, "ended");
    if (seen == nullptr) return;
    auto const by_ward = seen->effect != Effect::referral;
    if (by_ward && !ends && !has_ended(d.state, stay)) join_announced(d, o, stay.id);
    take_effect(d, o, *seen, stay.id, true);
}

std::optional<AliasKey> key_to_wait_for(Subject const& subject) {
    if (subject.visit) return subject.visit->key;
    if (subject.other_visit) return subject.other_visit->key;
    for (auto const& identifier : subject.identifiers) {
        if (!identifier.doubtful) return identifier.key;
    }
    return {};
}

bool was_let_go(State const& state, Subject const& subject) {
    for (auto const* visit : {&subject.visit, &subject.other_visit}) {
        if (*visit && state.let_go.contains((*visit)->key)) return true;
    }
    return false;
}

void wait_for_stay(Decider& d, Observation const& o) {
    auto const key = key_to_wait_for(o.subject);
    if (was_let_go(d.state, o.subject)) {
        d.keep(o, "stay_let_go", "visit number",
               "this stay ended more than 100 days ago and has left the live state");
    } else if (key) {
        d.keep(
            o, "waiting_for_visit", "visit number",
            "no stay of this visit or person is here; it is carried out by itself when one appears",
            key);
    } else {
        d.keep(o, "unmappable", "visit number",
               "neither a visit number nor a usable number of the person: nobody can be meant");
    }
}

void count(Decider& d, Observation const& o, Code kind) {
    d.emit(RecordCounted{o.source, kind});
    d.decision.outcome.code = "counted";
    d.decision.outcome.reason = std::move(kind);
}

// A stay nobody has told us of yet.
void decide_unknown(Decider& d, Observation const& o, StaySeen const& seen) {
    auto const referral = seen.effect == Effect::referral;
    if (!seen.inpatient && !referral) return count(d, o, "not inpatient");
    auto const ends = seen.effect == Effect::discharge || seen.effect == Effect::cancel_admit;
    if (was_let_go(d.state, o.subject) || ends || (!seen.opens && !referral)) {
        return wait_for_stay(d, o);
    }
    if (!o.subject.visit && !o.subject.other_visit && o.subject.identifiers.empty()) {
        return wait_for_stay(d, o);
    }
    auto const found = resolve_person(d.state, o.subject.identifiers);
    auto const person = know_person(d, o.subject.identifiers, found);
    auto const stay = open_stay(d, o, person, referral, !referral && seen.inferred);
    if (!referral) join_announced(d, o, stay);
    observe_facts(d, o, stay, person);
    take_effect(d, o, seen, stay, false);
}

void decide_person(Decider& d, Observation const& o) {
    auto const person = resolve_person(d.state, o.subject.identifiers);
    auto const* record = d.state.person(person);
    if (record == nullptr || record->stays.empty()) return count(d, o, "person without stay");
    know_person(d, o.subject.identifiers, person);
    observe_facts(d, o, {}, person);
}

void set_aside(Decider& d, Observation const& o, SetAside const& aside) {
    if (aside.why == "not_yet_handled") {
        // One counted line per source and trigger; the adapter keeps every raw message.
        for (auto const& [id, item] : d.state.inbox) {
            if (item.kept.why == aside.why && item.kept.source == o.source &&
                item.kept.trigger == o.trigger && item.settled.empty()) {
                d.emit(count_one_more(item.kept));
                d.decision.outcome = {"inbox", aside.why, aside.field, aside.words, 0, {}};
                return;
            }
        }
    }
    d.keep(o, aside.why, aside.field, aside.words);
}

void decide_milestone(Decider& d, Observation const& o, Stay const& stay,
                      MilestoneSeen const& seen) {
    if (stay.milestones.size() >= stay_milestones_max) {
        return d.keep(o, "too_many_milestones", "milestone", "this stay has 200 milestones");
    }
    auto const name = match_milestone(d.state.config, seen.name);
    if (!name) {
        return d.keep(o, "unmappable", "milestone",
                      "this is no milestone of the site file; name it there or map it in the "
                      "source's profile, then settle this item");
    }
    auto const at = seen.at.value_or(o.times.occurred);
    auto const told = [&](Milestone const& held) {
        return held.name == *name && held.at == at && held.source == o.source;
    };
    if (std::any_of(stay.milestones.begin(), stay.milestones.end(), told)) return;
    d.emit(MilestoneReached{stay.id, *name, at, o.source});
}

// Milestones go on after home: a first visit is of the stay that the person left.
Stay const* stay_or_left(State const& state, Observation const& o) {
    auto const* stay = stay_meant(state, o, true);
    auto const after_home = stay == nullptr && std::holds_alternative<MilestoneSeen>(o.kind);
    return after_home ? stay_left_last(state, o) : stay;
}

// Where a person would look: the stay opened just now, else the one meant.
StayId stay_concerned(Decider const& d, Observation const& o) {
    for (auto const& event : d.decision.events) {
        if (auto const* opened = std::get_if<StayOpened>(&event)) return opened->stay;
    }
    auto const* stay = stay_meant(d.state, o, true);
    return stay == nullptr ? StayId{} : stay->id;
}

}  // namespace

Decision decide(State const& state, Observation const& o, Instant now) {
    Decider d{state, now};
    settle_first_time(d, o);
    if (auto const* seen = std::get_if<StaySeen>(&o.kind)) {
        auto const* stay = stay_meant(state, o, seen->effect == Effect::referral);
        stay != nullptr ? decide_known(d, o, seen, *stay) : decide_unknown(d, o, *seen);
    } else if (std::holds_alternative<PersonSeen>(o.kind)) {
        decide_person(d, o);
    } else if (auto const* merge = std::get_if<MergeSeen>(&o.kind)) {
        decide_merge(d, o, *merge);
    } else if (auto const* aside = std::get_if<SetAside>(&o.kind)) {
        set_aside(d, o, *aside);
    } else if (auto const* counted = std::get_if<CountedOnly>(&o.kind)) {
        count(d, o, counted->kind);
    } else if (auto const* capacity = std::get_if<CapacitySeen>(&o.kind)) {
        decide_capacity(d, o, *capacity);
    } else if (auto const* figure = std::get_if<FigureSeen>(&o.kind)) {
        decide_figure(d, o, *figure);
    } else if (auto const* stay = stay_or_left(state, o)) {
        decide_known(d, o, nullptr, *stay);
        if (auto const* blocker = std::get_if<BlockerSeen>(&o.kind))
            decide_blocker(d, o, *stay, *blocker);
        if (auto const* action = std::get_if<ActionSeen>(&o.kind))
            decide_action(d, o, *stay, *action);
        if (auto const* milestone = std::get_if<MilestoneSeen>(&o.kind))
            decide_milestone(d, o, *stay, *milestone);
        if (auto const* request = std::get_if<RequestSeen>(&o.kind))
            decide_request(d, o, *stay, *request);
    } else {
        wait_for_stay(d, o);
    }
    if (!o.unreadable.empty() || !d.look_at.empty()) keep_unreadable(d, o, stay_concerned(d, o));
    return std::move(d.decision);
}

}  // namespace washup::core
