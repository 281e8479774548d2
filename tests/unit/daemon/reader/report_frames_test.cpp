#include "daemon/reader/report_frames.hpp"

#include <gtest/gtest.h>

#include "washup/v1/command.pb.h"

namespace washup::reader {
namespace {

std::vector<v1::ReportChunk> chunks_of(report::Document const& document) {
    std::vector<v1::ReportChunk> chunks;
    for (auto const& bytes : frames_of({"a", core::RecordNumber{7}}, document)) {
        EXPECT_LE(bytes.size(), wire::frame_bytes_max);
        auto const frame = wire::decode(bytes);
        EXPECT_TRUE(frame && frame->kind == wire::Kind::report_chunk);
        EXPECT_TRUE(wire::parse(*frame, chunks.emplace_back()));
    }
    return chunks;
}

TEST(ReportFrames, OfALongTableAreSeveralBelowChunkBytesMaxAndLoseNoLine) {
    report::Document document;
    auto& table = document.tables.emplace_back();
    table.title = "long";
    table.columns = {"number", "words"};
    std::size_t const lines = 4 * chunk_bytes_max / cell_bytes_max;
    for (std::size_t i = 0; i < lines; ++i)
        table.lines.push_back({std::to_string(i), std::string(cell_bytes_max, 'w')});
    document.tables.push_back({"short", {}, {"one"}, {{"cell"}}});
    auto const chunks = chunks_of(document);
    ASSERT_GT(chunks.size(), 3u);
    std::size_t next = 0;
    for (std::size_t i = 0; i < chunks.size(); ++i) {
        EXPECT_EQ(chunks[i].index(), i);
        EXPECT_EQ(chunks[i].last(), i + 1 == chunks.size());
        EXPECT_EQ(chunks[i].head(), 7u);
        for (auto const& part : chunks[i].tables()) {
            if (part.title() != "long") continue;
            EXPECT_EQ(part.continued(), i > 0);
            EXPECT_EQ(part.columns_size(), 2);
            for (auto const& line : part.lines()) EXPECT_EQ(line.cells(0), std::to_string(next++));
        }
    }
    EXPECT_EQ(next, lines);
    EXPECT_EQ(chunks.back().tables().rbegin()->lines(0).cells(0), "cell");
}

TEST(ReportFrames, CutACellAboveCellBytesMaxBetweenTwoCharacters) {
    for (std::size_t shift = 0; shift < 3; ++shift) {
        std::string cell(shift, 'a');
        while (cell.size() <= cell_bytes_max) cell += "€";
        auto const chunks = chunks_of({{{"t", {}, {"c"}, {{cell}}}}});
        auto const& shown = chunks[0].tables(0).lines(0).cells(0);
        EXPECT_LE(shown.size(), cell_bytes_max);
        EXPECT_TRUE(shown.ends_with("…"));
        EXPECT_TRUE(cell.starts_with(shown.substr(0, shown.size() - 3)));
    }
}

TEST(ReportFrames, SayWhoStandsBehindALineOnlyWhenAskedAndUpToLineStaysMax) {
    report::Document document;
    auto& table = document.tables.emplace_back();
    table.columns = {"count"};
    table.lines = {{"1"}, {"many"}};
    table.stays = {{{core::StayId{7}, 3}}, {}};
    for (std::size_t i = 0; i <= line_stays_max; ++i) table.stays[1][core::StayId{i + 1}] = 1;
    auto const told = [&](bool with_stays) {
        ReportHead head{"a", core::RecordNumber{7}};
        head.with_stays = with_stays;
        v1::ReportChunk chunk;
        EXPECT_TRUE(wire::parse(*wire::decode(frames_of(head, document)[0]), chunk));
        return chunk.tables(0);
    };
    EXPECT_EQ(told(false).lines(0).stays_size(), 0);
    ASSERT_EQ(told(true).lines(0).stays_size(), 1);
    EXPECT_EQ(told(true).lines(0).stays(0).stay(), 7u);
    EXPECT_EQ(told(true).lines(0).stays(0).amount(), 3);
    EXPECT_EQ(told(true).lines(1).stays_size(), static_cast<int>(line_stays_max));
}

TEST(ReportFrames, OfARefusalSayWhyAndWhichOption) {
    auto const bytes = refused_frame("a", invalid("no such day", "on"));
    v1::ReportChunk chunk;
    ASSERT_TRUE(wire::parse(*wire::decode(bytes), chunk));
    EXPECT_TRUE(chunk.last());
    EXPECT_EQ(chunk.refused(), "no such day");
    EXPECT_EQ(chunk.field(), "on");
}

}  // namespace
}  // namespace washup::reader
