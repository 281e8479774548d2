// Pictures of past minutes, asked for as a person asks for them.
#include <gtest/gtest.h>

#include "tests/support/town/adt.hpp"
#include "tests/support/town/town.hpp"

namespace washup::integration {
namespace {

// When the daemon received record `number`, as washupd journal print says.
std::string time_of(Town& town, std::string const& number) {
    auto const printed =
        test_support::run({program("washupd"), "journal", "--data", town.folder().file("washupd"),
                           "print", "--from", number, "--to", number});
    auto const at = printed.out.find("\"at_ms\":\"");
    EXPECT_NE(at, std::string::npos) << printed.out << printed.err;
    auto const ms = std::stoll(printed.out.substr(at + 9));
    return to_rfc3339(Instant{ms});
}

TEST(Past, StaysAreThoseOfThatMinuteAndWhyNamesTheEvents) {
    Town town;
    ASSERT_TRUE(town.start_daemon()) << town.daemon().err();
    auto const one = town.folder().write("1.hl7", text_of({.control_id = "P1", .person = 1}));
    auto const two = town.folder().write("2.hl7", text_of({.control_id = "P2", .person = 2}));
    ASSERT_EQ(test_support::run(town.hl7_file({one})).status, 0);
    auto const head = town.heartbeat().head;
    ASSERT_EQ(test_support::run(town.hl7_file({two})).status, 0);
    EXPECT_EQ(town.stays().size(), 2u);

    auto const then = town.ask({"stays", "--at", time_of(town, std::to_string(head))});
    ASSERT_TRUE(then.is_array());
    EXPECT_EQ(then.as_array().size(), 1u);
    auto const now = town.ask({"stays", "--true-at", "2100-01-01"});
    ASSERT_TRUE(now.is_array());
    EXPECT_EQ(now.as_array().size(), 2u);

    auto const why = town.ask({"why", key_of(1), "location"});
    ASSERT_TRUE(why.is_object());
    EXPECT_FALSE(why.as_object().at("events").as_array().empty());

    auto const before = town.ctl({"stays", "--at", "2020-01-01"});
    EXPECT_EQ(before.status, 1);
    EXPECT_NE(before.err.find("the journal begins after"), std::string::npos) << before.err;
    EXPECT_EQ(town.ctl({"stays", "--at", "yesterday"}).status, 2);
}

}  // namespace
}  // namespace washup::integration
