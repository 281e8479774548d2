#pragma once
// What was asked of the daemon and is not yet answered: sent again until answered or too old. Pure:
// time comes in, frames go out.

#include <algorithm>
#include <functional>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "proto/base/digest.hpp"
#include "proto/base/result.hpp"
#include "proto/base/time.hpp"

namespace washup::board {

// `Reply` is what the asker gets: a shared pointer to an answer's message.
template <class Reply>
class Requests {
  public:
    using Done = std::function<void(Result<Reply>)>;

    Requests(std::size_t most, Duration wait, Duration send_again_after)
        : most_(most), wait_(wait), send_again_after_(send_again_after) {}

    bool full() const { return asked_.size() >= most_; }
    std::size_t size() const { return asked_.size(); }

    // The same key twice: one question, two who wait for it.
    void add(std::string const& key, Bytes frame, Done done, SteadyInstant now) {
        auto [it, added] = asked_.try_emplace(key);
        if (added) it->second = {std::move(frame), now + wait_, now, {}};
        it->second.waiting.push_back(std::move(done));
    }

    // Sends what is due, at once again what could not be sent; what is too old is answered with
    // `unavailable`.
    void send_due(SteadyInstant now, std::function<bool(Bytes const&)> const& send) {
        std::vector<Done> too_old;
        for (auto it = asked_.begin(); it != asked_.end();) {
            auto& asked = it->second;
            if (now >= asked.until) {
                std::move(asked.waiting.begin(), asked.waiting.end(), std::back_inserter(too_old));
                it = asked_.erase(it);
                continue;
            }
            if (now >= asked.send_at && send(asked.frame)) asked.send_at = now + send_again_after_;
            ++it;
        }
        tell(too_old, Error{ErrorCode::unavailable, "the daemon did not answer", {}});
    }

    // False: nobody asked, or it was answered before.
    bool answer(std::string const& key, Result<Reply> const& reply) {
        auto const it = asked_.find(key);
        if (it == asked_.end()) return false;
        auto const waiting = std::move(it->second.waiting);
        asked_.erase(it);
        tell(waiting, reply);
        return true;
    }

    void fail_all(Error const& error) {
        auto const asked = std::move(asked_);
        asked_.clear();
        for (auto const& [key, one] : asked) tell(one.waiting, error);
    }

  private:
    struct Asked {
        Bytes frame;
        SteadyInstant until, send_at;
        std::vector<Done> waiting;
    };
    static void tell(std::vector<Done> const& waiting, Result<Reply> const& reply) {
        for (auto const& done : waiting) {
            if (done) done(reply);
        }
    }

    std::size_t most_;
    Duration wait_, send_again_after_;
    std::map<std::string, Asked> asked_;
};

}  // namespace washup::board
