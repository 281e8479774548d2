#pragma once
// A state and the journal it is the fold of, with the records numbered and timed as the engine
// would do it. Not the engine: no acks, no seal, no disk.

#include <string_view>
#include <vector>

#include "daemon/core/apply.hpp"
#include "daemon/core/decide.hpp"
#include "tests/support/core/builders.hpp"

namespace washup::test_support {

class House {
  public:
    explicit House(std::string_view now = "2026-11-01 08:00") : now_(instant(now)) {}

    core::State const& state() const { return state_; }
    std::vector<core::Record> const& journal() const { return journal_; }
    core::Changes const& changes() const { return changes_; }  // of the last record

    Instant now() const { return now_; }
    // Moves the time and carries out what fell due on the way.
    House& at(std::string_view when);

    // One record of already decided events.
    House& holds(std::vector<core::Event> events);
    // Decides and applies.
    core::Outcome see(core::Observation const& observation);
    Result<core::Outcome> ask(core::Command const& command);

  private:
    void append(core::Cause cause, std::vector<core::Event> events);

    core::State state_;
    std::vector<core::Record> journal_;
    core::Changes changes_;
    Instant now_;
    std::uint64_t sequence_ = 0;
};

// A fold of its own of the same records: must give the same fingerprint.
core::State replayed(std::vector<core::Record> const& journal);

}  // namespace washup::test_support
