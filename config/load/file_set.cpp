#include "config/load/file_set.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

namespace washup::config {
namespace {

// The same file by another name is the same file.
std::filesystem::path identity_of(std::filesystem::path const& file) {
    std::error_code failure;
    auto canonical = std::filesystem::weakly_canonical(file, failure);
    return failure ? file : canonical;
}

}  // namespace

FileSet::FileSet(std::filesystem::path const& file, Faults& faults) {
    seen_.push_back(identity_of(file));
    load(file, faults);
}

void FileSet::load(std::filesystem::path const& file, Faults& faults) {
    auto tree = load_tree(file, faults);
    complete_ = complete_ && !tree.broken();
    for (auto const& named : tree.root(faults).placed_list("include")) include(named, file, faults);
    trees_.push_back(std::move(tree));
}

// Depth is bounded with the number of files: no file is read twice.
void FileSet::include(Placed const& named, std::filesystem::path const& from, Faults& faults) {
    auto const file = (from.parent_path() / named.text).lexically_normal();
    auto const same = identity_of(file);
    std::error_code failure;
    if (named.text.empty() || !std::filesystem::is_regular_file(file, failure)) {
        faults.add(named.at, fmt::format("there is no file {}", file.string()),
                   "a path in `include` is relative to the file that names it");
        complete_ = false;
    } else if (std::find(seen_.begin(), seen_.end(), same) != seen_.end()) {
        faults.add(named.at, fmt::format("{} is included already", file.string()),
                   "name each file once");
    } else if (seen_.size() == files_max) {
        faults.add(named.at, fmt::format("more than {} files", files_max));
        complete_ = false;
    } else {
        seen_.push_back(same);
        load(file, faults);
    }
}

void FileSet::report_unknown(Faults& faults) const {
    for (auto const& tree : trees_) tree.report_unknown(faults);
}

std::vector<std::string> FileSet::asked_keys() const {
    std::set<std::string> keys;
    for (auto const& tree : trees_) {
        for (auto& key : tree.asked_keys()) keys.insert(std::move(key));
    }
    return {keys.begin(), keys.end()};
}

}  // namespace washup::config
