#pragma once
// Wards and beds of the test hospital: who lies where. A ward has bays A, B, C... of six beds.

#include <optional>
#include <string>
#include <vector>

#include "adapters/hospital/hl7_text.hpp"
#include "proto/base/prng.hpp"

namespace washup::hospital {

inline constexpr int beds_per_ward_max = 156;  // 26 bays

struct Ward {
    std::string code, site, team;
};

struct BedName {
    std::size_t ward = 0;
    int bed = 0;
    friend bool operator==(BedName const&, BedName const&) = default;
};

class Beds {
  public:
    // `beds` over all wards, as evenly as it goes; a ward has at least one.
    Beds(std::vector<Ward> wards, int beds);

    std::vector<Ward> const& wards() const { return wards_; }
    int count() const;
    int taken() const { return taken_; }
    // A free bed on a ward of that site; on `not_ward` only when nothing else is free.
    std::optional<BedName> take(Prng& chance, std::string const& site,
                                std::optional<std::size_t> not_ward);
    // The site's first ward, where people arrive, when it has room.
    std::optional<BedName> take_on_arrival(Prng& chance, std::string const& site);
    bool take_back(BedName bed);  // false: somebody else lies there
    void free(BedName bed);
    Place place(BedName bed) const;

  private:
    std::optional<BedName> take_on(Prng& chance, std::size_t ward);

    std::vector<Ward> wards_;
    std::vector<std::vector<bool>> taken_beds_;
    int taken_ = 0;
};

}  // namespace washup::hospital
