// What a row says of a stay: values with their source and age, doubts in words, unknown as unknown.

#include <gtest/gtest.h>

#include "daemon/reader/history_view.hpp"
#include "daemon/reader/reader.hpp"
#include "daemon/reader/rows.hpp"
#include "tests/support/core/ward.hpp"

namespace washup::tests {
namespace {

using core::Field;

v1::StayRow row_of(Ward const& ward, std::string const& visit = "V1") {
    return reader::stay_row(ward.state(), *ward.stay(visit)).stay();
}

bool has_mark(v1::StayRow const& row, std::string const& mark) {
    return std::find(row.marks().begin(), row.marks().end(), mark) != row.marks().end();
}

Message ready(std::string const& when, std::string const& said) {
    return a08("V1", "M1", said).time(Field::discharge_ready, when);
}

TEST(StayRow, TwoNamesOfOneSiteAreNoDisagreement) {
    Ward ward;
    ward.receive(a01("V1", "M1", "2026-11-02T09:00").ward("FORD", "B3", "STM"));
    auto council = a08("V1", "M1", "2026-11-02T10:00").ward("FORD", "B4", "RZZ01");
    ward.receive(council.source("hub"));
    ward.receive(a08("V1", "M1", "2026-11-02T11:00").ward("FORD", "B3", "STM"));
    auto const row = row_of(ward);
    EXPECT_EQ(row.site().value(), "STM");
    EXPECT_EQ(row.site().state(), v1::KNOWN);
    EXPECT_EQ(row.site().other(), "");
    EXPECT_EQ(row.bed().state(), v1::DISAGREEMENT) << "the beds do differ";
    EXPECT_EQ(row.bed().other(), "B3");
}

TEST(StayRow, WhatNobodySaidIsUnknownAndNeverZeroOrBlank) {
    Ward ward;
    ward.receive(a08("V1", "M1", "2026-11-02T09:00"));
    auto const row = row_of(ward);
    auto const* type = v1::StayRow::descriptor();
    for (int i = 0; i < type->field_count(); ++i) {
        if (type->field(i)->message_type() != v1::Observed::descriptor()) continue;
        auto const& value =
            static_cast<v1::Observed const&>(row.GetReflection()->GetMessage(row, type->field(i)));
        EXPECT_EQ(value.state(), v1::UNKNOWN) << type->field(i)->name();
        EXPECT_EQ(value.value(), "") << type->field(i)->name();
        EXPECT_FALSE(value.has_moment()) << type->field(i)->name();
    }
    EXPECT_FALSE(row.gap().known());
    EXPECT_TRUE(row.first_seen());
    EXPECT_TRUE(row.inferred());
}

TEST(StayRow, AValueSaysWhenItWasObservedByWhomAndWhenItWasLastConfirmed) {
    Ward ward;
    ward.receive(a01("V1", "M1", "2026-11-02T09:00").text(Field::name, "ADAMS, Edith"));
    ward.receive(a08("V1", "M1", "2026-11-03T09:00").text(Field::name, "ADAMS, Edith"));
    auto const row = row_of(ward);
    EXPECT_EQ(row.name().state(), v1::KNOWN);
    EXPECT_EQ(row.name().value(), "ADAMS, Edith");
    EXPECT_EQ(row.initials(), "E. A.");
    EXPECT_EQ(row.name().observed_at_ms(), at("2026-11-02T09:00").at.ms);
    EXPECT_EQ(row.name().confirmed_at_ms(), at("2026-11-03T09:00").at.ms);
    EXPECT_EQ(row.name().source(), "ward");
    EXPECT_EQ(row.key(), "RZZ:V1");
}

TEST(StayRow, AConfirmedNameIsConfirmed) {
    Ward ward;
    ward.receive(a01("V1", "M1", "2026-11-02T09:00").text(Field::name, "ADAMS, Edith"));
    ward.wait_until("2026-11-04T09:00");
    auto command = command_for("V1");
    command.what = core::ConfirmField{Field::name};
    ASSERT_TRUE(ward.command(command));
    EXPECT_EQ(row_of(ward).name().confirmed_at_ms(), ward.now().ms);
}

TEST(StayRow, AValueTakenAwayIsUnknownAndWeKnowSinceWhen) {
    Ward ward;
    ward.receive(a01("V1", "M1", "2026-11-02T09:00").time(Field::expected_discharge, "2026-11-09"));
    ward.receive(a08("V1", "M1", "2026-11-03T09:00").fact(Field::expected_discharge, {}));
    auto const row = row_of(ward);
    EXPECT_EQ(row.expected_discharge().state(), v1::UNKNOWN);
    EXPECT_EQ(row.expected_discharge().observed_at_ms(), at("2026-11-03T09:00").at.ms);
}

TEST(StayRow, ReadyBeforeTheAdmissionOrAfterTheEndIsShownDoubtful) {
    Ward ward;
    ward.receive(a01("V1", "M1", "2026-11-05T09:00"));
    ward.receive(ready("2026-11-03", "2026-11-06T09:00"));
    EXPECT_EQ(row_of(ward).discharge_ready().state(), v1::DOUBTFUL);
    EXPECT_EQ(row_of(ward).discharge_ready().why(), "before the admission");
    ward.receive(ready("2026-11-09", "2026-11-07T09:00"));
    ward.receive(a03("V1", "M1", "2026-11-08T09:00"));
    EXPECT_EQ(row_of(ward).discharge_ready().why(),
              "said before it happened; after the stay ended");
}

TEST(StayRow, ASiteThatIsNotConfiguredIsAdoptedUnderItsCode) {
    Ward ward;
    ward.receive(a08("V1", "M1", "2026-11-02T09:00").ward("FORD", "A1", "XYZ"));
    EXPECT_EQ(row_of(ward).site().value(), "XYZ");
    EXPECT_EQ(row_of(ward).site().why(), "site not configured");
    ward.receive(a08("V1", "M1", "2026-11-03T09:00").ward("FORD", "A1", "RZZ01"));
    EXPECT_EQ(row_of(ward).site().value(), "STM") << "an alias is shown by the site's own code";
    EXPECT_EQ(row_of(ward).site().state(), v1::KNOWN);
    EXPECT_EQ(row_of(ward).team().value(), "north") << "by the ward";
    EXPECT_EQ(row_of(ward).area().value(), "thanet");
}

TEST(StayRow, AMergedPersonIsReadThroughTheLinkWithRetiredNumbersMarked) {
    Ward ward;
    ward.receive(a01("V1", "M1", "2026-11-02T09:00").text(Field::name, "ADAMS, E"));
    ward.receive(a01("V2", "M2", "2026-11-03T09:00").text(Field::name, "ADAMS, Edith"));
    ward.receive(a40("M1", "M2", "2026-11-04T09:00"));
    for (auto const* visit : {"V1", "V2"}) {
        auto const row = row_of(ward, visit);
        EXPECT_EQ(row.name().value(), "ADAMS, Edith") << visit;
        ASSERT_EQ(row.identifiers_size(), 2) << visit;
        EXPECT_EQ(row.identifiers(0), "RZZ local number M1");
        EXPECT_EQ(row.identifiers(1), "RZZ local number M2 (retired)");
    }
    auto command = command_for("V2");
    command.what = core::UndoMerge{"two people after all"};
    ASSERT_TRUE(ward.command(command));
    EXPECT_EQ(row_of(ward, "V1").name().value(), "ADAMS, E");
}

TEST(StayRow, ABadNhsNumberIsShownAsDoubtful) {
    Ward ward;
    ward.receive(a01("V1", "M1", "2026-11-02T09:00").nhs("9990000019", true));
    EXPECT_EQ(row_of(ward).nhs_number().state(), v1::DOUBTFUL);
    ward.receive(a08("V1", "M1", "2026-11-03T09:00").nhs("9990000018"));
    EXPECT_EQ(row_of(ward).nhs_number().value(), "9990000018") << "a good one is better";
    EXPECT_EQ(row_of(ward).nhs_number().state(), v1::KNOWN);
}

TEST(StayRow, UndoneByHandAgainstTheWardSaysSoUntilTheWardAgrees) {
    Ward ward;
    ward.receive(a01("V1", "M1", "2026-11-02T09:00"));
    ward.receive(a03("V1", "M1", "2026-11-04T09:00"));
    EXPECT_TRUE(has_mark(row_of(ward), "actual outcome missing"));
    auto command = command_for("V1");
    command.what = core::Reopen{"transport failed"};
    ASSERT_TRUE(ward.command(command));
    EXPECT_TRUE(has_mark(row_of(ward), "ward says discharged"));
    EXPECT_EQ(row_of(ward).ended().state(), v1::UNKNOWN);
    ward.receive(a13("V1", "M1", "2026-11-04T12:00"));
    EXPECT_FALSE(has_mark(row_of(ward), "ward says discharged"));
}

TEST(StayRow, ComingBackIsMarkedWithTheDays) {
    Ward ward;
    ward.receive(a01("V1", "M1", "2026-11-02T09:00"));
    ward.receive(a03("V1", "M1", "2026-11-04T09:00"));
    ward.receive(a01("V2", "M1", "2026-11-16T09:00"));
    EXPECT_TRUE(has_mark(row_of(ward, "V2"), "back after 12 d"));
    EXPECT_FALSE(has_mark(row_of(ward, "V1"), "back after 12 d"));
}

TEST(StayRow, TheGapStandsBetweenIdealAndExpected) {
    Ward ward;
    ward.receive(a01("V1", "M1", "2026-11-02T09:00")
                     .code(Field::ideal_outcome, "own home")
                     .code(Field::expected_outcome, "residential"));
    auto const row = row_of(ward);
    EXPECT_TRUE(row.gap().known());
    EXPECT_EQ(row.gap().steps(), 3);
    EXPECT_EQ(row.gap().bands(), 2);
    EXPECT_EQ(row.gap().ideal_step(), 1u);
}

void block(Ward& ward, std::string const& reason, std::string const& opened,
           std::string const& closed = {}) {
    Message message{"blockers", "2026-11-20T09:00"};
    core::BlockerSeen seen{reason, "", "", "", reason, "", !closed.empty(), at(opened), {}};
    if (!closed.empty()) seen.closed_at = at(closed);
    message.source("hub").person("M1").observation.kind = seen;
    ward.receive(message);
}

TEST(StayRow, PiecesOfTheClockHaveNoGapAndTheLastStillRuns) {
    Ward ward;
    ward.receive(a01("V1", "M1", "2026-11-02T09:00"));
    ward.receive(ready("2026-11-09T12:00", "2026-11-09T13:00"));
    block(ward, "CP4", "2026-11-10T12:00", "2026-11-12T12:00");
    block(ward, "HP4", "2026-11-11T12:00");
    ward.wait_until("2026-11-21T09:00");
    auto const row = row_of(ward);
    ASSERT_EQ(row.chess_clock_size(), 3);
    EXPECT_EQ(row.chess_clock(0).holder(), "unattributed");
    for (int i = 1; i < 3; ++i) {
        EXPECT_EQ(row.chess_clock(i).from_ms(), row.chess_clock(i - 1).to_ms());
    }
    EXPECT_EQ(row.chess_clock(1).words(), "Home care");
    EXPECT_EQ(row.chess_clock(2).to_ms(), 0) << "still running";
    ASSERT_EQ(row.blockers_size(), 2);
    EXPECT_TRUE(row.blockers(0).holds_clock());
    EXPECT_EQ(row.blockers(0).words(), "Medicines") << "the holding one first";
    EXPECT_EQ(row.days_lost(), 12);
    EXPECT_EQ(row.blockers(0).days_held() + row.blockers(1).days_held(), 11)
        << "one midnight was nobody's";
    ward.receive(a03("V1", "M1", "2026-11-21T10:00"));
    EXPECT_EQ(row_of(ward).chess_clock(2).to_ms(), at("2026-11-21T10:00").at.ms);
}

TEST(StayRow, InitialsAreWholeLettersAndNeverMoreThanTheNameHas) {
    EXPECT_EQ(reader::initials_of("ADAMS, Edith Mary"), "E. A.");
    EXPECT_EQ(reader::initials_of("ADAMS"), "A.");
    EXPECT_EQ(reader::initials_of("\xC3\x85KESSON, \xC3\x89va"), "\xC3\x89. \xC3\x85.");
    EXPECT_EQ(reader::initials_of(""), "");
    EXPECT_EQ(reader::initials_of(","), "");
}

TEST(History, TellsEveryFactTheLateAndTheTakenBack) {
    Ward ward;
    ward.receive(a01("V1", "M1", "2026-11-02T09:00"));
    ward.receive(a03("V1", "M1", "2026-11-04T09:00"));
    ward.receive(a13("V1", "M1", "2026-11-04T10:00"));
    block(ward, "CP4", "2026-11-03T12:00", "2026-11-05T12:00");
    auto const history = reader::history_of(ward.state(), *ward.stay("V1"));
    EXPECT_TRUE(history.found());
    std::map<std::string, std::string> notes;
    std::int64_t last = 0;
    for (auto const& line : history.lines()) {
        notes[line.what()] = line.note();
        EXPECT_GE(line.occurred_ms(), last) << "in the order it happened";
        last = line.occurred_ms();
    }
    EXPECT_EQ(notes.at("ending"), "taken back");
    EXPECT_TRUE(notes.contains("ending cancelled"));
    EXPECT_TRUE(notes.contains("blocker 1 opened"));
    EXPECT_TRUE(notes.contains("blocker 1 closed"));
}

TEST(History, IsCutAtHistoryLinesMaxAndSaysSo) {
    core::State state;
    core::Stay stay;
    stay.id = core::StayId{1};
    auto const start = at("2026-11-02T09:00").at;
    for (int i = 0; i < reader::history_lines_max + 5; ++i) {
        core::Blocker blocker;
        blocker.id = core::BlockerId{static_cast<std::uint64_t>(i + 1)};
        blocker.opened = Moment{start + minutes(i), Precision::minute};
        stay.blockers.push_back(blocker);
    }
    auto const history = reader::history_of(state, stay);
    ASSERT_EQ(history.lines_size(), reader::history_lines_max);
    EXPECT_EQ(history.lines(0).note(), "5 older lines are not shown");
    EXPECT_EQ(history.lines(0).what(), "blocker 6 opened");
}

}  // namespace
}  // namespace washup::tests
