// The wash-up by commands: opened, discussed, asked, parked, closed, cancelled; who is away, whose
// actions are handed over.

#include <fmt/format.h>

#include "daemon/core/decide_command.hpp"
#include "daemon/core/wash_up.hpp"
#include "tests/unit/daemon/core/one_stay.hpp"

namespace washup::core {
namespace {

using tests::a01;
using tests::at;

struct WashUp : tests::OneStay {
    void SetUp() override {
        OneStay::SetUp();
        auto config = tests::small_config();
        config.prompts = {{"challenge", "Can it be challenged?", false},
                          {"elsewhere", "Who manages it?", true}};
        ward.adopt(config);
        act(AddStaff{"aades", "Ann Ades", "manager", "north", {}, {}, {}});
        ward.wait_until("2026-11-03T08:55");
    }
    Stay const& stay() { return *ward.stay("V1"); }
    std::string warning(auto what) {
        auto const answer = act(std::move(what));
        return answer ? answer->warning : "refused: " + answer.error().words;
    }
};

TEST_F(WashUp, StandsForTheTimeOfTheScheduleThatIsNear) {
    ASSERT_TRUE(act(OpenWashUp{"north", "posei"}));
    auto const& meeting = ward.state().meetings.at(MeetingId{1});
    EXPECT_EQ(meeting.planned, at("2026-11-03T09:00").at) << "five minutes early";
    EXPECT_EQ(meeting.chair, "posei");
    EXPECT_EQ(refused_field(OpenWashUp{"north", "posei"}), "team") << "it is open already";
    ASSERT_TRUE(act(CloseWashUp{"north", {}}));
    EXPECT_EQ(warning(OpenWashUp{"north", "posei"}),
              "no wash-up of this team is planned now: an extra one")
        << "the nine o'clock one was held";
    EXPECT_EQ(ward.state().meetings.at(MeetingId{2}).planned.ms, 0);
    ward.wait_until("2026-11-03T13:30");
    EXPECT_EQ(refused_field(OpenWashUp{"west", "posei"}), "team");
    EXPECT_EQ(refused_field(OpenWashUp{"south", "nobody"}), "chair");
    EXPECT_EQ(warning(OpenWashUp{"south", "posei"}),
              "no wash-up of this team is planned now: an extra one")
        << "four and a half hours late";
}

TEST_F(WashUp, KeepsWhatWasSaidWithTheStay) {
    EXPECT_EQ(refused_field(DiscussStay{{}, "home on Thursday"}), "meeting") << "none is open";
    act(OpenWashUp{"north", "posei"});
    ASSERT_TRUE(act(DiscussStay{{}, "home on Thursday"}));
    ASSERT_TRUE(act(AskPrompt{{}, "elsewhere", "", "care navigator"}));
    EXPECT_EQ(refused_field(AskPrompt{{}, "elsewhere", "yes", ""}), "managed_by");
    EXPECT_EQ(refused_field(AskPrompt{{}, "weather", "", ""}), "prompt");
    ASSERT_EQ(stay().discussions.size(), 1u);
    EXPECT_EQ(stay().discussions.front().note.text, "home on Thursday");
    EXPECT_EQ(stay().prompts.front().managed_by.text, "care navigator");
    EXPECT_TRUE(ward.state().meetings.at(MeetingId{1}).discussed.contains(stay().id));

    EXPECT_EQ(refused_field(ParkStay{{}, ""}), "why");
    ASSERT_TRUE(act(ParkStay{{}, "the daughter comes at ten"}));
    EXPECT_TRUE(ward.state().meetings.at(MeetingId{1}).discussed.empty()) << "put off after all";
    act(CloseWashUp{"north", {}});
    EXPECT_EQ(refused_field(DiscussStay{MeetingId{1}, "late"}), "meeting") << "it is closed";
    EXPECT_EQ(refused_field(CloseWashUp{{}, MeetingId{1}}), "meeting");
    EXPECT_EQ(refused_field(CloseWashUp{{}, MeetingId{9}}), "meeting");
}

TEST_F(WashUp, HoldsSoManyNotesOfOneStayAndNoMore) {
    act(OpenWashUp{"north", "posei"});
    for (std::size_t i = 0; i < stay_discussions_max; ++i)
        ASSERT_TRUE(act(DiscussStay{{}, fmt::format("{}", i)}));
    EXPECT_EQ(refused_field(DiscussStay{{}, "one more"}), "stay");
    EXPECT_EQ(refused_field(ParkStay{{}, "one more"}), "stay");
    for (std::size_t i = 0; i < stay_prompts_max; ++i)
        ASSERT_TRUE(act(AskPrompt{{}, "challenge", "", ""}));
    EXPECT_EQ(refused_field(AskPrompt{{}, "challenge", "", ""}), "stay");
}

TEST_F(WashUp, ThatIsCancelledMovesToTheNext) {
    auto const cancel = [](char const* when, char const* why) {
        return CancelWashUp{"north", at(when), why};
    };
    EXPECT_EQ(refused_field(cancel("2026-11-04T09:00", "")), "why");
    EXPECT_EQ(refused_field(cancel("2026-11-04T10:00", "strike")), "planned");
    EXPECT_EQ(refused_field(cancel("2026-11-02T09:00", "strike")), "planned") << "past";
    ASSERT_TRUE(act(cancel("2026-11-04T09:00", "strike")));
    EXPECT_EQ(refused_field(cancel("2026-11-04T09:00", "strike")), "planned");
    auto const& team = ward.state().config.teams.front();
    EXPECT_EQ(next_wash_up(ward.state(), team, at("2026-11-03T12:00").at),
              at("2026-11-05T09:00").at);
}

TEST_F(WashUp, ThatWasCancelledByMistakeIsHeldAfterAll) {
    auto const restore = [](char const* when, char const* why) {
        return RestoreWashUp{"north", at(when), why};
    };
    EXPECT_EQ(refused_field(RestoreWashUp{"north", {}, "no strike"}), "planned") << "none is";
    ASSERT_TRUE(act(CancelWashUp{"north", at("2026-11-04T09:00"), "strike"}));
    ASSERT_TRUE(act(CancelWashUp{"north", at("2026-11-05T09:00"), "strike"}));
    EXPECT_EQ(refused_field(restore("2026-11-04T09:00", "")), "why");
    EXPECT_EQ(refused_field(restore("2026-11-06T09:00", "no strike")), "planned");
    EXPECT_EQ(refused_field(RestoreWashUp{"nowhere", {}, "no strike"}), "team");
    ASSERT_TRUE(act(RestoreWashUp{"north", {}, "no strike"})) << "the next that was cancelled";
    auto const& team = ward.state().config.teams.front();
    EXPECT_EQ(next_wash_up(ward.state(), team, at("2026-11-03T12:00").at),
              at("2026-11-04T09:00").at);
    EXPECT_EQ(next_wash_up(ward.state(), team, at("2026-11-04T12:00").at),
              at("2026-11-06T09:00").at);
    ward.wait_until("2026-11-05T12:00");
    EXPECT_EQ(refused_field(restore("2026-11-05T09:00", "no strike")), "planned") << "past";
}

TEST_F(WashUp, WarnsWhenWorkIsGivenToSomebodyAway) {
    EXPECT_EQ(refused_field(SetAway{"posei", at("2026-11-05"), at("2026-11-04"), ""}), "until");
    EXPECT_EQ(refused_field(SetAway{"posei", at("2026-11-05"), {}, ""}), "until");
    EXPECT_EQ(refused_field(SetAway{"posei", at("2026-11-01"), at("2026-11-02"), ""}), "until");
    EXPECT_EQ(refused_field(SetAway{"posei", at("2026-11-03"), at("2026-11-05"), "posei"}),
              "deputy");
    EXPECT_EQ(refused_field(SetAway{"nobody", {}, {}, ""}), "staff");
    ASSERT_TRUE(act(SetAway{"posei", at("2026-11-03"), at("2026-11-05"), "aades"}));
    AssignAction const assign{"call hub", "posei", at("2026-11-06T12:00"), {}, {}};
    EXPECT_EQ(warning(assign),
              "Peter Osei is away until 2026-11-05; Ann Ades does the work meanwhile");
    ASSERT_TRUE(act(SetAway{"posei", {}, {}, ""}));
    EXPECT_EQ(warning(assign), "") << "back at work";
    ward.wait_until("2026-11-06T08:00");
}

TEST_F(WashUp, HandsAllOpenActionsOver) {
    act(AssignAction{"call hub", "posei", at("2026-11-06T12:00"), {}, {}});
    act(AssignAction{"order bed", "posei", at("2026-11-07T12:00"), {}, {}});
    act(FinishAction{ActionId{1}, "done", ""});
    EXPECT_EQ(refused_field(HandOverActions{"posei", "aades", ""}), "why");
    EXPECT_EQ(refused_field(HandOverActions{"posei", "nobody", "left"}), "to");
    EXPECT_EQ(refused_field(HandOverActions{"posei", "posei", "left"}), "to");
    auto const answer = act(HandOverActions{"posei", "aades", "left"});
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->made, 1u) << "one was open";
    EXPECT_EQ(stay().actions[0].owner, "posei") << "done by whom it was done";
    EXPECT_EQ(stay().actions[1].owner, "aades");
    EXPECT_EQ(refused_field(HandOverActions{"posei", "aades", "left"}), "from") << "none is left";
}

TEST_F(WashUp, StaffListKeepsWhatIsNotSaidAgain) {
    ASSERT_TRUE(act(AddStaff{"posei", "Peter Osei", "social worker", "north", "council",
                             "p.osei@council.example", ""}));
    ASSERT_TRUE(act(AddStaff{"posei", "Peter Osei", "senior", "north", {}, {}, {}}));
    auto const& osei = ward.state().staff.at("posei");
    EXPECT_EQ(osei.organisation, "council");
    EXPECT_EQ(osei.email.text, "p.osei@council.example");
    EXPECT_EQ(refused_field(AddStaff{"posei", "Peter Osei", "senior", "north", {}, "osei", {}}),
              "email");
    EXPECT_EQ(refused_field(AddStaff{"posei", "Peter Osei", "senior", "north", {}, {}, "nights"}),
              "hours");
}

}  // namespace
}  // namespace washup::core
