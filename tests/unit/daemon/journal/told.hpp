#pragma once
// Listens to a journal's callbacks, and waits for them without sleeping.

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <vector>

#include "daemon/journal/journal.hpp"

namespace washup::journal::test {

class Told {
  public:
    JournalHandlers handlers() {
        return {[this](core::RecordNumber up_to, std::vector<SharedRecord> records) {
                    std::lock_guard const lock{mutex_};
                    for (auto const& record : records) durable_.push_back(*record);
                    last_ = up_to;
                    ++commits_;
                    changed_.notify_all();
                },
                [this](Error error) {
                    std::lock_guard const lock{mutex_};
                    failures_.push_back(std::move(error));
                    changed_.notify_all();
                }};
    }
    // False when neither came within a minute: something is stuck.
    bool wait_for(std::uint64_t number) {
        std::unique_lock lock{mutex_};
        return changed_.wait_for(lock, std::chrono::minutes{1},
                                 [&] { return last_.value() >= number || !failures_.empty(); });
    }
    bool wait_for_failure() {
        std::unique_lock lock{mutex_};
        return changed_.wait_for(lock, std::chrono::minutes{1}, [&] { return !failures_.empty(); });
    }
    std::vector<core::Record> durable() const {
        std::lock_guard const lock{mutex_};
        return durable_;
    }
    std::vector<Error> failures() const {
        std::lock_guard const lock{mutex_};
        return failures_;
    }
    core::RecordNumber last() const {
        std::lock_guard const lock{mutex_};
        return last_;
    }
    std::size_t commits() const {
        std::lock_guard const lock{mutex_};
        return commits_;
    }

  private:
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<core::Record> durable_;
    std::vector<Error> failures_;
    core::RecordNumber last_;
    std::size_t commits_ = 0;
};

inline core::Record record_of(std::uint64_t number) {
    core::Record record;
    record.number = core::RecordNumber{number};
    record.at = Instant{1'700'000'000'000 + static_cast<std::int64_t>(number)};
    record.cause.record_name = "record " + std::to_string(number);
    record.events = {core::PersonRegistered{core::PersonId{number}},
                     core::StayOpened{core::StayId{number}, core::PersonId{number}, "ward"}};
    return record;
}

inline std::vector<core::Record> records_of(std::uint64_t first, std::uint64_t last) {
    std::vector<core::Record> records;
    for (auto number = first; number <= last; ++number) records.push_back(record_of(number));
    return records;
}

// As they are handed to a journal.
inline SharedRecord shared(core::Record record) {
    return std::make_shared<core::Record const>(std::move(record));
}
inline std::vector<SharedRecord> shared_records(std::uint64_t first, std::uint64_t last) {
    std::vector<SharedRecord> records;
    for (auto number = first; number <= last; ++number) {
        records.push_back(shared(record_of(number)));
    }
    return records;
}

struct ReadBack {
    std::vector<core::Record> records;
    Result<void> result;
};
inline ReadBack read_all(Journal& journal, std::uint64_t from = 1) {
    ReadBack back;
    back.result = journal.read(core::RecordNumber{from}, [&](core::Record record) -> Result<void> {
        back.records.push_back(std::move(record));
        return {};
    });
    return back;
}

}  // namespace washup::journal::test
