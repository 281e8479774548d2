#include "daemon/engine/past.hpp"

#include <gtest/gtest.h>

#include "daemon/journal/memory_journal.hpp"
#include "tests/support/core/ward.hpp"

namespace washup::engine {
namespace {

using namespace washup::tests;
using core::Field;

// A ward with its records in a journal.
struct House {
    Ward ward;
    journal::Sealer sealer = journal::Sealer::from_key(std::string(32, 'k'));
    std::unique_ptr<journal::MemoryJournal> journal;
    std::optional<core::State> image;  // offered as the nearest one

    void write() {
        auto disk = std::make_shared<journal::MemoryDisk>();
        disk->epoch = "e";
        journal = *journal::MemoryJournal::open(disk);
        journal->start({});
        std::vector<journal::SharedRecord> records;
        for (auto const& record : ward.records()) {
            records.push_back(std::make_shared<core::Record const>(record));
        }
        ASSERT_TRUE(journal->append(std::move(records)));
        journal->step();
    }
    Result<core::State> past(std::string const& minute, KnownBy known_by = KnownBy::then) {
        auto const nearest = [this](core::RecordNumber up_to) {
            return image && image->head <= up_to ? std::optional{core::House{*image, {}}}
                                                 : std::nullopt;
        };
        return past_state(*journal, sealer, nearest, at(minute).at, known_by);
    }
    static core::Stay const* stay(core::State const& state) {
        auto const found = state.stay_by_key.find(Ward::key("visit", "RZZ", "V1"));
        return found == state.stay_by_key.end() ? nullptr : state.stay(found->second);
    }
};

core::State fold(std::vector<core::Record> const& records, Instant until) {
    core::State state;
    core::Changes changes;
    for (auto const& record : records) {
        if (record.at <= until) core::apply(state, record, changes);
    }
    return state;
}

// Admitted on the 2nd, gone on the 6th; the ward says so on the 8th. A blocker from the 3rd.
House late_news() {
    House house;
    auto& ward = house.ward;
    ward.wait_until("2026-11-02T10:00");
    ward.receive(a01("V1", "M1", "2026-11-02T09:00"));
    ward.wait_until("2026-11-05T10:00");
    ward.receive(a02("V1", "M1", "2026-11-05T09:00", "KENT"));
    ward.wait_until("2026-11-08T10:00");
    ward.receive(a03("V1", "M1", "2026-11-06T12:00", "2026-11-08T09:00"));
    ward.wait_until("2026-11-09T10:00");
    house.write();
    return house;
}

TEST(Past, IsTheFoldOfWhatWasRecordedUpToThatMinute) {
    auto house = late_news();
    for (auto const* minute : {"2026-11-02T10:01", "2026-11-03T00:00", "2026-11-05T09:59",
                               "2026-11-05T10:01", "2026-11-08T11:00", "2026-11-20T00:00"}) {
        auto const then = house.past(minute);
        ASSERT_TRUE(then) << then.error().words;
        EXPECT_EQ(core::fingerprint(*then),
                  core::fingerprint(fold(house.ward.records(), at(minute).at)))
            << minute;
    }
}

TEST(Past, IsTheSameFromAnImage) {
    auto house = late_news();
    auto const without = house.past("2026-11-08T11:00");
    house.image = *house.past("2026-11-04T00:00");
    auto const with = house.past("2026-11-08T11:00");
    ASSERT_TRUE(with) << with.error().words;
    EXPECT_EQ(core::fingerprint(*with), core::fingerprint(*without));
    auto const before_it = house.past("2026-11-03T00:00");
    EXPECT_EQ(core::fingerprint(*before_it),
              core::fingerprint(fold(house.ward.records(), at("2026-11-03T00:00").at)));
}

TEST(Past, FoldsFromFurtherBackWhenAnImageIsDamaged) {
    auto house = late_news();
    auto const held = *house.past("2026-11-08T11:00");
    auto const damaged = [](core::PersonId, core::State&) -> Result<void> {
        return invalid("is damaged");
    };
    std::vector<core::RecordNumber> asked;
    auto const nearest = [&](core::RecordNumber up_to) -> std::optional<core::House> {
        asked.push_back(up_to);
        if (asked.size() > 1) return std::nullopt;
        return core::House{fold(house.ward.records(), at("2026-11-02T10:00").at), damaged};
    };
    auto const then =
        past_state(*house.journal, house.sealer, nearest, at("2026-11-08T11:00").at, KnownBy::then);
    ASSERT_TRUE(then) << then.error().words;
    EXPECT_EQ(core::fingerprint(*then), core::fingerprint(held));
    ASSERT_EQ(asked.size(), 2u);
    EXPECT_LT(asked[1], asked[0]);
}

TEST(Past, BeforeTheJournalBeganIsNotFound) {
    auto house = late_news();
    auto const then = house.past("2020-01-01T00:00");
    ASSERT_FALSE(then);
    EXPECT_EQ(then.error().code, ErrorCode::not_found);
}

TEST(Past, KeepsWhatWasKnownThenApartFromWhatIsKnownNow) {
    auto house = late_news();
    auto const shown = house.past("2026-11-07T12:00");
    ASSERT_NE(House::stay(*shown), nullptr);
    EXPECT_FALSE(core::has_ended(*shown, *House::stay(*shown))) << "the wall did not know";
    auto const was_true = house.past("2026-11-07T12:00", KnownBy::now);
    ASSERT_NE(House::stay(*was_true), nullptr);
    EXPECT_TRUE(core::has_ended(*was_true, *House::stay(*was_true)));
    EXPECT_EQ(was_true->today, (london_date(at("2026-11-07T12:00").at)));
}

TEST(Past, AsKnownNowHoldsNothingOfAfterThatMinute) {
    auto house = late_news();
    auto const was_true = house.past("2026-11-04T12:00", KnownBy::now);
    ASSERT_TRUE(was_true) << was_true.error().words;
    auto const* stay = House::stay(*was_true);
    ASSERT_NE(stay, nullptr);
    EXPECT_FALSE(core::has_ended(*was_true, *stay));
    EXPECT_EQ(core::read(*was_true, *stay, Field::location).fact->value.location->ward, "FORD")
        << "the move to KENT came later";
}

TEST(Past, AsKnownNowReachesBehindTheFirstRecord) {
    auto house = late_news();
    auto const was_true = house.past("2026-11-02T09:30", KnownBy::now);
    ASSERT_TRUE(was_true) << was_true.error().words;
    EXPECT_NE(House::stay(*was_true), nullptr);
    EXPECT_EQ(House::stay(*house.past("2026-11-02T08:30", KnownBy::now)), nullptr);
}

TEST(Past, AsKnownNowHoldsAnAdmissionThatWasToldLate) {
    House house;
    auto& ward = house.ward;
    ward.wait_until("2026-11-02T10:00");
    ward.receive(a01("V2", "M2", "2026-11-02T09:00"));
    ward.wait_until("2026-11-05T10:00");
    ward.receive(a01("V1", "M1", "2026-11-03T09:00"));
    house.write();
    EXPECT_EQ(House::stay(*house.past("2026-11-04T12:00")), nullptr);
    EXPECT_NE(House::stay(*house.past("2026-11-04T12:00", KnownBy::now)), nullptr);
    EXPECT_EQ(House::stay(*house.past("2026-11-03T08:00", KnownBy::now)), nullptr);
}

}  // namespace
}  // namespace washup::engine
