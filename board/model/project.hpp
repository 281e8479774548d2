#pragma once
// Turns rows of the feed into the values of a Model. Only a translation: nothing is decided, sorted
// or counted here. It does not check sequence numbers or fingerprints; the follower's replica does.

#include <cstdint>

#include "board/model/model.hpp"

namespace washup::v1 {
class Heartbeat;
class Row;
class RowName;
}  // namespace washup::v1

namespace washup::board {

// Puts a row in, or in place of the one with its id. A row of a kind this program does not know is
// left out: a newer daemon may send it.
void apply_row(Model& model, v1::Row const& row);

// Takes a row away; a name that is not there changes nothing.
void remove_row(Model& model, v1::RowName const& name);

// Takes all rows away, before a new snapshot goes in.
void clear_rows(Model& model);

// What a heartbeat says about the daemon; `steady_ms` is when it arrived, since boot.
void apply_heartbeat(Model& model, v1::Heartbeat const& beat, std::int64_t steady_ms);

}  // namespace washup::board
