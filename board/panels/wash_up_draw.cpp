#include <algorithm>
#include <cmath>

#include "board/panels/layout.hpp"
#include "board/panels/wash_up.hpp"
#include "board/widgets/pen.hpp"

namespace washup::board {
namespace {

struct RowPlace {
    float top = 0, height = 0;
    float first = 0, second = 0, middle = 0;  // baselines; middle for a line alone
};

Ink ink_of(WashUpRow const& row, Ink usual) {
    return row.greyed ? Ink::greyed : usual;
}

Phrase column_name(ColumnId id, int tier) {
    switch (id) {
        case ColumnId::person:
            return "Person";
        case ColumnId::ready:
            return "Ready";
        case ColumnId::ladder:
            return Phrase::of("Ideal → expected", "Ideal → exp.", "Outcome");
        case ColumnId::waiting:
            return "Waiting for";
        case ColumnId::action:
            return tier >= 2 ? "Action" : "Owner";
        case ColumnId::due:
            return "Due";
    }
    return {};
}

void two_lines(Pen& pen, WashUpRow const& row, RowPlace const& at, Column const& column,
               Cut first_cut, Phrase const& first, Phrase const& second) {
    pen.phrase(first_cut, column.x, at.first, column.width, ink_of(row, Ink::primary), first);
    pen.phrase(Cut::small, column.x, at.second, column.width, ink_of(row, Ink::muted), second);
}

void draw_due(Pen& pen, WashUpRow const& row, RowPlace const& at, Column const& column) {
    bool const alarm = row.no_plan || row.due_kind == DueKind::overdue;
    bool const today = row.due_kind == DueKind::today;
    float const baseline = row.mark.empty() ? at.middle : at.first;
    float x = column.x;
    // The word keeps its place under the others whether or not a sign stands before it.
    if (alarm) x += pen.triangle(Cut::strong, x, baseline, Ink::alarm) + pen.px(11);
    if (today) {
        float const radius = pen.cap_height(Cut::strong) / 2;
        pen.dot(x + radius + pen.px(1), baseline - radius, radius, Ink::due_today);
        x += pen.cap_height(Cut::strong) * Pen::sign_of_cap + pen.px(11);
    }
    Ink const ink = alarm ? Ink::alarm : today ? Ink::due_today : Ink::primary;
    bool const quiet = row.due_kind == DueKind::none && !row.no_plan;
    pen.phrase(quiet ? Cut::small : Cut::strong, x, quiet ? at.first : baseline,
               column.x + column.width - x, ink_of(row, quiet ? Ink::muted : ink), row.due);
    if (!row.mark.empty()) {
        pen.phrase(Cut::small, column.x, at.second, column.width, ink_of(row, Ink::muted),
                   row.mark);
    }
}

bool is_old(WashUpRow const& row, ColumnId id) {
    switch (id) {
        case ColumnId::person:
            return row.place_old;
        case ColumnId::ready:
            return row.ready_old;
        case ColumnId::ladder:
            return row.outcome_old;
        case ColumnId::waiting:
            return row.waiting_old;
        case ColumnId::action:
        case ColumnId::due:
            break;
    }
    return false;
}

void draw_cell(Pen& pen, WashUpRow const& row, RowPlace const& at, Column const& column) {
    if (is_old(row, column.id)) {
        pen.hatch({column.x - pen.px(10), at.top + pen.px(4), column.x + column.width,
                   at.top + at.height - pen.px(2)});
    }
    switch (column.id) {
        case ColumnId::person:
            two_lines(pen, row, at, column, Cut::strong, row.person, row.place);
            break;
        case ColumnId::ready:
            if (row.ready) {
                two_lines(pen, row, at, column, Cut::strong, row.days, row.ready_on);
            } else {
                pen.text(Cut::small, column.x, at.first, ink_of(row, Ink::muted), nothing_words);
            }
            break;
        case ColumnId::ladder: {
            float const inset = pen.px(18);
            float const wide = std::min(column.width - 2 * inset, pen.px(330));
            draw_ladder(pen, row.ladder, column.x + inset,
                        at.first - pen.cap_height(Cut::strong) / 2, wide, row.greyed);
            pen.phrase(Cut::small, column.x, at.second, column.width - pen.px(ladder_words_end_ref),
                       ink_of(row, Ink::muted), row.outcome);
            break;
        }
        case ColumnId::waiting:
            pen.phrase(row.ready ? Cut::strong : Cut::plain, column.x, at.first, column.width,
                       ink_of(row, row.ready ? Ink::primary : Ink::muted), row.waiting);
            pen.phrase(Cut::small, column.x, at.second, column.width, ink_of(row, Ink::muted),
                       row.holder);
            break;
        case ColumnId::action:
            if (row.action.words() == nothing_words) {
                pen.text(Cut::small, column.x, at.first, ink_of(row, Ink::muted), nothing_words);
            } else {
                two_lines(pen, row, at, column, Cut::plain, row.action, row.owner);
            }
            break;
        case ColumnId::due:
            draw_due(pen, row, at, column);
            break;
    }
}

void draw_empty(Pen& pen, std::string const& words, Box const& body) {
    pen.text(Cut::plain, (body.x0 + body.x1) / 2,
             (body.y0 + body.y1) / 2 + pen.cap_height(Cut::plain) / 2, Ink::muted, words,
             Align::centre);
}

}  // namespace

void draw_wash_up(Pen& pen, WashUpView const& view) {
    Sizes const& sizes = pen.sizes();
    Box const body{0, pen.px(head_height_ref), sizes.width, sizes.height - pen.px(foot_height_ref)};
    if (!view.empty_words.empty()) {
        if (view.old) pen.hatch(body);
        draw_empty(pen, view.empty_words, body);
        return;
    }
    std::vector<Column> const columns = wash_up_columns(sizes, view.tier);
    float const rows_top = body.y0 + pen.px(column_head_height_ref);
    if (view.old) pen.hatch({0, rows_top, body.x1, body.y1});
    for (Column const& column : columns) {
        pen.phrase(Cut::small, column.x, body.y0 + pen.px(47), column.width, Ink::muted,
                   column_name(column.id, view.tier));
    }
    pen.hairline(pen.px(margin_ref), sizes.width - pen.px(margin_ref), rows_top);
    float const height = std::min((body.y1 - rows_top) / static_cast<float>(view.rows_a_page),
                                  pen.px(row_height_max_ref));
    float const lines = pen.px(50);  // from the first baseline to the second
    float const block = pen.cap_height(Cut::strong) + lines;
    for (std::size_t i = 0; i < view.rows.size(); ++i) {
        RowPlace at;
        at.top = rows_top + height * static_cast<float>(i);
        at.height = height;
        // Descenders hang below: the block sits a little above the middle.
        at.first = at.top + (height - block) / 2 + pen.cap_height(Cut::strong) - pen.px(2);
        at.second = at.first + lines;
        at.middle = at.top + height / 2 + pen.cap_height(Cut::strong) / 2;
        for (Column const& column : columns) draw_cell(pen, view.rows[i], at, column);
        if (i + 1 < view.rows.size()) {
            pen.hairline(pen.px(margin_ref), sizes.width - pen.px(margin_ref), at.top + height);
        }
    }
}

}  // namespace washup::board
