#pragma once
// A hub that drops CSV files, from a seed: referrals, outcomes, blockers, actions, milestones and
// capacity as config/sources/csv_hub.toml reads them, with the dirt of real ones: semicolons,
// quotes, other charsets, words of no vocabulary, cells left empty.

#include <string>

#include "proto/base/prng.hpp"
#include "proto/base/time.hpp"

namespace washup::tests {

struct CsvFile {
    std::string name, octets;
};

class CsvStory {
  public:
    explicit CsvStory(Prng chance) : chance_(chance) {}
    // Of whom it speaks: visits from `first` on.
    void among(int first, int count) { first_ = first, count_ = count; }
    CsvFile next(Instant now, std::size_t rows);

  private:
    std::string row_of(std::size_t kind, Instant now);

    Prng chance_;
    int first_ = 0, count_ = 40, files_ = 0;
};

}  // namespace washup::tests
