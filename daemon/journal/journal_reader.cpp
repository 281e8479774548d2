#include "daemon/journal/journal_reader.hpp"

#include <fmt/format.h>

#include "daemon/journal/chain.hpp"
#include "daemon/journal/journal_meta.hpp"
#include "daemon/journal/key_table.hpp"

namespace washup::journal {
namespace {

Error beyond_head(core::RecordNumber number, core::RecordNumber head) {
    return {ErrorCode::not_found, fmt::format("the journal has no record {}; its head is {}",
                                              number.value(), head.value())};
}

Result<Statement> prepare_rows(Connection& db) {
    return db.prepare(
        "SELECT number, at, body, digest FROM record WHERE number BETWEEN ? AND ? "
        "ORDER BY number");
}

}  // namespace

// The rows from `first` to `last`, checked against the chain before the first.
Result<void> JournalReader::scan(core::RecordNumber first, core::RecordNumber last,
                                 ReadAhead::Give const& give) const {
    auto db = connect(journal_path(data_dir_), vfs_);
    if (!db) return db.error();
    auto rows = prepare_rows(*db);
    if (!rows) return rows.error();
    return scan(*db, *rows, first, last, give);
}

Result<void> JournalReader::scan(Connection& db, Statement& rows, core::RecordNumber first,
                                 core::RecordNumber last, ReadAhead::Give const& give) const {
    auto before = digest_of(db, core::RecordNumber{first.value() - 1}, info_.origin);
    if (!before) return before.error();
    rows.reset();
    rows.bind(1, static_cast<std::int64_t>(first.value()));
    rows.bind(2, static_cast<std::int64_t>(last.value()));
    ChainCheck chain{first, *before};
    for (;;) {
        auto const row = rows.step();
        if (!row) return row.error();
        if (!*row) return chain.finish(last);
        auto record = chain.take(core::RecordNumber{static_cast<std::uint64_t>(rows.number(0))},
                                 Instant{rows.number(1)}, rows.octets(2), rows.octets(3));
        if (!record) return record.error();
        if (!give(std::move(*record))) return {};
    }
}

Result<void> JournalReader::read_each(std::vector<core::RecordNumber> const& numbers,
                                      Journal::Visit const& visit) const {
    auto db = connect(journal_path(data_dir_), vfs_);
    if (!db) return db.error();
    auto rows = prepare_rows(*db);
    if (!rows) return rows.error();
    Result<void> visited;
    for (auto const number : numbers) {
        auto const read = scan(*db, *rows, number, number, [&](core::Record record) {
            visited = visit(std::move(record));
            return visited.has_value();
        });
        if (!visited) return visited;
        if (!read) return read;
    }
    return {};
}

Result<void> JournalReader::read(core::RecordNumber from, core::RecordNumber to,
                                 Journal::Visit const& visit) const {
    auto const first = from ? from : core::RecordNumber{1};
    auto const last = to ? to : info_.head;
    if (first.value() > info_.head.value() + 1) return beyond_head(first, info_.head);
    Result<void> visited;
    auto const give = [&](core::Record record) {
        visited = visit(std::move(record));
        return visited.has_value();
    };
    if (last.value() < first.value() + read_ahead_records) {  // a thread would cost more
        auto const read = scan(first, last, give);
        return visited ? read : visited;
    }
    // Reading, hashing and decoding cost about what folding costs: each has a processor.
    ReadAhead ahead{[&](ReadAhead::Give const& take) { return scan(first, last, take); }};
    for (auto batch = ahead.next(); !batch.empty(); batch = ahead.next()) {
        for (auto& record : batch) {
            if (!give(std::move(record))) return visited;
        }
    }
    return ahead.result();
}

// Records never go back in time, so a search by halves finds it in twenty looks.
Result<core::RecordNumber> JournalReader::number_at(Instant at) const {
    auto db = connect(journal_path(data_dir_), vfs_);
    if (!db) return db.error();
    auto look = db->prepare("SELECT at FROM record WHERE number = ?");
    if (!look) return look.error();
    std::uint64_t low = 0, high = info_.head.value();  // `low` is at or before; `high` may be
    while (low < high) {
        auto const middle = low + (high - low + 1) / 2;
        look->reset();
        look->bind(1, static_cast<std::int64_t>(middle));
        auto const row = look->step();
        if (!row) return row.error();
        if (!*row) {
            return invalid(
                fmt::format("the journal has no record {}; restore it from the backup", middle));
        }
        if (look->number(0) <= at.ms) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    return core::RecordNumber{low};
}

Result<std::vector<StoredKey>> JournalReader::keys() const {
    auto db = connect(journal_path(data_dir_), vfs_);
    if (!db) return db.error();
    return read_keys(*db);
}

Result<Digest128> JournalReader::digest_at(core::RecordNumber number) const {
    if (number > info_.head) return beyond_head(number, info_.head);
    auto db = connect(journal_path(data_dir_), vfs_);
    if (!db) return db.error();
    return digest_of(*db, number, info_.origin);
}

}  // namespace washup::journal
