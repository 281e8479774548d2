#include "config/keys/key_list.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "proto/base/word_list.hpp"
#include "proto/base/z85.hpp"

namespace washup::config {
namespace {

constexpr std::array<std::string_view, all_roles.size()> role_words{
    "source", "display", "workstation", "operator", "area",
    "county", "sender",  "paper",       "bi",       "auditor"};

constexpr char const* with_standing_tier = "display, workstation, operator and auditor";

std::vector<std::string> role_names() {
    return {role_words.begin(), role_words.end()};
}

// "2026-11-22"; any day that exists will do, it is for people.
bool is_date(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
    for (auto const at : {0, 1, 2, 3, 5, 6, 8, 9}) {
        auto const c = text[static_cast<std::size_t>(at)];
        if (c < '0' || c > '9') return false;
    }
    return true;
}

// A word that belongs to another role is a slip that would otherwise pass for a right.
void only_for(bool fits, Table& table, char const* word, char const* whom) {
    if (!fits && table.has(word)) {
        table.fault(word, fmt::format("`{}` is for {} only", word, whom));
    }
}

void read_source(Table& table, KeyEntry& key) {
    if (key.role != Role::source) return only_for(false, table, "source", "the role source");
    auto const source = table.placed("source");
    key.source = source.text;
    if (source.given() && !is_key_name(source.text)) {
        table.fault("source", fmt::format("\"{}\" cannot be the name of a source", source.text),
                    "1 to 32 small letters, digits, _ and -");
    }
}

void read_standing_tier(Table& table, KeyEntry& key) {
    auto const shows = has_standing_tier(key.role);
    only_for(shows, table, "tier", with_standing_tier);
    only_for(shows, table, "approver", with_standing_tier);
    if (!shows) return;
    key.tier = static_cast<int>(table.integer_or("tier", 0, 0, standing_tier_max));
    key.approver = table.text_or("approver", "");
    if (key.tier > 0 && key.approver.find_first_not_of(' ') == std::string::npos) {
        table.fault("tier",
                    fmt::format("a {} above tier 0 needs an `approver`", to_words(key.role)),
                    "the name or post of who answers for what it shows");
    }
}

// A list written in another shape than [[key]] may not be what a line makes of it.
bool is_revoked_in(std::string const& text, std::string_view name) {
    Faults faults;
    auto tree = parse_tree(text, "keys", faults);
    KeyReader reader;
    reader.read(tree.root(faults));
    return faults.empty() &&
           std::any_of(reader.keys().begin(), reader.keys().end(), [&](KeyEntry const& key) {
               return key.name == name && !key.revoked.empty();
           });
}

std::string toml_text(std::string_view text) {
    std::string out = "\"";
    for (auto const c : text) {
        auto const code = static_cast<unsigned char>(c);
        if (code < 0x20 || code == 0x7f) {
            out += fmt::format("\\u{:04x}", code);
            continue;
        }
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + '"';
}

}  // namespace

std::string_view to_words(Role role) {
    return role_words[static_cast<std::size_t>(role)];
}

std::optional<Role> role_named(std::string_view words) {
    return named<Role>(role_words, words);
}

bool is_for_people(Role role) {
    return role == Role::workstation || role == Role::operator_ || role == Role::auditor;
}

bool has_standing_tier(Role role) {
    return role == Role::display || is_for_people(role);
}

bool is_key_name(std::string_view text) {
    return !text.empty() && text.size() <= key_name_chars_max &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
           });
}

void KeyReader::once(std::map<std::string, Position>& places, Placed const& what, char const* kind,
                     Faults& faults) {
    auto const [first, added] = places.emplace(what.text, what.at);
    if (added) return;
    faults.add(what.at, fmt::format("{} \"{}\" is there twice", kind, what.text),
               fmt::format("the first is at {}:{}", first->second.file, first->second.line));
}

void KeyReader::read_one(Table table, Faults& faults) {
    KeyEntry key;
    auto const name = table.placed("name");
    auto const open = table.placed("public");
    key.name = name.text;
    key.public_key = open.text;
    key.role = role_named(table.one_of("role", role_names())).value_or(Role::display);
    if (name.given() && !is_key_name(name.text)) {
        faults.add(name.at, fmt::format("\"{}\" cannot be the name of a key", name.text),
                   "1 to 32 small letters, digits, _ and -");
    } else if (name.given()) {
        once(names_, name, "key", faults);
    }
    if (open.given() && !is_key(open.text)) {
        faults.add(open.at, "this is no public key", "the 40 letters that `washupctl keys` prints");
    } else if (open.given()) {
        once(publics_, open, "public key", faults);
    }
    if (!table.has("role") || role_named(table.text_or("role", ""))) {
        read_source(table, key);
        read_standing_tier(table, key);
    } else {  // the role is told as a fault; what depends on it is not judged
        for (auto const* word : {"source", "tier", "approver"}) (void)table.has(word);
    }
    if (auto const date = table.maybe_placed("revoked")) {
        key.revoked = date->text;
        if (!is_date(date->text)) {
            faults.add(date->at, fmt::format("\"{}\" is no date", date->text),
                       "write for example \"2026-11-22\"");
        }
    }
    if (keys_.size() == keys_max) {
        faults.add(table.position(),
                   fmt::format("this is one key more than the {} there can be", keys_max));
        return;
    }
    keys_.push_back(std::move(key));
}

void KeyReader::read(Table root) {
    for (auto& table : root.tables("key")) read_one(table, root.faults());
}

std::string to_toml(KeyEntry const& key) {
    auto out = fmt::format("[[key]]\nname = \"{}\"\npublic = \"{}\"\nrole = \"{}\"\n", key.name,
                           key.public_key, to_words(key.role));
    if (key.role == Role::source) out += fmt::format("source = \"{}\"\n", key.source);
    if (has_standing_tier(key.role)) out += fmt::format("tier = {}\n", key.tier);
    if (!key.approver.empty()) out += fmt::format("approver = {}\n", toml_text(key.approver));
    if (!key.revoked.empty()) out += fmt::format("revoked = \"{}\"\n", key.revoked);
    return out;
}

std::optional<std::string> revoke_in(std::string const& text, std::string_view name,
                                     std::string_view date) {
    // Where the keys stand is read by the real reader, so that a remark or a string that looks like
    // a table deceives nobody.
    Faults faults;
    auto tree = parse_tree(text, "keys", faults);
    auto root = tree.root(faults);
    for (auto& table : root.tables("key")) {
        auto const found = table.placed("name");
        if (found.text != name) continue;
        if (table.has("revoked") || !found.given()) return std::nullopt;
        std::size_t end = 0;
        for (auto line = found.at.line; line > 0 && end != std::string::npos; --line) {
            end = text.find('\n', end);
            if (end != std::string::npos) ++end;
        }
        auto out = text;
        if (end == std::string::npos) {
            out += '\n';
            end = out.size();
        }
        out.insert(end, fmt::format("revoked = \"{}\"\n", date));
        return is_revoked_in(out, name) ? std::optional{out} : std::nullopt;
    }
    return std::nullopt;
}

}  // namespace washup::config
