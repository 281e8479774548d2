#pragma once
// The index of past minutes as three threads share it: records come from the look through the
// journal and from each commit, questions from the past thread. None holds the lock for long.

#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "daemon/engine/past_index.hpp"

namespace washup::shell {

class SharedPastIndex {
  public:
    void add(core::Record const& record) {
        std::lock_guard const lock{mutex_};
        index_.add(record);
    }
    void add(std::vector<std::shared_ptr<core::Record const>> const& records) {
        std::lock_guard const lock{mutex_};
        for (auto const& record : records) index_.add(*record);
    }
    // Every record up to the head was added; from now on it answers.
    void whole() {
        std::lock_guard const lock{mutex_};
        whole_ = true;
    }
    std::optional<engine::PastIndex::Later> later(core::State const& then, core::RecordNumber until,
                                                  Instant at) const {
        std::lock_guard const lock{mutex_};
        if (!whole_) return std::nullopt;
        return index_.later(then, until, at);
    }

  private:
    mutable std::mutex mutex_;
    engine::PastIndex index_;
    bool whole_ = false;
};

}  // namespace washup::shell
