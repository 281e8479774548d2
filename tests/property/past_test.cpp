// A past minute is what a full fold without any image or index makes of it: for any minute, with
// cancels, late facts, merges, erasures, changed site files, and stays that were let go since.

#include "daemon/engine/past.hpp"
#include "daemon/core/as_of.hpp"
#include "daemon/journal/image_parts.hpp"
#include "daemon/journal/memory_journal.hpp"
#include "daemon/reader/reader.hpp"
#include "tests/property/properties.hpp"

namespace washup::tests {
namespace {

using core::RecordNumber;
using core::State;

// Weeks of a ward: short days of news with long silences between them, so that stays leave the live
// state and people come back after it.
struct Weeks {
    Desk desk;
    std::unique_ptr<journal::MemoryJournal> journal;
    engine::PastIndex index;

    explicit Weeks(std::uint64_t seed) {
        Prng chance{seed};
        for (int part = 0; part < 3; ++part) {
            live_through(desk, seed + static_cast<std::uint64_t>(part), 25);
            desk.move_to(desk.now() + hours(24 * static_cast<std::int64_t>(chance.below(90))));
            desk.step(engine::ClockAdvanced{});
        }
        auto disk = std::make_shared<journal::MemoryDisk>();
        disk->epoch = "e";
        journal = *journal::MemoryJournal::open(disk);
        journal->start({});
        RC_ASSERT(journal->append(desk.appended()).has_value());
        journal->step();
        auto const& records = desk.appended();
        for (auto record = records.rbegin(); record != records.rend(); ++record) {
            index.add(**record);  // the newest first: those of now are told before those of then
            if (chance.chance(300)) index.add(**record);
        }
    }

    std::vector<core::Record> from_disk(RecordNumber from, RecordNumber to) const {
        std::vector<core::Record> records;
        if (from > to) return records;
        auto const read = journal->read(from, to, [&](core::Record record) -> Result<void> {
            records.push_back(std::move(record));
            return {};
        });
        RC_ASSERT(read.has_value());
        return records;
    }
    State fold(RecordNumber until) const {
        State state;
        core::Changes changes;
        for (auto const& record : from_disk(RecordNumber{1}, until)) {
            core::apply(state, record, changes);
        }
        return state;
    }
    // The rule, told once more and without any haste.
    State naive(Instant at, engine::KnownBy known_by) const {
        auto const until = *journal->number_at(at);
        auto then = until ? fold(until) : State{};
        auto now = then;
        if (known_by == engine::KnownBy::now) {
            core::Changes changes;
            auto const next = RecordNumber{until.value() + 1};
            for (auto& record : from_disk(next, journal->info().head)) {
                std::erase_if(record.events, [](core::Event const& event) {
                    return std::holds_alternative<core::StayLetGo>(event) ||
                           std::holds_alternative<core::DayTurned>(event);
                });
                core::apply(now, record, changes);
            }
            core::forget_after(now, at);
            now.services = then.services;
            now.inbox = then.inbox;
            now.sources = then.sources;
        }
        desk.sealer().open_state(now);
        return now;
    }
};

// What an image on the disk gives, without a disk.
std::optional<core::House> image_of(State const& state) {
    auto const parts =
        std::make_shared<std::vector<journal::StatePart>>(journal::encode_parts(state));
    auto house = journal::decode_house(parts->front().octets);
    RC_ASSERT(house.has_value());
    auto const bring = [parts](core::PersonId wanted, State& into) -> Result<void> {
        return journal::bring_person(wanted, into, [&](core::PersonId id) {
            for (auto part = parts->begin() + 2; part != parts->end(); ++part) {
                auto found = journal::find_person(part->octets, id);
                if (!found || *found) return found;
            }
            return Result<std::optional<core::Person>>{std::nullopt};
        });
    };
    return core::House{std::move(*house), bring};
}

// All that a board or washupctl is given.
std::vector<Bytes> pictures(State state, Instant at) {
    std::vector<core::StayId> stays;
    for (auto const& [id, stay] : state.stays) stays.push_back(id);
    reader::Reader reader{std::move(state), "e"};
    std::vector<reader::Outgoing> out;
    for (auto const view : reader::published_views) reader.snapshot(view, "x", out, at);
    for (auto const id : stays) reader.history({"#", {}, id}, "x", out);
    std::vector<Bytes> frames;
    for (auto& each : out) frames.push_back(std::move(each.frame));
    return frames;
}

TEST(Past, IsWhatAFullFoldMakesOfAnyMinute) {
    hold("past = naive fold", [](std::uint64_t seed) {
        Weeks const weeks{seed};
        Prng chance{seed};
        auto const records = weeks.desk.appended();
        auto const begin = records.front()->at, end = weeks.desk.now();
        for (auto const known_by : {engine::KnownBy::then, engine::KnownBy::now}) {
            auto const span = static_cast<std::uint64_t>((end - begin).ms);
            Instant const at{begin.ms + static_cast<std::int64_t>(chance.below(span + 1))};
            auto const near = [&](RecordNumber up_to) -> std::optional<core::House> {
                auto const back = chance.below(up_to.value() + 1);
                if (back == up_to.value()) return std::nullopt;  // there is none
                return image_of(weeks.fold(RecordNumber{up_to.value() - back}));
            };
            engine::LaterRecords later;  // one time in three the index is not whole yet
            if (seed % 3 != 0) {
                later = [&](auto const& then, auto until, Instant when) {
                    return weeks.index.later(then, until, when);
                };
            }
            auto const past =
                engine::past_state(*weeks.journal, weeks.desk.sealer(), near, at, known_by, later);
            RC_ASSERT(past.has_value());
            auto const naive = weeks.naive(at, known_by);
            RC_ASSERT(journal::encode_parts(*past)[0].octets ==
                      journal::encode_parts(naive)[0].octets);
            RC_ASSERT(pictures(*past, at) == pictures(naive, at));
        }
    });
}

}  // namespace
}  // namespace washup::tests
