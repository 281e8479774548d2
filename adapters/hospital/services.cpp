#include "adapters/hospital/services.hpp"

#include <algorithm>
#include <array>

namespace washup::hospital {
namespace {

struct Kind {
    char const *name, *kind, *pathway, *unit;
    int total, usual_percent;
};
constexpr std::array<Kind, 7> kinds = {{
    {"Home care", "Home care", "P1", "Hour a week", 420, 96},
    {"Reablement", "Reablement", "P1", "Start a week", 14, 90},
    {"Bridging", "Bridging", "P1", "Slot", 8, 80},
    {"Night sitting", "Night sitting", "P1", "Slot", 6, 98},
    {"Community rehabilitation", "Community bed", "P2", "Bed", 24, 97},
    {"Step-down care home", "Care home bed", "P2", "Bed", 10, 85},
    {"Residential vacancies", "Care home bed", "P3", "Bed", 16, 75},
}};

}  // namespace

Services::Services(Prng& chance) {
    for (auto const* const zone : {"Coast", "Vale"}) {
        for (auto const& kind : kinds) {
            auto const total = kind.total + static_cast<int>(chance.between(-2, 2));
            services_.push_back({kind.name, kind.kind, zone, kind.pathway, kind.unit, total,
                                 total * kind.usual_percent / 100, 0, kind.usual_percent});
        }
    }
}

void Services::count(Prng& chance, Instant now, HubFiles& files) {
    for (auto& service : services_) {
        auto const usual = service.total * service.usual_percent / 100;
        auto const drift = static_cast<int>(chance.between(-2, 2)) + (usual - service.occupied) / 3;
        service.occupied = std::clamp(service.occupied + drift, 0, service.total);
        service.reserved = static_cast<int>(
            chance.below(static_cast<std::uint64_t>((service.total - service.occupied) / 2 + 1)));
        auto const free = service.total - service.occupied - service.reserved;
        // Vacant is not the same as usable: some of what is free takes nobody today.
        auto const accepting = chance.chance(300) ? free / 2 : free;
        files.add("capacity",
                  {{"Service", service.name},
                   {"Kind", service.kind},
                   {"Zone", service.zone},
                   {"Pathway", service.pathway},
                   {"Unit", service.unit},
                   {"Total", std::to_string(service.total)},
                   {"Occupied", std::to_string(service.occupied)},
                   {"Reserved", chance.chance(80) ? "-" : std::to_string(service.reserved)},
                   {"Accepting Now", std::to_string(accepting)},
                   {"As Of", hub_time(now)}});
    }
}

}  // namespace washup::hospital
