// A wash-up and a weekly cycle by washupctl on the real programs, from sitting down to the minutes,
// over a daemon that is killed in between.
#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>

#include "proto/base/clock.hpp"
#include "tests/support/town/adt.hpp"
#include "tests/support/town/town.hpp"

namespace washup::integration {
namespace {

bool has(std::string const& text, std::string const& words) {
    return text.find(words) != std::string::npos;
}

struct Meeting : testing::Test {
    Town town;
    void SetUp() override {
        ASSERT_TRUE(town.start_daemon()) << town.daemon().err();
        auto const file =
            town.folder().write("one.hl7", text_of({.control_id = "F1", .person = 7}));
        ASSERT_EQ(test_support::run(town.hl7_file({file})).status, 0);
        told({"add-staff", "posei", "Peter Osei", "chair", "MILDRED"}, 0);
        told({"add-staff", "aades", "Ann Ades", "social worker", "MILDRED", "--email",
              "a.ades@council.example"},
             0);
    }
    std::string told(std::vector<std::string> words, int status) {
        words.insert(words.begin(), {"--actor", "posei"});
        auto const done = town.ctl(std::move(words));
        EXPECT_EQ(done.status, status) << done.out << done.err;
        return done.out + done.err;
    }
    std::string report(std::string const& name, std::vector<std::string> options = {}) {
        std::vector<std::string> words{"--wide", "report", name};
        for (auto& option : options) words.insert(words.end(), {"--option", std::move(option)});
        auto const done = town.ctl(std::move(words));
        EXPECT_EQ(done.status, 0) << done.err;
        return done.out;
    }
};

TEST_F(Meeting, IsOpenedHeldAndClosedAndLeavesMinutesOverAKill) {
    EXPECT_TRUE(has(told({"meeting", "discuss", "#1"}, 1), "has no wash-up open; open it first"));
    told({"meeting", "open", "MILDRED"}, 0);
    EXPECT_TRUE(has(told({"meeting", "open", "MILDRED"}, 1), "it is open already, number 1"));
    told({"set-outcome", "expected", "#1", "nursing"}, 0);
    told({"raise-blocker", "#1", "--reason", "CP4"}, 0);
    told({"assign-action", "#1", "--text", "ring the hub", "--owner", "aades", "--deadline",
          to_rfc3339(system_now() + hours(24))},
         0);
    told({"meeting", "ask", "#1", "challenge", "--answer", "yes"}, 0);
    EXPECT_TRUE(has(told({"meeting", "ask", "#1", "care_navigator"}, 1), "say who manages it"));
    EXPECT_TRUE(has(report("agenda", {"scope=team:MILDRED"}), "#1"));
    told({"meeting", "discuss", "#1", "--note", "home when the nights are covered"}, 0);

    town.kill_daemon();
    ASSERT_TRUE(town.start_daemon()) << town.daemon().err();
    told({"meeting", "close", "MILDRED"}, 0);
    auto const minutes = report("minutes", {"scope=team:MILDRED"});
    for (auto const* words : {"home when the nights are covered", "ring the hub", "Ann Ades",
                              "Peter Osei", "Can the obstacle be challenged?", "nursing", "CP4"}) {
        EXPECT_TRUE(has(minutes, words)) << words << "\n" << minutes;
    }
    EXPECT_TRUE(has(report("agenda", {"scope=team:MILDRED"}), "home when the nights are covered"))
        << "what we said last time";
    told({"staff", "hand-over", "aades", "posei", "--why", "on leave"}, 0);
    told({"set-outcome", "expected", "#1", "own_home"}, 0);
    EXPECT_EQ(report("minutes", {"scope=team:MILDRED"}), minutes)
        << "what happens after a wash-up is not in its minutes";
    auto const wrong = town.ctl({"report", "minutes", "--option", "meeting=7"});
    EXPECT_EQ(wrong.status, 1);
    EXPECT_TRUE(has(wrong.err, "there is no wash-up \"7\"")) << wrong.err;
}

TEST_F(Meeting, WarnsOfWhoIsAwayAndHandsTheirWorkOver) {
    told({"assign-action", "#1", "--text", "ring the hub", "--owner", "aades", "--deadline",
          to_rfc3339(system_now() + hours(24))},
         0);
    auto const today = to_iso(london_date(system_now()));
    told({"staff", "away", "aades", "--from", today, "--until", today, "--deputy", "posei"}, 0);
    EXPECT_TRUE(has(told({"assign-action", "#1", "--text", "order a bed", "--owner", "aades",
                          "--deadline", to_rfc3339(system_now() + hours(24))},
                         0),
                    "Ann Ades is away until " + today + "; Peter Osei does the work meanwhile"));
    EXPECT_TRUE(has(report("staff"), "a.ades@council.example"));
    told({"staff", "hand-over", "aades", "posei", "--why", "on leave"}, 0);
    auto const left = town.ctl({"report", "actions", "--option", "owner=aades"});
    EXPECT_TRUE(has(left.out, "none")) << left.out;
    EXPECT_TRUE(has(report("actions", {"owner=posei"}), "order a bed"));
    told({"staff", "back", "aades"}, 0);
}

TEST_F(Meeting, CausesGoUpAndAnswersComeBackToTheRows) {
    told({"raise-blocker", "#1", "--reason", "CP4"}, 0);
    auto const causes = town.ask({"report", "causes"});
    auto const& lines = causes.as_object().at("tables").as_array().at(0).as_object().at("lines");
    ASSERT_EQ(lines.as_array().size(), 1u) << boost::json::serialize(causes);
    auto const& line = lines.as_array().at(0).as_object();
    std::string const cause{line.at("cause").as_string()};
    EXPECT_TRUE(cause.starts_with("CP4:")) << cause;
    EXPECT_TRUE(
        has(told({"cycle", "answer", "CP4", "soon", "--level", "area"}, 1), "\"CP4\" is no cause"));
    told({"cycle", "answer", cause, "two nights from Thursday", "--level", "area"}, 0);
    EXPECT_TRUE(has(report("agenda", {"scope=team:MILDRED"}), "area: two nights from Thursday"));
}

}  // namespace
}  // namespace washup::integration
