#pragma once
// Durability: whatever was acknowledged to a source or a person, or shown on a board, was in the
// journal by then, and is there at the same record whenever it is looked at again.

#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "daemon/core/record.hpp"
#include "tests/sim/checkers/objections.hpp"

namespace washup::sim {

class Durability {
  public:
    explicit Durability(Objections& objections) : objections_(objections) {}

    // A record became durable, or was found at a start; from 1 on, each again at each start.
    void stored(core::Record const& record);
    // Answers and frames as they leave the daemon; `durable` is the last record on the disk.
    void answered(std::string const& source, std::string const& epoch, std::uint64_t sequence,
                  std::uint64_t record, std::uint64_t durable);
    void accepted(std::string const& command, std::uint64_t record, std::uint64_t durable);
    void shown(std::uint64_t head, std::uint64_t durable);
    // At a start and at the end: `head` is the last record that is there.
    void look(std::uint64_t head);

    std::size_t answers() const { return sources_.size(); }
    std::size_t commands() const { return commands_.size(); }

  private:
    struct Cause {
        std::string of;  // source and epoch, or the command
        std::uint64_t sequence = 0;
    };
    void promise(std::uint64_t record, Cause cause, std::uint64_t durable);

    Objections& objections_;
    std::map<std::tuple<std::string, std::string, std::uint64_t>, std::uint64_t> sources_;
    std::map<std::string, std::uint64_t> commands_;
    std::map<std::uint64_t, Cause> promised_;  // by record
    std::vector<Cause> there_;                 // of record n at n - 1
};

}  // namespace washup::sim
