#pragma once
// The rows of the wash-up board as reports for people use them: who is here and on the list, what
// is said of them, in the order in which they need an answer.

#include "daemon/report/stays.hpp"

namespace washup::report {

struct BoardRow {
    core::Stay const* stay = nullptr;
    std::string name;  // "#17" when the words are gone
    std::string ward, bed, ideal, expected, review;
    int gap = 0;              // in steps, for the order; 0 when it is not known
    std::string gap_words;    // "2", "at least 1", "" when it is not known
    std::optional<int> days;  // since ready, in lost midnights
    std::optional<Date> review_on;
    std::vector<core::Blocker const*> blockers;  // open, the one that holds first
    std::vector<core::Action const*> actions;    // open, the next due first
    bool overdue() const { return !actions.empty() && actions.front()->overdue; }
    bool due_on(Date date) const;
    bool no_plan() const { return gap > 0 && actions.empty(); }
};

// Live stays on the list: an ideal outcome or a referral was said, or they are ready. Overdue
// first, then without a plan, due today, the largest gap, the longest delay, the name.
std::vector<BoardRow> board_rows(core::State const& state, Scope const& scope);

bool on_wash_up_board(core::State const& state, core::Stay const& stay);
// "ring the agency; K. Finch, by Tue 24 Nov, overdue"
std::string action_words(core::State const& state, core::Action const& action);

}  // namespace washup::report
