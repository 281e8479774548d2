#pragma once
// Oracle: what boards show equals what a naive model (naive/) makes of the records, which it reads
// from the octets on the disk, as a stranger with the key would. Rows of every stay that a record
// touched are compared at each step, in each view; all rows and all sums when recount() is called;
// and a live board has the fingerprint that its record had when it was published.

#include <deque>
#include <string>

#include "daemon/journal/seal.hpp"
#include "daemon/reader/reader.hpp"
#include "proto/wire/replica.hpp"
#include "tests/sim/checkers/naive/said.hpp"
#include "tests/sim/checkers/objections.hpp"

namespace washup::sim {

class Oracle {
  public:
    Oracle(Objections& objections, journal::Sealer const& sealer)
        : objections_(objections), sealer_(sealer) {}

    // Every durable record, boxes shut; again at a start.
    void stored(core::Record record);
    // What the daemon's publishers hold now: after a start, and after each step.
    void note(reader::Reader const& reader);
    // A delta's rows as they leave the daemon: those that its publisher holds.
    void published(v1::Delta const& delta, reader::Reader const& reader);
    // All rows and sums of what is held, one by one, and no row more.
    void recount(reader::Reader const& reader);
    // The same rows made from the whole state at once: a reader that was started now.
    void rebuild(reader::Reader const& reader);
    // A board after each of its steps: whether it is what was published.
    void look(std::string const& board, v1::View view, wire::Replica const& replica);
    // All its rows, summed anew.
    void look_whole(std::string const& board, wire::Replica const& replica);

    std::size_t stays() const { return said_.stays.size(); }
    naive::Said const& said() const { return said_; }
    std::uint64_t rows_checked() const { return rows_; }

  private:
    struct Published {
        std::uint64_t head = 0;
        std::map<v1::View, Fingerprint> views;
    };
    // Stays whose bed was left or taken by one of these, too.
    std::set<core::StayId> move_beds(std::set<core::StayId> stays);
    void look_at_stay(core::StayId id, reader::Reader const& reader);
    // `full`: its row in the widest view; null = none.
    void look_at_stay(core::StayId id, reader::Reader const& reader, v1::Row const* full);
    void look_at_house(v1::Row const& row);
    // Of a record that is about to be added: what it tells of clocks, and what it froze.
    void look_at_events(core::Record const& record);
    // By now the daemon has told of every clock that ran out.
    void look_at_breaches(Instant now);
    void recount_notes(core::State const& state);
    void recount_sums(wire::FeedState const& rows);
    void object(std::string const& row, std::string const& words);

    Objections& objections_;
    journal::Sealer const& sealer_;
    naive::Said said_;
    std::map<core::StayId, std::string> bed_of_;
    std::map<std::string, std::set<core::StayId>> in_bed_;
    std::deque<Published> published_;
    std::uint64_t rows_ = 0;
    bool breaches_due_ = false;  // they are counted before the next record that somebody caused
};

}  // namespace washup::sim
