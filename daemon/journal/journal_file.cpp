#include "daemon/journal/journal_file.hpp"

#include "daemon/journal/checkpoint_log.hpp"
#include "daemon/journal/codec.hpp"
#include "daemon/journal/journal_meta.hpp"
#include "proto/base/check.hpp"
#include "proto/base/log.hpp"

namespace washup::journal {
namespace {

namespace fs = std::filesystem;

// About 4 MiB of log: some milliseconds of work, and a restart has no more than that to look
// through.
constexpr int wal_pages_due = 1000;
// How long an erasure waits for readers of the log.
constexpr Duration log_wait = seconds(2);
// Made here and not by SQLite, so that it is for its owner alone from the first moment.
Result<void> make_file(fs::path const& file) {
    Descriptor const fd{::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)};
    if (!fd) return system_error("open", file);
    return {};
}

// The witness knows of a record that is not there, or that is another.
Result<void> check_witness(Connection& db, HeadFile const& file, JournalInfo const& info) {
    auto const witness = file.read();
    if (!witness) {
        // After a power cut it may be torn; after that it is written anew with the next record.
        if (!file.empty()) log_warn("witness_unreadable", "file", "journal.head");
        return {};
    }
    if (!witness->number) return {};
    if (witness->epoch != info.epoch) {
        return refused(
            fmt::format("journal.head is the witness of another journal ({}) than journal.db ({}): "
                        "one of them was put there. Put back the journal that belongs there, or "
                        "take journal.head away when this one is meant",
                        witness->epoch, info.epoch));
    }
    if (witness->number > info.head) {
        return invalid(fmt::format(
            "the journal ends at record {}, and records up to {} were durable: journal.db-wal is "
            "damaged or was taken away, or an older journal.db was put in its place. Restore it "
            "from "
            "the backup; take journal.head away only when the loss is accepted",
            info.head.value(), witness->number.value()));
    }
    auto const digest = digest_of(db, witness->number, info.origin);
    if (!digest) return digest.error();
    if (*digest != witness->digest) {
        return invalid(
            fmt::format("record {} of the journal is not the one that was written; "
                        "restore it from the backup",
                        witness->number.value()));
    }
    return {};
}

// Of the checkpoints beside the journal the newest names a record that is not there, or is another.
// They are synced, and written after their records are: what they name was durable, also when the
// witness was torn by a power cut.
Result<void> check_checkpoints(Connection& db, fs::path const& data_dir, JournalInfo const& info) {
    auto const text = CheckpointLog::text_of(data_dir);
    if (!text) return text.error();
    auto const said = newest_checkpoint(*text, info.origin);
    if (!said) return {};
    constexpr auto what_to_do =
        "Restore it from the backup; or save the good records with `washupd journal export` and "
        "restore those: a restore sets the checkpoints aside";
    if (said->number > info.head) {
        return invalid(fmt::format(
            "the journal ends at record {}, and a signed checkpoint (checkpoints.log) names record "
            "{}: journal.db-wal is damaged or was taken away, or an older journal.db was put in "
            "its place. {}",
            info.head.value(), said->number.value(), what_to_do));
    }
    auto const digest = digest_of(db, said->number, info.origin);
    if (!digest) return digest.error();
    if (*digest != said->chain) {
        return invalid(
            fmt::format("record {} of the journal is not the one that its signed checkpoint names "
                        "(checkpoints.log): it or one before it was changed. {}",
                        said->number.value(), what_to_do));
    }
    return {};
}

// A database without tables is a new one, unless the witness knows better: then the log that held
// everything is gone, and to begin anew would be to forget in silence.
Result<void> check_new(fs::path const& file, HeadFile const& head_file) {
    auto const witness = head_file.read();
    if (!witness || !witness->number) return {};
    return invalid(fmt::format(
        "{} is empty, and records up to {} were durable: journal.db-wal is damaged or was taken "
        "away. Restore it from the backup; take journal.head away only when the loss is accepted",
        file.string(), witness->number.value()));
}

Result<void> begin(Connection& db, fs::path const& file, std::string const& key_id) {
    auto const epoch = random_epoch();
    if (auto const made = make_tables(db, Meta{epoch, {}, key_id}); !made) return made.error();
    log_info("journal_made", "epoch", epoch);
    // Out of the log at once: what the file is must not hang on the log's first page.
    if (auto const moved = db.checkpoint(); !moved) return moved.error();
    if (!sync_directory(file.parent_path())) return system_error("sync", file.parent_path());
    return {};
}

Result<void> prepare_for_writing(Connection& db, fs::path const& file, HeadFile const& head_file,
                                 std::string const& key_id) {
    if (db.read_only()) {
        return refused(fmt::format(
            "{} can only be read by this program; a journal must be writable", file.string()));
    }
    auto const tables = db.ask("SELECT count(*) FROM sqlite_schema");
    if (!tables) return tables.error();
    auto const fresh = *tables == "0";
    // Before the first octet is written: what is not ours stays as it is.
    if (fresh) {
        if (auto const new_one = check_new(file, head_file); !new_one) return new_one.error();
    } else if (auto const meta = read_meta(db, file, key_id); !meta) {
        return meta.error();
    }
    auto const mode = db.ask("PRAGMA journal_mode = WAL");
    if (!mode) return mode.error();
    if (*mode != "wal") {
        return refused(
            fmt::format("{} is on a file system without shared memory; put the data "
                        "directory on a local disk",
                        file.string()));
    }
    auto const set = db.run(
        "PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0; PRAGMA secure_delete = ON");
    if (!set) return set.error();
    return fresh ? begin(db, file, key_id) : Result<void>{};
}

}  // namespace

JournalFile::JournalFile(Descriptor lock, HeadFile head_file, Connection db, Statement insert,
                         KeyTable keys)
    : lock_(std::move(lock)),
      head_file_(std::move(head_file)),
      db_(std::move(db)),
      insert_(std::move(insert)),
      keys_(std::move(keys)) {}

Result<JournalFile> JournalFile::open(fs::path const& data_dir, std::string const& key_id,
                                      char const* vfs) {
    if (auto const made = make_data_dir(data_dir); !made) return made.error();
    auto const file = journal_path(data_dir);
    auto lock = lock_journal(data_dir);
    if (!lock) return lock.error();
    if (auto const made = make_file(file); !made) return made.error();
    std::error_code no_size;
    if (fs::file_size(file, no_size) > 0 && vfs == nullptr) {
        if (auto const fits = looks_like_journal(file); !fits) return fits.error();
    }
    auto head_file = HeadFile::open(data_dir);
    if (!head_file) return head_file.error();
    auto db = connect(file, vfs);
    if (!db) return db.error();
    // A journal that is refused keeps its log: what can still be saved may be in it.
    db->leave_log_on_close();
    if (auto const ready = prepare_for_writing(*db, file, *head_file, key_id); !ready) {
        return ready.error();
    }
    JournalInfo info;
    auto const meta = read_meta(*db, file, key_id);
    if (!meta) return meta.error();
    info.epoch = meta->epoch;
    info.origin = meta->origin;

    auto last = db->prepare("SELECT coalesce(max(number), 0) FROM record");
    if (!last) return last.error();
    if (auto const row = last->step(); !row) return row.error();
    info.head = core::RecordNumber{static_cast<std::uint64_t>(last->number(0))};
    last->reset();  // an open statement would hold the log
    auto digest = digest_of(*db, info.head, info.origin);
    if (!digest) return digest.error();
    if (auto const fits = check_witness(*db, *head_file, info); !fits) return fits.error();
    if (auto const fits = check_checkpoints(*db, data_dir, info); !fits) return fits.error();
    db->leave_log_on_close(false);

    if (auto const done = upgrade(*db, *meta, info.head); !done) return done.error();
    info.old_words = meta->format == journal_format ? meta->old_words : info.head;
    auto insert = db->prepare("INSERT INTO record VALUES (?, ?, ?, ?)");
    if (!insert) return insert.error();
    auto keys = KeyTable::open(*db);
    if (!keys) return keys.error();
    JournalFile opened{std::move(*lock), std::move(*head_file), std::move(*db), std::move(*insert),
                       std::move(*keys)};
    opened.info_ = std::move(info);
    opened.head_digest_ = *digest;
    // A killed daemon may have left destroyed keys in the log.
    if (auto const emptied = opened.empty_log(); !emptied) return emptied.error();
    return opened;
}

Result<void> JournalFile::insert_all(std::vector<SharedRecord> const& records) {
    for (auto const& record : records) {
        auto const body = encode_record(*record);
        if (body.size() > record_bytes_max) {
            return Error{ErrorCode::too_large,
                         fmt::format("record {} has {} octets, above record_bytes_max = {}",
                                     record->number.value(), body.size(), record_bytes_max)};
        }
        WASHUP_CHECK(record->number.value() == info_.head.value() + 1, "records come in order");
        auto const digest = chain_next(head_digest_, record->number, record->at, body);
        insert_.bind(1, static_cast<std::int64_t>(record->number.value()));
        insert_.bind(2, record->at.ms);
        insert_.bind(3, body);
        insert_.bind(4, as_bytes(digest));
        auto const done = insert_.step();
        insert_.reset();
        if (!done) return done.error();
        head_digest_ = digest;
        info_.head = record->number;
    }
    return {};
}

Result<void> JournalFile::commit(std::vector<SharedRecord> const& records,
                                 std::vector<StoredKey> const& keys) {
    if (auto const begun = db_.run("BEGIN IMMEDIATE"); !begun) return begun.error();
    if (auto const kept = keys_.keep(keys); !kept) return kept.error();
    if (auto const inserted = insert_all(records); !inserted) return inserted.error();
    for (auto const& record : records) {
        auto const ids = destroyed_by(*record);
        if (auto const gone = keys_.destroy(ids); !gone) return gone.error();
        log_holds_keys_ = log_holds_keys_ || !ids.empty();
    }
    if (auto const committed = db_.run("COMMIT"); !committed) return committed.error();
    if (!head_file_.write({info_.head, info_.epoch, head_digest_})) {
        return system_error("write", "journal.head");
    }
    return log_holds_keys_ ? empty_log() : Result<void>{};
}

Result<void> JournalFile::empty_log() {
    auto const emptied = db_.empty_log(log_wait);
    if (!emptied) return emptied.error();
    if (log_holds_keys_ && !*emptied) {
        log_warn("destroyed_keys_in_log", "words",
                 "a reader holds journal.db-wal (a backup under way?); it is emptied with the next "
                 "commit after it");
    }
    log_holds_keys_ = log_holds_keys_ && !*emptied;
    return {};
}

Result<void> JournalFile::checkpoint_when_due() {
    if (db_.wal_pages() < wal_pages_due) return {};
    return db_.checkpoint();
}

}  // namespace washup::journal
