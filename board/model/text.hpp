#pragma once
// The words a screen says: days, dues, holders, bands, outcomes, people. One place, so that the
// wall, its text dump and washupctl say the same. Pure; no layout, no colour.

#include <string>
#include <string_view>

#include "board/model/model.hpp"

namespace washup::board {

// A date alone means 17:00 of that day, London (product.md section 3, Actions).
Instant deadline_instant(Moment const& deadline);

enum class DueKind : std::uint8_t { none, overdue, today, later };
struct Due {
    DueKind kind = DueKind::none;
    std::string words;  // "2 d late", "14:00", "today", "Mon", "27 Nov"; empty for none
};
Due due_words(Moment const& deadline, Instant now);
// How late: "2 d late" by London dates, "3 h late" and "20 min late" on the day itself.
std::string late_words(Instant deadline, Instant now);

// "9 Nov"; a time given to the minute on today's date: "08:30".
std::string moment_words(Moment const& moment, Instant now);

std::string days_words(std::int64_t days);  // "12 d"
std::string count_words(std::int64_t n, std::string_view one, std::string_view many);

std::string holder_words(std::string_view holder);             // "social care"; "" = unattributed
std::string clock_state(StayClock const& clock, Instant now);  // "running", "breached", ...
std::string band_words(std::string_view band);                 // "short bed"

// The ladder's step of an outcome code, or null when the code is a band's or unknown.
LadderStep const* ladder_step(Model const& model, std::string_view code);
// The band an outcome code stands in: its step's, or itself when it is a band's name. "" = none.
std::string outcome_band(Model const& model, std::string_view code);
// Short words for one outcome: "own home", "home" (band only), "unknown".
std::string outcome_words(Model const& model, Observed const& outcome);
// Both in one phrase: "home → long bed", "on track", "home, 2 steps", "unknown → home", "at least
// 3 steps", "hospice". phrase.hpp has its shorter forms.
std::string outcome_pair_words(Model const& model, Stay const& stay);

// How a person is called at this tier: initials at 0 and 1 ("E. A."), else the name as people say
// it ("Edith Ashdown") from "FAMILY, Given Middle".
std::string person_words(Stay const& stay, int tier);
// "EA" and "E A" become "E. A."; "?" when unknown; "erased person"
std::string initials_words(Stay const& stay);
std::string name_words(std::string_view name);
std::string ward_words(Stay const& stay);   // "Ford"; "" when the ward is not known
std::string place_words(Stay const& stay);  // "Ford C1"

// As the vocabulary calls a theme; "" when no reason of it is known.
std::string theme_words(Model const& model, std::string_view theme);
std::string team_words(Model const& model, std::string_view code);
std::string ending_words(std::string_view how);  // "left" for left_without_notice, ...

}  // namespace washup::board
