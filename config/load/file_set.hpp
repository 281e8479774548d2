#pragma once
// A file and the files it includes, as trees, the included ones first. Paths in `include` are
// relative to the file that names them. Knows no meaning of any other key.

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "config/load/tree.hpp"

namespace washup::config {

inline constexpr std::size_t files_max = 64;

class FileSet {
  public:
    FileSet(std::filesystem::path const& file, Faults& faults);

    std::vector<Tree>& trees() { return trees_; }
    // False when a file was missing or broken: what it would have defined must not be missed aloud.
    bool complete() const { return complete_; }
    void report_unknown(Faults& faults) const;
    std::vector<std::string> asked_keys() const;
    // Every file that was read, or looked for.
    std::vector<std::filesystem::path> const& files() const { return seen_; }

  private:
    void load(std::filesystem::path const& file, Faults& faults);
    void include(Placed const& named, std::filesystem::path const& from, Faults& faults);

    std::vector<Tree> trees_;
    std::vector<std::filesystem::path> seen_;
    bool complete_ = true;
};

}  // namespace washup::config
