// Bounds of what a row and the sums behind it may hold (design.md law 7).

#include <gtest/gtest.h>

#include "daemon/derive/ledger.hpp"
#include "daemon/reader/fit_row.hpp"
#include "daemon/reader/reader.hpp"
#include "proto/wire/envelope.hpp"
#include "tests/support/core/ward.hpp"
#include "tests/support/daemon/desk.hpp"

namespace washup::tests {
namespace {

TEST(RowBounds, AStayOfTheLongestTextsFitsAFrameWithItsTextsShortened) {
    Desk desk;
    desk.record(wire_admit("V1", "M1", "2026-11-01T07:00"));
    desk.command(wire_staff("staff"));
    std::string const words(ingest::text_bytes_max, 'w');
    for (std::size_t i = 0; i < core::stay_actions_max; ++i) {
        desk.command(wire_action("a" + std::to_string(i), "RZZ:V1", "2026-11-03", words));
    }
    for (std::size_t i = 0; i < core::stay_blockers_max; ++i) {
        auto blocker = wire_blocker("M1", "CP4", "2026-11-01T07:30", "b" + std::to_string(i));
        blocker.mutable_blocker()->set_note(words);
        desk.record(blocker, "hub");
    }
    reader::Reader const reader{desk.state(), "e1"};
    auto const row = reader.view(v1::VIEW_TIER_3).rows().find(v1::Row::kStay, "1");
    ASSERT_NE(row, nullptr);
    EXPECT_LE(row->ByteSizeLong(), reader::row_bytes_max);
    EXPECT_EQ(static_cast<std::size_t>(row->stay().actions_size()), core::stay_actions_max);
    EXPECT_EQ(row->stay().actions(0).text().size(), reader::shortened_text_bytes_max);
    EXPECT_TRUE(row->stay().actions(0).text().ends_with("..."));
    for (auto const& frame : reader.view(v1::VIEW_TIER_3).snapshot()) {
        EXPECT_LE(frame.size(), wire::frame_bytes_max);
    }
}

TEST(RowBounds, AnOrdinaryRowIsLeftAsItIs) {
    v1::Row row;
    row.set_id("1");
    auto& action = *row.mutable_stay()->add_actions();
    action.set_text(std::string(ingest::text_bytes_max, 'w'));
    auto const before = row.SerializeAsString();
    reader::fit_row(row);
    EXPECT_EQ(row.SerializeAsString(), before);
}

TEST(RowBounds, OnePersonHasUpToPersonIdentifiersMaxNumbers) {
    Desk desk;
    desk.record(wire_admit("V1", "M1", "2026-11-01T07:00"));
    for (std::size_t i = 0; i < core::person_identifiers_max + 5; ++i) {
        auto update = wire_update("V1", "M1", "2026-11-01T07:30");
        add_number(update, v1::Identifier::LOCAL, "N" + std::to_string(i), "RZZ");
        desk.record(update);
    }
    auto const& person = desk.state().persons.begin()->second;
    EXPECT_EQ(person.identifiers.size(), core::person_identifiers_max);
    EXPECT_EQ(desk.state().person_by_key.size(), core::person_identifiers_max)
        << "what is not kept does not match either";
}

TEST(RowBounds, AReadyDateOfLongAgoLosesNoMoreThanLedgerDaysMax) {
    Ward ward;
    ward.receive(
        a08("V1", "M1", "2026-11-02T09:00").time(core::Field::discharge_ready, "1990-01-01T09:00"));
    ward.wait_until("2026-11-05T09:00");
    auto const entries = derive::ledger(ward.state(), *ward.stay("V1"), ward.state().today);
    ASSERT_EQ(entries.size(), static_cast<std::size_t>(derive::ledger_days_max));
    EXPECT_EQ(to_iso(entries.back().date), "2026-11-04") << "the latest are the ones that count";
}

}  // namespace
}  // namespace washup::tests
