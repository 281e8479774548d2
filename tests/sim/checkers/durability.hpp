#pragma once
// Durability: whatever was acknowledged to a ward, a source or a person, or shown on a board, was
// in the journal by then (or, of what a ward was told, in its adapter's store), and is there at the
// same record whenever it is looked at again. Causes are kept as digests: a year has many.

#include <cstdint>
#include <map>
#include <string>
#include <unordered_set>
#include <utility>
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

    // An acknowledgement leaves an adapter for its ward: `stands` fsynced in the adapter's store.
    void acknowledged(std::string const& source, std::string const& content, bool stands);
    // At the end: what was acknowledged to wards is in the journal, all of it.
    void look_upstream();

    std::size_t answers() const { return answers_; }
    std::size_t commands() const { return commands_.size(); }
    std::size_t acknowledgements() const { return acknowledgements_; }

  private:
    void promise(std::uint64_t record, std::uint64_t cause, std::string const& words,
                 std::uint64_t durable);

    Objections& objections_;
    // The record of each sequence, at sequence - 1; 0 = not answered.
    std::map<std::pair<std::string, std::string>, std::vector<std::uint64_t>> sources_;
    std::map<std::string, std::uint64_t> commands_;
    std::vector<std::uint64_t> there_;     // the cause of record n at n - 1
    std::vector<std::uint64_t> promised_;  // what was said of it; 0 = nothing
    std::uint64_t last_promised_ = 0, last_shown_ = 0;
    std::size_t answers_ = 0, acknowledgements_ = 0;
    std::unordered_set<std::uint64_t> contents_;          // in the journal
    std::map<std::uint64_t, std::string> owed_upstream_;  // acknowledged and not yet there
};

}  // namespace washup::sim
