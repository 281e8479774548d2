#pragma once
// OnceOnly: no record of a source, no content that a ward told once (however often it was sent),
// and no command has more than one effect. Names are kept as digests: a year has many.

#include <cstdint>
#include <map>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "daemon/core/record.hpp"
#include "tests/sim/checkers/objections.hpp"
#include "tests/sim/digest_hash.hpp"

namespace washup::sim {

class OnceOnly {
  public:
    explicit OnceOnly(Objections& objections) : objections_(objections) {}
    // Every durable record once, in order. The house gives each content a name of its own.
    void stored(core::Record const& record);

  private:
    Objections& objections_;
    std::uint64_t seen_ = 0;
    std::map<std::pair<std::string, std::string>, std::vector<bool>> sequences_;
    using Names = std::unordered_set<Digest128, DigestHash>;
    std::map<std::string, Names> contents_;  // by source
    Names commands_;
};

}  // namespace washup::sim
