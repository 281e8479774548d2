#include "board/model/phrase.hpp"

#include <algorithm>
#include <cctype>

#include "board/model/text.hpp"

namespace washup::board {
namespace {

std::size_t character_size(std::string_view text, std::size_t at) {
    auto const lead = static_cast<unsigned char>(text[at]);
    return lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

std::string first_character(std::string_view text) {
    return text.empty() ? "" : std::string(text.substr(0, character_size(text, 0)));
}

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    std::size_t at = 0;
    while (at < text.size()) {
        auto const blank = std::min(text.find(' ', at), text.size());
        if (blank > at) words.emplace_back(text.substr(at, blank - at));
        at = blank + 1;
    }
    return words;
}

void add_form(std::vector<std::string>& forms, std::string form) {
    if (form.empty()) return;
    if (std::find(forms.begin(), forms.end(), form) == forms.end()) {
        forms.push_back(std::move(form));
    }
}

// "Cardiothoracic High Dependency Unit" -> "CHDU". Words with a figure in them stay whole: they
// tell two wards apart.
std::string abbreviation(std::string_view text) {
    std::string out, figures;
    for (std::string const& word : words_of(text)) {
        bool const figure = std::any_of(word.begin(), word.end(),
                                        [](unsigned char c) { return std::isdigit(c) != 0; });
        bool const letter = std::isalpha(static_cast<unsigned char>(word[0])) != 0 ||
                            static_cast<unsigned char>(word[0]) >= 0x80;
        if (figure) {
            figures += " " + word;
        } else if (letter && (std::isupper(static_cast<unsigned char>(word[0])) != 0)) {
            out += first_character(word);
        }
    }
    return out.size() < 2 ? std::string() : out + figures;
}

std::string without_brackets(std::string_view text) {
    auto const open = text.find('(');
    if (open == std::string_view::npos || open == 0) return std::string(text);
    std::string out(text.substr(0, open));
    while (!out.empty() && out.back() == ' ') out.pop_back();
    return out;
}

// The family name's later barrels as initials: "Llewellyn-Fitzgerald" -> "Llewellyn-F."
std::string short_family(std::string const& family) {
    auto const hyphen = family.find_first_of("- ");
    if (hyphen == std::string::npos || hyphen + 1 >= family.size()) return {};
    return family.substr(0, hyphen + 1) +
           first_character(std::string_view(family).substr(hyphen + 1)) + ".";
}

std::string with_fewer_words(std::string const& form, float room, Measure const& measure) {
    std::vector<std::string> const words = words_of(form);
    for (std::size_t keep = words.size(); keep > 1; --keep) {
        std::string shorter = words[0];
        for (std::size_t i = 1; i + 1 < keep; ++i) shorter += " " + words[i];
        shorter += "…";
        if (keep == 2 || measure(shorter) <= room) return shorter;
    }
    return form;
}

}  // namespace

std::string const& Phrase::words() const {
    static std::string const none;
    return forms.empty() ? none : forms.front();
}

std::string fit(Phrase const& phrase, float room, Measure const& measure) {
    for (std::string const& form : phrase.forms) {
        if (measure(form) <= room) return form;
    }
    if (phrase.forms.empty()) return {};
    return with_fewer_words(phrase.forms.back(), room, measure);
}

std::pair<std::string, std::string> fit_pair(Phrase const& left, Phrase const& right, float room,
                                             Measure const& measure) {
    for (std::string const& l : left.forms) {
        for (std::string const& r : right.forms) {
            if (measure(l) + measure(r) <= room) return {l, r};
        }
    }
    std::string const r = right.forms.empty() ? "" : right.forms.back();
    return {fit(left, room - measure(r), measure), r};
}

Phrase name_forms(Stay const& stay, int tier) {
    Phrase phrase;
    std::string const initials = initials_words(stay);
    if (tier >= 2 && stay.name.known() && !stay.name.value.empty()) {
        std::string const full = name_words(stay.name.value);
        add_form(phrase.forms, full);
        auto const blank = full.find(' ');
        if (stay.name.value.find(',') != std::string::npos && blank != std::string::npos) {
            std::string const given = first_character(full) + ". ";
            std::string const family = full.substr(blank + 1);
            add_form(phrase.forms, given + family);
            if (std::string const barrel = short_family(family); !barrel.empty()) {
                add_form(phrase.forms, given + barrel);
            }
        }
    }
    add_form(phrase.forms, initials);
    return phrase;
}

Phrase place_forms(Stay const& stay) {
    Phrase phrase;
    std::string const full = place_words(stay);
    add_form(phrase.forms, full);
    if (!stay.ward.known() || stay.ward.value.empty()) return phrase;
    std::string const& ward = stay.ward.value;
    bool const in_bed = stay.bed.known() && !stay.bed.value.empty();
    std::string const bed = in_bed ? " " + stay.bed.value : "";
    add_form(phrase.forms, without_brackets(ward) + bed);
    if (std::string const letters = abbreviation(without_brackets(ward)); !letters.empty()) {
        add_form(phrase.forms, letters + bed);
    }
    std::vector<std::string> const words = words_of(ward);
    if (!words.empty()) add_form(phrase.forms, words[0] + bed);
    if (in_bed) add_form(phrase.forms, stay.bed.value);
    return phrase;
}

Phrase text_forms(std::string const& text) {
    Phrase phrase;
    add_form(phrase.forms, text);
    // What stands before the last comma or dash says the thing; the rest explains it.
    std::string shorter = text;
    while (true) {
        auto const comma = shorter.rfind(", ");
        auto const dash = shorter.rfind(" – ");
        auto const at = comma == std::string::npos  ? dash
                        : dash == std::string::npos ? comma
                                                    : std::max(comma, dash);
        if (at == std::string::npos || at == 0) break;
        shorter.resize(at);
        add_form(phrase.forms, shorter);
    }
    return phrase;
}

Phrase wrapped(std::string const& before, Phrase const& phrase, std::string const& after) {
    Phrase out;
    for (std::string const& form : phrase.forms) out.forms.push_back(before + form + after);
    return out;
}

std::string capitalised(std::string text) {
    if (!text.empty()) {
        text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
    }
    return text;
}

}  // namespace washup::board
