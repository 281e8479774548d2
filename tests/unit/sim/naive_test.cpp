// The naive model tells the same of a stay as the daemon does, and sees each value that is another.

#include <algorithm>

#include <google/protobuf/message.h>
#include <gtest/gtest.h>

#include "daemon/reader/rows.hpp"
#include "tests/sim/checkers/naive/compare.hpp"
#include "tests/support/core/ward.hpp"

namespace washup::sim::naive {
namespace {

using core::Field;

struct Told {
    Said said;
    v1::Row row;
    Stay const& stay;
};

Told tell(tests::Ward& ward, std::string const& visit) {
    Said said;
    for (auto const& record : ward.records()) said.add(record);
    auto const& stay = *ward.stay(visit);
    auto row = reader::stay_row(ward.state(), stay);
    static Said kept;  // the stay points into it
    kept = said;
    return {std::move(said), std::move(row), kept.stays.at(stay.id)};
}

// A stay of which everything is said that the model tells of.
void fill(tests::Ward& ward) {
    ward.receive(tests::a01("V1", "M1", "2026-11-02T09:00")
                     .text(Field::name, "ADAMS, Edith")
                     .time(Field::birth_date, "1940-01-02")
                     .text(Field::postcode_district, "CT9")
                     .code(Field::usual_residence, "home")
                     .time(Field::died_at, "2026-11-30T10:00"));
    ward.receive(tests::a08("V1", "M1", "2026-11-03T09:00")
                     .time(Field::expected_discharge, "2026-11-12")
                     .time(Field::medically_optimised, "2026-11-04T10:00")
                     .time(Field::discharge_ready, "2026-11-05")
                     .time(Field::review_on, "2026-11-09")
                     .time(Field::referred_at, "2026-11-03T11:00")
                     .code(Field::ideal_outcome, "own_home")
                     .code(Field::expected_outcome, "rehab_bed")
                     .code(Field::actual_outcome, "residential")
                     .code(Field::proposed_outcome, "residential")
                     .code(Field::pathway, "P1")
                     .text(Field::case_worker, "R. Lund")
                     .code(Field::on_leave, "yes"));
    auto staff = tests::command_for("V1");
    staff.what = core::AddStaff{"posei", "Peter Osei", "social worker", {}};
    ASSERT_TRUE(ward.command(staff).has_value());
    auto raise = tests::command_for("V1");
    raise.what = core::RaiseBlocker{"CP4", {}, {}, {}, tests::at("2026-11-03T08:00")};
    ASSERT_TRUE(ward.command(raise).has_value());
    auto assign = tests::command_for("V1");
    assign.what =
        core::AssignAction{"ring the daughter", "posei", tests::at("2026-11-20T12:00"), {}, {}};
    ASSERT_TRUE(ward.command(assign).has_value());
    ward.wait_until("2026-11-09T10:00");
}

TEST(Naive, TellsTheSameOfAStayAndSeesEachValueThatIsAnother) {
    tests::Ward ward;
    fill(ward);
    auto const told = tell(ward, "V1");
    EXPECT_EQ(differs(told.said, told.stay, false, told.row.stay()), "");
    // Words of a screen and what follows from a value that is looked at; naive/README.md says so.
    std::set<std::string> const not_told{"initials",   "nhs_number", "milestones",
                                         "ward_words", "team_words", "area"};
    auto const* schema = v1::StayRow::descriptor();
    int looked_at = 0;
    for (int i = 0; i < schema->field_count(); ++i) {
        auto const* field = schema->field(i);
        auto row = told.row.stay();
        auto const* reflection = row.GetReflection();
        auto const before = row.ByteSizeLong();
        reflection->ClearField(&row, field);
        if (before - row.ByteSizeLong() <= 3 && field->message_type() != nullptr) continue;
        bool const set = before > row.ByteSizeLong();
        if (!set || not_told.contains(std::string{field->name()})) continue;
        EXPECT_NE(differs(told.said, told.stay, false, row), "") << field->name();
        ++looked_at;
    }
    EXPECT_GE(looked_at, 25);
    EXPECT_NE(differs(told.said, told.stay, true, told.row.stay()), "") << "a bed for two";
}

}  // namespace
}  // namespace washup::sim::naive
