#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "board/ctl/choice.hpp"
#include "board/ctl/json_stay.hpp"
#include "board/ctl/json_views.hpp"
#include "tests/support/stay_json.hpp"
#include "tests/unit/board/ctl/sample_model.hpp"

namespace washup::board::ctl {
namespace {
namespace json = boost::json;

TEST(StaysJson, HasEveryKeyThatIsPromised) {
    auto const rows = stays_json(sample_model(), {}, false);
    ASSERT_EQ(rows.size(), 2u);
    for (auto const& row : rows) {
        for (auto const* const key : test_support::stay_json_keys) {
            EXPECT_TRUE(row.as_object().contains(key)) << key;
        }
    }
}

TEST(StaysJson, WritesAnObservedValueWithItsOrigin) {
    auto const row = stay_json(sample_model().stays.at("17"));
    EXPECT_EQ(row.at("name"), json::parse(R"({"value":"ASHDOWN, Edith","state":"known",
                              "observed_at":"2025-11-22T08:26:40+00:00",
                              "confirmed_at":"2025-11-22T08:26:40+00:00","source":"ward",
                              "why":null,"other":null,"other_source":null})"));
    EXPECT_EQ(row.at("discharge_ready").at("value"), "2025-11-12");
    EXPECT_EQ(row.at("days_lost"), 11);
    EXPECT_EQ(row.at("blockers").at(0).at("reason"), "CP4");
    EXPECT_EQ(row.at("actions").at(0).at("deadline"), "2025-11-20");
}

TEST(StaysJson, WritesTheUnknownAsNullWithAState) {
    auto const row = stay_json(sample_model().stays.at("17"));
    EXPECT_TRUE(row.at("team").at("value").is_null());
    EXPECT_EQ(row.at("team").at("state"), "unknown");
    EXPECT_TRUE(row.at("gap").at("steps").is_null());
    EXPECT_EQ(row.at("gap").at("state"), "unknown");
    EXPECT_TRUE(row.at("escalation").is_null());
    EXPECT_EQ(row.at("escalation_state"), "not_built");
}

TEST(StaysJson, KeepsBackAValueWhoseSealIsGone) {
    Stay stay;
    stay.name = known("ASHDOWN, Edith");
    stay.name.state = ValueState::erased;
    auto const row = stay_json(stay);
    EXPECT_TRUE(row.at("name").at("value").is_null());
    EXPECT_EQ(row.at("name").at("state"), "erased");
}

TEST(StaysJson, SplitsTheEndingInWhenAndHow) {
    auto const row = stay_json(sample_model().stays.at("18"));
    EXPECT_EQ(row.at("ended_at").at("value"), "2025-11-22T10:30:00+00:00");
    EXPECT_EQ(row.at("ended_how").at("value"), "discharged");
    EXPECT_EQ(row.at("live"), false);
}

TEST(StaysJson, KeepsToTheFilter) {
    auto const model = sample_model();
    EXPECT_EQ(stays_json(model, {}, true).size(), 1u);
    Filter ford;
    ford.ward = "Ford";
    EXPECT_EQ(stays_json(model, ford, false).size(), 1u);
}

TEST(FindStay, TakesAKeyAnInternalIdAndAUniqueNumber) {
    auto model = sample_model();
    EXPECT_EQ((*find_stay(model, "RXX:900123"))->stay, 17u);
    EXPECT_EQ((*find_stay(model, "#18"))->stay, 18u);
    EXPECT_EQ((*find_stay(model, "900124"))->stay, 18u);
    EXPECT_NE(find_stay(model, "9001").error().words.find("no stay"), std::string::npos);
    model.stays["19"].key = "RYY:900124";  // the same number at another trust
    EXPECT_NE(find_stay(model, "900124").error().words.find("could be"), std::string::npos);
}

TEST(StatusJson, SaysWhetherThePictureIsLive) {
    auto model = sample_model();
    auto const now = model.link.daemon_time;
    EXPECT_EQ(status_json(model, now, 1500).at("link").at("live"), true);
    EXPECT_EQ(status_json(model, now, 9000).at("link").at("live"), false);
    EXPECT_EQ(status_json(model, now, 1500).at("stays_live"), 1);
    model.link.phase = LinkPhase::catching_up;
    EXPECT_EQ(status_json(model, now, 1500).at("link").at("live"), false);
}

TEST(CapacityJson, TellsNoReportFromZero) {
    Model model;
    model.services["a"].accepting = 0;
    model.services["b"].doubt = "occupied above total";
    model.services["c"];
    auto const rows = capacity_json(model);
    EXPECT_EQ(rows.at(0).at("accepting"), 0);
    EXPECT_EQ(rows.at(0).at("state"), "known");
    EXPECT_EQ(rows.at(1).at("state"), "doubtful");
    EXPECT_TRUE(rows.at(2).at("accepting").is_null());
    EXPECT_EQ(rows.at(2).at("state"), "unknown");
}

TEST(InboxJson, ListsWhatWaitsForAPersonAndWithAllTheRest) {
    Model model;
    model.inbox["1"].why = "unmappable";
    model.inbox["2"].why = "not_yet_handled";
    model.inbox["3"].why = "unmappable";
    model.inbox["3"].settled = true;
    EXPECT_EQ(inbox_json(model, false).size(), 1u);
    EXPECT_EQ(inbox_json(model, true).size(), 3u);
}

TEST(InboxJson, NamesTheStayAnItemIsAbout) {
    auto model = sample_model();
    auto& item = model.inbox["1"];
    item.why = "field_unreadable";
    EXPECT_TRUE(inbox_json(model, false).at(0).at("stay").is_null());
    auto& stay = model.stays.begin()->second;
    stay.stay = 4711;
    item.stay = 4711;
    EXPECT_EQ(inbox_json(model, false).at(0).at("stay"), stay.key.c_str());
}

TEST(InboxJson, IsInTheOrderOfItsNumbers) {
    Model model;
    for (std::uint64_t item : {10, 9, 100}) model.inbox[std::to_string(item)].item = item;
    auto const rows = inbox_json(model, false);
    ASSERT_EQ(rows.size(), 3u);
    EXPECT_EQ(rows[0].at("item").to_number<int>(), 9);
    EXPECT_EQ(rows[2].at("item").to_number<int>(), 100);
}

TEST(AlertsJson, NamesTheStayByItsKey) {
    auto const model = sample_model();
    auto const alerts = alerts_json(model, derive_alerts(model, model.link.daemon_time));
    ASSERT_FALSE(alerts.empty());
    EXPECT_EQ(alerts.at(0).at("kind"), "overdue_action");
    EXPECT_EQ(alerts.at(0).at("stay"), "RXX:900123");
}

}  // namespace
}  // namespace washup::board::ctl
