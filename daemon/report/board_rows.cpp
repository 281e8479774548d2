#include "daemon/report/board_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "daemon/derive/chess_clock.hpp"
#include "daemon/derive/gap.hpp"
#include "daemon/report/cells.hpp"

namespace washup::report {
namespace {

using core::Field;

std::string said_outcome(core::State const& state, core::Stay const& stay, Field field) {
    auto const code = code_of(state, stay, field);
    return code.empty() ? "not known" : outcome_words(state.config, code);
}

void take_blockers(core::State const& state, core::Stay const& stay, BoardRow& row) {
    for (auto const* blocker : derive::blockers_of(state, stay)) {
        if (blocker->open_at(state.last_at)) row.blockers.push_back(blocker);
    }
    auto const* const holds = derive::holding(state, stay, state.last_at);
    std::stable_sort(row.blockers.begin(), row.blockers.end(), [&](auto const* a, auto const* b) {
        return std::tuple{a != holds, a->opened.at} < std::tuple{b != holds, b->opened.at};
    });
}

void take_actions(core::State const& state, core::Stay const& stay, BoardRow& row) {
    for (auto const* part : core::parts_of(state, stay)) {
        for (auto const& action : part->actions) {
            if (action.state == core::ActionState::open) row.actions.push_back(&action);
        }
    }
    std::stable_sort(row.actions.begin(), row.actions.end(),
                     [](auto const* a, auto const* b) { return a->deadline < b->deadline; });
}

}  // namespace

bool BoardRow::due_on(Date date) const {
    if (review_on && *review_on <= date) return true;
    return std::any_of(actions.begin(), actions.end(),
                       [&](auto const* action) { return london_date(action->deadline) <= date; });
}

bool on_wash_up_board(core::State const& state, core::Stay const& stay) {
    for (auto const field : {Field::ideal_outcome, Field::referred_at}) {
        for (auto const* part : core::parts_of(state, stay)) {
            auto const* const history = part->history(field);
            if (history != nullptr && !history->facts.empty()) return true;
        }
    }
    return false;
}

std::string action_words(core::State const& state, core::Action const& action) {
    auto const due = london_date(action.deadline);
    return fmt::format("{}; {}, by {} {}{}", action.text.text, owner_cell(state, action),
                       weekday_short(due), day_month(due), action.overdue ? ", overdue" : "");
}

std::vector<BoardRow> board_rows(core::State const& state, Scope const& scope) {
    std::vector<BoardRow> rows;
    for (auto const& facts : stays_of(state, scope)) {
        auto const& stay = *facts.stay;
        if (!facts.in_scope || facts.end) continue;
        if (!on_wash_up_board(state, stay) && !facts.ready) continue;
        BoardRow row;
        row.stay = facts.stay;
        row.name = person_cell(state, stay);
        row.ward = ward_cell(state.config, facts.place.site, facts.place.ward);
        row.bed = core::location_at(state, stay, state.last_at).bed;
        row.ideal = said_outcome(state, stay, Field::ideal_outcome);
        row.expected = said_outcome(state, stay, Field::expected_outcome);
        auto const gap = derive::gap(state.config, code_of(state, stay, Field::ideal_outcome),
                                     code_of(state, stay, Field::expected_outcome));
        row.gap = gap.known ? gap.steps : 0;
        if (gap.known)
            row.gap_words = (gap.at_least ? "at least " : "") + std::to_string(gap.steps);
        if (facts.ready) row.days = static_cast<int>(facts.ledger.size());
        auto const review = core::read(state, stay, Field::review_on);
        if (review.known() && review.fact->value.moment) {
            row.review_on = london_date(review.fact->value.moment->at);
            row.review = day_month(*row.review_on);
        }
        take_blockers(state, stay, row);
        take_actions(state, stay, row);
        rows.push_back(std::move(row));
    }
    auto const order = [&](BoardRow const& row) {
        return std::tuple{!row.overdue(), !row.no_plan(),         !row.due_on(state.today),
                          -row.gap,       -row.days.value_or(-1), row.name};
    };
    std::stable_sort(rows.begin(), rows.end(),
                     [&](auto const& a, auto const& b) { return order(a) < order(b); });
    return rows;
}

}  // namespace washup::report
