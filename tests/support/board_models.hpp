#pragma once
// Invented people for the board's tests and pictures. Nobody here exists; numbers and places are
// made up. Times are around Monday 23 November 2026, 09:14:07 in London.

#include "board/model/freshness.hpp"
#include "board/model/model.hpp"

namespace washup::tests {

inline constexpr std::int64_t steady_now_ms = 1'000'000;

Instant board_now();

// Link following, ladder, vocabulary, two teams, two sources, headline and tallies; nobody in bed.
board::Model empty_board(int tier = 1);
board::Model one_person_board(int tier = 1);
board::Model many_people_board(int tier = 1);  // the wall of an ordinary morning
board::Model overflow_board(int tier = 1);     // more rows that need an answer than pages
board::Model longest_names_board(int tier = 2);
board::Model after_the_wash_up_board(int tier = 1);  // some have gone since: greyed rows
board::Model silent_source_board(int tier = 1);
board::Model stale_board(int tier = 1);  // no heartbeat for 5 s
board::Model lost_board(int tier = 1);   // for 10 min
board::Model never_connected_board();

// A stay with everything known and nothing wrong; tests change what they are about.
board::Stay a_stay(std::string id, std::string initials, std::string ward, std::string bed);
board::Observed known(std::string value, std::string source = "hl7-ward");
board::Observed on_date(int month, unsigned day, std::string source = "hl7-ward");
void set_outcomes(board::Stay& stay, std::uint32_t ideal, std::uint32_t expected);
board::Blocker a_blocker(std::string reason, std::string words, std::string theme,
                         std::string holder, int days);
board::Action an_action(std::string text, std::string owner, std::string role, Moment deadline);

}  // namespace washup::tests
