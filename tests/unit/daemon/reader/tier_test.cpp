// What a display may not show never reaches it (product.md section 10, Privacy tiers).

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

#include "daemon/reader/reader.hpp"
#include "daemon/reader/tier.hpp"
#include "tests/support/core/ward.hpp"
#include "tests/support/daemon/desk.hpp"

namespace washup::tests {
namespace {

constexpr char const* words_that_tell[] = {"ADAMS", "Edith",   "9990000018",   "M1",    "1941",
                                           "CT9",   "hoist",   "Osei",         "posei", "V1",
                                           "lift",  "Dr Hale", "Safeguarding", "WB3",   "daughter"};

// One stay with everything that could tell who it is, and a sensitive blocker.
void fill(Desk& desk) {
    auto admit = wire_admit("V1", "M1", "2026-11-01T07:00", "FORD", "B7");
    add_text(admit, v1::FIELD_NAME, "ADAMS, Edith");
    add_text(admit, v1::FIELD_BIRTH_DATE, "1941-03-09");
    add_code(admit, v1::FIELD_POSTCODE_DISTRICT, "CT9");
    add_code(admit, v1::FIELD_USUAL_RESIDENCE, "home");
    add_code(admit, v1::FIELD_CASE_WORKER, "posei");
    add_text(admit, v1::FIELD_CONSULTANT, "Dr Hale");
    add_number(admit, v1::Identifier::NHS, "9990000018");
    add_moment(admit, v1::FIELD_DISCHARGE_READY, "2026-11-01T07:30");
    desk.record(admit);
    desk.command(wire_staff("c1"));
    desk.command(wire_action("c2", "RZZ:V1", "2026-11-03", "order a hoist"));
    auto raise = wire_raise("c3", "RZZ:V1", "WB3");
    raise.mutable_raise_blocker()->set_note("the lift is broken");
    desk.command(raise);
    auto linked = wire_action("c4", "RZZ:V1", "2026-11-03", "ring the daughter");
    linked.mutable_assign_action()->set_blocker(1);
    desk.command(linked);
    desk.record(wire_discharge("V1x", "M1x", "2026-11-01T07:30"));  // into the inbox
}

std::string text_of(reader::Reader const& reader, v1::View view, bool stays_alone) {
    std::string text;
    reader.view(view).rows().for_each([&](v1::Row const& row) {
        auto const of_somebody = row.has_stay() || row.has_staff() || row.has_inbox();
        if (of_somebody || !stays_alone) text += row.ShortDebugString() + "\n";
    });
    return text;
}

bool tells(std::string const& text, char const* word) {
    return text.find(word) != std::string::npos;
}

TEST(Tier, ZeroHasCountsAndNobody) {
    Desk desk;
    fill(desk);
    reader::Reader const reader{desk.state(), "e1"};
    EXPECT_EQ(text_of(reader, v1::VIEW_TIER_0, true), "");
    EXPECT_NE(reader.view(v1::VIEW_TIER_0).rows().find(v1::Row::kHeadline, "all"), nullptr);
}

TEST(Tier, ThreeAloneHasTheFiguresOfAWard) {
    Desk desk;
    fill(desk);
    desk.wait_until("2026-11-03T09:00");
    reader::Reader const reader{desk.state(), "e1"};
    auto const figures = [&](v1::View view) {
        std::set<std::string> kinds;
        reader.view(view).rows().for_each([&](v1::Row const& row) {
            if (row.tally().scope() == "ward:STM/FORD") kinds.insert("tally");
            if (row.people().scope() == "ward:STM/FORD") kinds.insert("people");
            if (row.headline().scope() == "ward:STM/FORD") kinds.insert("headline");
        });
        return kinds;
    };
    EXPECT_EQ(figures(v1::VIEW_TIER_3), (std::set<std::string>{"headline", "people", "tally"}));
    for (auto const view : {v1::VIEW_TIER_0, v1::VIEW_TIER_1, v1::VIEW_TIER_2}) {
        EXPECT_TRUE(figures(view).empty()) << v1::View_Name(view);
    }
    v1::Row row;
    row.mutable_tally()->set_scope("ward:STM/FORD");
    EXPECT_FALSE(reader::restrict_to(v1::VIEW_ROOM, 0, row)) << "more people see it than one";
}

TEST(Tier, OneHasInitialsAndBedAndNothingThatNames) {
    Desk desk;
    fill(desk);
    reader::Reader const reader{desk.state(), "e1"};
    auto const text = text_of(reader, v1::VIEW_TIER_1, true);
    EXPECT_TRUE(tells(text, "E. A."));
    EXPECT_TRUE(tells(text, "B7"));
    EXPECT_TRUE(tells(text, "social worker")) << "the owner's role";
    for (auto const* word : words_that_tell) EXPECT_FALSE(tells(text, word)) << word;
}

TEST(Tier, TwoAddsNameActionAndOwnerAndNoNumber) {
    Desk desk;
    fill(desk);
    reader::Reader const reader{desk.state(), "e1"};
    auto const text = text_of(reader, v1::VIEW_TIER_2, true);
    for (auto const* word : {"ADAMS", "hoist", "Peter Osei"}) EXPECT_TRUE(tells(text, word));
    for (auto const* word : {"9990000018", "M1", "1941", "CT9", "lift", "V1"}) {
        EXPECT_FALSE(tells(text, word)) << word;
    }
    for (auto const* word : {"Safeguarding", "WB3", "daughter"}) {
        EXPECT_FALSE(tells(text, word)) << word << ": a sensitive blocker, on a wall";
    }
    EXPECT_TRUE(tells(text, "Sensitive"));
}

TEST(Tier, ThreeHasAllOfIt) {
    Desk desk;
    fill(desk);
    reader::Reader const reader{desk.state(), "e1"};
    auto const text = text_of(reader, v1::VIEW_TIER_3, true);
    for (auto const* word : {"ADAMS", "9990000018", "M1", "1941-03-09", "CT9", "lift", "daughter",
                             "Safeguarding", "RZZ:V1"}) {
        EXPECT_TRUE(tells(text, word)) << word;
    }
}

TEST(TheRoom, HasNamesNotesAndNoIdentifier) {
    Desk desk;
    fill(desk);
    reader::Reader reader{desk.state(), "e1"};
    reader.open_room();
    auto const text = text_of(reader, v1::VIEW_ROOM, true);
    for (auto const* word : {"ADAMS", "hoist", "Peter Osei", "CT9", "Sensitive"}) {
        EXPECT_TRUE(tells(text, word)) << word;
    }
    for (auto const* word : {"9990000018", "M1", "1941", "RZZ:V1", "Safeguarding", "WB3", "lift",
                             "daughter", "inbox {"}) {
        EXPECT_FALSE(tells(text, word)) << word;
    }
}

// Opened in the middle of a day, and once more, it is what it would be had it always been there.
TEST(TheRoom, FollowsFromWhenItIsOpened) {
    Desk desk;
    fill(desk);
    reader::Reader live{desk.state(), "e1"};
    live.open_room();
    auto const before = desk.appended().size();
    live.open_room();
    desk.record(wire_discharge("V1", "M1", "2026-11-01T07:50", "died"));
    std::vector<reader::Outgoing> out;
    live.apply(
        {desk.appended().begin() + static_cast<std::ptrdiff_t>(before), desk.appended().end()},
        out);
    auto const& room = live.view(v1::VIEW_ROOM);
    EXPECT_EQ(room.rows().find(v1::Row::kStay, "1"), nullptr) << "who died leaves it at once";
    reader::Reader fresh{desk.state(), "e1"};
    fresh.open_room();
    EXPECT_EQ(room.rows().fingerprint(), fresh.view(v1::VIEW_ROOM).rows().fingerprint());
    EXPECT_EQ(room.head(), live.view(v1::VIEW_TIER_3).head());
    auto const of_the_room = [](reader::Outgoing const& frame) {
        return frame.feed == v1::VIEW_ROOM;
    };
    EXPECT_EQ(std::count_if(out.begin(), out.end(), of_the_room), 1);
}

TEST(Tier, WhoDiedLeavesEveryWallAtOnce) {
    Desk desk;
    fill(desk);
    desk.record(wire_discharge("V1", "M1", "2026-11-01T07:50", "died"));
    reader::Reader const reader{desk.state(), "e1"};
    for (auto const view : {v1::VIEW_TIER_0, v1::VIEW_TIER_1, v1::VIEW_TIER_2}) {
        EXPECT_EQ(reader.view(view).rows().find(v1::Row::kStay, "1"), nullptr) << view;
    }
    EXPECT_NE(reader.view(v1::VIEW_TIER_3).rows().find(v1::Row::kStay, "1"), nullptr);
}

TEST(Tier, ADischargedRowLeavesWallsAfterEndedOnWallsDaysMax) {
    using reader::ended_on_walls_days_max;
    v1::Row ended;
    ended.set_id("1");
    auto const date = london_date(at("2026-11-06T12:00").at);
    auto& how = *ended.mutable_stay()->mutable_ended();
    how.set_state(v1::KNOWN);
    how.set_value("discharged");
    how.mutable_moment()->set_at_ms(at("2026-11-06T12:00").at.ms);
    for (auto const view : {v1::VIEW_TIER_1, v1::VIEW_TIER_2}) {
        auto row = ended;
        EXPECT_TRUE(reader::restrict_to(view, date.days + ended_on_walls_days_max, row));
        row = ended;
        EXPECT_FALSE(reader::restrict_to(view, date.days + ended_on_walls_days_max + 1, row));
    }
    auto row = ended;
    EXPECT_TRUE(reader::restrict_to(v1::VIEW_TIER_3, date.days + 90, row));
    how.set_value("recorded_in_error");
    row = ended;
    EXPECT_FALSE(reader::restrict_to(v1::VIEW_TIER_2, date.days, row));
}

// Every field of a row about somebody that a wall of tier 1 may carry. A field that is added to the
// schema is not in here: whoever adds it gives it a tier, or adds it and says with that that it
// tells nobody who the person is.
std::map<std::string, std::set<std::string>> const for_tier_1{
    {"StayRow",
     {"site",
      "initials",
      "ward",
      "ward_words",
      "bed",
      "team",
      "team_words",
      "admitted_at",
      "expected_discharge",
      "medically_optimised",
      "discharge_ready",
      "ended",
      "review_on",
      "days_lost",
      "ideal_outcome",
      "expected_outcome",
      "actual_outcome",
      "gap",
      "blockers",
      "actions",
      "chess_clock",
      "provisional",
      "inferred",
      "first_seen",
      "marks",
      "referred_at",
      "pathway",
      "proposed_outcome",
      "milestones",
      "stay",
      "died",
      "on_leave",
      "area",
      "at_risk",
      "came_from",
      "went_on_as",
      "clocks"}},
    {"BlockerRow",
     {"number", "reason", "words", "theme", "holder", "holds_clock", "opened", "closed",
      "days_held", "sensitive", "doubt", "claims"}},
    {"ActionRow",
     {"number", "owner_role", "deadline", "state", "overdue", "moved", "blocker",
      "owner_doubtful"}},
    {"ClockPiece", {"from_ms", "to_ms", "holder", "words", "blocker"}},
    {"Milestone", {"name", "at"}},
    {"StayClock",
     {"clock", "words", "owner", "started_ms", "warn_at_ms", "due_ms", "ended_ms", "state"}},
    {"Gap", {"known", "steps", "bands", "at_least", "ideal_step", "expected_step", "off_ladder"}},
};

TEST(Tier, EveryFieldAboutSomebodyIsClassified) {
    for (auto const* type :
         {v1::StayRow::descriptor(), v1::BlockerRow::descriptor(), v1::ActionRow::descriptor(),
          v1::ClockPiece::descriptor(), v1::Milestone::descriptor(), v1::StayClock::descriptor(),
          v1::Gap::descriptor()}) {
        auto const& allowed = for_tier_1.at(type->name());
        std::size_t met = 0;
        for (int i = 0; i < type->field_count(); ++i) {
            auto const& field = *type->field(i);
            auto const tier = field.options().GetExtension(v1::tier);
            met += allowed.count(field.name());
            EXPECT_EQ(tier <= 1, allowed.contains(field.name()))
                << type->name() << "." << field.name() << " has tier " << tier;
        }
        EXPECT_EQ(met, allowed.size()) << type->name() << ": a field of the list is gone";
    }
}

}  // namespace
}  // namespace washup::tests
