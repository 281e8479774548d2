#include "daemon/shell/staff_gate.hpp"

#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>

#include "washup/v1/command.pb.h"

namespace washup::shell {
namespace {

using access::Deed;

// A command that is added some day is asked about here before anybody may send it unasked.
TEST(StaffGate, KnowsTheDeedOfEveryCommand) {
    std::map<std::string, std::string> const expected{
        {"set_field", "plan"},       {"raise_blocker", "plan"},     {"close_blocker", "plan"},
        {"hand_over_clock", "plan"}, {"assign_action", "plan"},     {"finish_action", "act"},
        {"move_deadline", "act"},    {"report_capacity", "plan"},   {"reopen", "correct"},
        {"add_staff", "staff"},      {"undo_merge", "correct"},     {"settle_inbox", "correct"},
        {"confirm_field", "plan"},   {"set_pin", "staff"},          {"erase_person", "erase"},
        {"open_wash_up", "plan"},    {"close_wash_up", "plan"},     {"cancel_wash_up", "plan"},
        {"discuss_stay", "plan"},    {"park_stay", "plan"},         {"ask_prompt", "plan"},
        {"set_away", "staff"},       {"hand_over_actions", "plan"}, {"send_cause", "plan"},
        {"decide_in_cycle", "plan"}, {"finish_decision", "plan"},   {"answer_cause", "plan"},
        {"request_service", "plan"}, {"answer_request", "plan"},    {"report_discharge", "plan"},
        {"report_figure", "plan"},   {"confirm_period", "correct"}, {"confirm_maturity", "correct"},
        {"correct_blocker", "plan"}, {"record_milestone", "plan"},  {"restore_wash_up", "plan"}};
    auto const* what = v1::Command::descriptor()->FindOneofByName("what");
    ASSERT_EQ(static_cast<std::size_t>(what->field_count()), expected.size());
    for (int i = 0; i < what->field_count(); ++i) {
        v1::Command command;
        auto const* field = what->field(i);
        command.GetReflection()->MutableMessage(&command, field);
        EXPECT_EQ(to_words(deed_of(command)), expected.at(field->name())) << field->name();
    }
    v1::Command command;
    command.mutable_set_field()->set_field(v1::FIELD_ACTUAL_OUTCOME);
    EXPECT_EQ(deed_of(command), Deed::correct);
    command.mutable_confirm_field()->set_field(v1::FIELD_ENDING);
    EXPECT_EQ(deed_of(command), Deed::correct);
}

std::vector<config::StaffRole> const roles{{"chair", "chair", {}, {Deed::plan, Deed::staff}},
                                           {"nurse", "nurse", {}, {Deed::see, Deed::act}}};

core::State two_people() {
    core::State state;
    state.staff["mary"] = {"mary", {}, "chair", {}, {}};
    state.staff["jess"] = {"jess", {}, "Nurse", {}, {}};
    return state;
}

TEST(StaffGate, LetsNobodyIntoAnotherRoleByThemselves) {
    auto const state = two_people();
    StaffGate const gate(roles);
    v1::Command add;
    add.mutable_add_staff()->set_id("tom");
    EXPECT_TRUE(gate.may_command(state, {}, "mary", add));
    EXPECT_FALSE(gate.may_command(state, {}, "jess", add));
    EXPECT_FALSE(gate.may_command(state, {}, "nobody", add));
    EXPECT_FALSE(gate.may_command(state, {}, "", add));
    add.mutable_add_staff()->set_id("mary");
    EXPECT_EQ(gate.may_command(state, {}, "mary", add).error().field, "staff_role");
}

TEST(StaffGate, ShowsTheRoomToWhomItOpensAndTierThreeToWhoSees) {
    auto const state = two_people();
    StaffGate const gate(roles);
    EXPECT_TRUE(gate.may_see(state, "jess", 3));
    EXPECT_FALSE(gate.may_see(state, "jess", 4));
    EXPECT_FALSE(gate.may_see(state, "mary", 3));
    EXPECT_FALSE(gate.may_see(state, "nobody", 3));
}

TEST(StaffGate, NamesThoseWhoseRoleMayNowDoSomethingElse) {
    auto const state = two_people();
    StaffGate gate(roles);
    std::map<std::string, access::Session> const sessions{{"a", {{"a", 1, "K"}, "mary", {}, {}}},
                                                          {"b", {{"b", 2, "K"}, "jess", {}, {}}}};
    EXPECT_TRUE(gate.change(state, sessions, roles).empty());
    auto less = roles;
    less[1].may.clear();
    EXPECT_EQ(gate.change(state, sessions, less), std::vector<core::StaffId>{"jess"});
    EXPECT_FALSE(gate.may_see(state, "jess", 3));
}

}  // namespace
}  // namespace washup::shell
