#pragma once
// An adapter's store on its disk, which outlives the program: what was kept stands, with a sequence
// from 1 without holes, and an index by content that remembers for ever. It stands in for
// adapters/common/record_store: a commit is whole or not there at all. What the daemon answered
// needs its octets no more, so a year of them takes little room.

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "adapters/common/record.hpp"
#include "adapters/csv/intake.hpp"
#include "tests/sim/digest_hash.hpp"
#include "washup/v1/ingest.pb.h"

namespace washup::sim {

struct Stored {
    std::string name, octets, trigger;
    Instant received;
    v1::Observation observation;
    std::shared_ptr<csv::FileMapper const> file;  // a row of it
    std::string acknowledges;                     // the parcel that it came in
};

class AdapterStore {
  public:
    explicit AdapterStore(int epoch) : epoch_("s" + std::to_string(epoch)) {}

    std::string const& epoch() const { return epoch_; }
    std::uint64_t last() const { return first_ + records_.size() - 1; }
    // The sequence of the first. `key`: the content by which it is found again.
    std::uint64_t append(std::vector<Stored> records, std::string const& key);
    // The sequence that a content was kept under.
    std::optional<std::uint64_t> find(std::string const& key) const;
    // Only of records above noted().
    Stored const& at(std::uint64_t sequence) const { return records_[sequence - first_]; }

    void note_answered(std::uint64_t up_to);
    std::uint64_t noted() const { return first_ - 1; }
    std::vector<adapters::WaitingRecord> waiting() const;

  private:
    std::string epoch_;
    std::uint64_t first_ = 1;  // the sequence of records_.front(), or of the next one
    std::deque<Stored> records_;
    std::unordered_map<Digest128, std::uint64_t, DigestHash> index_;
};

}  // namespace washup::sim
