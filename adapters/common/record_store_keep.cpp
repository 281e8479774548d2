#include <algorithm>

#include "adapters/common/record_store_impl.hpp"

// Sending again what was set aside, and forgetting what is old.

namespace washup::adapters {
namespace {

constexpr std::size_t keep_on_chunk = 64;

std::int64_t number(std::uint64_t sequence) {
    return static_cast<std::int64_t>(sequence);
}

}  // namespace

Result<std::uint64_t> SqliteRecordStore::first_unanswered(std::uint64_t from) {
    auto get = db_.prepare(
        "SELECT r.sequence FROM record r WHERE r.sequence >= ? AND NOT EXISTS "
        "(SELECT 1 FROM outcome o WHERE o.sequence = r.sequence) ORDER BY r.sequence LIMIT 1");
    auto const row = get.bind(number(from)).step();
    if (!row) return row.error();
    return *row ? static_cast<std::uint64_t>(get.number(0)) : 0;
}

Result<std::vector<WaitingRecord>> SqliteRecordStore::waiting() {
    auto get = db_.prepare(
        "SELECT sequence, coalesce(length(box), 0), received_ms FROM record WHERE sequence > "
        "(SELECT coalesce(max(sequence), 0) FROM outcome) ORDER BY sequence");
    std::vector<WaitingRecord> records;
    for (;;) {
        auto const row = get.step();
        if (!row) return row.error();
        if (!*row) return records;
        auto const boxed = static_cast<std::uint64_t>(get.number(1));
        records.push_back({static_cast<std::uint64_t>(get.number(0)),
                           boxed - std::min<std::uint64_t>(boxed, box_bytes),
                           Instant{get.number(2)}});
    }
}

Result<std::vector<StoredRecord>> SqliteRecordStore::read_set_aside(std::uint64_t from,
                                                                    std::size_t count_max) {
    // The daemon's own word must be the same: sent after the profile had changed, a record may have
    // been kept there for another reason, which the daemon looks after itself. 1: INBOX.
    auto get = db_.prepare(std::string{record_columns} +
                           "JOIN set_aside s ON s.sequence = r.sequence WHERE r.sequence >= ? "
                           "AND o.outcome = 1 AND o.code = s.why ORDER BY r.sequence LIMIT ?");
    get.bind(number(from)).bind(number(count_max));
    return records_from(get);
}

Result<void> SqliteRecordStore::put_again(SqliteStatement& put, StoredRecord const& record,
                                          std::uint64_t sequence) {
    WASHUP_CHECK(record.raw.has_value(), "only what is still kept can be sent again");
    std::int64_t const day = london_date(record.received).days;
    auto const key = key_of_day(day, true);
    if (!key) return key.error();
    auto const box = seal(*key, static_cast<std::uint32_t>(day), *record.raw, bound_of(sequence));
    put.bind(number(sequence)).bind(std::int64_t{0}).bind(record.name).bind(record.trigger);
    put.bind_blob(as_bytes(record.digest)).bind(record.received.ms).bind(day).bind_blob(box);
    return put.finish();
}

Result<std::uint64_t> SqliteRecordStore::append_again(std::span<StoredRecord const> records) {
    auto done = db_.transaction([&]() -> Result<void> {
        auto put = db_.prepare("INSERT INTO record VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
        auto link = db_.prepare("INSERT INTO again VALUES (?, ?)");
        auto settle = db_.prepare("DELETE FROM set_aside WHERE sequence = ?");
        auto sequence = last_;
        for (auto const& record : records) {
            if (auto put_done = put_again(put, record, ++sequence); !put_done) return put_done;
            link.bind(number(sequence)).bind(number(record.sequence));
            if (auto linked = link.finish(); !linked) return linked;
            if (auto settled = settle.bind(number(record.sequence)).finish(); !settled) {
                return settled;
            }
        }
        return {};
    });
    if (!done) {
        day_keys_.clear();
        return done.error();
    }
    last_ += records.size();
    return last_ - records.size() + 1;
}

// What nobody has answered yet, and what was set aside and may be sent again, moves on to the key
// of today, so that the old key can be destroyed.
Result<std::uint64_t> SqliteRecordStore::keep_on(ForgetBefore const& what) {
    std::int64_t const today = london_date(what.now).days;
    auto const key = key_of_day(today, true);
    if (!key) return key.error();
    auto set = db_.prepare("UPDATE record SET day = ?, box = ? WHERE sequence = ?");
    std::uint64_t kept = 0;
    for (std::int64_t from = 0;;) {
        auto get = db_.prepare(
            std::string{record_columns} +
            "LEFT JOIN set_aside s ON s.sequence = r.sequence WHERE r.sequence > ? AND r.day < ? "
            "AND r.box IS NOT NULL AND (o.sequence IS NULL OR (s.sequence IS NOT NULL AND "
            "r.received_ms >= ?)) ORDER BY r.sequence LIMIT ?");
        get.bind(from).bind(std::int64_t{what.day.days});
        get.bind(london_midnight(what.set_aside_day).ms).bind(number(keep_on_chunk));
        auto const records = records_from(get);
        if (!records) return records.error();
        if (records->empty()) return kept;
        for (auto const& record : *records) {
            auto const box = seal(*key, static_cast<std::uint32_t>(today), *record.raw,
                                  bound_of(record.sequence));
            set.bind(today).bind_blob(box).bind(number(record.sequence));
            if (auto done = set.finish(); !done) return done.error();
            from = number(record.sequence);
            ++kept;
        }
    }
}

// The header line of a file whose rows are not all answered is needed to read them.
Result<void> SqliteRecordStore::keep_headers_on(Date day, std::int64_t today) {
    auto const open = unfinished_batches();
    if (!open) return open.error();
    auto const key = key_of_day(today, true);
    if (!key) return key.error();
    auto set = db_.prepare("UPDATE batch SET about = ? WHERE id = ?");
    for (auto const& batch : *open) {
        auto get = db_.prepare("SELECT about FROM batch WHERE id = ?");
        if (auto row = get.bind(number(batch.id)).step(); !row || !*row) continue;
        auto const sealed_on = key_id_of(get.blob(0));
        if (!sealed_on || std::int64_t{*sealed_on} >= std::int64_t{day.days}) continue;
        auto const box =
            seal(*key, static_cast<std::uint32_t>(today), batch.about, bound_of_batch(batch.id));
        if (auto done = set.bind_blob(box).bind(number(batch.id)).finish(); !done) return done;
    }
    return {};
}

Result<void> SqliteRecordStore::erase_raw(std::span<std::uint64_t const> sequences) {
    if (sequences.empty()) return {};
    auto done = db_.transaction([&]() -> Result<void> {
        auto row = db_.prepare("UPDATE record SET box = NULL WHERE sequence = ?");
        auto aside = db_.prepare("DELETE FROM set_aside WHERE sequence = ?");
        for (auto const sequence : sequences) {
            if (auto gone = row.bind(number(sequence)).finish(); !gone) return gone;
            if (auto gone = aside.bind(number(sequence)).finish(); !gone) return gone;
        }
        return {};
    });
    if (!done) return done;
    return db_.run("PRAGMA wal_checkpoint(TRUNCATE)");
}

Result<Forgotten> SqliteRecordStore::forget_before(ForgetBefore const& what) {
    std::int64_t const day = what.day.days;
    Forgotten out;
    auto count = db_.number(fmt::format("SELECT count(*) FROM day_key WHERE day < {}", day));
    if (!count) return count.error();
    if (*count == 0) return out;
    out.days = static_cast<std::uint64_t>(*count);
    auto done = db_.transaction([&]() -> Result<void> {
        auto const kept = keep_on(what);
        if (!kept) return kept.error();
        out.kept_on = *kept;
        auto const headers = keep_headers_on(what.day, london_date(what.now).days);
        if (!headers) return headers.error();
        auto const old = fmt::format(
            "FROM set_aside WHERE sequence IN (SELECT sequence FROM record WHERE day < {} AND "
            "box IS NOT NULL)",
            day);
        auto const given_up = db_.number("SELECT count(*) " + old);
        if (!given_up) return given_up.error();
        out.given_up = static_cast<std::uint64_t>(*given_up);
        if (auto gone = db_.run(("DELETE " + old).c_str()); !gone) return gone;
        auto rows = db_.prepare("UPDATE record SET box = NULL WHERE day < ? AND box IS NOT NULL");
        if (auto gone = rows.bind(day).finish(); !gone) return gone;
        auto keys = db_.prepare("DELETE FROM day_key WHERE day < ?");
        return keys.bind(day).finish();
    });
    if (!done) {
        day_keys_.clear();
        return done.error();
    }
    day_keys_.erase(day_keys_.begin(), day_keys_.lower_bound(day));
    // Else the keys would live on in the write-ahead log until it happens to be written over.
    if (auto emptied = db_.run("PRAGMA wal_checkpoint(TRUNCATE)"); !emptied) return emptied.error();
    return out;
}

}  // namespace washup::adapters
