#pragma once
// The hospital as a machine: step(now) plays everything that is due and gives back the messages and
// files in order. Seed, times and wards decide every octet; how often step is called does not. It
// begins `warm_up` before the history in silence, so that the history starts in the middle of many
// stays as a real feed does.

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "adapters/hospital/beds.hpp"
#include "adapters/hospital/hub_files.hpp"
#include "adapters/hospital/services.hpp"
#include "adapters/hospital/story.hpp"

namespace washup::hospital {

struct ModelOptions {
    std::uint64_t seed = 1;
    int beds = 180;
    Instant history_start;  // the first message
    Instant live_from;      // until here the hub drops twice a day, afterwards every 15 minutes
    std::vector<Ward> wards;
    // Published label of a national reason, by code; the hub writes these where it has them.
    std::map<std::string, std::string, std::less<>> labels;
};

struct Message {
    Instant at;
    std::string control_id, trigger, text;
    std::uint32_t lane = 0;  // messages of one person have one lane, and its order matters
};
struct Drop {
    Instant at;
    HubFile file;
};
using Output = std::variant<Message, Drop>;

struct Census {
    int beds = 0, in_bed = 0, on_list = 0, ready = 0;
};

class Model {
  public:
    explicit Model(ModelOptions options);
    ~Model();

    // Everything due up to `now`, in order of time.
    std::vector<Output> step(Instant now);
    Instant next_due() const;
    std::vector<StaffMember> const& staff() const;
    Census census() const;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

// The invented staff of the teams that the wards name.
std::vector<StaffMember> make_staff(std::vector<Ward> const& wards);

}  // namespace washup::hospital
