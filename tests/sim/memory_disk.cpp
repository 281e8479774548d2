#include "tests/sim/disk.hpp"

#include <limits>

#include "daemon/journal/memory_journal.hpp"
#include "proto/base/check.hpp"

namespace washup::sim {
namespace {

class InMemory final : public Disk {
  public:
    explicit InMemory(std::string const& epoch) : disk_(std::make_shared<journal::MemoryDisk>()) {
        disk_->epoch = epoch;
    }

    Result<void> open() override {
        auto opened = journal::MemoryJournal::open(disk_);
        if (!opened) return opened.error();
        journal_ = std::move(*opened);
        return {};
    }
    journal::Journal& journal() override { return *journal_; }
    bool write() override { return journal_->write(); }
    bool sync() override {
        if (!keeps_keys_) return journal_->sync();
        auto const before = disk_->keys;
        auto const synced = journal_->sync();
        for (auto const& [id, key] : before) disk_->keys[id] = key;
        return synced;
    }
    void fail_next_commit(Prng& chance) override {
        journal_->fail_next_commit(static_cast<std::size_t>(chance.below(4)));
    }
    void set_room(std::size_t records) override {
        disk_->records_max = disk_->records.size() + records;
    }
    void make_room() override { disk_->records_max = std::numeric_limits<std::size_t>::max(); }
    void cut_power(Prng& chance) override {
        journal_->crash(static_cast<std::size_t>(chance.below(4)));
        journal_.reset();
    }
    void kill() override {
        journal_->crash(std::numeric_limits<std::size_t>::max());
        journal_.reset();
    }
    void close() override {
        journal_->close();
        journal_.reset();
    }

    Damage damage(Prng& chance) override {
        if (disk_->records.empty()) return Damage::none;
        if (chance.chance(300)) {
            disk_->reads_fail = true;
            return Damage::must_be_seen;
        }
        damaged_ = static_cast<std::size_t>(chance.below(disk_->records.size()));
        auto& stored = disk_->records[damaged_];
        whole_ = stored;
        auto const flip = static_cast<char>(1u << chance.below(8));
        if (stored.body.empty() || chance.chance(100)) {
            stored.at.ms ^= flip;
        } else {
            stored.body[static_cast<std::size_t>(chance.below(stored.body.size()))] ^= flip;
        }
        return Damage::must_be_seen;
    }
    void mend() override {
        disk_->reads_fail = false;
        if (whole_.number) disk_->records[damaged_] = whole_;
        whole_ = {};
    }
    std::vector<std::string> files() const override {
        std::vector<std::string> files;
        for (auto const& [id, key] : disk_->keys) files.push_back(key.wrapped);
        for (auto const& stored : disk_->records) files.push_back(stored.body);
        return files;
    }
    void keep_keys() override { keeps_keys_ = true; }
    void lose_last() override {
        WASHUP_CHECK(!disk_->records.empty(), "there is something to lose");
        disk_->records.pop_back();
    }

  private:
    std::shared_ptr<journal::MemoryDisk> disk_;
    std::unique_ptr<journal::MemoryJournal> journal_;
    bool keeps_keys_ = false;
    std::size_t damaged_ = 0;
    journal::StoredRecord whole_;
};

}  // namespace

std::unique_ptr<Disk> make_memory_disk(std::string const& epoch) {
    return std::make_unique<InMemory>(epoch);
}

}  // namespace washup::sim
