#pragma once
// What the test hospital reads of the site's config: wards with their site and team, and the
// published labels of the reasons. The same files the daemon reads, so that both speak of one
// place.

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "adapters/hospital/beds.hpp"
#include "config/load/faults.hpp"

namespace washup::hospital {

struct Town {
    std::vector<Ward> wards;
    std::map<std::string, std::string, std::less<>> labels;
};

// Faults: the files cannot be read, or name no ward.
Town load_town(std::filesystem::path const& site_file, std::filesystem::path const& reasons_file,
               config::Faults& faults);

}  // namespace washup::hospital
