#include "daemon/journal/memory_journal.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "daemon/journal/codec.hpp"
#include "proto/base/check.hpp"

namespace washup::journal {
namespace {

core::RecordNumber head_of(MemoryDisk const& disk) {
    return disk.records.empty() ? core::RecordNumber{} : disk.records.back().number;
}

}  // namespace

Result<std::unique_ptr<MemoryJournal>> MemoryJournal::open(std::shared_ptr<MemoryDisk> disk,
                                                           MemoryJournalOptions options) {
    if (disk->held) {
        return refused(
            "the journal is held by another one in this process; two daemons cannot "
            "write one journal");
    }
    return std::make_unique<MemoryJournal>(std::move(disk), options);
}

MemoryJournal::MemoryJournal(std::shared_ptr<MemoryDisk> disk, MemoryJournalOptions options)
    : disk_(std::move(disk)), options_(options), appended_(head_of(*disk_)) {
    WASHUP_CHECK(!disk_->held, "one journal at a time on a disk");
    disk_->held = true;
}

MemoryJournal::~MemoryJournal() {
    close();
}

JournalInfo MemoryJournal::info() const {
    return {disk_->epoch, disk_->epoch, head_of(*disk_)};
}

Result<void> MemoryJournal::read(core::RecordNumber from, core::RecordNumber to,
                                 Visit const& visit) {
    if (disk_->reads_fail) return io_error("the disk does not give the records back");
    auto const first = from ? from : core::RecordNumber{1};
    auto const head = head_of(*disk_);
    auto const last = to ? to : head;
    if (first.value() > head.value() + 1) {
        return Error{ErrorCode::not_found,
                     fmt::format("the journal has no record {}; its head is {}", first.value(),
                                 head.value())};
    }
    auto before = chain_start(disk_->epoch);
    auto at = std::lower_bound(
        disk_->records.begin(), disk_->records.end(), first,
        [](auto const& stored, core::RecordNumber number) { return stored.number < number; });
    if (at != disk_->records.begin()) before = std::prev(at)->digest;
    ChainCheck chain{first, before};
    for (; at != disk_->records.end() && at->number <= last; ++at) {
        auto record = chain.take(at->number, at->at, at->body, as_bytes(at->digest));
        if (!record) return record.error();
        if (auto const visited = visit(std::move(*record)); !visited) return visited.error();
    }
    return chain.finish(last);
}

Result<core::RecordNumber> MemoryJournal::number_at(Instant at) {
    core::RecordNumber last;
    for (auto const& stored : disk_->records) {
        if (stored.at <= at) last = stored.number;
    }
    return last;
}

Result<Digest128> MemoryJournal::digest_at(core::RecordNumber number) {
    if (!number) return chain_start(disk_->epoch);
    for (auto const& stored : disk_->records) {
        if (stored.number == number) return stored.digest;
    }
    return Error{ErrorCode::not_found, fmt::format("there is no record {}", number.value())};
}

void MemoryJournal::start(JournalHandlers handlers) {
    WASHUP_CHECK(!started_ && !closed_, "a journal is started once, before it is closed");
    handlers_ = std::move(handlers);
    started_ = true;
}

Result<std::vector<StoredKey>> MemoryJournal::keys() {
    std::vector<StoredKey> keys;
    for (auto const& [id, key] : disk_->keys) keys.push_back(key);
    return keys;
}

Result<void> MemoryJournal::append(std::vector<SharedRecord> batch, std::vector<StoredKey> keys) {
    if (batch.empty()) return {};
    if (failed_) return io_error("the journal has failed; nothing is taken any more");
    if (closed_) return io_error("the journal is closed");
    if (queued() + batch.size() > options_.queued_records_max) {
        return Error{ErrorCode::unavailable,
                     fmt::format("{} records wait for the disk, queued_records_max = {}", queued(),
                                 options_.queued_records_max)};
    }
    for (auto& record : batch) {
        WASHUP_CHECK(record->number.value() == appended_.value() + 1,
                     "records are numbered without a hole");
        appended_ = record->number;
        queue_.push_back(std::move(record));
    }
    for (auto& key : keys) new_keys_.push_back(std::move(key));
    return {};
}

std::size_t MemoryJournal::queued() const {
    return queue_.size() + unsynced_.size();
}

void MemoryJournal::close() {
    if (closed_) return;
    while (step()) {
    }
    closed_ = true;
    disk_->held = false;
}

bool MemoryJournal::step() {
    auto const wrote = write();
    return sync() || wrote;
}

bool MemoryJournal::write() {
    if (!started_ || failed_ || closed_ || queue_.empty()) return false;
    for (auto& record : std::exchange(queue_, {})) unsynced_.push_back(std::move(record));
    return true;
}

bool MemoryJournal::sync() {
    if (!started_ || failed_ || closed_ || unsynced_.empty()) return false;
    if (fail_next_ != none) {
        store(std::min(fail_next_, unsynced_.size()));
        fail(io_error("the disk does not take the commit"));
        return true;
    }
    if (disk_->records.size() + unsynced_.size() > disk_->records_max) {
        fail(io_error("the disk is full"));
        return true;
    }
    store(unsynced_.size());
    auto told = std::exchange(unsynced_, {});
    if (handlers_.on_durable) handlers_.on_durable(head_of(*disk_), std::move(told));
    return true;
}

void MemoryJournal::store(std::size_t count) {
    if (count > 0) {
        for (auto& key : std::exchange(new_keys_, {})) disk_->keys[key.id] = std::move(key);
    }
    for (std::size_t i = 0; i < count; ++i) {
        auto const& record = *unsynced_[i];
        for (auto const& id : destroyed_by(record)) {
            auto const key = disk_->keys.find(id);
            if (key == disk_->keys.end()) continue;
            key->second.wrapped.assign(StoredKey::wrapped_bytes, '\0');
        }
        auto const before =
            disk_->records.empty() ? chain_start(disk_->epoch) : disk_->records.back().digest;
        auto body = encode_record(record);
        auto const digest = chain_next(before, record.number, record.at, body);
        disk_->records.push_back({record.number, record.at, std::move(body), digest});
    }
}

void MemoryJournal::fail(Error error) {
    failed_ = true;
    queue_.clear();
    unsynced_.clear();
    if (handlers_.on_failed) handlers_.on_failed(std::move(error));
}

void MemoryJournal::crash(std::size_t kept) {
    WASHUP_CHECK(!closed_, "a closed journal does not crash");
    store(std::min(kept, unsynced_.size()));
    queue_.clear();
    unsynced_.clear();
    closed_ = true;
    disk_->held = false;
}

}  // namespace washup::journal
