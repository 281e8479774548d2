#include "config/load/tree.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace washup::config {

// What was asked for, for each table that was opened. It is kept beside the nodes, which stay
// const.
struct Table::Memory {
    std::map<Node const*, std::vector<std::string>> asked;
    void note(Node const* node, std::string_view key) {
        auto& keys = asked[node];
        if (std::find(keys.begin(), keys.end(), key) == keys.end()) keys.emplace_back(key);
    }
};

namespace {

std::string wrong_kind(std::string_view key, Kind wanted, Kind given) {
    return fmt::format("`{}` must be {}, not {}", key, name_of(wanted), name_of(given));
}

std::string listed(std::vector<std::string> const& allowed) {
    return fmt::format("one of: {}", fmt::join(allowed, ", "));
}

}  // namespace

char const* name_of(Kind kind) {
    switch (kind) {
        case Kind::table:
            return "a table";
        case Kind::array:
            return "a list";
        case Kind::text:
            return "text in quotes";
        case Kind::integer:
            return "a whole number";
        case Kind::number:
            return "a number";
        case Kind::truth:
            return "true or false";
        case Kind::time:
            return "a date or time";
    }
    return "";
}

Table::Table(Node const* node, Memory* memory, Faults* faults)
    : node_(node), memory_(memory), faults_(faults) {
    if (node_ != nullptr) memory_->asked[node_];
}

// ---- asking -------------------------------------------------------------------------------------

Entry const* Table::ask(std::string_view key) {
    if (node_ == nullptr) return nullptr;
    memory_->note(node_, key);
    auto const found = std::find_if(node_->entries.begin(), node_->entries.end(),
                                    [key](Entry const& entry) { return entry.key == key; });
    return found == node_->entries.end() ? nullptr : &*found;
}

Entry const* Table::need(std::string_view key) {
    auto const* entry = ask(key);
    if (entry == nullptr && node_ != nullptr)
        faults_->add(node_->at, fmt::format("`{}` is missing here", key));
    return entry;
}

Node const* Table::ask_kind(std::string_view key, Kind kind, bool needed) {
    auto const* entry = needed ? need(key) : ask(key);
    if (entry == nullptr) return nullptr;
    if (entry->value.kind == kind) return &entry->value;
    faults_->add(entry->value.at, wrong_kind(key, kind, entry->value.kind));
    return nullptr;
}

bool Table::has(std::string_view key) {
    return ask(key) != nullptr;
}

Position Table::position() const {
    return node_ == nullptr ? Position{} : node_->at;
}

Position Table::position(std::string_view key) const {
    if (node_ == nullptr) return {};
    for (auto const& entry : node_->entries) {
        if (entry.key == key) return entry.value.at;
    }
    return node_->at;
}

void Table::fault(std::string_view key, std::string words, std::string suggestion) {
    if (node_ != nullptr) faults_->add(position(key), std::move(words), std::move(suggestion));
}

// ---- texts --------------------------------------------------------------------------------------

std::string Table::text(std::string_view key) {
    return placed(key).text;
}

std::string Table::text_or(std::string_view key, std::string fallback) {
    auto found = maybe_placed(key);
    return found ? std::move(found->text) : std::move(fallback);
}

Placed Table::placed(std::string_view key) {
    auto const* node = ask_kind(key, Kind::text, true);
    return node == nullptr ? Placed{} : Placed{node->text, node->at};
}

std::optional<Placed> Table::maybe_placed(std::string_view key) {
    auto const* node = ask_kind(key, Kind::text, false);
    if (node == nullptr) return std::nullopt;
    return Placed{node->text, node->at};
}

std::optional<std::string> Table::ask_one_of(std::string_view key,
                                             std::vector<std::string> const& allowed, bool needed) {
    auto const* node = ask_kind(key, Kind::text, needed);
    if (node == nullptr) return std::nullopt;
    if (std::find(allowed.begin(), allowed.end(), node->text) != allowed.end()) return node->text;
    auto const near = did_you_mean(node->text, allowed);
    faults_->add(node->at, fmt::format("`{}` cannot be \"{}\"", key, node->text),
                 near.empty() ? listed(allowed) : near);
    return std::nullopt;
}

std::string Table::one_of(std::string_view key, std::vector<std::string> const& allowed) {
    return ask_one_of(key, allowed, true).value_or("");
}

std::string Table::one_of_or(std::string_view key, std::vector<std::string> const& allowed,
                             std::string fallback) {
    return ask_one_of(key, allowed, false).value_or(std::move(fallback));
}

std::vector<Placed> Table::placed_list(std::string_view key) {
    auto const* entry = ask(key);
    if (entry == nullptr) return {};
    auto const& value = entry->value;
    if (value.kind == Kind::text) return {Placed{value.text, value.at}};
    if (value.kind != Kind::array) {
        faults_->add(value.at, wrong_kind(key, Kind::array, value.kind));
        return {};
    }
    std::vector<Placed> list;
    for (auto const& item : value.items) {
        if (item.kind == Kind::text) {
            list.push_back({item.text, item.at});
        } else {
            faults_->add(item.at, fmt::format("each part of `{}` must be {}, not {}", key,
                                              name_of(Kind::text), name_of(item.kind)));
        }
    }
    return list;
}

std::vector<std::string> Table::texts(std::string_view key) {
    std::vector<std::string> list;
    for (auto& placed : placed_list(key)) list.push_back(std::move(placed.text));
    return list;
}

// ---- numbers and times --------------------------------------------------------------------------

std::optional<std::int64_t> Table::ask_integer(std::string_view key, std::int64_t low,
                                               std::int64_t high, bool needed) {
    auto const* node = ask_kind(key, Kind::integer, needed);
    if (node == nullptr) return std::nullopt;
    if (node->integer >= low && node->integer <= high) return node->integer;
    faults_->add(node->at, fmt::format("`{}` is {}; it must lie between {} and {}", key,
                                       node->integer, low, high));
    return std::nullopt;
}

std::int64_t Table::integer(std::string_view key, std::int64_t low, std::int64_t high) {
    return ask_integer(key, low, high, true).value_or(low);
}

std::int64_t Table::integer_or(std::string_view key, std::int64_t fallback, std::int64_t low,
                               std::int64_t high) {
    return ask_integer(key, low, high, false).value_or(fallback);
}

double Table::number_or(std::string_view key, double fallback, double low, double high) {
    auto const* entry = ask(key);
    if (entry == nullptr) return fallback;
    auto const& value = entry->value;
    if (value.kind != Kind::number && value.kind != Kind::integer) {
        faults_->add(value.at, wrong_kind(key, Kind::number, value.kind));
        return fallback;
    }
    auto const number =
        value.kind == Kind::number ? value.number : static_cast<double>(value.integer);
    // Written so that "nan", which TOML allows, is out of range too.
    if (number >= low && number <= high) return number;
    faults_->add(value.at,
                 fmt::format("`{}` is {}; it must lie between {} and {}", key, number, low, high));
    return fallback;
}

bool Table::truth_or(std::string_view key, bool fallback) {
    auto const* node = ask_kind(key, Kind::truth, false);
    return node == nullptr ? fallback : node->truth;
}

std::optional<Duration> Table::ask_duration(std::string_view key, Duration low, Duration high,
                                            bool needed) {
    auto const* node = ask_kind(key, Kind::text, needed);
    if (node == nullptr) return std::nullopt;
    auto const parsed = parse_duration(node->text);
    if (!parsed) {
        faults_->add(node->at,
                     fmt::format("`{}` is \"{}\", which is no length of time", key, node->text),
                     "write for example \"90s\", \"15m\", \"48h\" or \"7d\"");
        return std::nullopt;
    }
    if (*parsed >= low && *parsed <= high) return *parsed;
    faults_->add(node->at, fmt::format("`{}` is {}; it must lie between {} and {}", key, node->text,
                                       to_text(low), to_text(high)));
    return std::nullopt;
}

Duration Table::duration(std::string_view key, Duration low, Duration high) {
    return ask_duration(key, low, high, true).value_or(low);
}

Duration Table::duration_or(std::string_view key, Duration fallback, Duration low, Duration high) {
    return ask_duration(key, low, high, false).value_or(fallback);
}

std::optional<Instant> Table::maybe_instant(std::string_view key) {
    auto const* entry = ask(key);
    if (entry == nullptr) return std::nullopt;
    auto const& value = entry->value;
    if (value.kind != Kind::time && value.kind != Kind::text) {
        faults_->add(value.at, wrong_kind(key, Kind::time, value.kind));
        return std::nullopt;
    }
    auto const moment = parse_moment(value.text);
    if (!moment) {
        faults_->add(value.at, fmt::format("`{}` is \"{}\", which is no time", key, value.text),
                     "write for example 2026-11-22T09:00:00Z");
        return std::nullopt;
    }
    return moment->at;
}

// ---- tables in tables ---------------------------------------------------------------------------

Table Table::table(std::string_view key) {
    return {ask_kind(key, Kind::table, true), memory_, faults_};
}

std::optional<Table> Table::maybe_table(std::string_view key) {
    auto const* node = ask_kind(key, Kind::table, false);
    if (node == nullptr) return std::nullopt;
    return Table{node, memory_, faults_};
}

std::vector<Table> Table::tables(std::string_view key) {
    auto const* entry = ask(key);
    if (entry == nullptr) return {};
    auto const& value = entry->value;
    if (value.kind == Kind::table) {
        faults_->add(value.at, fmt::format("`{}` is a list of tables", key),
                     fmt::format("write [[{}]] in double brackets", key));
        return {};
    }
    if (value.kind != Kind::array) {
        faults_->add(value.at, fmt::format("`{}` must be a list of tables, not {}", key,
                                           name_of(value.kind)));
        return {};
    }
    std::vector<Table> list;
    for (auto const& item : value.items) {
        if (item.kind == Kind::table) {
            list.push_back(Table{&item, memory_, faults_});
        } else {
            faults_->add(item.at, fmt::format("each part of `{}` must be a table, not {}", key,
                                              name_of(item.kind)));
        }
    }
    return list;
}

std::vector<std::pair<Placed, Placed>> Table::text_entries() {
    std::vector<std::pair<Placed, Placed>> list;
    if (node_ == nullptr) return list;
    for (auto const& entry : node_->entries) {
        auto const* node = ask_kind(entry.key, Kind::text, true);
        if (node != nullptr) list.push_back({{entry.key, entry.at}, {node->text, node->at}});
    }
    return list;
}

std::vector<std::pair<Placed, Table>> Table::table_entries() {
    std::vector<std::pair<Placed, Table>> list;
    if (node_ == nullptr) return list;
    for (auto const& entry : node_->entries) {
        auto const* node = ask_kind(entry.key, Kind::table, true);
        if (node != nullptr) list.push_back({{entry.key, entry.at}, Table{node, memory_, faults_}});
    }
    return list;
}

// ---- the tree -----------------------------------------------------------------------------------

Tree::Tree(std::optional<Node> root)
    : root_(root ? std::make_unique<Node const>(std::move(*root)) : nullptr),
      memory_(std::make_unique<Table::Memory>()) {}
Tree::~Tree() = default;
Tree::Tree(Tree&&) noexcept = default;
Tree& Tree::operator=(Tree&&) noexcept = default;

Table Tree::root(Faults& faults) {
    return {root_.get(), memory_.get(), &faults};
}

void Tree::report_unknown(Faults& faults) const {
    if (root_ == nullptr) return;
    std::vector<Node const*> todo{root_.get()};
    while (!todo.empty()) {
        auto const* node = todo.back();
        todo.pop_back();
        for (auto const& item : node->items) todo.push_back(&item);
        // A table that nobody opened is told by its own key, or was told to be of the wrong kind.
        auto const opened = memory_->asked.find(node);
        if (opened == memory_->asked.end()) continue;
        auto const& known = opened->second;
        for (auto const& entry : node->entries) {
            if (std::find(known.begin(), known.end(), entry.key) != known.end()) {
                todo.push_back(&entry.value);
                continue;
            }
            faults.add(entry.at, fmt::format("unknown key `{}`", entry.key),
                       did_you_mean(entry.key, known));
        }
    }
}

std::vector<std::string> Tree::asked_keys() const {
    std::set<std::string> keys;
    for (auto const& [node, asked] : memory_->asked) keys.insert(asked.begin(), asked.end());
    return {keys.begin(), keys.end()};
}

}  // namespace washup::config
