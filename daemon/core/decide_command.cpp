#include <fmt/format.h>

#include "daemon/core/clear_code.hpp"
#include "daemon/core/decide_command.hpp"
#include "daemon/core/each_sealed.hpp"
#include "daemon/core/erase.hpp"
#include "daemon/core/plausible.hpp"
#include "daemon/core/vocabulary.hpp"
#include "proto/base/fold.hpp"

// What follows from a person's command. Unlike a source, a person can be answered at once: what
// cannot be right is refused with the field and the reason.

namespace washup::core {
namespace {

std::string shown(Current const& current) {
    if (!current.known()) return {};
    auto const& value = current.fact->value;
    if (value.moment && value.code.empty()) return to_text(*value.moment);
    return value.code.empty() ? value.text.text : value.code;
}

bool is_outcome(Field field) {
    return field == Field::ideal_outcome || field == Field::expected_outcome ||
           field == Field::actual_outcome;
}

Outcomes check_dates(Decider const& d, Stay const& stay, SetField const& set, Instant now) {
    if (!set.value.moment) return ok();
    auto const at = set.value.moment->at;
    auto const admitted = read(d.state, stay, Field::admitted_at);
    auto const ended = read(d.state, stay, Field::ending);
    auto const is_ready =
        set.field == Field::discharge_ready || set.field == Field::medically_optimised;
    if (is_ready && admitted.known() && admitted.fact->value.moment &&
        london_date(at) < london_date(admitted.fact->value.moment->at)) {
        return refused("this is before the admission", name_of(set.field));
    }
    if (is_ready && ended.known() && ended.fact->value.moment &&
        at > ended.fact->value.moment->at) {
        return refused("this is after the stay ended", name_of(set.field));
    }
    if (is_ready && at > now + clock_ahead_max) {
        return refused("this lies in the future; an expected discharge is a plan, this is not",
                       name_of(set.field));
    }
    if (auto const doubt = doubt_of_time(set.field, *set.value.moment, now); !doubt.empty()) {
        return refused("this is " + doubt, name_of(set.field));
    }
    return ok();
}

Outcomes check_outcome(Decider const& d, SetField const& set, Current const& held, Value& value) {
    if (!value.code.empty()) {
        auto const outcome = match_outcome(d.state.config, value.code);
        if (!outcome) {
            return refused(fmt::format("\"{}\" is not an outcome of the ladder", value.code),
                           name_of(set.field));
        }
        value.code = *outcome;
    }
    if (set.field != Field::ideal_outcome || !held.known() || held.fact->value.code == value.code) {
        return ok();
    }
    if (set.why == "no_service" || fold(set.why) == "no service") {
        return refused(
            "\"no service\" is a blocker, not a reason to change the ideal; raise the blocker",
            "why");
    }
    if (set.why != "need_changed" && set.why != "persons_wish" && set.why != "entry_error") {
        return refused(
            "changing an ideal needs a reason: need_changed, persons_wish or entry_error", "why");
    }
    return ok();
}

Outcomes carry_out(Decider& d, Command const& c, Stay const& stay, SetField const& set) {
    if (set.field == Field::none || set.field == Field::location || set.field == Field::ending) {
        return refused("this field is not set by hand", "field");
    }
    auto const held = read(d.state, stay, set.field);
    if (set.seen && *set.seen != shown(held)) {
        return refused(fmt::format("changed meanwhile by {}: it is now \"{}\", you saw \"{}\"",
                                   held.fact != nullptr ? held.fact->source : "nobody", shown(held),
                                   *set.seen),
                       name_of(set.field));
    }
    auto value = set.value;
    if (auto const wrong = wrong_shape(set.field, value); !wrong.empty()) {
        return refused(wrong, name_of(set.field));
    }
    if (set.field == Field::team && !value.empty() &&
        team_config(d.state.config, value.code) == nullptr) {
        return refused(fmt::format("\"{}\" is not a team of the site file", value.code),
                       name_of(set.field));
    }
    if (is_outcome(set.field)) {
        if (auto const checked = check_outcome(d, set, held, value); !checked) return checked;
    }
    if (auto const checked = check_dates(d, stay, set, d.now); !checked) return checked;
    seal_what_is_no_code(d.state, set.field, value);
    auto const at = entered(d, c);
    auto why = why_of(set.why);
    d.emit(FactObserved{of_person(set.field) ? StayId{} : stay.id,
                        stay.person,
                        set.field,
                        value,
                        FactTimes{Moment{at, Precision::minute}, at, {}},
                        board_source,
                        c.actor,
                        {},
                        why.code,
                        std::move(why.words)});
    return ok();
}

// The ward's ending that was undone by hand stands again.
Outcomes confirm_ending(Decider& d, Command const& c, Stay const& stay) {
    auto const* said = undone_ending(d.state, stay);
    if (said == nullptr) return refused("there is nothing to confirm", name_of(Field::ending));
    auto const at = entered(d, c);
    d.emit(FactObserved{stay.id,
                        {},
                        Field::ending,
                        said->value,
                        FactTimes{Moment{at, Precision::minute}, at, {}},
                        board_source,
                        c.actor,
                        {},
                        {}});
    return ok();
}

Outcomes carry_out(Decider& d, Command const& c, Stay const& stay, ConfirmField const& confirm) {
    if (confirm.field == Field::ending && !has_ended(d.state, stay)) {
        return confirm_ending(d, c, stay);
    }
    if (!read(d.state, stay, confirm.field).known()) {
        return refused("there is nothing to confirm: it is unknown", name_of(confirm.field));
    }
    d.emit(FactConfirmed{stay.id, confirm.field, board_source, c.actor});
    return ok();
}

Outcomes carry_out(Decider& d, Command const& c, Stay const& stay, Reopen const& reopen) {
    if (reopen.why.empty()) return refused("reopening needs a reason", "why");
    if (!has_ended(d.state, stay)) return refused("this stay has not ended", "stay");
    for (auto const* part : parts_of(d.state, stay)) {
        if (part->history(Field::ending) == nullptr) continue;
        d.emit(FactsRetracted{part->id,
                              Field::ending,
                              {},
                              {},
                              {},
                              d.now,
                              board_source,
                              c.actor,
                              Sealed{reopen.why, {}}});
    }
    return ok();
}

Outcomes carry_out(Decider& d, Command const&, Stay const& stay, UndoMerge const& undo) {
    if (undo.why.empty()) return refused("undoing a merge needs a reason", "why");
    auto const root = d.state.survivor_of(stay.person);
    auto const records = d.state.records_of(root);
    if (records.size() < 2)
        return refused("this person's record is not merged with another", "stay");
    // From a retired record's stay its own link is undone, from the survivor's all of its links.
    for (auto const* record : records) {
        if (!record->survivor) continue;
        if (stay.person != root && record->id != stay.person) continue;
        d.emit(MergeUndone{record->id, record->survivor, Sealed{undo.why, {}}});
    }
    return ok();
}

Outcomes carry_out(Decider& d, Command const& c, ReportCapacity const& report) {
    auto counters = report.counters;
    if (counters.service.empty()) return refused("which service?", "service");
    if (auto const field = negative_counter(counters); !field.empty()) {
        return refused("a counter cannot be below zero", field);
    }
    counters.source = board_source;
    counters.actor = c.actor;
    counters.occurred = entered(d, c);
    d.emit(counters);
    return ok();
}

Outcomes carry_out(Decider& d, Command const&, SetPin const& set) {
    if (!d.state.staff.contains(set.staff)) {
        return refused("the staff list has nobody of that id; add the person first", "staff");
    }
    if (set.hash.empty()) return refused("a PIN is needed", "pin");
    d.emit(StaffPinSet{set.staff, Sealed{set.hash, {}}});
    return ok();
}

Outcomes carry_out(Decider& d, Command const& c, SettleInbox const& settle) {
    auto const it = d.state.inbox.find(settle.item);
    if (it == d.state.inbox.end()) return refused("the inbox has no item of that number", "item");
    if (!it->second.settled.empty()) return refused("it is settled already", "item");
    d.emit(InboxSettled{settle.item, "by_person", Sealed{settle.why, {}}, c.actor});
    return ok();
}

Outcomes carry_out(Decider& d, Command const& c, ErasePerson const& erase) {
    if (erase.why.empty()) return refused("erasing a person needs a reason", "why");
    PersonId person;
    if (erase.number) {
        auto const it = d.state.person_by_key.find(*erase.number);
        if (it == d.state.person_by_key.end()) {
            return Error{ErrorCode::not_found, "nobody of this number is here", "identifier"};
        }
        person = it->second;
    } else if (auto const* stay = stay_named(d.state, c.stay)) {
        person = stay->person;
    } else {
        return no_stay(c.stay);
    }
    if (d.state.person(person) != nullptr && d.state.person(person)->erased()) {
        return refused("this person is erased already", "stay");
    }
    auto records = linked_records(d.state, person);
    if (names_somebody(d.state, records, erase.why)) {
        return refused(
            "the reason is kept for ever: write it without a name or number of the person", "why");
    }
    auto here = false;
    for (auto const id : records) here = here || !live_stays(d.state, id).empty();
    std::erase_if(records, [&](PersonId id) { return d.state.person(id)->erased(); });
    d.emit(PersonErased{{records.begin(), records.end()}, {}, {}, "asked", Sealed{erase.why, {}}});
    if (here) {
        d.decision.outcome.warning =
            "a stay of this person has not ended: what its ward says next begins a new record, "
            "with the name";
    }
    return ok();
}

// Words about somebody who was erased would be sealed under no key; they are refused, not lost.
Outcomes check_words(State const& state, Stay const& stay, std::vector<Event>& events) {
    auto const* person = state.person(stay.person);
    if (person == nullptr || !person->erased()) return ok();
    auto words = false;
    auto look = [&](Sealed const& sealed) { words = words || !sealed.text.empty(); };
    each_sealed(events, look);
    if (!words) return ok();
    return refused("this person was erased: no words are written about them any more", "stay");
}

}  // namespace

Outcomes no_stay(StayName const& name) {
    return Error{ErrorCode::not_found, fmt::format("no stay \"{}\" is here", name.as_given),
                 "stay"};
}

Stay const* stay_named(State const& state, StayName const& name) {
    if (name.key) {
        auto const it = state.stay_by_key.find(*name.key);
        return it == state.stay_by_key.end() ? nullptr : state.stay(it->second);
    }
    return state.stay(name.id);
}

Result<Decision> decide(State const& state, Command const& command, Instant now) {
    if (command.id.empty()) return refused("a command needs an id of its own", "id");
    if (command.actor.empty()) return refused("say who you are: actor", "actor");
    if (command.expires_at.ms != 0 && command.expires_at < now) {
        return refused("it expired before it arrived; look again and enter it anew", "expires_at");
    }
    if (command.entered_at.ms != 0 && command.entered_at + command_memo_kept < now) {
        return refused(
            "entered more than 7 days ago: whether it was carried out then is not known any more; "
            "look, and enter it anew",
            "entered_at");
    }
    if (command.entered_at > now + clock_ahead_max) {
        return refused("entered in the future: set this machine's clock", "entered_at");
    }
    Decider d{state, now};
    auto const done = std::visit(
        [&](auto const& what) -> Result<void> {
            if constexpr (requires { carry_out(d, command, what); }) {
                return carry_out(d, command, what);
            } else {
                auto const* stay = stay_named(state, command.stay);
                if (stay == nullptr) return no_stay(command.stay);
                auto const done = carry_out(d, command, *stay, what);
                return done ? check_words(state, *stay, d.decision.events) : done;
            }
        },
        command.what);
    if (!done) return done.error();
    return std::move(d.decision);
}

}  // namespace washup::core
