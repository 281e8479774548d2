#pragma once
// OnceOnly: no record of a source, no content that a source told once, and no command has more than
// one effect.

#include <cstdint>
#include <set>
#include <string>
#include <tuple>

#include "daemon/core/record.hpp"
#include "tests/sim/checkers/objections.hpp"

namespace washup::sim {

class OnceOnly {
  public:
    explicit OnceOnly(Objections& objections) : objections_(objections) {}
    // Every durable record once, in order. The house gives each content a name of its own.
    void stored(core::Record const& record);

  private:
    Objections& objections_;
    std::uint64_t seen_ = 0;
    std::set<std::tuple<std::string, std::string, std::uint64_t>> sequences_;
    std::set<std::pair<std::string, std::string>> contents_;
    std::set<std::string> commands_;
};

}  // namespace washup::sim
