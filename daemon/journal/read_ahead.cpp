#include "daemon/journal/read_ahead.hpp"

namespace washup::journal {

ReadAhead::ReadAhead(Source source)
    : thread_([this, source = std::move(source)] { run(source); }) {}

ReadAhead::~ReadAhead() {
    {
        std::lock_guard const lock{mutex_};
        unwanted_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

bool ReadAhead::put(std::vector<core::Record> batch) {
    {
        std::unique_lock lock{mutex_};
        changed_.wait(lock,
                      [this] { return unwanted_ || waiting_.size() < read_ahead_batches_max; });
        if (unwanted_) return false;
        waiting_.push_back(std::move(batch));
    }
    changed_.notify_all();
    return true;
}

void ReadAhead::run(Source const& source) {
    Result<void> result;
    std::exception_ptr thrown;
    try {
        {
            std::lock_guard const lock{mutex_};  // somebody may wait in next() already
            waiting_.reserve(read_ahead_batches_max);
        }
        std::vector<core::Record> batch;
        batch.reserve(read_ahead_records);
        result = source([&](core::Record record) {
            batch.push_back(std::move(record));
            if (batch.size() < read_ahead_records) return true;
            std::vector<core::Record> full;
            full.reserve(read_ahead_records);
            full.swap(batch);
            return put(std::move(full));
        });
        if (!batch.empty()) put(std::move(batch));
    } catch (...) {  // memory that is gone is told where it can be answered
        thrown = std::current_exception();
    }
    {
        std::lock_guard const lock{mutex_};
        ended_ = true;
        result_ = std::move(result);
        thrown_ = std::move(thrown);
    }
    changed_.notify_all();
}

std::vector<core::Record> ReadAhead::next() {
    std::vector<core::Record> batch;
    {
        std::unique_lock lock{mutex_};
        changed_.wait(lock, [this] { return ended_ || !waiting_.empty(); });
        if (waiting_.empty()) return batch;
        batch = std::move(waiting_.front());
        waiting_.erase(waiting_.begin());
    }
    changed_.notify_all();
    return batch;
}

Result<void> ReadAhead::result() {
    std::lock_guard const lock{mutex_};
    if (thrown_) std::rethrow_exception(thrown_);
    return result_;
}

}  // namespace washup::journal
