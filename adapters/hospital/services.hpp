#pragma once
// The services whose capacity the hub counts, as counters that wander. Some are usually full, which
// is what people wait for. Pure.

#include <string>
#include <vector>

#include "adapters/hospital/hub_files.hpp"
#include "proto/base/prng.hpp"

namespace washup::hospital {

class Services {
  public:
    explicit Services(Prng& chance);
    // One row for each service, as of `now`; the counters move a little first.
    void count(Prng& chance, Instant now, HubFiles& files);

  private:
    struct Service {
        std::string name, kind, zone, pathway, unit;
        int total = 0, occupied = 0, reserved = 0, usual_percent = 90;
    };
    std::vector<Service> services_;
};

}  // namespace washup::hospital
