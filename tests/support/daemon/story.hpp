#pragma once
// What happens in the simulated house: people come, move, are ready, are blocked, leave; messages
// come late, twice and in the wrong order; teams wash up, cycles decide. Seeded; gives records in
// wire form.

#include <functional>
#include <string>
#include <vector>

#include "daemon/core/config.hpp"
#include "proto/base/prng.hpp"
#include "proto/base/time.hpp"
#include "washup/v1/command.pb.h"
#include "washup/v1/ingest.pb.h"

namespace washup::tests {

struct StoryOptions {
    // How many of 1000 commands erase a person; the others are drawn evenly.
    std::uint64_t erase_permille = 60;
};

// A blocker that somebody sees on a board.
struct SeenBlocker {
    std::uint64_t stay = 0, blocker = 0;
    bool closed = false;
};

class Story {
  public:
    explicit Story(Prng chance, StoryOptions options = {}) : chance_(chance), options_(options) {}

    static core::Config config();
    // Of whom the hub and the people speak: visits from `first` on.
    void among(int first, int count) { first_ = first, count_ = count; }
    // What people see who put a blocker right; without it they guess.
    void board(std::function<std::vector<SeenBlocker>()> blockers) {
        blockers_ = std::move(blockers);
    }
    v1::Observation next_ward(Instant now);
    v1::Observation next_hub(Instant now);
    v1::Command next_command(std::string id, Instant now);

  private:
    static std::string nhs_number(int person);
    int anybody();
    void subject(v1::Observation& observation, int person);
    void put(v1::Observation& observation, v1::Field field, Instant at, bool date);
    v1::Command erase(v1::Command command);
    void of_the_stay(v1::Command& command, std::string const& stay, Instant now);
    void correct(v1::Command& command, std::string const& stay, Instant now);
    void meeting(v1::Command& command, std::string const& stay, Instant now);
    void cycle(v1::Command& command, std::string const& stay, Instant now);
    void staff(v1::Command& command, Instant now);

    Prng chance_;
    StoryOptions options_;
    std::function<std::vector<SeenBlocker>()> blockers_;
    int first_ = 0, count_ = 40;  // few, so that stories meet
};

}  // namespace washup::tests
