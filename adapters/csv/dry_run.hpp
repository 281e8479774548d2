#pragma once
// What a file would become, as text for the person who writes a profile: one line a row, without
// the row's own words. Nothing is stored and nothing sent.

#include <string>
#include <string_view>

#include "adapters/csv/profile.hpp"

namespace washup::csv {

struct DryRun {
    std::string text;
    bool clean = true;  // every row can be mapped
};

DryRun dry_run(Profile const& profile, std::string_view file_name, std::string_view octets);

}  // namespace washup::csv
