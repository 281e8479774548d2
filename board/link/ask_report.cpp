#include "board/link/ask_report.hpp"

#include <algorithm>

#include "washup/v1/command.pb.h"

namespace washup::board {
namespace {

void take_table(Report& report, v1::ReportTable const& in) {
    if (!in.continued() || report.tables.empty()) {
        auto& table = report.tables.emplace_back();
        table.title = in.title();
        table.definition = in.definition();
        table.columns.assign(in.columns().begin(), in.columns().end());
        table.name = in.name();
        table.chart = in.chart() == v1::REPORT_CHART_PARETO ? ReportChart::pareto
                      : in.chart() == v1::REPORT_CHART_RUN  ? ReportChart::run
                                                            : ReportChart::none;
        table.chart_words = in.chart_words();
        table.chart_value = in.chart_value();
        table.chart_axis = in.chart_axis();
        // Of a daemon whose report has fewer columns than it says, nothing is drawn.
        if (std::max(table.chart_words, table.chart_value) >= table.columns.size())
            table.chart = ReportChart::none;
        table.key_columns = std::min<std::size_t>(in.key_columns(), table.columns.size());
    }
    auto& table = report.tables.back();
    for (auto const& line : in.lines()) {
        auto& cells = table.lines.emplace_back(line.cells().begin(), line.cells().end());
        cells.resize(table.columns.size());
        auto& behind = table.stays.emplace_back();
        for (auto const& stay : line.stays()) behind[stay.stay()] += stay.amount();
    }
}

}  // namespace

Result<Report> ask_report(ReportQuestion const& question) {
    v1::ReportRequest request;
    request.set_name(question.name);
    for (auto const& [key, value] : question.options) {
        auto* option = request.add_options();
        option->set_key(key);
        option->set_value(value);
    }
    request.set_as_of_ms(question.at.ms);
    request.set_as_known_now(question.as_known_now);
    request.set_with_stays(question.with_stays);
    Report report;
    report.name = question.name;
    Error refused;
    std::uint32_t next = 0;
    auto const take = [&](wire::Frame const& frame) {
        v1::ReportChunk chunk;
        if (frame.kind != wire::Kind::report_chunk || !wire::parse(frame, chunk)) return false;
        if (chunk.name() != question.name || chunk.index() != next) return false;
        ++next;
        if (!chunk.refused().empty())
            refused = Error{ErrorCode::refused, chunk.refused(), chunk.field()};
        report.head = chunk.head();
        report.title = chunk.title();
        report.about = chunk.about();
        report.tier = static_cast<int>(chunk.tier());
        report.sheet = chunk.layout() == v1::REPORT_LAYOUT_SHEET;
        report.as_of = Instant{chunk.as_of_ms()};
        for (auto const& table : chunk.tables()) take_table(report, table);
        return chunk.last();
    };
    auto const asked = wire::encode(wire::Kind::report_request, request);
    if (auto const done = ask_once(question.whom, asked, take); !done) return done.error();
    if (!refused.words.empty()) return refused;
    return report;
}

}  // namespace washup::board
