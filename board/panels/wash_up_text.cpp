// The Wash-up page as text: the same words as the picture, for people whom a picture does not
// serve, for tests and for `--dump`.

#include <fmt/format.h>

#include "board/panels/wash_up.hpp"

namespace washup::board {
namespace {

std::string due_text(WashUpRow const& row) {
    bool const alarm = row.no_plan || row.due_kind == DueKind::overdue;
    std::string const sign = alarm ? "▲ " : row.due_kind == DueKind::today ? "● " : "";
    return sign + row.due.words();
}

std::string names_of_columns(int tier) {
    return fmt::format(
        "(person | place | ready | ideal → expected | waiting for | holder | {} | due | mark)\n",
        tier >= 2 ? "action | owner" : "owner | further");
}

std::string row_text(WashUpRow const& row) {
    std::string out =
        fmt::format("{} | {}{} | {} {} | {} | {} | {} | {} | {} | {}", row.person.words(),
                    row.place_old ? "old: " : "", row.place.words(), row.days.words(),
                    row.ready_on.words(), row.outcome.words(), row.waiting.words(),
                    row.holder.words(), row.action.words(), row.owner.words(), due_text(row));
    if (!row.mark.empty()) out += " | " + row.mark.words();
    if (row.greyed) out += " | greyed";
    return out + "\n";
}

}  // namespace

std::string text_of(WashUpView const& view) {
    std::string out;
    if (view.old) out += "(old: hatched)\n";
    if (!view.empty_words.empty()) out += view.empty_words + "\n";
    if (!view.rows.empty()) out += names_of_columns(view.tier);
    for (WashUpRow const& row : view.rows) out += row_text(row);
    return out;
}

std::string text_of_everyone(Model const& model, Instant now, Filter const& filter) {
    std::string out = names_of_columns(model.tier);
    for (std::string const& id : wash_up_order(model, now, filter)) {
        out += row_text(make_wash_up_row(model, model.stays.find(id)->second, now));
    }
    return out;
}

}  // namespace washup::board
