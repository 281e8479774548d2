// The reports of whom the time belongs to: product.md section 3, "Blockers".

#include <gtest/gtest.h>

#include "daemon/report/report.hpp"
#include "tests/support/core/ward.hpp"
#include "tests/support/report/asked.hpp"

namespace washup::report {
namespace {

using core::Field;
using tests::a01;
using tests::a02;
using tests::a03;
using tests::a08;
using tests::Lines;
using tests::Message;
using tests::Ward;

Message blocker(std::string person, std::string reason, std::string holder, std::string opened,
                std::string closed = {}) {
    Message message{"blockers", closed.empty() ? opened : closed};
    core::BlockerSeen seen;
    seen.reason = reason;
    seen.holder = holder;
    seen.opened_at = tests::at(opened);
    seen.closed = !closed.empty();
    if (seen.closed) seen.closed_at = tests::at(closed);
    message.source("hub").person(person).observation.kind = seen;
    return message;
}

struct Town {
    Ward ward;
    Town() {
        for (auto const* number : {"1", "2"}) {
            ward.receive(a01(std::string{"V"} + number, std::string{"M"} + number,
                             "2026-11-02T09:00", *number == '1' ? "FORD" : "KENT"));
        }
        ward.receive(
            a08("V1", "M1", "2026-11-05T12:00").time(Field::discharge_ready, "2026-11-05T12:00"));
        ward.receive(blocker("M1", "CP4", "social_care", "2026-11-05T18:00", "2026-11-07T06:00"));
        ward.receive(
            a08("V2", "M2", "2026-11-06T12:00").time(Field::discharge_ready, "2026-11-06"));
        ward.receive(blocker("M2", "HP4", "disputed", "2026-11-06T13:00"));
        ward.receive(a03("V2", "M2", "2026-11-08T10:00"));
        ward.wait_until("2026-11-09T12:00");
    }
    Lines lines(std::string_view name, Options const& options) const {
        return tests::first_lines(ward.state(), name, options);
    }
    Document make(std::string_view name, Options const& options) const {
        return tests::made(ward.state(), name, options);
    }
    std::string refused(std::string_view name, Options const& options) const {
        return tests::refused_field(ward.state(), name, options);
    }
};

TEST(ChessClockReport, SharesTheMidnightsAmongHoldersAndTheyAddUpToTheHeadline) {
    Town const town;
    EXPECT_EQ(town.lines("chess_clock", {}),
              (Lines{{"disputed", "disputed", "2", "33.3", "1"},
                     {"social_care", "social_care", "2", "33.3", "1"},
                     {"unattributed", "unattributed", "2", "33.3", "1"},
                     {"all", "what was asked for", "6", "100.0", "2"},
                     {"headline", "of this scope and window", "6", "", ""}}));
}

TEST(ChessClockReport, OfOneHolderReasonScopeAndWindowAlone) {
    Town const town;
    auto const all = [&](Options const& options) {
        auto const lines = town.lines("chess_clock", options);
        return lines[lines.size() - 2][2] + " of " + lines.back()[2];
    };
    EXPECT_EQ(all({{"holder", "disputed"}}), "2 of 6");
    EXPECT_EQ(all({{"holder", "unattributed"}}), "2 of 6");
    EXPECT_EQ(all({{"reason", "CP4"}, {"by", "cause"}}), "2 of 6");
    EXPECT_EQ(all({{"scope", "team:south"}}), "2 of 2");
    EXPECT_EQ(all({{"window", "now"}}), "4 of 4") << "who has left is not in it";
    EXPECT_EQ(town.lines("chess_clock", {{"by", "cause"}, {"reason", "CP4"}})[0][0], "CP4|thanet");
    EXPECT_EQ(town.refused("chess_clock", {{"holder", "neighbours"}}), "holder");
    EXPECT_EQ(town.refused("chess_clock", {{"by", "colour"}}), "by");
}

TEST(ChessClockReport, OfOnePersonIsInHoursAndThePiecesAddUpToTheWhole) {
    Town const town;
    auto const made = town.make("chess_clock_person", {{"stay", "RZZ:V1"}});
    EXPECT_EQ(made.tables[0].lines,
              (Lines{{"2026-11-05T12:00:00+00:00", "2026-11-05T18:00:00+00:00", "6:00",
                      "unattributed", "", ""},
                     {"2026-11-05T18:00:00+00:00", "2026-11-07T06:00:00+00:00", "36:00",
                      "social_care", "1", "CP4"},
                     {"2026-11-07T06:00:00+00:00", "", "54:00", "unattributed", "", ""}}));
    EXPECT_EQ(made.tables[1].lines, (Lines{{"social_care", "36:00", "2"},
                                           {"unattributed", "60:00", "2"},
                                           {"the whole", "96:00", "4"}}));
    EXPECT_EQ(town.lines("chess_clock_person", {{"stay", "#2"}}).size(), 1u);
    EXPECT_EQ(town.refused("chess_clock_person", {{"stay", "RZZ:V9"}}), "stay");
    EXPECT_EQ(town.refused("chess_clock_person", {}), "stay");
}

}  // namespace
}  // namespace washup::report
