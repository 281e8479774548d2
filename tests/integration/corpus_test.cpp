// Messages that nobody here wrote, where they lie beside the project (../shared/hl7): every one of
// them is taken, and those about inpatients become stays. They are not ours to ship.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "tests/support/town/adt.hpp"
#include "tests/support/town/town.hpp"

namespace washup::integration {
namespace {

TEST(ForeignCorpus, IsTakenMessageByMessage) {
    auto const corpus = std::filesystem::path{source_file("../shared/hl7")};
    if (!std::filesystem::exists(corpus)) GTEST_SKIP() << "no corpus beside the project";
    Town town;
    ASSERT_TRUE(town.start_daemon()) << town.daemon().err();
    auto const files = town.hl7_file({corpus / "hospital-stream.hl7", corpus / "fhir-converter"});
    auto const done = test_support::run(files);
    EXPECT_EQ(done.status, 0) << done.err;
    auto const lines =
        static_cast<std::uint64_t>(std::count(done.out.begin(), done.out.end(), '\n'));
    EXPECT_GE(lines, 2080u + 61u) << "one line a message";
    // The views follow the journal; after a flood they are some tenths of a second behind.
    auto const all_shown = [&] { return town.taken_from("ward") >= lines; };
    EXPECT_TRUE(test_support::eventually(all_shown, seconds(30)));
    EXPECT_EQ(town.taken_from("ward"), lines) << "each message accepted, in the inbox or counted";
    EXPECT_GT(town.stays().size(), 100u);

    auto const stays = town.stays().size();
    auto const again = test_support::run(files);
    EXPECT_EQ(again.status, 0) << again.err;
    EXPECT_EQ(town.taken_from("ward"), lines) << "the second time changes nothing";
    EXPECT_EQ(town.stays().size(), stays);
}

}  // namespace
}  // namespace washup::integration
