// Deltas, snapshots and heartbeats: what a follower needs to be right by itself.

#include <gtest/gtest.h>

#include "daemon/reader/reader.hpp"
#include "proto/wire/envelope.hpp"
#include "tests/support/core/ward.hpp"

namespace washup::tests {
namespace {

v1::Row service(std::string const& id, std::size_t bytes = 10) {
    v1::Row row;
    row.set_id(id);
    row.set_version(1);
    row.mutable_service()->set_name(std::string(bytes, 'x'));
    return row;
}

template <class Message>
Message read(Bytes const& bytes, wire::Kind kind) {
    Message message;
    auto const frame = wire::decode(bytes);
    EXPECT_TRUE(frame && frame->kind == kind && wire::parse(*frame, message).has_value());
    return message;
}

void follow(wire::FeedState& rows, v1::Delta const& delta) {
    for (auto const& row : delta.rows()) rows.put(row);
    for (auto const& gone : delta.removed()) rows.remove(gone.kind(), gone.id());
}

TEST(Publisher, ADeltaHoldsWhatChangedAndMayBeEmpty) {
    reader::Publisher publisher{v1::VIEW_TIER_1, "e1"};
    publisher.put(service("a"), 0);
    publisher.put(service("b"), 0);
    auto frames = publisher.take_delta(3);
    ASSERT_EQ(frames.size(), 1u);
    auto delta = read<v1::Delta>(frames[0], wire::Kind::delta);
    EXPECT_EQ(delta.from(), 0u);
    EXPECT_EQ(delta.to(), 3u);
    EXPECT_EQ(delta.rows_size(), 2);
    EXPECT_EQ(delta.epoch(), "e1");
    publisher.put(service("a"), 0);
    delta = read<v1::Delta>(publisher.take_delta(4).at(0), wire::Kind::delta);
    EXPECT_EQ(delta.from(), 3u);
    EXPECT_EQ(delta.rows_size(), 0) << "the same row again is no change";
    publisher.remove(v1::Row::kService, "a");
    publisher.remove(v1::Row::kService, "never there");
    delta = read<v1::Delta>(publisher.take_delta(5).at(0), wire::Kind::delta);
    ASSERT_EQ(delta.removed_size(), 1);
    EXPECT_EQ(delta.removed(0).id(), "a");
    EXPECT_EQ(publisher.head(), 5u);
}

TEST(Publisher, WhatComesAndGoesBetweenTwoDeltasIsToldOnceAsItIsThen) {
    reader::Publisher publisher{v1::VIEW_TIER_1, "e1"};
    publisher.put(service("a", 1), 0);
    publisher.remove(v1::Row::kService, "a");
    publisher.put(service("a", 2), 0);
    auto const delta = read<v1::Delta>(publisher.take_delta(1).at(0), wire::Kind::delta);
    ASSERT_EQ(delta.rows_size(), 1);
    EXPECT_EQ(delta.rows(0).service().name(), "xx");
    EXPECT_EQ(delta.removed_size(), 0);
}

TEST(Publisher, ADeltaAboveRowsBytesMaxIsSplitAndOnlyItsLastPartMovesOn) {
    reader::Publisher publisher{v1::VIEW_TIER_1, "e1"};
    constexpr std::size_t row_bytes = 20'000;
    constexpr std::size_t rows = 4 * reader::Publisher::rows_bytes_max / row_bytes;
    for (std::size_t i = 0; i < rows; ++i) publisher.put(service(std::to_string(i), row_bytes), 0);
    auto const frames = publisher.take_delta(9);
    EXPECT_GE(frames.size(), 4u);
    wire::FeedState follower;
    for (std::size_t i = 0; i < frames.size(); ++i) {
        auto const delta = read<v1::Delta>(frames[i], wire::Kind::delta);
        EXPECT_LT(frames[i].size(), reader::Publisher::rows_bytes_max + 2 * row_bytes);
        EXPECT_EQ(delta.part(), i);
        EXPECT_EQ(delta.more(), i + 1 < frames.size());
        EXPECT_EQ(delta.from(), 0u) << "each part belongs to the whole step";
        EXPECT_EQ(delta.to(), 9u);
        follow(follower, delta);
    }
    EXPECT_EQ(follower.fingerprint(), publisher.rows().fingerprint());
}

TEST(Publisher, ASnapshotComesInChunksWhoseLastSaysSo) {
    reader::Publisher publisher{v1::VIEW_TIER_1, "e1"};
    for (int i = 0; i < 60; ++i) publisher.put(service(std::to_string(i), 20'000), 0);
    publisher.take_delta(7);
    auto const frames = publisher.snapshot();
    EXPECT_GE(frames.size(), 4u);
    wire::FeedState follower;
    for (std::size_t i = 0; i < frames.size(); ++i) {
        auto const chunk = read<v1::SnapshotChunk>(frames[i], wire::Kind::snapshot_chunk);
        EXPECT_EQ(chunk.index(), i);
        EXPECT_EQ(chunk.last(), i + 1 == frames.size());
        EXPECT_EQ(chunk.head(), 7u);
        for (auto const& row : chunk.rows()) follower.put(row);
    }
    EXPECT_EQ(follower.fingerprint(), publisher.rows().fingerprint());
    auto const beat = read<v1::Heartbeat>(publisher.heartbeat({}), wire::Kind::heartbeat);
    EXPECT_EQ(beat.head(), 7u);
    EXPECT_EQ(wire::fingerprint_from_octets(beat.fingerprint()), follower.fingerprint());
}

TEST(Publisher, ARowThatThisViewMayNoLongerSeeIsRemovedFromIt) {
    reader::Publisher publisher{v1::VIEW_TIER_2, "e1"};
    v1::Row row;
    row.set_id("1");
    row.mutable_stay()->mutable_name()->set_value("ADAMS, Edith");
    publisher.put(row, 0);
    publisher.take_delta(1);
    row.mutable_stay()->set_died(true);
    publisher.put(row, 0);
    auto const delta = read<v1::Delta>(publisher.take_delta(2).at(0), wire::Kind::delta);
    ASSERT_EQ(delta.removed_size(), 1);
    EXPECT_EQ(delta.removed(0).kind(), static_cast<std::uint32_t>(v1::Row::kStay));
}

TEST(Publisher, ARowThatWiderViewsHaveNarrowedGivesTheSameAsTheFullOne) {
    v1::Row full;
    full.set_id("1");
    auto* stay = full.mutable_stay();
    stay->mutable_name()->set_value("ADAMS, Edith");
    stay->mutable_name()->set_source("ward");
    stay->set_initials("E. A.");
    stay->mutable_nhs_number()->set_value("9990000018");
    auto* blocker = stay->add_blockers();
    blocker->set_number(1);
    blocker->set_sensitive(true);
    blocker->set_reason("WB2");
    blocker->set_words("Safeguarding enquiry");
    auto* action = stay->add_actions();
    action->set_blocker(1);
    action->set_text("ring the enquiry team");
    auto handed_on = full;
    for (auto const view : reader::published_views) {
        reader::Publisher straight{view, "e1"}, chained{view, "e1"};
        auto const seen = straight.put(v1::Row{full}, 0);
        EXPECT_EQ(chained.put(handed_on, 0), seen);
        EXPECT_EQ(chained.rows().fingerprint(), straight.rows().fingerprint()) << view;
        auto const nothing = reader::Publisher::Kept::nothing;
        EXPECT_EQ(seen != nothing, view != v1::VIEW_TIER_0);
        if (seen == nothing) break;
    }
}

// ---- The reader over it

v1::StayRow shown(reader::Reader const& reader, std::string const& id) {
    auto const row = reader.view(v1::VIEW_TIER_1).rows().find(v1::Row::kStay, id);
    return row == nullptr ? v1::StayRow{} : row->stay();
}

bool clash(v1::StayRow const& row) {
    return std::find(row.marks().begin(), row.marks().end(), "bed clash") != row.marks().end();
}

TEST(Reader, TwoInOneBedAreBothMarkedAndBothClearedAfterwards) {
    Ward ward;
    reader::Reader reader{{}, "e1"};
    std::size_t told = 0;
    auto const catch_up = [&] {
        std::vector<reader::Outgoing> out;
        for (; told < ward.records().size(); ++told) {
            reader.apply({std::make_shared<core::Record>(ward.records()[told])}, out);
        }
    };
    ward.receive(a01("V1", "M1", "2026-11-02T09:00", "FORD"));
    ward.receive(a08("V2", "M2", "2026-11-02T10:00").ward("FORD", "A1", "RZZ01"));
    catch_up();
    EXPECT_TRUE(clash(shown(reader, "1")));
    EXPECT_TRUE(clash(shown(reader, "2"))) << "the same site under another name is the same bed";
    EXPECT_EQ(shown(reader, "1").bed().state(), v1::DOUBTFUL);
    ward.receive(a02("V2", "M2", "2026-11-02T11:00", "KENT"));
    catch_up();
    EXPECT_FALSE(clash(shown(reader, "1"))) << "its row changed though nobody spoke of it";
    EXPECT_FALSE(clash(shown(reader, "2")));
    EXPECT_EQ(shown(reader, "1").bed().state(), v1::KNOWN);
    ward.receive(a02("V2", "M2", "2026-11-02T12:00", "FORD"));
    ward.receive(a03("V2", "M2", "2026-11-02T13:00"));
    catch_up();
    EXPECT_FALSE(clash(shown(reader, "1"))) << "who went home is in no bed";
}

}  // namespace
}  // namespace washup::tests
