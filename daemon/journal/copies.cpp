#include "daemon/journal/copies.hpp"

#include <fmt/format.h>

#include "daemon/journal/checkpoint_log.hpp"
#include "daemon/journal/files.hpp"
#include "daemon/journal/rows.hpp"
#include "daemon/journal/seal.hpp"

namespace washup::journal {
namespace {

namespace fs = std::filesystem;

Result<void> must_not_exist(fs::path const& file) {
    std::error_code none;
    if (!fs::exists(fs::symlink_status(file, none))) return {};
    return refused(fmt::format("{} is there already; choose another name", file.string()));
}

Result<void> sync_file(fs::path const& file) {
    Descriptor const fd{::open(file.c_str(), O_RDONLY | O_CLOEXEC)};
    if (!fd || ::fsync(fd.get()) != 0) return system_error("sync", file);
    auto const folder = file.has_parent_path() ? file.parent_path() : fs::path{"."};
    if (!sync_directory(folder)) return system_error("sync", folder);
    return {};
}

Result<void> call_it(fs::path const& from, fs::path const& to) {
    std::error_code failed;
    fs::rename(from, to, failed);
    if (!failed) return sync_file(to);
    return io_error(
        fmt::format("cannot name {} {}: {}", from.string(), to.string(), failed.message()));
}

fs::path with(fs::path file, char const* ending) {
    file += ending;
    return file;
}

// Nobody but the owner may read a copy: it is made empty with that mode, and filled then.
Result<void> make_empty(fs::path const& file) {
    Descriptor const fd{::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)};
    if (!fd) return system_error("make", file);
    return {};
}

// Beside the checkpoints of that data directory.
Result<VerifyReport> look_through(fs::path const& file, fs::path const& data_dir) {
    auto checkpoints = CheckpointLog::text_of(data_dir);
    if (!checkpoints) return checkpoints.error();
    return verify({file, std::move(*checkpoints), {}});
}

Result<std::string> name_of_key(fs::path const& data_dir) {
    std::error_code none;
    if (!fs::exists(data_dir / "site.key", none)) {
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
Result<void> begin_new_epoch(fs::path const& file, std::string const& key_id) {
    auto db = connect(file, nullptr);
    if (!db) return db.error();
    auto const meta = read_meta(*db, file, key_id);
    if (!meta) return meta.error();
    return db->run(fmt::format("BEGIN; INSERT OR REPLACE INTO meta VALUES ('epoch', '{}'), "
                               "('origin', '{}'); COMMIT",
                               random_epoch(), meta->origin)
                       .c_str());
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
    if (!read) return read.error();
    if (copied != last) return io_error("the journal changed while it was copied");
    return to.run("COMMIT");
}

}  // namespace

Result<VerifyReport> backup(fs::path const& data_dir, fs::path const& file) {
    if (auto const free = must_not_exist(file); !free) return free.error();
    auto const draft = with(file, ".part");
    std::error_code ignored;
    fs::remove(draft, ignored);
    if (auto const made = make_empty(draft); !made) return made.error();
    {
        auto db = connect(journal_path(data_dir), nullptr);
        if (!db) return db.error();
        if (auto const meta = read_meta(*db, journal_path(data_dir), {}); !meta) {
            return meta.error();
        }
        auto copy = db->prepare("VACUUM INTO ?");
        if (!copy) return copy.error();
        auto const name = draft.string();
        copy->bind_text(1, name);
        if (auto const done = copy->step(); !done) return done.error();
    }
    auto report = look_through(draft, data_dir);
    if (!report) return report.error();
    auto const named = call_it(draft, report->fault ? with(file, ".bad") : file);
    if (!named) return named.error();
    return report;
}

Result<VerifyReport> restore(fs::path const& file, fs::path const& data_dir) {
    if (auto const made = make_data_dir(data_dir); !made) return made.error();
    if (auto const free = must_not_exist(journal_path(data_dir)); !free) return free.error();
    auto const key_id = name_of_key(data_dir);
    if (!key_id) return key_id.error();
    auto report = verify({file, {}, {}});
    if (!report) return report.error();
    if (report->fault) return report;
    auto const draft = with(journal_path(data_dir), ".part");
    std::error_code failed;
    fs::remove(draft, failed);
    if (auto const made = make_empty(draft); !made) return made.error();
    fs::copy_file(file, draft, fs::copy_options::overwrite_existing, failed);
    if (failed) return io_error(fmt::format("cannot copy {}: {}", file.string(), failed.message()));
    if (auto const begun = begin_new_epoch(draft, *key_id); !begun) return begun.error();
    if (auto const named = call_it(draft, journal_path(data_dir)); !named) return named.error();
    return report;
}

Result<VerifyReport> export_good(fs::path const& data_dir, fs::path const& file,
                                 core::RecordNumber last) {
    if (auto const free = must_not_exist(file); !free) return free.error();
    auto report = look_through(journal_path(data_dir), data_dir);
    if (!report) return report.error();
    auto const end = last ? std::min(last.value(), report->good) : report->good;
    auto from = Rows::open(journal_path(data_dir));
    if (!from) return from.error();
    auto const draft = with(file, ".part");
    std::error_code ignored;
    fs::remove(draft, ignored);
    if (auto const made = make_empty(draft); !made) return made.error();
    {
        auto to = connect(draft, nullptr);
        if (!to) return to.error();
        if (auto const made = make_tables(*to, from->meta()); !made) return made.error();
        if (auto const copied = copy_records(*from, *to, end); !copied) return copied.error();
    }
    if (auto const named = call_it(draft, file); !named) return named.error();
    return report;
}

}  // namespace washup::journal
