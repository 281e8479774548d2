#include "daemon/journal/copies.hpp"

#include <cstdio>
#include <utility>

#include <fmt/format.h>

#include <cstdlib>

#include "daemon/journal/checkpoint_log.hpp"
#include "daemon/journal/erasures.hpp"
#include "daemon/journal/files.hpp"
#include "daemon/journal/key_table.hpp"
#include "daemon/journal/rows.hpp"
#include "daemon/journal/seal.hpp"
#include "proto/base/log.hpp"

namespace washup::journal {
namespace {

namespace fs = std::filesystem;

Result<void> must_not_exist(fs::path const& file) {
    std::error_code none;
    if (!fs::exists(fs::symlink_status(file, none))) return {};
    return refused(fmt::format("{} is there already; choose another name", file.string()));
}

// A file on its way to its name: under the name with ".part" until it is whole and on the disk, so
// that neither a kill nor a full disk leaves half a copy under the name itself. What is left of one
// that did not get there is taken away, here or at the next try.
class Draft {
  public:
    // Nobody but the owner may read it: it is made empty with that mode, and filled then.
    static Result<Draft> make(fs::path const& name) {
        Draft draft{name};
        draft.remove();
        Descriptor const fd{
            ::open(draft.path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)};
        if (!fd) return system_error("make", draft.path_);
        return draft;
    }
    Draft(Draft&& other) noexcept
        : path_(std::move(other.path_)),
          leftovers_(std::move(other.leftovers_)),
          named_(std::exchange(other.named_, true)) {}
    Draft& operator=(Draft&&) = delete;
    ~Draft() {
        if (!named_) remove();
    }
    fs::path const& path() const { return path_; }

    // Error refused: another file came there meanwhile.
    Result<void> name_it(fs::path const& name) {
        Descriptor const fd{::open(path_.c_str(), O_RDONLY | O_CLOEXEC)};
        if (!fd || ::fsync(fd.get()) != 0) return system_error("sync", path_);
        if (::renameat2(AT_FDCWD, path_.c_str(), AT_FDCWD, name.c_str(), RENAME_NOREPLACE) != 0) {
            if (errno == EEXIST) return must_not_exist(name);
            return system_error("make", name);
        }
        named_ = true;
        auto const folder = name.has_parent_path() ? name.parent_path() : fs::path{"."};
        if (!sync_directory(folder)) return system_error("sync", folder);
        return {};
    }

  private:
    explicit Draft(fs::path name) : path_(std::move(name)) {
        path_ += ".part";
        for (auto const* ending : {"", "-journal", "-wal", "-shm"}) {
            leftovers_.push_back(path_.native() + ending);
        }
    }
    void remove() const noexcept {
        for (auto const& left : leftovers_) ::unlink(left.c_str());
    }
    fs::path path_;
    std::vector<std::string>
        leftovers_;  // made beforehand: there may be no memory to clean up with
    bool named_ = false;
};

fs::path with(fs::path file, char const* ending) {
    file += ending;
    return file;
}

// Beside the checkpoints of that data directory.
Result<VerifyReport> look_through(fs::path const& file, fs::path const& data_dir) {
    auto checkpoints = CheckpointLog::text_of(data_dir);
    if (!checkpoints) return checkpoints.error();
    return verify({file, std::move(*checkpoints), {}});
}

Result<std::string> name_of_key(fs::path const& data_dir) {
    std::error_code none;
    auto const given = std::getenv("CREDENTIALS_DIRECTORY") != nullptr;
    if (!given && !fs::exists(data_dir / "site.key", none)) {
        return refused(fmt::format(
            "{} has no site.key; put the one of this journal there first, because a new key "
            "cannot open what the old one sealed",
            data_dir.string()));
    }
    auto const sealer = Sealer::open_or_make(data_dir);
    if (!sealer) return sealer.error();
    return sealer->key_id_hex();
}

// Another life of the same chain.
Result<std::string> begin_new_epoch(fs::path const& file, std::string const& key_id) {
    auto db = connect(file, nullptr);
    if (!db) return db.error();
    auto const meta = read_meta(*db, file, key_id);
    if (!meta) return meta.error();
    auto const epoch = random_epoch();
    auto const begun = db->run(fmt::format("BEGIN; INSERT OR REPLACE INTO meta VALUES "
                                           "('epoch', '{}'), ('origin', '{}'); COMMIT",
                                           epoch, meta->origin)
                                   .c_str());
    if (!begun) return begun.error();
    return epoch;
}

// What is left of the journal that was here before speaks of another one.
Result<void> clear_what_is_left(fs::path const& data_dir) {
    std::error_code failed;
    for (auto const* of_before : {"journal.head", "journal.db-wal", "journal.db-shm"}) {
        fs::remove(data_dir / of_before, failed);
        if (failed) {
            return io_error(fmt::format("cannot take away {}: {}", (data_dir / of_before).string(),
                                        failed.message()));
        }
    }
    return {};
}

// Keys that cannot be read are left behind: the good records are saved all the same, and the words
// under those keys are lost.
Result<void> copy_keys(fs::path const& data_dir, Connection& to) {
    auto from = connect(journal_path(data_dir), nullptr);
    if (!from) return from.error();
    auto const keys = read_keys(*from);
    if (!keys) {
        log_warn("keys_left_behind", "words", keys.error().words);
        return {};
    }
    auto table = KeyTable::open(to);
    if (!table) return table.error();
    return table->keep(*keys);
}

// Row by row and not by ATTACH: the damaged journal is only read, and only up to `last`.
Result<void> copy_records(Rows& from, Connection& to, std::uint64_t last) {
    auto insert = to.prepare("INSERT INTO record VALUES (?, ?, ?, ?)");
    if (!insert) return insert.error();
    if (auto const begun = to.run("BEGIN"); !begun) return begun.error();
    std::uint64_t copied = 0;
    auto const read = from.each(core::RecordNumber{1}, [&](RowView const& row) -> Result<bool> {
        if (row.number.value() > last) return false;
        insert->bind(1, static_cast<std::int64_t>(row.number.value()));
        insert->bind(2, row.at.ms);
        insert->bind(3, row.body);
        insert->bind(4, row.digest);
        auto const done = insert->step();
        insert->reset();
        if (!done) return done.error();
        return ++copied < last;
    });
    // Beyond `last` nothing is asked for, so a damage there is nobody's business here.
    if (!read && copied != last) return read.error();
    if (copied != last) return io_error("the journal changed while it was copied");
    return to.run("COMMIT");
}

}  // namespace

Result<VerifyReport> backup(fs::path const& data_dir, fs::path const& file) {
    if (auto const free = must_not_exist(file); !free) return free.error();
    auto const journal = journal_path(data_dir);
    if (auto const fits = looks_like_journal(journal); !fits) return fits.error();
    auto draft = Draft::make(file);
    if (!draft) return draft.error();
    {
        auto db = connect(journal, nullptr);
        if (!db) return db.error();
        if (auto const meta = read_meta(*db, journal, {}); !meta) return meta.error();
        auto copy = db->prepare("VACUUM INTO ?");
        if (!copy) return copy.error();
        auto const name = draft->path().string();
        copy->bind_text(1, name);
        if (auto const done = copy->step(); !done) return done.error();
    }
    auto report = look_through(draft->path(), data_dir);
    if (!report) return report.error();
    auto const named = draft->name_it(report->fault ? with(file, ".bad") : file);
    if (!named) return named.error();
    return report;
}

Result<VerifyReport> restore(fs::path const& file, fs::path const& data_dir,
                             std::string const& erasures) {
    if (auto const made = make_data_dir(data_dir); !made) return made.error();
    if (auto const free = must_not_exist(journal_path(data_dir)); !free) return free.error();
    auto const key_id = name_of_key(data_dir);
    if (!key_id) return key_id.error();
    auto report = verify({file, {}, {}});
    if (!report) return report.error();
    if (report->fault) return report;
    auto draft = Draft::make(journal_path(data_dir));
    if (!draft) return draft.error();
    std::error_code failed;
    fs::copy_file(file, draft->path(), fs::copy_options::overwrite_existing, failed);
    if (failed) {
        return io_error(fmt::format("cannot copy {} to {}: {}", file.string(),
                                    draft->path().string(), failed.message()));
    }
    if (!erasures.empty()) {
        auto const list = read_erasures(erasures);
        if (!list) return list.error();
        if (auto const gone = destroy_listed(draft->path(), *list); !gone) return gone.error();
    }
    auto const epoch = begin_new_epoch(draft->path(), *key_id);
    if (!epoch) return epoch.error();
    if (auto const cleared = clear_what_is_left(data_dir); !cleared) return cleared.error();
    auto const beyond = CheckpointLog::set_aside_beyond(data_dir, report->origin,
                                                        core::RecordNumber{report->good}, *epoch);
    if (!beyond) return beyond.error();
    report->named_beyond = beyond->value();
    if (auto const named = draft->name_it(journal_path(data_dir)); !named) return named.error();
    return report;
}

Result<VerifyReport> export_good(fs::path const& data_dir, fs::path const& file,
                                 core::RecordNumber last) {
    if (auto const free = must_not_exist(file); !free) return free.error();
    auto report = look_through(journal_path(data_dir), data_dir);
    if (!report) return report.error();
    // Of records that a checkpoint disowns nobody knows which is bad: none of them is good.
    auto const good =
        report->fault ? std::min(report->good, report->fault->first - 1) : report->good;
    auto const end = last ? std::min(last.value(), good) : good;
    auto from = Rows::open(journal_path(data_dir));
    if (!from) return from.error();
    auto draft = Draft::make(file);
    if (!draft) return draft.error();
    {
        auto to = connect(draft->path(), nullptr);
        if (!to) return to.error();
        auto meta = from->meta();
        if (meta.format == 1) meta.old_words = core::RecordNumber{end};
        if (auto const made = make_tables(*to, meta); !made) return made.error();
        if (auto const keys = copy_keys(data_dir, *to); !keys) return keys.error();
        if (auto const copied = copy_records(*from, *to, end); !copied) return copied.error();
    }
    if (auto const named = draft->name_it(file); !named) return named.error();
    report->copied = end;
    return report;
}

}  // namespace washup::journal
