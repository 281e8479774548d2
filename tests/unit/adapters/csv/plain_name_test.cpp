#include "adapters/csv/plain_name.hpp"

#include <gtest/gtest.h>

#include "adapters/csv/row_mapper.hpp"

namespace washup::csv {
namespace {

Profile hub() {
    Profile profile;
    for (auto const* pattern : {"blockers*.csv", "referrals_*.csv", "capacity.csv"}) {
        FileKind kind;
        kind.pattern = pattern;
        profile.files.push_back(kind);
    }
    return profile;
}

std::string plain(std::string_view name, std::string_view content = "content") {
    return plain_name(hub(), name, blake2b_256(content));
}

TEST(PlainName, IsTheFilesOwnWhereItTellsOnlyATimeOrACount) {
    for (auto const* name :
         {"blockers.csv", "blockers_20261122_0915.csv", "blockers-2026-11-22.csv",
          "blockers_17.csv", "Blockers_20261122T091500-2.CSV", "referrals_20261122.csv",
          "capacity.csv"}) {
        EXPECT_EQ(plain(name), name);
    }
}

TEST(PlainName, HoldsNothingOfAPersonAndIsOfTheSameKindAndTime) {
    for (std::string const name :
         {"blockers Ann Specimen.csv", "blockers_SPECIMEN_20261122_0915.csv",
          "referrals_2026-11-22 A. Smith.csv", "blockers_9990000018.csv",
          "blockers-999-000-0018.csv", "referrals_20261122-9990000018.csv",
          "blockers_20261122_0915_9990000018.csv"}) {
        auto const told = plain(name);
        EXPECT_NE(told, name);
        for (auto const* part : {"pecimen", "PECIMEN", "mith", "9990000", "999-000"}) {
            EXPECT_EQ(told.find(part), std::string::npos) << told;
        }
        auto const profile = hub();
        EXPECT_EQ(kind_of_file(profile, told)->pattern, kind_of_file(profile, name)->pattern);
        EXPECT_EQ(time_in_name(told), time_in_name(name)) << told;
        EXPECT_NE(plain(name, "other"), told) << "two files are told apart";
        EXPECT_EQ(plain(told), told) << "a name that was made plain stays as it is";
    }
}

TEST(PlainName, MayHoldACountOfCountDigitsMax) {
    std::string const count(count_digits_max, '7');
    for (std::string const time : {"", "_20261122", "_20261122_0915", "_20261122T091530"}) {
        EXPECT_EQ(plain("blockers" + time + "_" + count + ".csv"),
                  "blockers" + time + "_" + count + ".csv");
        EXPECT_NE(plain("blockers" + time + "_" + count + "777.csv"),
                  "blockers" + time + "_" + count + "777.csv");
    }
}

TEST(PlainName, OfWhatNoPatternKnowsIsItsContentsAlone) {
    auto const told = plain("Ann Specimen.csv");
    EXPECT_TRUE(told.starts_with("file-")) << told;
    EXPECT_TRUE(told.ends_with(".csv")) << told;
    EXPECT_EQ(told.size(), 17u) << told;
    EXPECT_EQ(plain("Ann.Specimen").find("Specimen"), std::string::npos);
}

}  // namespace
}  // namespace washup::csv
