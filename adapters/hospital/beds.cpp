#include "adapters/hospital/beds.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "proto/base/check.hpp"

namespace washup::hospital {

Beds::Beds(std::vector<Ward> wards, int beds) : wards_(std::move(wards)) {
    WASHUP_CHECK(!wards_.empty(), "a hospital has a ward");
    auto const count = static_cast<int>(wards_.size());
    for (int i = 0; i < count; ++i) {
        auto const here =
            std::clamp(beds / count + (i < beds % count ? 1 : 0), 1, beds_per_ward_max);
        taken_beds_.emplace_back(static_cast<std::size_t>(here), false);
    }
}

int Beds::count() const {
    int count = 0;
    for (auto const& ward : taken_beds_) count += static_cast<int>(ward.size());
    return count;
}

std::optional<BedName> Beds::take_on(Prng& chance, std::size_t ward) {
    std::vector<int> free;
    for (std::size_t bed = 0; bed < taken_beds_[ward].size(); ++bed) {
        if (!taken_beds_[ward][bed]) free.push_back(static_cast<int>(bed));
    }
    if (free.empty()) return std::nullopt;
    BedName const bed{ward, free[chance.below(free.size())]};
    taken_beds_[ward][static_cast<std::size_t>(bed.bed)] = true;
    ++taken_;
    return bed;
}

std::optional<BedName> Beds::take(Prng& chance, std::string const& site,
                                  std::optional<std::size_t> not_ward) {
    std::vector<std::size_t> candidates;
    for (std::size_t ward = 0; ward < wards_.size(); ++ward) {
        bool const room = std::find(taken_beds_[ward].begin(), taken_beds_[ward].end(), false) !=
                          taken_beds_[ward].end();
        if (wards_[ward].site == site && room && ward != not_ward) candidates.push_back(ward);
    }
    if (candidates.empty()) return not_ward ? take_on(chance, *not_ward) : std::nullopt;
    return take_on(chance, candidates[chance.below(candidates.size())]);
}

std::optional<BedName> Beds::take_on_arrival(Prng& chance, std::string const& site) {
    for (std::size_t ward = 0; ward < wards_.size(); ++ward) {
        if (wards_[ward].site != site) continue;
        if (auto const bed = take_on(chance, ward)) return bed;
        break;
    }
    return take(chance, site, std::nullopt);
}

bool Beds::take_back(BedName bed) {
    auto place = taken_beds_[bed.ward].begin() + bed.bed;
    if (*place) return false;
    *place = true;
    ++taken_;
    return true;
}

void Beds::free(BedName bed) {
    auto place = taken_beds_[bed.ward].begin() + bed.bed;
    WASHUP_CHECK(*place, "a bed that is freed was taken");
    *place = false;
    --taken_;
}

Place Beds::place(BedName bed) const {
    auto const bay = static_cast<char>('A' + bed.bed / 6);
    auto const& ward = wards_[bed.ward];
    return {ward.code, std::string{bay}, fmt::format("{}{}", bay, bed.bed % 6 + 1), ward.site};
}

}  // namespace washup::hospital
