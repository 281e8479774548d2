#pragma once
// The chain of digests that holds the journal together: each record's digest is made of the one
// before, its number, its time and its body, and the first of the journal's epoch. Whoever changes,
// takes away, adds or swaps a record in the middle breaks it at that record. Pure. It has no key,
// so it shows damage and careless hands, not somebody who writes the whole rest of the chain anew.

#include <string_view>

#include "daemon/core/record.hpp"

namespace washup::journal {

// A record as it lies in the journal.
struct StoredRecord {
    core::RecordNumber number;
    Instant at;
    Bytes body;
    Digest128 digest;
};

Digest128 chain_start(std::string_view epoch);
Digest128 chain_next(Digest128 const& before, core::RecordNumber number, Instant at,
                     std::string_view body);

// Reads stored records in order and refuses the first that is not what was written.
class ChainCheck {
  public:
    ChainCheck(core::RecordNumber next, Digest128 const& before) : next_(next), before_(before) {}

    // Error invalid names the record: missing, damaged, or not understood.
    Result<core::Record> take(core::RecordNumber number, Instant at, std::string_view body,
                              std::string_view digest);
    // Of the last record that was taken.
    Digest128 const& digest() const { return before_; }
    // At the end: everything up to the head was there.
    Result<void> finish(core::RecordNumber head) const;

  private:
    core::RecordNumber next_;
    Digest128 before_;
};

}  // namespace washup::journal
