#pragma once
// One short conversation with the daemon for a program that asks and ends: waits where the board
// would go on drawing.

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>

#include "board/link/follower.hpp"
#include "proto/link/address.hpp"

namespace washup::board::ctl {

class Session {
  public:
    Session(link::Address const& daemon, int tier, Duration wait);

    // Before anything else, where the view is a person's. It lasts as long as this object, and no
    // longer than the daemon lets it: each further call tells it that somebody is there.
    Result<void> sign_in(std::string const& staff, std::string const& pin);
    // The words with which the daemon ended it; empty: it goes on, or there was none.
    std::string ended() const;

    // The model once a heartbeat confirmed it: of whoever signed in, else the key's own; an Error
    // `unavailable` when the daemon was not heard, `io` when it was and the picture did not become
    // whole in time.
    Result<std::shared_ptr<Model const>> wait_model();
    // Any newer model, or the same one after `most`.
    std::shared_ptr<Model const> wait_change(Duration most);

    Result<std::shared_ptr<v1::Answer const>> send(v1::Command const& command);
    Result<std::shared_ptr<v1::History const>> history(std::string const& stay);

  private:
    Error not_there() const;

    link::Address daemon_;
    int tier_;
    Duration wait_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::uint64_t changes_ = 0, seen_ = 0;
    Follower follower_;  // last: its thread uses what stands above
};

// The daemon's time of a model, for this moment.
Instant now_of(Model const& model);

}  // namespace washup::board::ctl
