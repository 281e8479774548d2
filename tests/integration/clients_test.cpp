// Clients in another language: what proto/README.md promises must be enough for them, and what a
// stranger sends must not disturb anybody.
#include <gtest/gtest.h>

#include "tests/integration/same_state.hpp"
#include "tests/support/town/adt.hpp"
#include "tests/support/town/town.hpp"

namespace washup::integration {
namespace {

using test_support::eventually;

TEST(ForeignMllpClient, IsServedInPiecesAndInBundles) {
    Town town;
    ASSERT_TRUE(town.start_daemon()) << town.daemon().err();
    ASSERT_TRUE(town.start_hl7()) << town.hl7().err();
    auto const done = python("foreign_mllp.py", {std::to_string(town.hl7_port())});
    EXPECT_EQ(done.status, 0) << done.out << done.err << town.hl7().err();
    EXPECT_TRUE(town.hl7().running());
    EXPECT_TRUE(town.stay("RZZ:P1").is_object());
    EXPECT_TRUE(town.stay("RZZ:P9").is_object()) << "the last one, after all the bad ones";
}

TEST(RawClient, IsRefusedClearlyAndDisturbsNothing) {
    Town town;
    ASSERT_TRUE(town.start_daemon()) << town.daemon().err();
    auto const file = town.folder().write("one.hl7", text_of({.control_id = "F1", .person = 7}));
    ASSERT_EQ(test_support::run(town.hl7_file({file})).status, 0);
    auto const before = town.heartbeat();
    ASSERT_GT(before.head, 0u);
    auto const done = python("raw_client.py", {std::to_string(town.port())});
    EXPECT_EQ(done.status, 0) << done.out << done.err << town.daemon().err();
    EXPECT_TRUE(town.daemon().running());
    expect_same(town.heartbeat(), before);
    EXPECT_EQ(town.stays().size(), 1u);
    EXPECT_EQ(town.daemon().err().find("SECRET"), std::string::npos)
        << "what a stranger sent is in the log";
}

TEST(RawClient, FeedsARecordAndReadsItBack) {
    Town town;
    ASSERT_TRUE(town.start_daemon()) << town.daemon().err();
    auto const done = python("feed_record.py", {std::to_string(town.port())});
    EXPECT_EQ(done.status, 0) << done.out << done.err << town.daemon().err();
    EXPECT_TRUE(town.stay("RZZ:PY1").is_object());
}

// No full name and no NHS number ever reaches a wall (product.md section 10).
TEST(TierOneFeed, CarriesNoNameAndNoNhsNumber) {
    Town town;
    ASSERT_TRUE(town.start_daemon()) << town.daemon().err();
    ASSERT_TRUE(town.start_hl7()) << town.hl7().err();
    MllpClient ward{town.hl7_port()};
    Process listener{{WASHUP_PYTHON, source_file("tests/integration/tier_listener.py"),
                      std::to_string(town.port()), family_of(7), "Ann", nhs_number_of(7), "L5007",
                      "19410309", "1941-03-09", key_of(7), "V1007"},
                     {.environment = {std::string{"PYTHONPATH="} + WASHUP_PYTHON_SCHEMA,
                                      "PYTHONDONTWRITEBYTECODE=1"}}};
    ASSERT_TRUE(listener.wait_for("listening", seconds(30))) << listener.out() << listener.err();
    ASSERT_TRUE(ward.send(framed(text_of({.control_id = "T1", .person = 7}))));
    auto const ack = ward.receive(seconds(40));
    ASSERT_TRUE(ack && ack_code(*ack) == "AA");
    EXPECT_EQ(listener.wait(seconds(60)), 0) << listener.out() << listener.err();
}

}  // namespace
}  // namespace washup::integration
