// A message from a file, through the adapter and the daemon, to what a person asks for.
#include <gtest/gtest.h>

#include "tests/support/stay_json.hpp"
#include "tests/support/town/adt.hpp"
#include "tests/support/town/town.hpp"

namespace washup::integration {
namespace {

std::string observed(boost::json::value const& row, char const* field) {
    auto const* const cell = row.as_object().if_contains(field);
    if (cell == nullptr || !cell->is_object()) return "(no such field)";
    auto const& value = cell->at("value");
    return value.is_string() ? std::string{value.as_string()} : "(not text)";
}

TEST(Hl7File, ShowsAsAStay) {
    Town town;
    ASSERT_TRUE(town.start_daemon()) << town.daemon().err();
    auto const file = town.folder().write("one.hl7", text_of({.control_id = "F1", .person = 7}));
    auto const done = test_support::run(town.hl7_file({file}));
    EXPECT_EQ(done.status, 0) << done.err;
    EXPECT_NE(done.out.find("F1"), std::string::npos) << done.out;
    EXPECT_NE(done.out.find("A01"), std::string::npos) << done.out;

    auto const row = town.stay(key_of(7));
    ASSERT_TRUE(row.is_object()) << town.ctl({"stays"}).out;
    EXPECT_EQ(observed(row, "ward"), "FORD");
    EXPECT_EQ(observed(row, "nhs_number"), nhs_number_of(7));
    EXPECT_NE(observed(row, "name").find(family_of(7)), std::string::npos);
    EXPECT_EQ(observed(row, "site"), "STM");
}

// What programs may rely on: every key is there, unknown is null with a state, times are RFC 3339.
TEST(StaysJson, HasEveryKeyAndSaysUnknownAsNull) {
    Town town;
    ASSERT_TRUE(town.start_daemon()) << town.daemon().err();
    auto const file = town.folder().write("one.hl7", text_of({.control_id = "F1", .person = 7}));
    ASSERT_EQ(test_support::run(town.hl7_file({file})).status, 0);
    auto const row = town.stay(key_of(7));
    ASSERT_TRUE(row.is_object());
    for (auto const* const key : test_support::stay_json_keys) {
        EXPECT_TRUE(row.as_object().contains(key)) << key;
    }
    auto const& ideal = row.at("ideal_outcome").as_object();
    EXPECT_TRUE(ideal.at("value").is_null());
    EXPECT_EQ(ideal.at("state"), boost::json::value("unknown"));
    for (auto const* const part : {"observed_at", "confirmed_at", "source"}) {
        EXPECT_TRUE(ideal.contains(part)) << part;
    }
    EXPECT_TRUE(row.at("blockers").is_array());
    EXPECT_TRUE(row.at("actions").is_array());
    auto const admitted = observed(row, "admitted_at");
    EXPECT_TRUE(parse_moment(admitted).has_value() && admitted.size() >= 20) << admitted;
    EXPECT_TRUE(row.at("escalation").is_null());
    EXPECT_EQ(row.at("escalation_state"), boost::json::value("not_built"));
}

TEST(Hl7File, IsNotTakenTwice) {
    Town town;
    ASSERT_TRUE(town.start_daemon()) << town.daemon().err();
    auto const file = town.folder().write("one.hl7", text_of({.control_id = "F1", .person = 7}));
    ASSERT_EQ(test_support::run(town.hl7_file({file})).status, 0);
    auto const before = town.stays().size();
    auto const again = test_support::run(town.hl7_file({file}));
    EXPECT_EQ(again.status, 0) << again.err;
    EXPECT_EQ(town.stays().size(), before);
}

TEST(Hl7File, GoesHomeByADischarge) {
    Town town;
    ASSERT_TRUE(town.start_daemon()) << town.daemon().err();
    auto const in = town.folder().write("in.hl7", text_of({.control_id = "F1", .person = 7}));
    auto const out = town.folder().write(
        "out.hl7", text_of({.trigger = "A03", .control_id = "F2", .person = 7}));
    ASSERT_EQ(test_support::run(town.hl7_file({in, out})).status, 0);
    auto const row = town.stay(key_of(7));
    ASSERT_TRUE(row.is_object());
    EXPECT_EQ(observed(row, "ended_how"), "discharged");
    EXPECT_NE(observed(row, "ended_at"), "(not text)");
}

// MSH-11 other than P: kept for a person, and no stay.
TEST(Hl7File, OfATestSystemGoesToTheInbox) {
    Town town;
    ASSERT_TRUE(town.start_daemon()) << town.daemon().err();
    auto const file = town.folder().write(
        "test.hl7", text_of({.control_id = "F1", .person = 7, .processing = "T"}));
    EXPECT_EQ(test_support::run(town.hl7_file({file})).status, 0);
    EXPECT_TRUE(town.stays().empty());
    auto const inbox = town.ask({"inbox"});
    ASSERT_TRUE(inbox.is_array());
    EXPECT_EQ(inbox.as_array().size(), 1u);
}

TEST(Hl7File, OfAnOutpatientIsNoStay) {
    Town town;
    ASSERT_TRUE(town.start_daemon()) << town.daemon().err();
    auto const file = town.folder().write(
        "out.hl7", text_of({.control_id = "F1", .person = 7, .visit_class = "O"}));
    EXPECT_EQ(test_support::run(town.hl7_file({file})).status, 0);
    EXPECT_TRUE(town.stays().empty());
}

}  // namespace
}  // namespace washup::integration
