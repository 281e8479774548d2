#pragma once
// One thing to say in several lengths. Words on a wall keep their column: the longest form that
// fits is chosen, and nothing is cut in the middle of a word (look rule: words are chosen to fit).
// The forms are made here without knowing any font; whoever draws measures them.

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "board/model/model.hpp"

namespace washup::board {

struct Phrase {
    std::vector<std::string> forms;  // longest first
    Phrase() = default;
    Phrase(std::string words) { forms.push_back(std::move(words)); }
    Phrase(char const* words) : Phrase(std::string(words)) {}
    // Several forms, longest first.
    template <class... Forms>
    static Phrase of(Forms&&... given) {
        Phrase phrase;
        (phrase.forms.emplace_back(std::forward<Forms>(given)), ...);
        return phrase;
    }
    std::string const& words() const;  // the longest
    bool empty() const { return forms.empty() || forms.front().empty(); }
    friend bool operator==(Phrase const&, Phrase const&) = default;
};

using Measure = std::function<float(std::string_view)>;

// The longest form not wider than `room`. When none fits, the last form loses whole words and gets
// an ellipsis; its first word always stays.
std::string fit(Phrase const& phrase, float room, Measure const& measure);

// "Edith Ashdown", "E. Ashdown", "E. Ashdown-F." when double-barrelled, "E. A."
Phrase name_forms(Stay const& stay, int tier);
// "Ford C1"; a long ward name also without its brackets and by its initials: "CHDU C1".
Phrase place_forms(Stay const& stay);
// Any full name: "J. Malik" after "Jane Malik"; one word stays.
Phrase full_name_forms(std::string const& full);
// "home → long bed", "home → long"; "at least 3 steps", "3+ steps". In doubt it ends in " ?", and
// the shortest form says so in a word.
Phrase outcome_forms(Model const& model, Stay const& stay, bool doubt);
// What somebody waits for: the vocabulary's words; "Arrange home care" and "No home care yet" also
// as "Home care"; at last what the theme says before its comma.
Phrase waiting_forms(std::string const& words, std::string const& theme_words);
// "Occupational therapist", "OT": the short forms hospitals themselves use.
Phrase role_forms(std::string const& role);
// Free text: shortened at commas, dashes and "and" first, then without articles, then before its
// prepositions: "Agree the start date with the home", "Agree start date".
Phrase text_forms(std::string const& text);
// What is to be done: as text, and at last its thing without the verb: "Take to the weekly cycle"
// as "Weekly cycle".
Phrase action_forms(std::string const& text);
// Every form with the same words before or after.
Phrase wrapped(std::string const& before, Phrase const& phrase, std::string const& after);
// The phrase, then as many of its forms alone: the tail is the first to go.
Phrase with_tail(Phrase const& phrase, std::vector<std::string> const& tails);

std::string without_brackets(std::string_view text);  // "Ford (east)" -> "Ford"
std::string capitalised(std::string text);            // ASCII first letter

}  // namespace washup::board
