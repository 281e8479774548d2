#pragma once
// One question on the control port, asked and waited for, for programs that ask and end. A board
// follows (follower.hpp).

#include <functional>
#include <string>

#include "proto/base/digest.hpp"
#include "proto/base/result.hpp"
#include "proto/base/time.hpp"
#include "proto/link/address.hpp"
#include "proto/wire/envelope.hpp"

namespace washup::board {

struct Asked {
    link::Address daemon;
    std::string staff{}, pin{};  // who signs in for it; empty: nobody
    Duration wait = seconds(10);
};

// Is given each frame of the answer; true: it is whole.
using Take = std::function<bool(wire::Frame const&)>;

// Error unavailable: nothing was heard in time; refused: the daemon's words.
Result<void> ask_once(Asked const& whom, Bytes frame, Take take);

}  // namespace washup::board
