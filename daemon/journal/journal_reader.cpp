#include "daemon/journal/journal_reader.hpp"

#include <fmt/format.h>

#include "daemon/journal/chain.hpp"
#include "daemon/journal/journal_meta.hpp"

namespace washup::journal {
namespace {

Error beyond_head(core::RecordNumber number, core::RecordNumber head) {
    return {ErrorCode::not_found, fmt::format("the journal has no record {}; its head is {}",
                                              number.value(), head.value())};
}

}  // namespace

Result<void> JournalReader::read(core::RecordNumber from, core::RecordNumber to,
                                 Journal::Visit const& visit) const {
    auto db = connect(journal_path(data_dir_), vfs_);
    if (!db) return db.error();
    auto const first = from ? from : core::RecordNumber{1};
    auto const last = to ? to : info_.head;
    if (first.value() > info_.head.value() + 1) return beyond_head(first, info_.head);
    auto before = digest_of(*db, core::RecordNumber{first.value() - 1}, info_.origin);
    if (!before) return before.error();
    auto rows = db->prepare(
        "SELECT number, at, body, digest FROM record WHERE number BETWEEN ? AND ? "
        "ORDER BY number");
    if (!rows) return rows.error();
    rows->bind(1, static_cast<std::int64_t>(first.value()));
    rows->bind(2, static_cast<std::int64_t>(last.value()));
    ChainCheck chain{first, *before};
    for (;;) {
        auto const row = rows->step();
        if (!row) return row.error();
        if (!*row) return chain.finish(last);
        auto record = chain.take(core::RecordNumber{static_cast<std::uint64_t>(rows->number(0))},
                                 Instant{rows->number(1)}, rows->octets(2), rows->octets(3));
        if (!record) return record.error();
        if (auto const visited = visit(std::move(*record)); !visited) return visited.error();
    }
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

Result<Digest128> JournalReader::digest_at(core::RecordNumber number) const {
    if (number > info_.head) return beyond_head(number, info_.head);
    auto db = connect(journal_path(data_dir_), vfs_);
    if (!db) return db.error();
    return digest_of(*db, number, info_.origin);
}

}  // namespace washup::journal
