#pragma once
// The head of every page: where you are, whose rows these are, whether the link and the feeds are
// alive, and the time with seconds, which is also the beat by which a frozen wall is seen.

#include <string>
#include <vector>

#include "board/model/alerts.hpp"
#include "board/model/freshness.hpp"
#include "board/model/phrase.hpp"

namespace washup::board {

class Pen;

struct HeadUi {
    std::string title;  // "Wash-up"
    Filter filter;
    std::size_t page = 0, pages = 1;  // of this page's own sheets
    int held_s = 0;                   // rotation is held for so many seconds; 0 = it runs
    bool form = false;                // somebody signs in: the form says the rest
};

struct HeadView {
    std::string title;
    Phrase place;  // "QEQM · 22 people · team A · 1 of 3 · demo 60x"
    // Right of it, longest first: what is wrong with the link or a feed, and what is well.
    struct Feeds {
        std::string alarm, calm;
        friend bool operator==(Feeds const&, Feeds const&) = default;
    };
    std::vector<Feeds> feeds;
    std::string clock;  // "09:14:07"
};

HeadView make_head(Model const& model, LinkState const& link, Instant now, HeadUi const& ui);
void draw_head(Pen& pen, HeadView const& view);
std::string text_of(HeadView const& view);

}  // namespace washup::board
