#pragma once
// The Wash-up page: the people whose row needs an answer, in the order in which it is owed, six a
// page, at most three pages. Who stands where changes only when a page turns; what a row says
// changes at once, and a person who died leaves at once.

#include <string>
#include <vector>

#include "board/model/alerts.hpp"
#include "board/model/freshness.hpp"
#include "board/model/phrase.hpp"
#include "board/model/text.hpp"
#include "board/widgets/ladder_mark.hpp"

namespace washup::board {

class Pen;

inline constexpr std::size_t wash_up_pages_max = 3;

// What a cell says when there is nothing to say and nothing is wrong with that.
inline constexpr char const* nothing_words = "–";

// Why a row stands where it stands.
enum class Need : std::uint8_t { overdue, no_plan, due_today, gone, rest };

struct WashUpList {
    std::vector<std::string> on_wall;  // row ids, page after page
    std::size_t pages = 1;
    std::size_t rest = 0;          // more people than the wall shows
    std::size_t rest_overdue = 0;  // of them
    friend bool operator==(WashUpList const&, WashUpList const&) = default;
};

struct WashUpUi {
    Filter filter;
    int rows_a_page = 6;
    std::size_t page = 0;
    WashUpList list;  // as of the last turn
};

Need need_of(Model const& model, Stay const& stay, Instant now);
// Everybody of the filter, in the page's order.
std::vector<std::string> wash_up_order(Model const& model, Instant now, Filter const& filter);
WashUpList list_wash_up(Model const& model, Instant now, Filter const& filter, int rows_a_page);
// Turns to a page. The list is made anew with each round, so that nobody is missed within one.
void turn_wash_up(WashUpUi& ui, Model const& model, Instant now, std::size_t page);

// The instant of the last wash-up of the stay's team: a discharged row stays until the next one.
Instant last_wash_up(Model const& model, Stay const& stay, Instant now);

struct WashUpRow {
    std::string id;
    Need need = Need::rest;
    bool greyed = false;
    Phrase person, place;
    Phrase days, ready_on;
    bool ready = false;
    LadderMark ladder;
    Phrase outcome;
    Phrase waiting, holder;  // "social care 6 d · +1 more"
    Phrase action, owner;
    DueKind due_kind = DueKind::none;
    bool no_plan = false;
    Phrase due;
    Phrase mark;  // words below the due: "or 18 Nov", "bed clash", else when it is reviewed
    // Cells whose source is silent: hatched, and their second line is the date.
    bool place_old = false, ready_old = false, outcome_old = false, waiting_old = false;
};

struct WashUpView {
    std::vector<WashUpRow> rows;
    int tier = 1;
    int rows_a_page = 6;
    bool old = false;         // the link is lost: all of it is hatched
    std::string empty_words;  // instead of rows
    Phrase more;              // "+16, none overdue"
    std::size_t page = 0, pages = 1;
};

WashUpView make_wash_up(Model const& model, LinkState const& link, Instant now, WashUpUi const& ui);
WashUpRow make_wash_up_row(Model const& model, Stay const& stay, Instant now);
void draw_wash_up(Pen& pen, WashUpView const& view);
std::string text_of(WashUpView const& view);
// Everybody of the filter as text, on the wall or not.
std::string text_of_everyone(Model const& model, Instant now, Filter const& filter);

}  // namespace washup::board
