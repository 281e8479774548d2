#include "adapters/hospital/town.hpp"

#include "config/load/tree.hpp"

namespace washup::hospital {

Town load_town(std::filesystem::path const& site_file, std::filesystem::path const& reasons_file,
               config::Faults& faults) {
    Town town;
    // Only the keys wanted here are asked for; whether the rest is right is the daemon's to say.
    auto site = config::load_tree(site_file, faults);
    for (auto table : site.root(faults).tables("ward")) {
        town.wards.push_back({table.text("code"), table.text("site"), table.text_or("team", {})});
    }
    if (town.wards.empty()) faults.add({site_file.string(), 0, 0}, "no [[ward]] in this site file");
    auto reasons = config::load_tree(reasons_file, faults);
    for (auto table : reasons.root(faults).tables("reason")) {
        town.labels[table.text("code")] = table.text("label");
    }
    return town;
}

}  // namespace washup::hospital
