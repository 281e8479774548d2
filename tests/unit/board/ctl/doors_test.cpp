#include "board/ctl/doors.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "board/ctl/json_views.hpp"
#include "board/ctl/text_views.hpp"
#include "tests/unit/board/ctl/sample_model.hpp"
#include "washup/v1/command.pb.h"

namespace washup::board::ctl {
namespace {

v1::DoorsReport report() {
    v1::DoorsReport report;
    auto const add = [&](char const* door, char const* why, std::uint64_t count) {
        auto& row = *report.add_turned_away();
        row.set_door(door);
        row.set_why(why);
        row.set_count(count);
    };
    add("control", "unknown_key", 7);
    add("tier_1", "unknown_key", 2);
    add("control", "wrong_role", 3);
    report.set_keys(4);
    report.set_frames_refused(5);
    report.set_sign_ins_refused(1);
    return report;
}

TEST(DoorsLine, AddsUpOverAllDoorsByReason) {
    EXPECT_EQ(doors_line(report()),
              "12 turned away (unknown_key 9, wrong_role 3), 1 sign-ins refused");
    EXPECT_EQ(doors_line({}), "0 turned away");
    auto with_fault = report();
    with_fault.set_keys_fault("k.toml:1:1: what is that");
    EXPECT_NE(doors_line(with_fault).find("; the newer key list has a fault"), std::string::npos);
    EXPECT_EQ(doors_counts_json(report()),
              boost::json::parse(R"({"turned_away":12,"by_reason":{"unknown_key":9,"wrong_role":3},
                  "frames_refused":5,"sign_ins_refused":1,"keys_fault":null})"));
}

TEST(Status, SaysInShortWhoWasTurnedAwayToWhomItIsTold) {
    auto const model = sample_model();
    EXPECT_NE(status_text(model, Instant{}, 0, "3 turned away", false).find("doors    3 turned"),
              std::string::npos);
    EXPECT_EQ(status_text(model, Instant{}, 0, "", false).find("doors"), std::string::npos);
}

TEST(Status, SaysWhatItsTierDoesNotHoldAndNotThatThereIsNone) {
    auto model = sample_model();
    model.tier = 0;
    model.stays.clear();
    model.inbox.clear();
    auto const text = status_text(model, Instant{}, 0, "", false);
    EXPECT_NE(text.find("stays    not in tier 0\n"), std::string::npos) << text;
    EXPECT_NE(text.find("inbox    not in tier 0\n"), std::string::npos) << text;
    EXPECT_NE(text.find("alerts   not in tier 0\n"), std::string::npos) << text;
    auto const json = status_json(model, Instant{}, 0);
    for (auto const* key : {"stays", "stays_live", "inbox_waiting", "alerts"}) {
        EXPECT_TRUE(json.at(key).is_null()) << key;
    }
    model.tier = 3;
    EXPECT_EQ(status_json(model, Instant{}, 0).at("stays"), 0);
}

}  // namespace
}  // namespace washup::board::ctl
