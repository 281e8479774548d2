#include <fcntl.h>
#include <unistd.h>

#include <optional>

#include "daemon/journal/journal_file.hpp"
#include "daemon/journal/journal_reader.hpp"
#include "proto/base/check.hpp"
#include "tests/sim/disk.hpp"
#include "tests/sim/memory_vfs.hpp"
#include "tests/sim/sqlite_flips.hpp"
#include "tests/support/temp_dir.hpp"

namespace washup::sim {
namespace {

using journal::SharedRecord;

// Octets that a record needs at most, roughly: what "room for n records" means here.
constexpr std::size_t room_a_record = 6'000;
// A commit of a few records makes about as many calls; beyond them it is done.
constexpr std::size_t calls_of_a_commit = 14;

// As journal/sqlite_journal, with its thread taken out: the house says when it works.
class Stepped final : public journal::Journal {
  public:
    Stepped(std::filesystem::path data_dir, journal::JournalFile file)
        : data_dir_(std::move(data_dir)), file_(std::move(file)), head_(file_->info().head) {}

    journal::JournalInfo info() const override { return file_->info(); }
    using Journal::read;
    Result<void> read(core::RecordNumber from, core::RecordNumber to, Visit const& visit) override {
        return reader().read(from, to, visit);
    }
    Result<core::RecordNumber> number_at(Instant at) override { return reader().number_at(at); }
    Result<Digest128> digest_at(core::RecordNumber number) override {
        return reader().digest_at(number);
    }
    void start(journal::JournalHandlers handlers) override { handlers_ = std::move(handlers); }
    using Journal::append;
    Result<std::vector<journal::StoredKey>> keys() override { return reader().keys(); }
    Result<void> append(std::vector<journal::SharedRecord> batch,
                        std::vector<journal::StoredKey> keys) override {
        if (failed_) return io_error("the journal has failed; nothing is taken any more");
        queue_.insert(queue_.end(), batch.begin(), batch.end());
        new_keys_.insert(new_keys_.end(), keys.begin(), keys.end());
        return {};
    }
    std::size_t queued() const override { return queue_.size() + batch_.size(); }
    void close() override {
        if (write()) sync();
        file_.reset();
    }

    bool write() {
        if (failed_ || queue_.empty()) return false;
        for (auto& record : std::exchange(queue_, {})) batch_.push_back(std::move(record));
        for (auto& key : std::exchange(new_keys_, {})) batch_keys_.push_back(std::move(key));
        return true;
    }
    bool sync() {
        if (failed_ || batch_.empty()) return false;
        auto const batch = std::exchange(batch_, {});
        auto done = file_->commit(batch, std::exchange(batch_keys_, {}));
        if (done) {
            head_ = file_->info().head;
            handlers_.on_durable(head_, batch);
            done = file_->checkpoint_when_due();
        }
        if (done) return true;
        file_->abandon();
        failed_ = true;
        queue_.clear();
        handlers_.on_failed(done.error());
        return true;
    }
    // Nobody is told, and nobody knows how far it came.
    void commit_unseen() {
        if (!failed_ && !batch_.empty())
            static_cast<void>(file_->commit(batch_, batch_keys_).has_value());
    }
    void abandon() { file_->abandon(); }

  private:
    journal::JournalReader reader() const { return {data_dir_, memory_vfs::name, info()}; }

    std::filesystem::path data_dir_;
    std::optional<journal::JournalFile> file_;
    journal::JournalHandlers handlers_;
    std::vector<SharedRecord> queue_, batch_;
    std::vector<journal::StoredKey> new_keys_, batch_keys_;
    core::RecordNumber head_;
    bool failed_ = false;
};

class OnSqlite final : public Disk {
  public:
    OnSqlite() {
        memory_vfs::enable();
        memory_vfs::clear();
    }
    ~OnSqlite() override {
        if (journal_) kill();
        memory_vfs::clear();
    }

    Result<void> open() override {
        auto file = journal::JournalFile::open(folder_.path(), {}, memory_vfs::name);
        if (!file) return file.error();
        journal_ = std::make_unique<Stepped>(folder_.path(), std::move(*file));
        return {};
    }
    journal::Journal& journal() override { return *journal_; }
    bool write() override { return journal_->write(); }
    bool sync() override { return journal_->sync(); }
    void fail_next_commit(Prng& chance) override {
        memory_vfs::freeze_after(chance.below(calls_of_a_commit));
    }
    void set_room(std::size_t records) override { memory_vfs::set_room(records * room_a_record); }
    void make_room() override { memory_vfs::make_room(); }

    void cut_power(Prng& chance) override {
        memory_vfs::freeze_after(chance.below(calls_of_a_commit));
        journal_->commit_unseen();
        let_go();
        memory_vfs::cut_power(chance);
        age_witness(chance);
        memory_vfs::thaw();
    }
    void kill() override {
        let_go();
        memory_vfs::thaw();
    }
    void close() override {
        journal_->close();
        journal_.reset();
    }

    // What a bit means hangs on the journal's random epoch, and the same seed must give the same
    // run: so it is tried, and taken back, whatever came of it.
    FlipResult flip_bits(journal::Sealer const& sealer, Prng& chance) override {
        auto const open = [this]() -> Result<std::unique_ptr<journal::Journal>> {
            auto file = journal::JournalFile::open(folder_.path(), {}, memory_vfs::name);
            if (!file) return file.error();
            file->abandon();
            return std::make_unique<Stepped>(folder_.path(), std::move(*file));
        };
        if (auto const first = open(); !first || (*first)->info().head.value() == 0) return {};
        return sim::flip_bits(folder_.path(), open, sealer, Prng{chance.next()}, flips_a_time);
    }
    Damage damage(Prng&) override {
        memory_vfs::fail_reads(true);
        return Damage::must_be_seen;
    }
    void mend() override { memory_vfs::fail_reads(false); }
    std::vector<std::string> files() const override {
        std::vector<std::string> files;
        for (auto& [path, octets] : memory_vfs::all_octets()) files.push_back(octets);
        return files;
    }
    void lose_last() override { WASHUP_CHECK(false, "planted in memory only"); }

  private:
    // The process is dead: closing changes no file any more.
    void let_go() {
        memory_vfs::freeze_after(0);
        journal_->abandon();
        journal_.reset();
    }
    // The witness is not synced: a power cut may leave it as it was before, or in part.
    void age_witness(Prng& chance) {
        auto const path = folder_.path() / "journal.head";
        std::error_code none;
        auto const size = std::filesystem::file_size(path, none);
        if (none || size == 0 || !chance.chance(200)) return;
        WASHUP_CHECK(::truncate(path.c_str(), static_cast<off_t>(chance.below(size))) == 0,
                     "the witness is ours");
    }

    test_support::TempDir folder_;
    std::unique_ptr<Stepped> journal_;
};

}  // namespace

std::unique_ptr<Disk> make_sqlite_disk() {
    return std::make_unique<OnSqlite>();
}

}  // namespace washup::sim
