#pragma once
// The foot of every page: the one thing that needs an answer now, and at the right what the page
// could not show. When the link is lost, that is the one thing.

#include <string>

#include "board/model/alerts.hpp"
#include "board/model/freshness.hpp"
#include "board/model/phrase.hpp"

namespace washup::board {

class Pen;

struct FootView {
    bool alarm = false;
    Phrase subject;   // "E. A., Ford C1"
    Phrase what;      // "HART bridging"
    std::string due;  // "2 d late"
    Phrase right;     // "+16, none overdue"
};

FootView make_foot(Model const& model, LinkState const& link, Instant now, Filter const& filter,
                   Phrase right);
void draw_foot(Pen& pen, FootView const& view);
std::string text_of(FootView const& view);

}  // namespace washup::board
