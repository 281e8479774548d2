#include "adapters/hl7v2/person_words.hpp"

#include "adapters/hl7v2/framer.hpp"
#include "adapters/hl7v2/profile.hpp"
#include "proto/base/capitals.hpp"

namespace washup::hl7v2 {
namespace {

bool letter(char c) {
    return c >= 'A' && c <= 'Z';
}
bool digit(char c) {
    return c >= '0' && c <= '9';
}

std::string open_component(std::string_view repetition, std::size_t n, Delimiters const& d) {
    auto const raw = part(part(repetition, d.component, n), d.subcomponent, 1);
    if (is_null(raw)) return {};
    auto const text = unescaped(raw, d);
    return std::string{trimmed(text)};
}

std::string joined(std::initializer_list<std::string> words) {
    std::string out;
    for (auto const& word : words) {
        if (word.empty()) continue;
        if (!out.empty()) out += ' ';
        out += word;
    }
    return out;
}

}  // namespace

std::string name_words(std::string_view raw, Delimiters const& d, CodeList const& types) {
    auto const repetitions = parts(raw, d.repetition);
    auto chosen = repetitions.front();
    for (auto const repetition : repetitions) {
        if (types.has(open_component(repetition, 7, d))) {
            chosen = repetition;
            break;
        }
    }
    auto const family = capitals(open_component(chosen, 1, d));
    auto const given = joined({open_component(chosen, 2, d), open_component(chosen, 3, d)});
    if (family.empty() || given.empty()) return family + given;
    return family + ", " + given;
}

std::string staff_words(std::string_view raw, Delimiters const& d) {
    auto const first = part(raw, d.repetition, 1);
    auto const name = joined(
        {open_component(first, 6, d), open_component(first, 3, d), open_component(first, 2, d)});
    return open_component(first, 2, d).empty() ? open_component(first, 1, d) : name;
}

std::string postcode_district(std::string_view postcode) {
    std::string text;
    for (char const c : capitals(postcode)) {
        if (letter(c) || digit(c)) text += c;
    }
    auto const n = text.size();
    auto const inward = n >= 5 && digit(text[n - 3]) && letter(text[n - 2]) && letter(text[n - 1]);
    if (inward) text.resize(n - 3);
    // A9 A99 AA9 AA99 A9A AA9A
    std::size_t i = 0;
    while (i < text.size() && letter(text[i])) ++i;
    if (i < 1 || i > 2 || i >= text.size() || !digit(text[i])) return {};
    ++i;
    if (i < text.size() && (digit(text[i]) || letter(text[i]))) ++i;
    return i == text.size() ? text : std::string{};
}

}  // namespace washup::hl7v2
