#pragma once
// What a council's files look like: which file holds what, which heading means what, which words
// stand for nothing. Read from config/sources/csv_*.toml; nothing of it is in code. It reads no
// file of data and maps no row.

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/load/tree.hpp"
#include "proto/base/time.hpp"
#include "washup/v1/common.pb.h"

namespace washup::csv {

enum class Kind { referrals, outcomes, blockers, milestones, actions, capacity, requests, figures };
// Of nobody: its rows name no person.
constexpr bool of_the_house(Kind kind) {
    return kind == Kind::capacity || kind == Kind::figures;
}
char const* name_of(Kind kind);  // "referrals"

// How a cell becomes a value.
enum class Form { code, moment, text, birth_date, postcode, location, other };

// What a heading may mean. `field` is set when the cell is a fact of the stay or its person, which
// any file may carry beside its own matter.
struct Meaning {
    char const* name;
    Form form = Form::other;
    v1::Field field = v1::FIELD_NONE;
};
std::vector<Meaning> const& meanings();
Meaning const* find_meaning(std::string_view name);

struct ColumnRule {
    std::string heading;  // as the file writes it; compared folded
    Meaning const* meaning = nullptr;
};

struct FileKind {
    Kind kind = Kind::referrals;
    std::string pattern;  // of the file name, without case
    std::vector<ColumnRule> columns;
    std::vector<Meaning const*> needs;  // a row without one of these is set aside
    std::vector<Meaning const*>
        identity;  // one of these must be filled; those of_the_house have none
};

struct Profile {
    std::string name, words, source;
    std::string visit_authority;           // of visit numbers, when no column says it
    std::string local_namespace;           // of local numbers
    std::string council;                   // of the council's person numbers and of its services
    std::vector<std::string> null_words;   // folded; the empty cell is always nothing
    std::vector<std::string> clear_words;  // folded: the value is taken away
    int two_digit_years_from = 1930;
    Duration settle;  // a file not renamed into place counts as whole after this long unchanged
    std::vector<FileKind> files;
    // meaning -> folded words of the file -> code
    std::map<std::string, std::map<std::string, std::string>, std::less<>> words_of;
};

Profile read_profile(config::Table root);
// All faults of the file at once; a profile only when there is none.
std::optional<Profile> load_profile(std::filesystem::path const& file, config::Faults& faults);

// The file kind whose pattern fits; null when none does.
FileKind const* kind_of_file(Profile const& profile, std::string_view file_name);

}  // namespace washup::csv
