#pragma once
// Oracle: what boards show equals what a fold of its own says. It reads the octets on the disk, as
// a stranger with the key would, and knows no increment: a row is made anew from the whole state.
// Rows that change are compared at each step, all rows when recount() is called, and a live board
// has the fingerprint that its record had when it was published.

#include <deque>
#include <string>

#include "daemon/core/apply.hpp"
#include "daemon/journal/seal.hpp"
#include "daemon/reader/reader.hpp"
#include "proto/wire/replica.hpp"
#include "tests/sim/checkers/objections.hpp"

namespace washup::sim {

class Oracle {
  public:
    Oracle(Objections& objections, journal::Sealer const& sealer)
        : objections_(objections), sealer_(sealer) {}

    // Every durable record, boxes shut; again at a start.
    void stored(core::Record record);
    // A delta's rows as they leave the reader for a view, at the head of this fold.
    void published(v1::Delta const& delta);
    // What the daemon's publishers hold now, all of it; `truth` in the end and each hour.
    void note(reader::Reader const& reader);
    void recount(reader::Reader const& reader);
    // A board after each of its steps: what it changed, and whether it is what was published.
    void look(std::string const& board, v1::View view, wire::Replica const& replica);
    // All its rows, summed anew.
    void look_whole(std::string const& board, wire::Replica const& replica);

    core::State const& state() const { return state_; }
    std::size_t rows_checked() const { return rows_; }

  private:
    struct Published {
        std::uint64_t head = 0;
        std::map<v1::View, Fingerprint> views;
    };
    std::optional<v1::Row> row_of(v1::View view, std::uint32_t kind, std::string const& id) const;
    v1::Row stay_row(core::Stay const& stay) const;
    void differ(std::string const& where, v1::Row const& truth, v1::Row const& shown);

    Objections& objections_;
    journal::Sealer const& sealer_;
    core::State state_;
    std::deque<Published> published_;
    std::size_t rows_ = 0;
};

}  // namespace washup::sim
