#include <algorithm>
#include <cmath>

#include "board/model/text.hpp"
#include "board/panels/flow.hpp"
#include "board/panels/layout.hpp"

namespace washup::board {
namespace {

void draw_numbers(Pen& pen, FlowView const& view, FlowLayout const& layout, float top) {
    float const pitch = pen.px(layout.number_pitch_ref);
    auto const columns = static_cast<std::size_t>(layout.number_columns);
    for (std::size_t i = 0; i < view.numbers.size(); ++i) {
        FlowNumber const& number = view.numbers[i];
        std::size_t const column = i % columns;
        float const y = top + pen.px(number_line_ref) * static_cast<float>(i / columns);
        float const start = pen.px(margin_ref) + pitch * static_cast<float>(column);
        float const inset = column == 0 ? 0.0f : pen.px(34);
        float const wide = pitch - inset - pen.px(24);
        if (column > 0) pen.upright(start, y + pen.px(34), y + pen.px(224));
        pen.phrase(Cut::small, start + inset, y + pen.px(62), wide, Ink::muted, number.label);
        float const value =
            pen.text(Cut::number, start + inset, y + pen.px(158), Ink::primary, number.value);
        if (!number.unit.empty()) {
            pen.text(Cut::strong, start + inset + value + pen.px(6), y + pen.px(158), Ink::primary,
                     number.unit);
        }
        pen.phrase(Cut::small, start + inset, y + pen.px(216), wide, Ink::muted, number.note);
    }
}

Ink bar_ink(ParetoBar const& bar) {
    return bar.vital ? Ink::quantity : Ink::quantity_rest;
}

void draw_bars(Pen& pen, FlowView const& view, ParetoGeometry const& geometry, float words_right,
               float words_room) {
    for (std::size_t i = 0; i < geometry.rows.size(); ++i) {
        ParetoBar const& bar = view.pareto.bars[i];
        ParetoGeometry::Row const& row = geometry.rows[i];
        pen.phrase(bar.vital ? Cut::small_strong : Cut::small, words_right, row.baseline,
                   words_room, bar.vital ? Ink::primary : Ink::muted, text_forms(bar.words),
                   Align::right);
        pen.bar(row.bar, bar_ink(bar));
        float x = row.bar.x1 + pen.px(20);
        x += pen.text(Cut::small_strong, x, row.baseline, Ink::primary,
                      std::to_string(bar.bed_days));
        if (!bar.people) continue;
        // The first bar says what the grey number counts; the others need no words.
        std::string const people =
            i == 0 ? count_words(*bar.people, "person", "people") : std::to_string(*bar.people);
        pen.text(Cut::small, x + pen.px(26), row.baseline, Ink::muted, people);
    }
}

void draw_curve(Pen& pen, ParetoGeometry const& geometry, Box const& curve, float label_baseline) {
    pen.upright(curve.x0, curve.y0, curve.y1);
    pen.upright(curve.x1, curve.y0, curve.y1);
    pen.dotted_upright(geometry.eighty_x, curve.y0, curve.y1, Ink::track);
    pen.text(Cut::small, curve.x0, label_baseline, Ink::muted, "0", Align::centre);
    pen.text(Cut::small, pen.sizes().width - pen.px(margin_ref), label_baseline, Ink::muted, "100%",
             Align::right);
    for (std::size_t i = 0; i < geometry.rows.size(); ++i) {
        auto const& row = geometry.rows[i];
        if (i > 0) {
            auto const& before = geometry.rows[i - 1];
            pen.line(before.curve_x, before.middle, row.curve_x, row.middle, pen.px(3.5f),
                     Ink::primary);
        }
        pen.dot(row.curve_x, row.middle, pen.px(8.5f), Ink::primary);
    }
}

}  // namespace

ParetoGeometry place_pareto(Pareto const& pareto, Box const& bars, Box const& curve, int places,
                            float bar_height, float cap_height) {
    ParetoGeometry out;
    if (pareto.bars.empty() || pareto.total <= 0) return out;
    std::int64_t longest = 1;
    for (ParetoBar const& bar : pareto.bars) longest = std::max(longest, bar.bed_days);
    float const pitch = bars.height() / static_cast<float>(places);
    auto const share = [](std::int64_t part, std::int64_t whole) {
        return static_cast<float>(part) / static_cast<float>(whole);
    };
    for (std::size_t i = 0; i < pareto.bars.size(); ++i) {
        ParetoBar const& bar = pareto.bars[i];
        ParetoGeometry::Row row;
        row.middle = bars.y0 + pitch * (static_cast<float>(i) + 0.5f);
        row.baseline = row.middle + cap_height / 2;
        row.bar = {bars.x0, row.middle - bar_height / 2,
                   bars.x0 + bars.width() * share(bar.bed_days, longest),
                   row.middle + bar_height / 2};
        row.curve_x = curve.x0 + curve.width() * share(bar.so_far, pareto.total);
        out.rows.push_back(row);
    }
    out.vital_y = bars.y0 + pitch * static_cast<float>(pareto.vital);
    out.eighty_x = curve.x0 + curve.width() * static_cast<float>(vital_percent) / 100.0f;
    return out;
}

namespace {

void draw_pareto(Pen& pen, FlowView const& view, FlowLayout const& layout, Box const& area,
                 float title_line) {
    Box const curve{area.x1 - pen.px(360), area.y0, area.x1 - pen.px(42), area.y1};
    float const words = pen.px(layout.words_ref);
    // Behind the longest bar stand its numbers: bed days, and people with their word.
    float const bars_end = (layout.curve ? curve.x0 - pen.px(28) : area.x1) - pen.px(320);
    Box const bars{area.x0 + words + pen.px(24), area.y0, bars_end, area.y1};
    ParetoGeometry const geometry =
        place_pareto(view.pareto, bars, curve, layout.bars, pen.px(40), pen.cap_height(Cut::small));
    if (layout.curve) draw_curve(pen, geometry, curve, title_line);
    if (view.pareto.vital < view.pareto.bars.size()) {
        pen.dotted_line(area.x0, area.x1, geometry.vital_y, Ink::muted);
    }
    draw_bars(pen, view, geometry, area.x0 + words, words);
    if (layout.curve) {
        pen.text(Cut::small, geometry.eighty_x - pen.px(16), curve.y1 - pen.px(14), Ink::muted,
                 "80%", Align::right);
    }
}

}  // namespace

void draw_flow(Pen& pen, FlowView const& view) {
    Sizes const& sizes = pen.sizes();
    FlowLayout const layout = flow_layout(sizes);
    float const top = pen.px(head_height_ref);
    float const bottom = sizes.height - pen.px(foot_height_ref);
    float const left = pen.px(margin_ref), right = sizes.width - left;
    if (view.old) pen.hatch({0, top, sizes.width, bottom});
    draw_numbers(pen, view, layout, top);
    float const second = top + pen.px(layout.numbers_height_ref);
    pen.hairline(left, right, second);
    float const title_line = second + pen.px(60);
    float const words_end = layout.curve ? right - pen.px(410) : right;
    float x = left + pen.text(Cut::small_strong, left, title_line, Ink::primary, view.title);
    if (!view.scope_words.empty()) {
        x += pen.px(26);
        x += pen.phrase(Cut::small, x, title_line, words_end - x, Ink::muted, view.scope_words);
    }
    if (!view.doubt.empty()) {
        x += pen.px(26);
        pen.phrase(Cut::small_strong, x, title_line, words_end - x, Ink::alarm, view.doubt);
    }
    if (!view.empty_words.empty()) {
        pen.text(Cut::plain, sizes.width / 2, (second + bottom) / 2 + pen.px(40), Ink::muted,
                 view.empty_words, Align::centre);
        return;
    }
    draw_pareto(pen, view, layout,
                {left, second + pen.px(pareto_head_ref), right, bottom - pen.px(pareto_end_ref)},
                title_line);
}

}  // namespace washup::board
