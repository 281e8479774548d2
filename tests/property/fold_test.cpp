// State is the fold of the journal, decide changes nothing, and every index says what the parts
// say.

#include "daemon/core/reading.hpp"
#include "daemon/journal/codec.hpp"
#include "tests/property/properties.hpp"
#include "tests/support/core/ward.hpp"

namespace washup::tests {
namespace {

using core::State;

State fold(std::vector<core::Record> const& records) {
    State state;
    core::Changes changes;
    for (auto const& record : records) core::apply(state, record, changes);
    return state;
}

// As the disk gives them back: sealed words as boxes, without the key that opens them.
std::vector<core::Record> from_disk(std::vector<engine::SharedRecord> const& appended) {
    std::vector<core::Record> records;
    for (auto const& record : appended) {
        auto read = journal::decode_record(journal::encode_record(*record));
        RC_ASSERT(read.has_value());
        records.push_back(std::move(*read));
    }
    return records;
}

TEST(Fold, ReplayTwiceIsReplayOnceIsTheEnginesOwnAlsoWithTheWordsGone) {
    hold("engine = replay = replay again, boxes alone", [](std::uint64_t seed) {
        Desk desk;
        live_through(desk, seed, 60);
        auto const shut = from_disk(desk.appended());
        auto open = shut;
        // What cannot be opened is of persons who were erased.
        std::size_t left_shut = 0;
        for (auto& record : open) {
            for (auto& event : record.events) left_shut += desk.sealer().open_event(event);
        }
        RC_ASSERT(left_shut == 0u || !desk.sealer().person_keys().all_destroyed().empty());
        auto const own = core::fingerprint(desk.state());
        RC_ASSERT(core::fingerprint(fold(open)) == own);
        RC_ASSERT(core::fingerprint(fold(open)) == own);
        RC_ASSERT(core::fingerprint(fold(shut)) == own);
        // And what is recovered decides on as the one that never stopped.
        Desk recovered{fold(open), desk.now()};
        recovered.hello("ward", "w1");
        Story one{Prng{seed}}, other{Prng{seed}};
        auto const now = desk.now() + minutes(5);
        desk.move_to(now);
        recovered.move_to(now);
        for (int i = 0; i < 10; ++i) {
            desk.record(one.next_ward(now), "ward");
            recovered.record(other.next_ward(now), "ward");
        }
        RC_ASSERT(core::fingerprint(recovered.state()) == core::fingerprint(desk.state()));
    });
}

void check_stays(State const& state) {
    std::map<core::AliasKey, core::StayId> visits;
    std::set<std::tuple<Instant, core::StayId, core::ActionId>> deadlines;
    std::set<std::pair<Instant, core::StayId>> announced;
    for (auto const& [id, stay] : state.stays) {
        RC_ASSERT(stay.id == id);
        RC_ASSERT(state.persons.contains(stay.person));
        RC_ASSERT(state.persons.at(stay.person).stays.contains(id));
        for (auto const& visit : stay.visits) {
            RC_ASSERT(state.stay_by_key.contains(visit.key));
        }
        for (auto const& action : stay.actions) {
            auto const open = action.state == core::ActionState::open;
            RC_ASSERT(open || !action.overdue);
            auto const died = core::has_died(state, *state.stay(id));
            if (open && !action.overdue && !died)
                deadlines.insert({action.deadline, id, action.id});
        }
        if (stay.joined_into) {
            RC_ASSERT(state.stays.contains(stay.joined_into));
            RC_ASSERT(state.stays.at(stay.joined_into).joined.contains(id));
        } else {
            RC_ASSERT(core::has_ended(state, stay) == (stay.end_recorded_at.ms != 0));
        }
        if (stay.provisional && !stay.joined_into && !stay.asked && stay.end_recorded_at.ms == 0) {
            announced.insert({stay.opened_at, id});
        }
        for (auto const& [field, history] : stay.fields) RC_ASSERT(!core::of_person(field));
    }
    RC_ASSERT(state.deadlines == deadlines);
    RC_ASSERT(state.announced == announced);
    for (auto const& [key, id] : state.stay_by_key) {
        RC_ASSERT(state.stays.contains(id));
        auto const& stay = state.stays.at(id);
        RC_ASSERT(std::any_of(stay.visits.begin(), stay.visits.end(),
                              [&](auto const& visit) { return visit.key == key; }));
    }
}

void check_persons(State const& state) {
    for (auto const& [id, person] : state.persons) {
        RC_ASSERT(person.id == id);
        for (auto const& known : person.identifiers) {
            RC_ASSERT(known.doubtful || person.erased() || state.person_by_key.contains(known.key));
        }
        if (person.survivor) {
            RC_ASSERT(state.persons.at(person.survivor).retired.contains(id));
        }
        for (auto const retired : person.retired) {
            RC_ASSERT(state.persons.at(retired).survivor == id);
        }
        for (auto const stay : person.stays) RC_ASSERT(state.stays.contains(stay));
    }
    for (auto const& [key, id] : state.person_by_key) {
        auto const& numbers = state.persons.at(id).identifiers;
        RC_ASSERT(std::any_of(numbers.begin(), numbers.end(), [&](auto const& known) {
            return known.key == key && !known.doubtful;
        }));
    }
}

void check_inbox(State const& state) {
    std::map<core::AliasKey, std::set<core::InboxId>> waiting;
    for (auto const& [id, item] : state.inbox) {
        if (item.settled.empty() && item.kept.waiting_for) {
            waiting[*item.kept.waiting_for].insert(id);
        }
    }
    RC_ASSERT(state.waiting == waiting);
}

TEST(Fold, EveryIndexSaysWhatThePartsSay) {
    hold("indexes agree with parts", [](std::uint64_t seed) {
        Desk desk;
        live_through(desk, seed, 80);
        // Everybody has gone home long ago, and most stays leave the live state.
        desk.move_to(desk.now() + hours(24 * static_cast<std::int64_t>(seed % 130)));
        desk.step(engine::ClockAdvanced{});
        check_stays(desk.state());
        check_persons(desk.state());
        check_inbox(desk.state());
    });
}

TEST(Fold, DecideChangesNothing) {
    hold("decide changes nothing", [](std::uint64_t seed) {
        Desk desk;
        live_through(desk, seed, 30);
        auto const before = core::fingerprint(desk.state());
        auto const hash = [&](auto kind, auto space, auto number) {
            return desk.sealer().alias_key(kind, space, number);
        };
        Story story{Prng{seed}};
        for (int i = 0; i < 10; ++i) {
            auto const record = std::make_shared<v1::IngestRecord>();
            record->set_source("ward");
            record->set_epoch("w1");
            record->set_sequence(1000);
            *record->mutable_observation() = story.next_ward(desk.now());
            auto const observation = ingest::observe(record, hash);
            auto const first = core::decide(desk.state(), *observation, desk.now());
            auto const again = core::decide(desk.state(), *observation, desk.now());
            RC_ASSERT(first.events == again.events);
            auto const command = ingest::read_command(story.next_command("x", desk.now()), hash);
            core::decide(desk.state(), *command, desk.now()).has_value();
        }
        core::decide_due(desk.state(), desk.now() + hours(24 * 120));
        RC_ASSERT(core::fingerprint(desk.state()) == before);
    });
}

}  // namespace
}  // namespace washup::tests
