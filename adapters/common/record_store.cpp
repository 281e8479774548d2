#include "adapters/common/record_store_impl.hpp"

#include "adapters/common/program.hpp"

namespace washup::adapters {
namespace {

namespace fs = std::filesystem;

constexpr int store_version = 2;            // 1: without set_aside and again
constexpr std::uint32_t master_key_id = 0;  // day keys are sealed under it; days count from 1970

constexpr char const* schema = R"sql(
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE day_key (day INTEGER PRIMARY KEY, box BLOB NOT NULL);
CREATE TABLE record (sequence INTEGER PRIMARY KEY, batch INTEGER NOT NULL, name TEXT NOT NULL,
    trigger TEXT NOT NULL, digest BLOB NOT NULL, received_ms INTEGER NOT NULL, day INTEGER NOT NULL,
    box BLOB);
CREATE INDEX record_by_day ON record (day) WHERE box IS NOT NULL;
CREATE TABLE seen (index_hash BLOB PRIMARY KEY, sequence INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE outcome (sequence INTEGER PRIMARY KEY, outcome INTEGER NOT NULL, code TEXT NOT NULL,
    field TEXT NOT NULL, words TEXT NOT NULL);
CREATE TABLE batch (id INTEGER PRIMARY KEY, name TEXT NOT NULL, digest BLOB NOT NULL UNIQUE,
    about BLOB NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, finished INTEGER NOT NULL);
CREATE INDEX batch_unfinished ON batch (id) WHERE finished = 0;
)sql";

// What version 2 has besides. A record set aside before is known by what the daemon said of it
// (outcome 1: INBOX).
constexpr char const* schema_2 = R"sql(
CREATE TABLE set_aside (sequence INTEGER PRIMARY KEY, why TEXT NOT NULL);
CREATE TABLE again (sequence INTEGER PRIMARY KEY, of INTEGER NOT NULL);
INSERT INTO set_aside SELECT sequence, code FROM outcome
    WHERE outcome = 1 AND code = 'not_yet_handled';
)sql";

constexpr char const* batch_columns = "SELECT id, name, about, first, last, finished FROM batch ";

}  // namespace

Result<void> SqliteRecordStore::start() {
    auto version = db_.number("PRAGMA user_version");
    if (!version) return version.error();
    if (*version == 0) {
        if (auto made = make_schema(); !made) return made.error();
    } else if (*version == 1) {
        if (auto done = upgrade(); !done) return done.error();
    } else if (*version != store_version) {
        return refused(fmt::format("the store is of version {}, this program knows {}", *version,
                                   store_version));
    }
    auto epoch = db_.text("SELECT value FROM about WHERE name = 'epoch'");
    if (!epoch) return epoch.error();
    auto last = db_.number("SELECT coalesce(max(sequence), 0) FROM record");
    if (!last) return last.error();
    epoch_ = *epoch;
    last_ = static_cast<std::uint64_t>(*last);
    // A wrong key file must be found now and not when the first old record is needed.
    auto day = db_.number("SELECT coalesce(max(day), -1) FROM day_key");
    if (!day) return day.error();
    if (*day >= 0) {
        if (auto key = key_of_day(*day, false); !key) return key.error();
    }
    return {};
}

Result<void> SqliteRecordStore::make_schema() {
    return db_.transaction([&]() -> Result<void> {
        if (auto made = db_.run(schema); !made) return made;
        if (auto made = db_.run(schema_2); !made) return made;
        auto put = db_.prepare("INSERT INTO about VALUES ('epoch', ?)");
        if (auto done = put.bind(random_id()).finish(); !done) return done;
        return db_.run(fmt::format("PRAGMA user_version = {}", store_version).c_str());
    });
}

Result<void> SqliteRecordStore::upgrade() {
    return db_.transaction([&]() -> Result<void> {
        if (auto made = db_.run(schema_2); !made) return made;
        return db_.run(fmt::format("PRAGMA user_version = {}", store_version).c_str());
    });
}

Result<SealKey> SqliteRecordStore::key_of_day(std::int64_t day, bool make) {
    if (auto const known = day_keys_.find(day); known != day_keys_.end()) return known->second;
    auto get = db_.prepare("SELECT box FROM day_key WHERE day = ?");
    auto row = get.bind(day).step();
    if (!row) return row.error();
    SealKey key{};
    if (*row) {
        auto const plain = unseal(master_, get.blob(0), bound_of_day(day));
        if (!plain) return plain.error();
        if (plain->size() != key.size()) return invalid("a day's key in the store is damaged");
        std::copy(plain->begin(), plain->end(), key.begin());
    } else if (make) {
        key = random_seal_key();
        std::string_view const plain{reinterpret_cast<char const*>(key.data()), key.size()};
        auto put = db_.prepare("INSERT INTO day_key VALUES (?, ?)");
        auto const box = seal(master_, master_key_id, plain, bound_of_day(day));
        if (auto done = put.bind(day).bind_blob(box).finish(); !done) return done.error();
    } else {
        return Error{ErrorCode::not_found, "the key of that day has been forgotten", {}};
    }
    day_keys_[day] = key;
    return key;
}

Result<void> SqliteRecordStore::insert(std::span<NewRecord const> records, Instant received,
                                       std::uint64_t batch) {
    std::int64_t const day = london_date(received).days;
    auto const key = key_of_day(day, true);
    if (!key) return key.error();
    auto put = db_.prepare("INSERT INTO record VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    auto index = db_.prepare("INSERT OR REPLACE INTO seen VALUES (?, ?)");
    auto aside = db_.prepare("INSERT INTO set_aside VALUES (?, ?)");
    auto sequence = last_;
    for (auto const& record : records) {
        if (record.raw.size() > raw_record_bytes_max) {
            return Error{ErrorCode::too_large, "a raw record is above raw_record_bytes_max", {}};
        }
        ++sequence;
        auto const box =
            seal(*key, static_cast<std::uint32_t>(day), record.raw, bound_of(sequence));
        put.bind(static_cast<std::int64_t>(sequence)).bind(static_cast<std::int64_t>(batch));
        put.bind(record.name).bind(record.trigger).bind_blob(as_bytes(record.digest));
        if (auto done = put.bind(received.ms).bind(day).bind_blob(box).finish(); !done) return done;
        if (!record.set_aside.empty()) {
            aside.bind(static_cast<std::int64_t>(sequence)).bind(record.set_aside);
            if (auto done = aside.finish(); !done) return done;
        }
        for (auto const* name : {&record.index_key, &record.second_key}) {
            if (name->empty()) continue;
            auto const hash = index_hash(*name);
            index.bind_blob(as_bytes(hash)).bind(static_cast<std::int64_t>(sequence));
            if (auto done = index.finish(); !done) return done;
        }
    }
    return {};
}

Result<std::uint64_t> SqliteRecordStore::append(std::span<NewRecord const> records,
                                                Instant received) {
    auto done = db_.transaction([&] { return insert(records, received, 0); });
    if (!done) {
        day_keys_.clear();  // a day key made in a transaction that failed is no key
        return done.error();
    }
    last_ += records.size();
    return last_ - records.size() + 1;
}

Result<Batch> SqliteRecordStore::append_batch(NewBatch const& batch,
                                              std::span<NewRecord const> records,
                                              Instant received) {
    Batch made{.id = 0,
               .name = batch.name,
               .about = batch.about,
               .first = last_ + 1,
               .last = last_ + records.size(),
               .finished = false};
    auto done = db_.transaction([&]() -> Result<void> {
        auto next = db_.number("SELECT coalesce(max(id), 0) + 1 FROM batch");
        if (!next) return next.error();
        made.id = static_cast<std::uint64_t>(*next);
        std::int64_t const day = london_date(received).days;
        auto const key = key_of_day(day, true);
        if (!key) return key.error();
        auto const box =
            seal(*key, static_cast<std::uint32_t>(day), batch.about, bound_of_batch(made.id));
        auto put = db_.prepare("INSERT INTO batch VALUES (?, ?, ?, ?, ?, ?, 0)");
        put.bind(*next).bind(batch.name).bind_blob(as_bytes(batch.digest)).bind_blob(box);
        put.bind(static_cast<std::int64_t>(made.first)).bind(static_cast<std::int64_t>(made.last));
        if (auto put_done = put.finish(); !put_done) return put_done;
        return insert(records, received, made.id);
    });
    if (!done) {
        day_keys_.clear();
        return done.error();
    }
    last_ = made.last;
    return made;
}

Result<StoredRecord> SqliteRecordStore::record_from(SqliteStatement& row) {
    StoredRecord record;
    record.sequence = static_cast<std::uint64_t>(row.number(0));
    record.batch = static_cast<std::uint64_t>(row.number(1));
    record.name = row.text(2);
    record.trigger = row.text(3);
    auto const digest = row.blob(4);
    if (digest.size() != record.digest.bytes.size())
        return io_error("a digest in the store is cut");
    std::copy(digest.begin(), digest.end(), record.digest.bytes.begin());
    record.received = Instant{row.number(5)};
    if (!row.is_null(7)) {
        auto const key = key_of_day(row.number(6), false);
        if (!key) return key.error();
        auto raw = unseal(*key, row.blob(7), bound_of(record.sequence));
        if (!raw) return raw.error();
        record.raw = std::move(*raw);
    }
    if (!row.is_null(8)) {
        record.outcome = RecordOutcome{record.sequence, static_cast<int>(row.number(8)),
                                       row.text(9), row.text(10), row.text(11)};
    }
    record.again_of = static_cast<std::uint64_t>(row.number(12));
    return record;
}

Result<std::optional<StoredRecord>> SqliteRecordStore::find(std::string_view index_key) {
    auto get = db_.prepare(std::string{record_columns} +
                           "WHERE r.sequence = (SELECT sequence FROM seen WHERE index_hash = ?)");
    auto const hash = index_hash(index_key);
    auto row = get.bind_blob(as_bytes(hash)).step();
    if (!row) return row.error();
    if (!*row) return std::optional<StoredRecord>{};
    auto record = record_from(get);
    if (!record) return record.error();
    return std::optional<StoredRecord>{std::move(*record)};
}

Result<std::vector<StoredRecord>> SqliteRecordStore::read(std::uint64_t from,
                                                          std::size_t count_max) {
    auto get = db_.prepare(std::string{record_columns} +
                           "WHERE r.sequence >= ? ORDER BY r.sequence LIMIT ?");
    get.bind(static_cast<std::int64_t>(from)).bind(static_cast<std::int64_t>(count_max));
    return records_from(get);
}

Result<std::vector<StoredRecord>> SqliteRecordStore::records_from(SqliteStatement& rows) {
    std::vector<StoredRecord> records;
    for (std::size_t octets = 0; octets < read_bytes_max;) {
        auto row = rows.step();
        if (!row) return row.error();
        if (!*row) break;
        auto record = record_from(rows);
        if (!record) return record.error();
        if (record->raw) octets += record->raw->size();
        records.push_back(std::move(*record));
    }
    return records;
}

Result<void> SqliteRecordStore::note_outcomes(std::span<RecordOutcome const> outcomes) {
    return db_.transaction([&]() -> Result<void> {
        auto put = db_.prepare("INSERT OR REPLACE INTO outcome VALUES (?, ?, ?, ?, ?)");
        for (auto const& outcome : outcomes) {
            put.bind(static_cast<std::int64_t>(outcome.sequence));
            put.bind(static_cast<std::int64_t>(outcome.outcome)).bind(outcome.code);
            if (auto done = put.bind(outcome.field).bind(outcome.words).finish(); !done)
                return done;
        }
        return {};
    });
}

Result<std::uint64_t> SqliteRecordStore::unanswered(std::uint64_t first, std::uint64_t last) {
    auto get = db_.prepare(
        "SELECT count(*) FROM record r WHERE r.sequence BETWEEN ? AND ? AND NOT EXISTS "
        "(SELECT 1 FROM outcome o WHERE o.sequence = r.sequence)");
    get.bind(static_cast<std::int64_t>(first)).bind(static_cast<std::int64_t>(last));
    auto row = get.step();
    if (!row) return row.error();
    return static_cast<std::uint64_t>(get.number(0));
}

Result<Batch> SqliteRecordStore::batch_from(SqliteStatement& row) {
    Batch batch;
    batch.id = static_cast<std::uint64_t>(row.number(0));
    batch.name = row.text(1);
    auto const day = key_id_of(row.blob(2));
    if (!day) return day.error();
    // A forgotten day leaves the batch known and its header unreadable, which nobody needs by then.
    if (auto const key = key_of_day(*day, false); key) {
        auto about = unseal(*key, row.blob(2), bound_of_batch(batch.id));
        if (!about) return about.error();
        batch.about = std::move(*about);
    }
    batch.first = static_cast<std::uint64_t>(row.number(3));
    batch.last = static_cast<std::uint64_t>(row.number(4));
    batch.finished = row.number(5) != 0;
    return batch;
}

Result<std::optional<Batch>> SqliteRecordStore::one_batch(SqliteStatement& statement) {
    auto row = statement.step();
    if (!row) return row.error();
    if (!*row) return std::optional<Batch>{};
    auto batch = batch_from(statement);
    if (!batch) return batch.error();
    return std::optional<Batch>{std::move(*batch)};
}

Result<std::optional<Batch>> SqliteRecordStore::find_batch(Digest256 const& digest) {
    auto get = db_.prepare(std::string{batch_columns} + "WHERE digest = ?");
    return one_batch(get.bind_blob(as_bytes(digest)));
}

Result<std::optional<Batch>> SqliteRecordStore::batch(std::uint64_t id) {
    auto get = db_.prepare(std::string{batch_columns} + "WHERE id = ?");
    return one_batch(get.bind(static_cast<std::int64_t>(id)));
}

Result<std::vector<Batch>> SqliteRecordStore::unfinished_batches() {
    auto get = db_.prepare(std::string{batch_columns} + "WHERE finished = 0 ORDER BY id");
    std::vector<Batch> batches;
    for (;;) {
        auto batch = one_batch(get);
        if (!batch) return batch.error();
        if (!*batch) return batches;
        batches.push_back(std::move(**batch));
    }
}

Result<void> SqliteRecordStore::finish_batch(std::uint64_t id) {
    return db_.transaction([&]() -> Result<void> {
        auto set = db_.prepare("UPDATE batch SET finished = 1 WHERE id = ?");
        return set.bind(static_cast<std::int64_t>(id)).finish();
    });
}

Result<std::unique_ptr<RecordStore>> RecordStore::open(fs::path const& folder) {
    std::error_code fault;
    if (!fs::is_directory(folder, fault)) {
        fs::create_directories(folder, fault);
        if (fault) {
            return io_error(
                fmt::format("{}: cannot make the folder ({})", folder.string(), fault.message()));
        }
        fs::permissions(folder, fs::perms::owner_all, fault);
    }
    // The key comes first: a store without its key is worth nothing, the reverse does no harm.
    auto db_file = folder / "store.sqlite";
    if (fs::exists(db_file, fault) && !fs::exists(folder / "adapter.key", fault)) {
        return refused(fmt::format("{} is there and its adapter.key is not; restore the key",
                                   db_file.string()));
    }
    auto key = open_key_file(folder / "adapter.key");
    if (!key) return key.error();
    auto db = Sqlite::open(db_file);
    if (!db) return db.error();
    auto store = std::make_unique<SqliteRecordStore>(std::move(*db), *key);
    if (auto started = store->start(); !started) return started.error();
    return std::unique_ptr<RecordStore>{std::move(store)};
}

}  // namespace washup::adapters
