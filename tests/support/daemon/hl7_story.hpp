#pragma once
// A ward system that speaks HL7 v2.4 in MLLP frames, from a seed: each bed has somebody in it or
// not, and what is sent mostly follows from that; some messages come late, twice, or speak of what
// never was. The dialect is that of config/sources/default.toml.

#include <string>
#include <vector>

#include "proto/base/prng.hpp"
#include "proto/base/time.hpp"

namespace washup::tests {

struct Hl7StoryOptions {
    int beds = 30;
    // How many of 1000 messages do not care what happened before.
    std::uint64_t odd_permille = 100;
    // Messages of a stay, on average, before it ends.
    std::uint64_t messages_a_stay = 12;
};

class Hl7Story {
  public:
    Hl7Story(Prng chance, Hl7StoryOptions options);
    // One message, framed.
    std::string next(Instant now);
    // The sender has the answers to all that it sent: it repeats none of it any more.
    void answered() { answered_ = true; }
    // Visit numbers given so far: the last of them are here.
    int visits() const { return visits_; }

  private:
    struct Bed {
        int person = 0, visit = 0;
        Instant admitted;
        bool taken = false;
    };
    std::string trigger_for(Bed& bed, Instant occurred);
    std::string write(std::string const& trigger, Bed const& bed, int place, Instant occurred,
                      Instant now);

    Prng chance_;
    Hl7StoryOptions options_;
    std::vector<Bed> beds_;
    int people_ = 0, visits_ = 0, messages_ = 0;
    std::string last_;
    bool answered_ = false;
};

}  // namespace washup::tests
