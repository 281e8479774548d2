#pragma once
// One picture of a past minute, asked for and waited for. Nothing follows it: it never changes, and
// no heartbeat confirms it. For programs that ask and end; a board follows (follower.hpp).

#include <memory>
#include <string>

#include "board/link/asker.hpp"
#include "board/model/model.hpp"
#include "proto/base/result.hpp"

namespace washup::v1 {
class History;
}

namespace washup::board {

struct PastQuestion {
    Asked whom;
    int tier = 3;
    Instant at;
    // What is known now of that minute; else what was known then, as the boards showed it.
    bool as_known_now = false;
};

// The model is complete and its time is `at`. Error unavailable: nothing was heard in time;
// refused: the daemon's words (the journal begins later).
Result<std::shared_ptr<Model const>> past_picture(PastQuestion const& question);
Result<std::shared_ptr<v1::History const>> past_history(PastQuestion const& question,
                                                        std::string const& stay);

}  // namespace washup::board
