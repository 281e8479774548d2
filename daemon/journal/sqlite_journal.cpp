#include "daemon/journal/sqlite_journal.hpp"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <new>
#include <optional>
#include <thread>

#include <fmt/format.h>

#include "daemon/journal/journal_file.hpp"
#include "daemon/journal/journal_reader.hpp"
#include "proto/base/check.hpp"

namespace washup::journal {
namespace {

// So that what follows cannot end in the middle when memory does.
template <class T>
void make_room(std::vector<T>& queue, std::size_t more) {
    auto const all = queue.size() + more;
    if (all > queue.capacity()) queue.reserve(std::max(all, 2 * queue.capacity()));
}

class SqliteJournal final : public Journal {
  public:
    SqliteJournal(SqliteJournalOptions options, JournalFile file)
        : options_(std::move(options)), file_(std::move(file)), info_(file_->info()) {
        appended_ = info_.head;
    }
    ~SqliteJournal() override { close(); }

    JournalInfo info() const override {
        std::lock_guard const lock{mutex_};
        return info_;
    }

    Result<void> read(core::RecordNumber from, core::RecordNumber to, Visit const& visit) override {
        return reader().read(from, to, visit);
    }

    Result<void> read_each(std::vector<core::RecordNumber> const& numbers,
                           Visit const& visit) override {
        return reader().read_each(numbers, visit);
    }

    Result<core::RecordNumber> number_at(Instant at) override { return reader().number_at(at); }

    Result<Digest128> digest_at(core::RecordNumber number) override {
        return reader().digest_at(number);
    }

    void start(JournalHandlers handlers) override {
        WASHUP_CHECK(!thread_.joinable() && file_,
                     "a journal is started once, before it is closed");
        handlers_ = std::move(handlers);
        thread_ = std::thread{[this] { run(); }};
    }

    using Journal::append;
    Result<void> append(std::vector<SharedRecord> batch, std::vector<StoredKey> keys) override;
    Result<std::vector<StoredKey>> keys() override { return reader().keys(); }

    std::size_t queued() const override {
        std::lock_guard const lock{mutex_};
        return queued_;
    }

    void close() override {
        {
            std::lock_guard const lock{mutex_};
            closing_ = true;
        }
        wake_.notify_one();
        if (thread_.joinable()) thread_.join();
        file_.reset();  // moves the log into the database, lets the lock go
    }

  private:
    JournalReader reader() const { return {options_.data_dir, options_.vfs, info()}; }
    void run();
    void run_commits();
    void fail(Error const& error);
    struct Batch {
        std::vector<SharedRecord> records;
        std::vector<StoredKey> keys;
    };
    // What is queued, all of it; no records when it is time to end.
    Batch take();
    Result<void> commit(Batch batch);

    SqliteJournalOptions const options_;
    std::optional<JournalFile> file_;  // of the thread, once started
    JournalHandlers handlers_;
    std::thread thread_;

    mutable std::mutex mutex_;
    std::condition_variable wake_;
    JournalInfo info_;
    Batch queue_;
    std::size_t queued_ = 0;  // in queue_ and in the commit under way
    core::RecordNumber appended_;
    bool closing_ = false;
    bool failed_ = false;
};

Result<void> SqliteJournal::append(std::vector<SharedRecord> batch, std::vector<StoredKey> keys) {
    if (batch.empty()) return {};
    {
        std::lock_guard const lock{mutex_};
        if (failed_) return io_error("the journal has failed; nothing is taken any more");
        if (closing_) return io_error("the journal is closed");
        if (queued_ + batch.size() > options_.queued_records_max) {
            return Error{ErrorCode::unavailable,
                         fmt::format("{} records wait for the disk, queued_records_max = {}",
                                     queued_, options_.queued_records_max)};
        }
        // All of the batch or nothing, also when memory ends.
        make_room(queue_.records, batch.size());
        make_room(queue_.keys, keys.size());
        for (auto& record : batch) {
            WASHUP_CHECK(record->number.value() == appended_.value() + 1,
                         "records are numbered without a hole");
            appended_ = record->number;
            queue_.records.push_back(std::move(record));
        }
        for (auto& key : keys) queue_.keys.push_back(std::move(key));
        queued_ += batch.size();
    }
    wake_.notify_one();
    return {};
}

SqliteJournal::Batch SqliteJournal::take() {
    std::unique_lock lock{mutex_};
    wake_.wait(lock, [this] { return closing_ || !queue_.records.empty(); });
    return std::exchange(queue_, {});
}

Result<void> SqliteJournal::commit(Batch batch) {
    if (auto const done = file_->commit(batch.records, batch.keys); !done) return done.error();
    auto const head = file_->info().head;
    {
        std::lock_guard const lock{mutex_};
        info_.head = head;
        queued_ -= batch.records.size();
    }
    if (handlers_.on_durable) handlers_.on_durable(head, std::move(batch.records));
    return file_->checkpoint_when_due();
}

void SqliteJournal::fail(Error const& error) {
    file_->abandon();
    {
        std::lock_guard const lock{mutex_};
        failed_ = true;
        queue_ = {};
    }
    if (handlers_.on_failed) handlers_.on_failed(error);
}

void SqliteJournal::run_commits() {
    for (auto batch = take(); !batch.records.empty(); batch = take()) {
        if (auto const done = commit(std::move(batch)); !done) return fail(done.error());
    }
}

void SqliteJournal::run() {
    try {
        run_commits();
    } catch (std::bad_alloc const&) {
        // As any commit that failed. Words that need no memory of their own.
        fail(io_error("out of memory"));
    }
}

}  // namespace

Result<std::unique_ptr<Journal>> open_sqlite_journal(SqliteJournalOptions options) {
    auto file = JournalFile::open(options.data_dir, options.key_id, options.vfs);
    if (!file) return file.error();
    return std::unique_ptr<Journal>{
        std::make_unique<SqliteJournal>(std::move(options), std::move(*file))};
}

}  // namespace washup::journal
