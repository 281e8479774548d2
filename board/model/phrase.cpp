#include "board/model/phrase.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "board/model/text.hpp"

namespace washup::board {
namespace {

std::size_t character_size(std::string_view text, std::size_t at) {
    auto const lead = static_cast<unsigned char>(text[at]);
    return lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

std::string first_characters(std::string_view text, std::size_t n) {
    std::size_t at = 0;
    for (; n > 0 && at < text.size(); --n) at += character_size(text, at);
    return std::string(text.substr(0, at));
}

std::string first_character(std::string_view text) {
    return first_characters(text, 1);
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

bool has_figure(std::string_view word) {
    return std::any_of(word.begin(), word.end(),
                       [](unsigned char c) { return std::isdigit(c) != 0; });
}

// "Cardiothoracic High Dependency Unit" -> "CHDU". Words with a figure in them stay whole: they
// tell two wards apart.
std::string abbreviation(std::string_view text) {
    std::string out, figures;
    for (std::string const& word : words_of(text)) {
        bool const figure = has_figure(word);
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

}  // namespace

std::string without_brackets(std::string_view text) {
    auto const open = text.find('(');
    if (open == std::string_view::npos || open == 0) return std::string(text);
    std::string out(text.substr(0, open));
    while (!out.empty() && out.back() == ' ') out.pop_back();
    return out;
}

namespace {

// What stands before the last of these says the thing; the rest explains it.
constexpr std::array<std::string_view, 4> joints{", ", " – ", " and ", " · "};
constexpr std::array<std::string_view, 8> prepositions{" about ", " with ", " from ", " for ",
                                                       " by ",    " at ",   " of ",   " to "};

// The family name's later barrels as initials: "Llewellyn-Fitzgerald" -> "Llewellyn-F."
std::string short_family(std::string const& family) {
    auto const hyphen = family.find('-');
    if (hyphen == std::string::npos || hyphen + 1 >= family.size()) return {};
    return family.substr(0, hyphen + 1) +
           first_character(std::string_view(family).substr(hyphen + 1)) + ".";
}

// Cuts before the last of these joints; false when there is none left.
template <std::size_t N>
bool cut_at_last(std::string& text, std::array<std::string_view, N> const& before) {
    std::size_t at = 0;
    for (std::string_view joint : before) {
        auto const found = text.rfind(joint);
        if (found != std::string::npos) at = std::max(at, found);
    }
    if (at == 0) return false;
    text.resize(at);
    return true;
}

std::string without_articles(std::string_view text) {
    std::string out;
    for (std::string const& word : words_of(text)) {
        if (!out.empty() && (word == "the" || word == "a" || word == "an")) continue;
        out += (out.empty() ? "" : " ") + word;
    }
    return out;
}

// What follows the verb and its preposition, up to the next one; "" when that is all there is.
std::string thing_of(std::string_view text) {
    std::vector<std::string> const words = words_of(text);
    auto const is_one = [&](std::string const& word) {
        return std::find(prepositions.begin(), prepositions.end(), " " + word + " ") !=
               prepositions.end();
    };
    std::size_t const first = words.size() > 1 && is_one(words[1]) ? 2 : 1;
    std::string thing;
    for (std::size_t i = first; i < words.size() && !is_one(words[i]); ++i) {
        thing += (thing.empty() ? "" : " ") + words[i];
    }
    return capitalised(thing);
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

Phrase name_forms(Stay const& stay, int tier) {
    Phrase phrase;
    std::string const initials = initials_words(stay);
    if (tier >= 2 && stay.name.known() && !stay.name.value.empty()) {
        std::string const full = name_words(stay.name.value);
        // Only a name with its comma tells which part is the family's.
        bool const parted = stay.name.value.find(',') != std::string::npos;
        phrase = parted ? full_name_forms(full) : Phrase(full);
        // The family's name tells more than two letters.
        auto const blank = full.find(' ');
        if (parted && blank != std::string::npos) {
            std::string const family = full.substr(blank + 1);
            std::string const barrel = short_family(family);
            add_form(phrase.forms, barrel.empty() ? family : barrel);
        }
    }
    add_form(phrase.forms, initials);
    if (stay.initials == "erased") add_form(phrase.forms, "erased");
    return phrase;
}

Phrase full_name_forms(std::string const& full) {
    Phrase phrase(full);
    auto const blank = full.find(' ');
    if (blank == std::string::npos) return phrase;
    std::string const given = first_character(full) + ". ";
    std::string const family = full.substr(blank + 1);
    if (full[blank - 1] != '.') add_form(phrase.forms, given + family);
    if (std::string const barrel = short_family(family); !barrel.empty()) {
        add_form(phrase.forms, given + barrel);
    }
    return phrase;
}

Phrase outcome_forms(Model const& model, Stay const& stay, bool doubt) {
    std::string const full = outcome_pair_words(model, stay);
    Phrase phrase(full);
    std::string shorter = full;
    auto const replace = [&](std::string_view from, std::string_view to) {
        auto const at = shorter.find(from);
        if (at == std::string::npos) return;
        shorter.replace(at, from.size(), to);
        add_form(phrase.forms, shorter);
    };
    if (full.find(" → ") != std::string::npos) {
        replace(" bed", "");
        replace(" bed", "");
        replace("unknown", "?");
    } else if (stay.gap.known && stay.gap.at_least && stay.gap.steps > 0) {
        add_form(phrase.forms, std::to_string(stay.gap.steps) + "+ steps");
    } else if (stay.gap.known && stay.gap.steps > 0) {
        replace(" bed", "");
        add_form(phrase.forms, count_words(stay.gap.steps, "step", "steps"));
    }
    if (!doubt) return phrase;
    phrase = wrapped("", phrase, " ?");
    add_form(phrase.forms, "doubtful");
    return phrase;
}

Phrase waiting_forms(std::string const& words, std::string const& theme_words) {
    Phrase phrase = text_forms(capitalised(words));
    std::string_view core = words;
    if (core.starts_with("Arrange ")) {
        core.remove_prefix(8);
    } else if (core.starts_with("No ") && core.ends_with(" yet")) {
        core.remove_prefix(3);
        core.remove_suffix(4);
    }
    add_form(phrase.forms, capitalised(std::string(core)));
    std::string const theme = theme_words.substr(0, theme_words.find(','));
    if (theme.size() < core.size()) add_form(phrase.forms, capitalised(theme));
    return phrase;
}

Phrase role_forms(std::string const& role) {
    Phrase phrase(capitalised(role));
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 10> table{{
        {"occupational therapist", "OT"},
        {"social worker", "SW"},
        {"social work practitioner", "SWP"},
        {"discharge coordinator", "disch. coord."},
        {"coordinator", "coord."},
        {"physiotherapist", "physio"},
        {"community", "comm."},
        {"senior", "snr"},
        {"hospital ", ""},
        {" officer", ""},
    }};
    std::string shorter = role;
    for (char& c : shorter) {
        c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    for (auto const& [from, to] : table) {
        auto const at = shorter.find(from);
        if (at == std::string::npos) continue;
        shorter.replace(at, from.size(), to);
        add_form(phrase.forms, capitalised(shorter));
    }
    return phrase;
}

Phrase with_tail(Phrase const& phrase, std::vector<std::string> const& tails) {
    Phrase out;
    for (std::string const& form : phrase.forms) {
        for (std::string const& tail : tails) add_form(out.forms, form + tail);
    }
    for (std::string const& form : phrase.forms) add_form(out.forms, form);
    return out;
}

Phrase place_forms(Stay const& stay) {
    Phrase phrase;
    std::string const full = place_words(stay);
    add_form(phrase.forms, full);
    std::string const ward = ward_words(stay);
    if (ward.empty()) return phrase;
    bool const in_bed = stay.bed.known() && !stay.bed.value.empty();
    std::string const bed = in_bed ? " " + stay.bed.value : "";
    add_form(phrase.forms, without_brackets(ward) + bed);
    // "Stroke Unit Bed 2" as "Stroke Unit 2", "Ward 7 Bed 3" as "Ward 7 · 3".
    if (stay.bed.value.starts_with("Bed ") && in_bed) {
        char const* joint = has_figure(ward) ? " · " : " ";
        add_form(phrase.forms, without_brackets(ward) + joint + stay.bed.value.substr(4));
    }
    // "Bay 12 Bed 3" as "12/3" beside a ward that has to be short already.
    std::string figures;
    for (std::string const& word : words_of(stay.bed.value)) {
        if (has_figure(word)) figures += (figures.empty() ? "" : "/") + word;
    }
    if (std::string const letters = abbreviation(without_brackets(ward)); !letters.empty()) {
        add_form(phrase.forms, letters + bed);
        if (in_bed && !figures.empty()) add_form(phrase.forms, letters + " " + figures);
    }
    std::vector<std::string> const words = words_of(ward);
    if (!words.empty()) add_form(phrase.forms, words[0] + bed);
    if (!words.empty() && !figures.empty()) add_form(phrase.forms, words[0] + " " + figures);
    if (std::string const letters = abbreviation(without_brackets(ward)); !letters.empty()) {
        add_form(phrase.forms, letters);
    }
    // One long word: its beginning still tells the ward.
    if (words.size() == 1 && ward.size() > 5 && in_bed) {
        add_form(phrase.forms, first_characters(ward, 5) + "." + bed);
    }
    if (in_bed) add_form(phrase.forms, stay.bed.value);
    return phrase;
}

Phrase text_forms(std::string const& text) {
    Phrase phrase;
    add_form(phrase.forms, text);
    if (auto const at = text.find(" and "); at != std::string::npos) {
        std::string listed = text;
        add_form(phrase.forms, listed.replace(at, 5, ", "));
    }
    std::string shorter = text;
    while (cut_at_last(shorter, joints)) add_form(phrase.forms, shorter);
    shorter = without_articles(shorter);
    add_form(phrase.forms, shorter);
    // One word alone would no longer say what is to be done.
    while (cut_at_last(shorter, prepositions) && words_of(shorter).size() > 1) {
        add_form(phrase.forms, shorter);
    }
    return phrase;
}

Phrase action_forms(std::string const& text) {
    Phrase phrase = text_forms(text);
    std::string head = text;
    while (cut_at_last(head, joints)) {
    }
    add_form(phrase.forms, thing_of(without_articles(head)));
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
