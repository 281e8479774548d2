#include "daemon/core/clear_code.hpp"

#include <algorithm>
#include <initializer_list>

#include "daemon/core/reading.hpp"

namespace washup::core {
namespace {

bool digit(char c) {
    return c >= '0' && c <= '9';
}
bool letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool shaped(std::string_view text, std::size_t letters_max, std::string_view signs) {
    return text.size() <= letters_max && std::all_of(text.begin(), text.end(), [&](char c) {
               return digit(c) || letter(c) || signs.find(c) != std::string_view::npos;
           });
}

bool one_of(Code const& code, std::initializer_list<std::string_view> known) {
    return std::find(known.begin(), known.end(), code) != known.end();
}

// "CT9", "EC1A": a whole postcode tells the street.
bool is_district(Code const& code) {
    return code.size() >= 2 && code.size() <= 4 && letter(code[0]) && shaped(code, 4, {}) &&
           std::any_of(code.begin(), code.end(), digit);
}

bool is_code(State const& state, Field field, Code const& code) {
    switch (field) {
        case Field::sex:
            return one_of(code, {"F", "M", "X", "U"});
        case Field::postcode_district:
            return is_district(code);
        case Field::usual_residence:
            return one_of(code, {"home", "extra_care", "care_home", "nursing_home", "none"});
        case Field::case_worker:
            return state.staff.contains(code);
        case Field::admission_method:
            return one_of(code, {"elective", "emergency", "maternity", "other"});
        case Field::on_leave:
            return code == "yes";
        case Field::at_risk:
            return one_of(code, {"yes", "no"});
        case Field::criteria_to_reside:
            return one_of(code, {"met", "not_met"});
        case Field::team:
            return team_config(state.config, code) != nullptr ||
                   shaped(code, foreign_code_letters_max, "._-/");
        case Field::pathway:
            return one_of(code, {"P0", "P1", "P2", "P3"});
        case Field::council:
        case Field::specialty:
            return shaped(code, foreign_code_letters_max, "._-/");
        case Field::ending:
        case Field::ideal_outcome:
        case Field::expected_outcome:
        case Field::actual_outcome:
        case Field::proposed_outcome:
            return true;  // matched with what is known before anything is taken
        default:
            return false;  // a time, a place or words
    }
}

}  // namespace

void seal_what_is_no_code(State const& state, Field field, Value& value) {
    if (value.code.empty() || is_code(state, field, value.code)) return;
    auto& words = value.text.text;
    words = words.empty() ? value.code : value.code + "; " + words;
    value.code.clear();
}

bool fit_for_a_reference(std::string_view text) {
    return shaped(text, reference_letters_max, "._-/:#");
}

}  // namespace washup::core
