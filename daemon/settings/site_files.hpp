#pragma once
// The site's file and the files it includes, as trees, the included ones first. Paths in `include`
// are relative to the file that names them. Knows no meaning but `include`.

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "config/load/tree.hpp"

namespace washup::settings {

inline constexpr std::size_t site_files_max = 64;

class SiteFiles {
  public:
    SiteFiles(std::filesystem::path const& site_file, config::Faults& faults);

    std::vector<config::Tree>& trees() { return trees_; }
    // False when a file was missing or broken: what it would have defined must not be missed aloud.
    bool complete() const { return complete_; }
    void report_unknown(config::Faults& faults) const;
    std::vector<std::string> asked_keys() const;

  private:
    void load(std::filesystem::path const& file, config::Faults& faults);
    void include(config::Placed const& named, std::filesystem::path const& from,
                 config::Faults& faults);

    std::vector<config::Tree> trees_;
    std::vector<std::filesystem::path> seen_;
    bool complete_ = true;
};

}  // namespace washup::settings
