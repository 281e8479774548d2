#pragma once
// A TOML file as a tree in which every key and value knows its place, and a strict way to read it:
// an accessor never fails, it notes the fault and gives the default, so that one reading finds all
// faults. Keys that nobody asked for are faults too. The tree has no meaning of its own; whoever
// reads it gives the meaning. Reading touches nothing but the file.
//
//     Faults faults;
//     Tree tree = load_tree("feed.toml", faults);
//     Table root = tree.root(faults);
//     auto const name = root.text("name");                       // must be there
//     auto const wait = root.duration_or("wait", seconds(30), seconds(1), hours(1));
//     for (Table field : root.tables("field")) { ... }
//     tree.report_unknown(faults);
//     if (!faults.empty()) ...
//
// A Table is a view of its Tree and of the Faults, and must not outlive either.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "config/load/faults.hpp"
#include "proto/base/result.hpp"
#include "proto/base/time.hpp"

namespace washup::config {

inline constexpr std::size_t file_bytes_max = 1 << 20;
// Faults of syntax told of one file; who has more has another kind of file.
inline constexpr std::size_t syntax_faults_max = 20;

enum class Kind { table, array, text, integer, number, truth, time };
char const* name_of(Kind kind);

struct Entry;
struct Node {
    Kind kind = Kind::table;
    Position at;
    std::string text;  // of text; of a date or time as TOML writes it
    std::int64_t integer = 0;
    double number = 0;
    bool truth = false;
    std::vector<Entry> entries;  // of a table, in the order of the file
    std::vector<Node> items;     // of an array
};
struct Entry {
    std::string key;
    Position at;
    Node value;
};

// A string with the place where it stands, for faults that are found when everything is read.
struct Placed {
    std::string text;
    Position at;
    // A missing string, already told as a fault, has no place; nothing more need be said of it.
    bool given() const { return at.line != 0; }
};

class Tree;

class Table {
  public:
    // Names; a missing one or another type is a fault and gives "".
    std::string text(std::string_view key);
    std::string text_or(std::string_view key, std::string fallback);
    Placed placed(std::string_view key);
    std::optional<Placed> maybe_placed(std::string_view key);
    // One of a list; something else is a fault with a suggestion.
    std::string one_of(std::string_view key, std::vector<std::string> const& allowed);
    std::string one_of_or(std::string_view key, std::vector<std::string> const& allowed,
                          std::string fallback);

    // `low` and `high` are allowed.
    std::int64_t integer(std::string_view key, std::int64_t low, std::int64_t high);
    std::int64_t integer_or(std::string_view key, std::int64_t fallback, std::int64_t low,
                            std::int64_t high);
    double number_or(std::string_view key, double fallback, double low, double high);
    bool truth_or(std::string_view key, bool fallback);
    // "500ms", "90s", "15m", "48h", "7d".
    Duration duration(std::string_view key, Duration low, Duration high);
    Duration duration_or(std::string_view key, Duration fallback, Duration low, Duration high);
    // A date-time of TOML, or a string parse_moment understands.
    std::optional<Instant> maybe_instant(std::string_view key);

    // An absent list is empty. A single string stands for a list of one.
    std::vector<Placed> placed_list(std::string_view key);
    std::vector<std::string> texts(std::string_view key);

    Table table(std::string_view key);  // must be there
    std::optional<Table> maybe_table(std::string_view key);
    std::vector<Table> tables(std::string_view key);  // [[key]]; absent = none
    // Every key of a table whose keys are the writer's own: [map] A = "x". All count as asked for.
    std::vector<std::pair<Placed, Placed>> text_entries();
    // Same, for tables of tables: [milestone.medicines].
    std::vector<std::pair<Placed, Table>> table_entries();

    bool has(std::string_view key);
    Position position() const;                      // of the table's head
    Position position(std::string_view key) const;  // of the key's value, else of the table
    void fault(std::string_view key, std::string words, std::string suggestion = {});
    Faults& faults() { return *faults_; }

  private:
    friend class Tree;
    struct Memory;
    Table(Node const* node, Memory* memory, Faults* faults);
    Entry const* ask(std::string_view key);
    Entry const* need(std::string_view key);
    Node const* ask_kind(std::string_view key, Kind kind, bool needed);
    std::optional<std::int64_t> ask_integer(std::string_view, std::int64_t, std::int64_t,
                                            bool needed);
    std::optional<Duration> ask_duration(std::string_view, Duration, Duration, bool needed);
    std::optional<std::string> ask_one_of(std::string_view, std::vector<std::string> const&, bool);

    Node const* node_;  // null: a table that is missing or broken, already told; reads as defaults
    Memory* memory_;
    Faults* faults_;
};

class Tree {
  public:
    explicit Tree(std::optional<Node> root);  // none: broken, the fault is told
    ~Tree();
    Tree(Tree&&) noexcept;
    Tree& operator=(Tree&&) noexcept;

    // Of a broken tree: a table that gives defaults and no more faults.
    Table root(Faults& faults);
    bool broken() const { return root_ == nullptr; }
    // To be called once, when everything is read: each key that nobody asked for is a fault.
    void report_unknown(Faults& faults) const;
    // Every key that was asked for at any level, once each, by name.
    std::vector<std::string> asked_keys() const;

  private:
    std::unique_ptr<Node const> root_;
    std::unique_ptr<Table::Memory> memory_;
};

Tree load_tree(std::filesystem::path const& path, Faults& faults);
Tree parse_tree(std::string_view text, std::string const& file, Faults& faults);

// "500ms", "90s", "15m", "48h", "7d"; whole numbers only.
Result<Duration> parse_duration(std::string_view text);
std::string to_text(Duration duration);

}  // namespace washup::config
