#include "daemon/journal/rows.hpp"

#include <array>

#include <fmt/format.h>

#include "daemon/journal/files.hpp"

namespace washup::journal {
namespace {

core::RecordNumber number_of(Statement const& row) {
    return core::RecordNumber{static_cast<std::uint64_t>(row.number(0))};
}

// By the first page alone (SQLite's file format, section 1.3): what is missing at the end reads as
// zeros, and the words of a record made of zeros explain nothing.
std::string cut_of(std::filesystem::path const& file) {
    std::error_code none;
    auto const there = std::filesystem::file_size(file, none);
    auto const wal = std::filesystem::file_size(file.native() + "-wal", none);
    if (!none && wal > 0) return {};  // the newest pages are there
    Descriptor const fd{::open(file.c_str(), O_RDONLY | O_CLOEXEC)};
    std::array<unsigned char, 32> head{};
    if (!fd || ::read(fd.get(), head.data(), head.size()) != static_cast<ssize_t>(head.size())) {
        return {};
    }
    std::uint64_t const page = head[16] == 0 && head[17] == 1
                                   ? 65'536u
                                   : static_cast<std::uint64_t>(head[16] << 8 | head[17]);
    std::uint64_t pages = 0;
    for (std::size_t i = 28; i < 32; ++i) pages = pages << 8 | head[i];
    if (there >= page * pages) return {};
    return fmt::format("it has {} octets of {}", there, page * pages);
}

}  // namespace

Result<Rows> Rows::open(std::filesystem::path const& file) {
    if (auto const fits = looks_like_journal(file); !fits) return fits.error();
    auto db = connect(file, nullptr);
    if (!db) return db.error();
    // Whoever looks moves nothing: of a log that is damaged the rest is evidence.
    std::error_code none;
    if (auto const log = std::filesystem::file_size(file.native() + "-wal", none); !none && log > 0)
        db->leave_log_on_close();
    // A file that was cut is refused by its first page; with this its pages are read up to the
    // cut. Nothing is ever written here.
    if (auto const set = db->run("PRAGMA writable_schema = ON"); !set) return set.error();
    auto meta = read_meta(*db, file, {});
    if (!meta) return meta.error();
    Rows rows{std::move(*db), std::move(*meta)};
    rows.cut_ = cut_of(file);
    return rows;
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
