#include "config/keys/staff_roles.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "config/keys/key_list.hpp"
#include "proto/base/word_list.hpp"

namespace washup::config {
namespace {

constexpr std::array<std::string_view, all_deeds.size()> deed_words{
    "see", "room", "plan", "act", "correct", "staff", "erase"};

std::set<Deed> deeds_of(Table& table, Faults& faults) {
    std::set<Deed> may;
    if (!table.has("may")) {
        table.fault("may", "a role needs `may`",
                    "a list; an empty one lets its people see what the machine shows anyway");
    }
    for (auto const& word : table.placed_list("may")) {
        auto const deed = deed_named(word.text);
        if (!deed) {
            auto const near = did_you_mean(word.text, {deed_words.begin(), deed_words.end()});
            faults.add(
                word.at, fmt::format("there is nothing called \"{}\" to allow", word.text),
                near.empty() ? fmt::format("one of: {}", fmt::join(deed_words, ", ")) : near);
        } else if (!may.insert(*deed).second) {
            faults.add(word.at, fmt::format("\"{}\" is there twice", word.text));
        }
    }
    return may;
}

}  // namespace

std::string_view to_words(Deed deed) {
    return deed_words[static_cast<std::size_t>(deed)];
}

std::optional<Deed> deed_named(std::string_view words) {
    return named<Deed>(deed_words, words);
}

std::string folded_role(std::string_view text) {
    std::string out;
    for (auto const c : text) {
        auto const gap = c == ' ' || c == '_' || c == '-' || c == '\t';
        if (!gap) {
            out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        } else if (!out.empty() && out.back() != ' ') {
            out += ' ';
        }
    }
    if (!out.empty() && out.back() == ' ') out.pop_back();
    return out;
}

void StaffRoleReader::read_one(Table table, Faults& faults) {
    StaffRole role;
    auto const code = table.placed("code");
    auto const words = table.placed("words");
    role.code = code.text;
    role.words = words.text;
    if (code.given() && !is_key_name(code.text)) {
        faults.add(code.at, fmt::format("\"{}\" cannot be the code of a role", code.text),
                   "1 to 32 small letters, digits, _ and -");
    }
    auto names = table.placed_list("named");
    for (auto const& name : names) role.named.push_back(name.text);
    names.push_back(code);
    names.push_back(words);
    std::set<std::string> own;  // "social_worker" and "social worker" are one name
    for (auto const& name : names) {
        if (!name.given()) continue;
        auto const folded = folded_role(name.text);
        if (folded.empty() || name.text.size() > staff_role_chars_max) {
            faults.add(name.at, "this cannot be what a role is called",
                       fmt::format("up to {} letters", staff_role_chars_max));
            continue;
        }
        if (!own.insert(folded).second) continue;
        auto const [first, added] = names_.emplace(folded, name.at);
        if (added) continue;
        faults.add(name.at, fmt::format("two roles would be called \"{}\"", name.text),
                   fmt::format("the first is at {}:{}", first->second.file, first->second.line));
    }
    role.may = deeds_of(table, faults);
    if (roles_.size() == staff_roles_max) {
        faults.add(table.position(),
                   fmt::format("this is one role more than the {} there can be", staff_roles_max));
        return;
    }
    roles_.push_back(std::move(role));
}

void StaffRoleReader::read(Table root) {
    for (auto& table : root.tables("staff_role")) read_one(table, root.faults());
}

}  // namespace washup::config
