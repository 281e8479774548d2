#pragma once
// How far a board's picture is, in the model's words, from what the replica knows. Pure.

#include "board/model/model.hpp"
#include "proto/wire/replica.hpp"

namespace washup::board {

LinkPhase phase_of(wire::Replica const& replica);

}  // namespace washup::board
