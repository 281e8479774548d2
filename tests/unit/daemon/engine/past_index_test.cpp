#include "daemon/engine/past_index.hpp"

#include <gtest/gtest.h>

#include "tests/support/core/ward.hpp"

namespace washup::engine {
namespace {

using namespace washup::tests;
using core::PersonId;
using core::RecordNumber;
using core::StayId;

core::Record record_of(std::uint64_t number, std::vector<core::Event> events) {
    return {RecordNumber{number}, at("2026-11-02").at, {}, std::move(events)};
}
core::Event opened(std::uint64_t stay, std::uint64_t person) {
    return core::StayOpened{StayId{stay}, PersonId{person}, "ward"};
}
core::Event moved(std::uint64_t stay, std::string const& when) {
    core::FactObserved fact;
    fact.stay = StayId{stay};
    fact.field = core::Field::location;
    fact.times.occurred = at(when);
    return fact;
}

// The house as it was at record 2: stay 1 of person 1.
struct Past {
    PastIndex index;
    core::State then;
    Past() {
        then.stays[StayId{1}].person = PersonId{1};
        index.add(record_of(2, {opened(1, 1), moved(1, "2026-11-02")}));
    }
    std::vector<std::uint64_t> later(std::string const& when) const {
        std::vector<std::uint64_t> numbers;
        for (auto const number : index.later(then, RecordNumber{2}, at(when).at).records) {
            numbers.push_back(number.value());
        }
        return numbers;
    }
};
using Numbers = std::vector<std::uint64_t>;

TEST(PastIndex, NamesWhatCameLaterOfTheStaysThatWereHereAndNothingElse) {
    Past past;
    past.index.add(record_of(3, {opened(2, 2), moved(2, "2026-11-04")}));
    past.index.add(record_of(4, {moved(1, "2026-11-05")}));
    past.index.add(record_of(5, {moved(2, "2026-11-05")}));
    EXPECT_EQ(past.later("2026-11-03"), (Numbers{4}));
}

TEST(PastIndex, NamesAStayThatBeganBeforeAndWasToldLater) {
    Past past;
    past.index.add(record_of(4, {moved(2, "2026-11-05")}));  // in any order of arrival here
    past.index.add(record_of(3, {opened(2, 2), moved(2, "2026-11-01")}));
    EXPECT_EQ(past.later("2026-11-03"), (Numbers{3, 4}));
    core::BlockerOpened blocker;
    blocker.stay = StayId{3};
    blocker.opened = at("2026-11-02");
    past.index.add(record_of(6, {blocker}));
    EXPECT_EQ(past.later("2026-11-03"), (Numbers{3, 4, 6}));
}

TEST(PastIndex, FollowsMergesAndOtherStaysOfAPersonHoweverFar) {
    Past past;
    past.index.add(record_of(3, {core::PersonsMerged{PersonId{1}, PersonId{2}}}));
    past.index.add(record_of(4, {opened(2, 2), opened(9, 9)}));
    past.index.add(record_of(5, {core::StayJoined{StayId{3}, StayId{2}}}));
    past.index.add(record_of(6, {moved(3, "2026-11-09")}));
    past.index.add(record_of(7, {moved(9, "2026-11-09")}));
    EXPECT_EQ(past.later("2026-11-03"), (Numbers{3, 4, 5, 6}));
    auto const found = past.index.later(past.then, RecordNumber{2}, at("2026-11-03").at);
    EXPECT_TRUE(found.matters(opened(2, 2)));
    EXPECT_FALSE(found.matters(opened(9, 9))) << "the same record tells of others too";
    EXPECT_EQ(found.head, RecordNumber{7});
}

TEST(PastIndex, NamesEachRecordOnceAndTheSiteFileAndStaffAlways) {
    Past past;
    auto const both = record_of(3, {moved(1, "2026-11-04"), moved(1, "2026-11-05")});
    for (int again = 0; again < 2; ++again) past.index.add(both);
    past.index.add(record_of(4, {core::StaffAdded{}}));
    past.index.add(record_of(5, {core::CapacityReported{}}));
    past.index.add(record_of(6, {core::ConfigAdopted{}}));
    EXPECT_EQ(past.later("2026-11-03"), (Numbers{3, 4, 6}));
}

}  // namespace
}  // namespace washup::engine
