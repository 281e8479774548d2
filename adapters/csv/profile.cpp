#include "adapters/csv/profile.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "adapters/csv/fold.hpp"

namespace washup::csv {
namespace {

constexpr std::array<char const*, 8> kind_names = {"referrals",  "outcomes", "blockers",
                                                   "milestones", "actions",  "capacity",
                                                   "requests",   "figures"};

std::vector<std::string> meaning_names() {
    std::vector<std::string> names;
    for (auto const& meaning : meanings()) names.emplace_back(meaning.name);
    return names;
}

Meaning const* meaning_or_fault(config::Placed const& word, config::Faults& faults) {
    auto const* meaning = find_meaning(word.text);
    if (meaning == nullptr) {
        faults.add(word.at, "unknown meaning `" + word.text + "`",
                   config::did_you_mean(word.text, meaning_names()));
    }
    return meaning;
}

bool has_meaning(FileKind const& file, std::string_view name) {
    return std::any_of(file.columns.begin(), file.columns.end(),
                       [&](ColumnRule const& column) { return column.meaning->name == name; });
}

// What a kind of file cannot do without, whatever the profile says.
std::vector<std::string> needed_by(Kind kind) {
    switch (kind) {
        case Kind::blockers:
            return {};
        case Kind::milestones:
            return {"milestone", "reached_at"};
        case Kind::actions:
            return {"action"};
        case Kind::requests:
            return {"service_kind"};
        case Kind::figures:
            return {"measure", "figure_from", "value"};
        case Kind::referrals:
        case Kind::outcomes:
        case Kind::capacity:
            return {};
    }
    return {};
}

void read_columns(config::Table table, FileKind& file) {
    std::set<std::string> seen;
    for (auto const& [heading, word] : table.text_entries()) {
        if (!seen.insert(folded(heading.text)).second) {
            table.faults().add(heading.at, "this heading stands here twice");
            continue;
        }
        if (auto const* meaning = meaning_or_fault(word, table.faults())) {
            file.columns.push_back({heading.text, meaning});
        }
    }
}

void read_meanings(config::Table& table, std::string_view key, FileKind const& file,
                   std::vector<Meaning const*>& out) {
    for (auto const& word : table.placed_list(key)) {
        auto const* meaning = meaning_or_fault(word, table.faults());
        if (meaning == nullptr) continue;
        if (!has_meaning(file, meaning->name)) {
            table.faults().add(word.at, "no column of this file means `" + word.text + "`");
        }
        out.push_back(meaning);
    }
}

FileKind read_file_kind(config::Table table) {
    FileKind file;
    auto const kind = table.one_of("kind", {kind_names.begin(), kind_names.end()});
    auto const at = std::find(kind_names.begin(), kind_names.end(), kind);
    if (at != kind_names.end()) file.kind = static_cast<Kind>(at - kind_names.begin());
    file.pattern = table.text("pattern");
    read_columns(table.table("columns"), file);
    for (auto const& need : needed_by(file.kind)) {
        if (!has_meaning(file, need)) {
            table.fault("columns",
                        "a file of " + kind + " needs a column that means `" + need + "`");
        }
        file.needs.push_back(find_meaning(need));
    }
    if (file.kind == Kind::blockers && !has_meaning(file, "reason") &&
        !has_meaning(file, "local_reason")) {
        table.fault("columns", "a file of blockers needs a column that means `reason`");
    }
    read_meanings(table, "needs", file, file.needs);
    read_meanings(table, "identity", file, file.identity);
    if (file.identity.empty() && !of_the_house(file.kind)) {
        for (auto const* name : {"visit", "nhs_number", "local_number", "council_number"}) {
            if (has_meaning(file, name)) file.identity.push_back(find_meaning(name));
        }
        if (file.identity.empty()) {
            table.fault("columns", "no column says whose row it is: visit, nhs_number, ...");
        }
    }
    return file;
}

std::vector<std::string> folded_all(std::vector<std::string> words) {
    for (auto& word : words) {
        // "-" folds to nothing, and so does the empty cell: both are nothing anyway.
        word = folded(word);
    }
    return words;
}

}  // namespace

char const* name_of(Kind kind) {
    return kind_names[static_cast<std::size_t>(kind)];
}

Meaning const* find_meaning(std::string_view name) {
    for (auto const& meaning : meanings()) {
        if (meaning.name == name) return &meaning;
    }
    return nullptr;
}

Profile read_profile(config::Table root) {
    Profile profile;
    profile.name = root.text("name");
    profile.words = root.text("words");
    profile.source = root.text_or("source", "hub");
    profile.visit_authority = root.text("visit_authority");
    profile.local_namespace = root.text("local_namespace");
    profile.council = root.text("council");
    profile.null_words = folded_all(root.texts("null_words"));
    profile.clear_words = folded_all(root.texts("clear_words"));
    profile.two_digit_years_from =
        static_cast<int>(root.integer_or("two_digit_years_from", 1930, 1800, 2100));
    profile.settle = root.duration_or("settle", seconds(5), milliseconds(100), minutes(60));
    for (auto table : root.tables("file")) profile.files.push_back(read_file_kind(table));
    if (profile.files.empty()) root.fault("file", "no [[file]]: nothing would ever be taken");
    if (auto words = root.maybe_table("words_of")) {
        for (auto& [meaning, table] : words->table_entries()) {
            if (meaning_or_fault(meaning, root.faults()) == nullptr) continue;
            auto& list = profile.words_of[meaning.text];
            for (auto const& [word, code] : table.text_entries()) {
                list[folded(word.text)] = code.text;
            }
        }
    }
    return profile;
}

std::optional<Profile> load_profile(std::filesystem::path const& file, config::Faults& faults) {
    auto tree = config::load_tree(file, faults);
    auto profile = read_profile(tree.root(faults));
    tree.report_unknown(faults);
    if (!faults.empty()) return std::nullopt;
    return profile;
}

FileKind const* kind_of_file(Profile const& profile, std::string_view file_name) {
    for (auto const& file : profile.files) {
        if (name_matches(file.pattern, file_name)) return &file;
    }
    return nullptr;
}

}  // namespace washup::csv
