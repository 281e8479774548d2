#pragma once
// Records that one thread reads and checks while another folds the ones before: a short queue of
// batches between the two, and what ends it. Knows nothing of where the records come from.

#include <condition_variable>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "daemon/core/record.hpp"

namespace washup::journal {

// Batches that wait to be folded, and records in each: some hundred kilobytes.
inline constexpr std::size_t read_ahead_batches_max = 4;
inline constexpr std::size_t read_ahead_records = 256;

class ReadAhead {
  public:
    // Is given each record; false: nobody wants more.
    using Give = std::function<bool(core::Record record)>;
    using Source = std::function<Result<void>(Give const& give)>;

    // `source` runs on a thread of its own, from now on.
    explicit ReadAhead(Source source);
    // Waits for the thread; what it still reads is dropped.
    ~ReadAhead();
    ReadAhead(ReadAhead const&) = delete;
    ReadAhead& operator=(ReadAhead const&) = delete;

    // The next batch; empty at the end, and result() then says how it ended.
    std::vector<core::Record> next();
    // Throws what the source threw.
    Result<void> result();

  private:
    void run(Source const& source);
    bool put(std::vector<core::Record> batch);  // false: nobody wants more

    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<std::vector<core::Record>> waiting_;  // oldest first
    bool ended_ = false, unwanted_ = false;
    Result<void> result_;
    std::exception_ptr thrown_;
    std::thread thread_;  // the last: it uses all the others
};

}  // namespace washup::journal
