#include "daemon/journal/rows.hpp"

namespace washup::journal {
namespace {

core::RecordNumber number_of(Statement const& row) {
    return core::RecordNumber{static_cast<std::uint64_t>(row.number(0))};
}

}  // namespace

Result<Rows> Rows::open(std::filesystem::path const& file) {
    auto db = connect(file, nullptr);
    if (!db) return db.error();
    auto meta = read_meta(*db, file, {});
    if (!meta) return meta.error();
    return Rows{std::move(*db), std::move(*meta)};
}

Result<Rows::Ends> Rows::ends() {
    Ends ends;
    for (bool const last : {false, true}) {
        auto row = db_.prepare(last ? "SELECT number, at FROM record ORDER BY number DESC LIMIT 1"
                                    : "SELECT number, at FROM record ORDER BY number LIMIT 1");
        if (!row) return row.error();
        auto const found = row->step();
        if (!found) return found.error();
        if (!*found) break;
        (last ? ends.last : ends.first) = number_of(*row);
        (last ? ends.last_at : ends.first_at) = Instant{row->number(1)};
    }
    return ends;
}

Result<void> Rows::each(core::RecordNumber from,
                        std::function<Result<bool>(RowView const&)> const& visit) {
    auto rows = db_.prepare(
        "SELECT number, at, body, digest FROM record WHERE number >= ? ORDER BY number");
    if (!rows) return rows.error();
    rows->bind(1, static_cast<std::int64_t>(from.value()));
    for (;;) {
        auto const row = rows->step();
        if (!row) return row.error();
        if (!*row) return boost::system::in_place_value;
        auto const more = visit(
            RowView{number_of(*rows), Instant{rows->number(1)}, rows->octets(2), rows->octets(3)});
        if (!more) return more.error();
        if (!*more) return boost::system::in_place_value;
    }
}

}  // namespace washup::journal
