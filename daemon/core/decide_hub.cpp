#include <fmt/format.h>

#include "daemon/core/claim.hpp"
#include "daemon/core/decider.hpp"
#include "daemon/core/identity.hpp"
#include "daemon/core/plausible.hpp"
#include "daemon/core/vocabulary.hpp"

// Blockers, counters and merges, as sources tell them. Nothing is refused: what is odd is
// applied and marked doubtful, what cannot be applied is kept for a person.

namespace washup::core {
namespace {

bool same_reason(Blocker const& blocker, BlockerOpened const& opening) {
    return blocker.reason == opening.reason && blocker.local_reason == opening.local_reason &&
           blocker.as_given.text == opening.as_given.text;
}

// Said and begun before that instant. A date alone may be the hour after it: rather one blocker too
// many than one too few.
bool surely_before(BlockerOpened const& opening, Instant at) {
    auto const last = as_said(std::max(opening.told, opening.opened.at));
    return last.precision == Precision::date ? certain_by(last) <= at : last.at < at;
}

// Of a row without a reference: how well this blocker is what it tells of, the lowest best. A row
// that comes late tells of what was open when it was said, and the same row twice of the same: so
// the oldest here goes first. None = not at all.
std::optional<std::pair<bool, BlockerId>> fits(Blocker const& blocker,
                                               BlockerOpened const& opening) {
    if (!same_reason(blocker, opening)) return std::nullopt;
    auto const since = blocker.opened.at <= opening.told;
    if (blocker.closed && !(since && surely_before(opening, blocker.closed->at)))
        return std::nullopt;
    return std::pair{!since, blocker.id};
}

// The blocker that a source means: by its own reference, else of the same reason, or of the same
// words that nobody knows.
Blocker const* meant(State const& state, Stay const& stay, Observation const& o,
                     BlockerOpened const& opening) {
    Blocker const* found = nullptr;
    std::optional<std::pair<bool, BlockerId>> best;
    for (auto const* part : parts_of(state, stay)) {
        for (auto const& blocker : part->blockers) {
            if (!opening.reference.empty()) {
                if (blocker.source == o.source && blocker.reference == opening.reference)
                    found = &blocker;
            } else if (auto const fit = fits(blocker, opening); fit && (!best || fit < best)) {
                best = fit;
                found = &blocker;
            }
        }
    }
    return found;
}

StayId owner_of(State const& state, Stay const& stay, BlockerId id) {
    for (auto const* part : parts_of(state, stay)) {
        if (part->blocker(id) != nullptr) return part->id;
    }
    return stay.id;
}

// A blocker does not open or close in the future: such a time is the sender's clock.
Moment moment_of(Decider const& d, Observation const& o, std::optional<Moment> const& own,
                 std::string& doubt) {
    auto const said = own ? *own : o.times.occurred;
    if (said.at.ms != 0 && said.at <= d.now + clock_ahead_max) return said;
    if (said.at.ms != 0) add_doubt(doubt, "sender clock ahead: said " + to_text(said));
    return Moment{d.now, Precision::minute};
}

// What a source says of a blocker, as the event that would open it.
BlockerOpened opening_of(Decider const& d, Observation const& o, Stay const& stay,
                         BlockerSeen const& seen) {
    auto const& config = d.state.config;
    auto const said = seen.local_reason.empty() ? seen.reason : seen.local_reason;
    auto const on = london_date(told_at(d, o));
    auto reason = map_reason(config, said, on);
    if (!reason && !seen.local_reason.empty()) reason = map_reason(config, seen.reason, on);
    auto const known = reason.value_or(ReasonMatch{});
    BlockerOpened opening;
    opening.reason = known.reason;
    opening.local_reason = known.local_reason;
    opening.note = Sealed{seen.note, {}};
    opening.as_given = Sealed{reason ? "" : said, {}};
    opening.source = o.source;
    opening.reference = seen.reference;
    opening.doubt = seen.doubt;
    if (!reason) add_doubt(opening.doubt, reason_to_be_mapped);
    auto const holder = match_holder(config, seen.holder);
    if (!holder && !seen.holder.empty()) add_doubt(opening.doubt, "holder to be mapped");
    opening.holder = holder.value_or(default_holder(config, known));
    if (holder && *holder != disputed_holder) opening.claims = {*holder};
    opening.opened = moment_of(d, o, seen.opened_at, opening.doubt);
    if (opened_long_before(d.state, stay, opening.opened.at)) {
        add_doubt(opening.doubt, "opened long before the admission");
    }
    opening.told = told_at(d, o);
    return opening;
}

// Says the source again what it said before people said otherwise?
bool repeats(SourceWord const& last, BlockerOpened const& opening, BlockerSeen const& seen) {
    return last.reason == opening.reason && last.local_reason == opening.local_reason &&
           (seen.holder.empty() || last.holder == opening.holder) &&
           (!seen.opened_at || last.opened == opening.opened);
}

// A source that tells its own blocker again, later and otherwise, corrects it. What it does not say
// this time stays.
void correct_blocker(Decider& d, StayId home, Blocker const& held, BlockerOpened opening,
                     BlockerSeen const& seen) {
    if (seen.reference.empty() || opening.told < held.told) return;
    if (held.source_said && repeats(*held.source_said, opening, seen)) return;
    if (seen.holder.empty() && opening.reason == held.reason &&
        opening.local_reason == held.local_reason) {
        opening.holder = held.holder;
    }
    keep_claims(d, held, opening);
    opening.zone = held.zone;
    if (seen.note.empty()) opening.note = held.note;
    if (!seen.opened_at) opening.opened = held.opened;
    auto const same = opening.reason == held.reason && opening.local_reason == held.local_reason &&
                      opening.holder == held.holder && opening.note.text == held.note.text &&
                      opening.as_given.text == held.as_given.text &&
                      opening.opened == held.opened && opening.claims == held.claims;
    if (same) return;
    opening.stay = home;
    opening.blocker = held.id;
    d.emit(std::move(opening));
}

}  // namespace

Instant told_at(Decider const& d, Observation const& o) {
    auto const at = o.times.occurred.at;
    return at.ms == 0 || at > d.now + clock_ahead_max ? d.now : at;
}

bool opened_long_before(State const& state, Stay const& stay, Instant opened) {
    auto const admitted = read(state, stay, Field::admitted_at);
    auto const since = admitted.known() && admitted.fact->value.moment
                           ? admitted.fact->value.moment->at
                           : stay.opened_at;
    return opened + blocker_early_max < since;
}

std::string negative_counter(CapacityReported const& c) {
    for (auto const& [name, value] :
         {std::pair{"total", c.total}, std::pair{"occupied", c.occupied},
          std::pair{"reserved", c.reserved}, std::pair{"out_of_service", c.out_of_service},
          std::pair{"accepting", c.accepting}}) {
        if (value && *value < 0) return name;
    }
    return {};
}

namespace {

// Whether the source says anything new of a closing: at another time, or that there was none.
bool new_of_closing(Blocker const& held, Instant told, BlockerSeen const& seen) {
    auto const last = held.source_said ? held.source_said->closed : held.closed;
    if (!seen.closed) return held.closed && last && !seen.reference.empty() && told > held.told;
    if (!last) return true;
    return seen.closed_at && *seen.closed_at != *last && !seen.reference.empty() &&
           told > held.told;
}

// It was closed and is open: it has been all along, or this is another by the same name.
bool began_anew(Blocker const& held, BlockerSeen const& seen) {
    return !seen.closed && held.closed && seen.opened_at && seen.opened_at->at > held.closed->at;
}

}  // namespace

void decide_blocker(Decider& d, Observation const& o, Stay const& stay, BlockerSeen const& seen) {
    auto const opening = opening_of(d, o, stay, seen);
    auto const said_before = d.decision.events.size();
    auto const* existing = meant(d.state, stay, o, opening);
    if (existing != nullptr && began_anew(*existing, seen) &&
        new_of_closing(*existing, opening.told, seen))
        existing = nullptr;
    auto blocker = existing != nullptr ? existing->id : BlockerId{};
    auto home = existing != nullptr ? owner_of(d.state, stay, existing->id) : stay.id;
    if (existing == nullptr) {
        if (stay.blockers.size() >= stay_blockers_max) {
            return d.keep(o, "too_many_blockers", "reason",
                          "this stay has 100 blockers; close some");
        }
        blocker = d.new_blocker();
        auto event = opening;
        event.stay = home;
        event.blocker = blocker;
        d.emit(std::move(event));
        d.decision.outcome.made = blocker.value();
    } else {
        correct_blocker(d, home, *existing, opening, seen);
        if (seen.reference.empty()) hear_claim(d, home, *existing, opening);
    }
    if (existing != nullptr && !new_of_closing(*existing, opening.told, seen)) {
        auto const nothing_new = d.decision.events.size() == said_before;
        if (nothing_new && !seen.reference.empty() && opening.told > existing->told)
            d.emit(BlockerConfirmed{home, blocker, o.source, opening.told});
        return;
    }
    if (!seen.closed) {
        if (existing != nullptr) d.emit(BlockerReopened{home, blocker, o.source, {}, opening.told});
        return;
    }
    auto odd = existing != nullptr ? seen.doubt : std::string{};
    auto const closed = moment_of(d, o, seen.closed_at, odd);
    auto const since = existing != nullptr ? existing->opened.at : opening.opened.at;
    if (closed.at < since) add_doubt(odd, closed_before_opened);
    auto doubts = existing != nullptr ? existing->doubt : opening.doubt;
    add_doubt(doubts, odd);
    auto why = why_of(seen.closed_why);
    d.emit(BlockerClosed{home,
                         blocker,
                         closed,
                         why.code,
                         o.source,
                         {},
                         odd.empty() ? "" : doubts,
                         std::move(why.words),
                         opening.told});
}

void decide_capacity(Decider& d, Observation const& o, CapacitySeen const& seen) {
    auto counters = seen.counters;
    if (auto const field = negative_counter(counters); !field.empty()) {
        return d.keep(o, "negative_capacity", field,
                      "a counter cannot be below zero; send it again");
    }
    counters.source = o.source;
    counters.occurred = o.times.occurred.at.ms != 0 ? o.times.occurred.at : d.now;
    if (counters.occurred > d.now + clock_ahead_max) counters.occurred = d.now;
    d.emit(counters);
}

void decide_merge(Decider& d, Observation const& o, MergeSeen const& seen) {
    auto const register_all = [&](std::vector<ObservedIdentifier> const& identifiers) {
        auto person = resolve_person(d.state, identifiers);
        if (person) return person;
        person = d.new_person();
        d.emit(PersonRegistered{person});
        for (auto const& said : identifiers) {
            d.emit(IdentifierAdded{person, said.kind, said.name_space, said.key, said.number,
                                   said.doubtful});
        }
        return person;
    };
    // The NHS number is the same on both sides of a merge: only the other numbers tell them apart.
    auto local_only = [](std::vector<ObservedIdentifier> identifiers) {
        auto rest = identifiers;
        std::erase_if(rest, [](auto const& i) { return i.kind == IdentifierKind::nhs; });
        return rest.empty() ? identifiers : rest;
    };
    auto const survivors = local_only(o.subject.identifiers);
    auto const retirees = local_only(seen.retired);
    if (survivors.empty() || retirees.empty()) {
        return d.keep(
            o, "unmappable", survivors.empty() ? "PID-3" : "MRG-1",
            "a merge needs a number of the record that stays and of the one that is retired");
    }
    auto const survivor = register_all(survivors);
    auto const retired = register_all(retirees);
    if (survivor == retired || d.state.survivor_of(retired) == survivor) return;  // merged before
    if (d.state.survivor_of(survivor) == retired || d.state.survivor_of(retired) != retired) {
        return d.keep(
            o, "merge_conflict", "MRG-1",
            "one of these records is merged the other way, or into a third; undo that merge "
            "first if this one is right");
    }
    d.emit(PersonsMerged{retired, survivor,
                         o.times.occurred.at.ms != 0 ? o.times.occurred.at : d.now});
}

}  // namespace washup::core
