#pragma once
// What an adapter keeps of what it received, as plain values: a record, the file it came in, and
// what the daemon said of it. Keeping them is record_store's.

#include <cstdint>
#include <optional>
#include <string>

#include "proto/base/digest.hpp"
#include "proto/base/time.hpp"

namespace washup::adapters {

constexpr std::size_t raw_record_bytes_max = 16u << 20;

struct NewRecord {
    std::string name;       // what a person looks it up by: control id, or file name and row
    std::string trigger;    // "A01", "blockers.csv"
    Digest256 digest{};     // of `raw`; goes to the daemon
    std::string index_key;  // what makes it the same record again, e.g. source, MSH-7 and digest;
                            // kept as a keyed hash. Empty: never looked up
    std::string raw;        // as received; sealed at rest
    std::string second_key{};  // a second name under which find() gives the latest record, e.g. the
                               // sender's control id. Empty: none
    std::string set_aside{};   // why the adapter itself could not use it, in the daemon's word
                               // ("not_yet_handled"); it may be sent again later. Empty: it could
};

// What the daemon said of a record; values of v1::IngestAnswer::Outcome.
struct RecordOutcome {
    std::uint64_t sequence = 0;
    int outcome = 0;
    std::string code, field, words;
};

// A record without the daemon's answer: what an adapter owes.
struct WaitingRecord {
    std::uint64_t sequence = 0;
    std::uint64_t bytes = 0;  // raw octets
    Instant received;
};

struct StoredRecord {
    std::uint64_t sequence = 0;
    std::uint64_t batch = 0;  // 0 = none
    std::string name, trigger;
    Digest256 digest{};
    Instant received;
    std::optional<std::string> raw;  // absent: the key of its day has been forgotten
    std::optional<RecordOutcome> outcome;
    std::uint64_t again_of = 0;  // the record that this one repeats; 0 = none
};

// What is forgotten, and by which day: time is an argument.
struct ForgetBefore {
    Date day;            // raw octets that came before it go
    Date set_aside_day;  // of records set aside, which may be sent again one day: before this one
    Instant now;
};
struct Forgotten {
    std::uint64_t days = 0;      // keys destroyed
    std::uint64_t kept_on = 0;   // older than `day`, unanswered or set aside: kept, under a new key
    std::uint64_t given_up = 0;  // set aside and never sent again: it cannot be any more
};

// Records that came together and are kept or not kept together: a file.
struct NewBatch {
    std::string name;    // the file's name
    Digest256 digest{};  // of the whole file: the same file is never taken twice
    std::string about;   // what is needed to read its records again (a header line); sealed
};
struct Batch {
    std::uint64_t id = 0;
    std::string name;
    std::string about;
    std::uint64_t first = 0, last = 0;  // sequences; last < first when it held none
    bool finished = false;
};

}  // namespace washup::adapters
