#include "daemon/reader/report_frames.hpp"

#include "washup/v1/command.pb.h"

namespace washup::reader {
namespace {

// Cut between two characters, with a sign that it was.
std::string fitting(std::string const& cell) {
    if (cell.size() <= cell_bytes_max) return cell;
    constexpr std::string_view cut_sign = "…";
    auto end = cell_bytes_max - cut_sign.size();
    while (end > 0 && (static_cast<unsigned char>(cell[end]) & 0xC0) == 0x80) --end;
    return cell.substr(0, end).append(cut_sign);
}

class Chunks {
  public:
    Chunks(ReportHead const& about, report::Document const& document)
        : with_stays_(about.with_stays) {
        chunk_.set_name(about.name);
        chunk_.set_head(about.head.value());
        chunk_.set_as_of_ms(about.as_of.ms);
        chunk_.set_tier(static_cast<std::uint32_t>(about.tier));
        chunk_.set_title(document.title);
        chunk_.set_about(document.about);
        chunk_.set_layout(static_cast<v1::ReportLayout>(document.layout));
    }
    // A table goes on in the next chunk under the same head.
    void table(report::Table const& table) {
        auto* part = head_of(table);
        for (std::size_t i = 0; i < table.lines.size(); ++i) {
            if (bytes_ > chunk_bytes_max) {
                flush(false);
                part = head_of(table);
                part->set_continued(true);
            }
            auto* out = part->add_lines();
            for (auto const& cell : table.lines[i]) {
                out->add_cells(fitting(cell));
                bytes_ += out->cells().rbegin()->size() + 8;
            }
            if (with_stays_ && i < table.stays.size()) stays(table.stays[i], *out);
        }
    }
    std::vector<Bytes> finish() {
        flush(true);
        return std::move(frames_);
    }

  private:
    v1::ReportTable* head_of(report::Table const& table) {
        auto* part = chunk_.add_tables();
        part->set_name(table.name);
        part->set_chart(static_cast<v1::ReportChart>(table.chart.kind));
        part->set_chart_words(static_cast<std::uint32_t>(table.chart.words));
        part->set_chart_value(static_cast<std::uint32_t>(table.chart.value));
        part->set_chart_axis(table.chart.axis);
        part->set_key_columns(static_cast<std::uint32_t>(table.key_columns));
        part->set_title(table.title);
        part->set_definition(table.definition);
        for (auto const& column : table.columns) part->add_columns(column);
        bytes_ += table.title.size() + table.definition.size() + 32 * table.columns.size();
        return part;
    }
    void stays(report::LineStays const& behind, v1::ReportLine& line) {
        std::size_t told = 0;
        for (auto const& [stay, amount] : behind) {
            if (++told > line_stays_max) break;
            auto* out = line.add_stays();
            out->set_stay(stay.value());
            out->set_amount(amount);
            bytes_ += 16;
        }
    }
    void flush(bool last) {
        chunk_.set_last(last);
        frames_.push_back(wire::encode(wire::Kind::report_chunk, chunk_));
        chunk_.clear_tables();
        chunk_.set_index(chunk_.index() + 1);
        bytes_ = 0;
    }

    bool with_stays_;
    v1::ReportChunk chunk_;
    std::size_t bytes_ = 0;
    std::vector<Bytes> frames_;
};

}  // namespace

std::vector<Bytes> frames_of(ReportHead const& about, report::Document const& document) {
    Chunks chunks{about, document};
    for (auto const& table : document.tables) chunks.table(table);
    return chunks.finish();
}

Bytes refused_frame(std::string const& name, Error const& error) {
    v1::ReportChunk chunk;
    chunk.set_name(name);
    chunk.set_last(true);
    chunk.set_refused(error.words);
    chunk.set_field(error.field);
    return wire::encode(wire::Kind::report_chunk, chunk);
}

}  // namespace washup::reader
