#include "daemon/journal/rekey.hpp"

#include <fmt/format.h>

#include "daemon/core/apply.hpp"
#include "daemon/journal/chain.hpp"
#include "daemon/journal/codec.hpp"
#include "daemon/journal/files.hpp"
#include "daemon/journal/key_table.hpp"
#include "daemon/journal/rows.hpp"
#include "daemon/journal/verify.hpp"

namespace washup::journal {
namespace {

namespace fs = std::filesystem;

// Records as they go over: read, opened, sealed anew, folded (whose words they are hangs on the
// state before), written.
class Rewriter {
  public:
    Rewriter(Sealer const& sealer, Statement insert, KeyTable keys, Digest128 start)
        : sealer_(sealer), insert_(std::move(insert)), keys_(std::move(keys)), digest_(start) {}

    Result<void> keep(std::vector<StoredKey> const& keys) { return keys_.keep(keys); }
    Result<bool> take(RowView const& row) {
        auto record = decode_record(row.body);
        if (!record) return record.error();
        for (auto& event : record->events) sealer_.open_event(event);
        if (auto const kept = keys_.keep(sealer_.seal_record(*record, state_)); !kept) {
            return kept.error();
        }
        auto const body = encode_record(*record);
        digest_ = chain_next(digest_, record->number, record->at, body);
        insert_.bind(1, static_cast<std::int64_t>(record->number.value()));
        insert_.bind(2, record->at.ms);
        insert_.bind(3, body);
        insert_.bind(4, as_bytes(digest_));
        auto const done = insert_.step();
        insert_.reset();
        if (!done) return done.error();
        core::Changes unasked;
        core::apply(state_, *record, unasked);
        return true;
    }
    core::RecordNumber head() const { return state_.head; }

  private:
    Sealer const& sealer_;
    Statement insert_;
    KeyTable keys_;
    Digest128 digest_;
    core::State state_;
};

Result<core::RecordNumber> write_anew(fs::path const& from, fs::path const& draft,
                                      Sealer const& sealer) {
    auto old = connect(from, nullptr);
    if (!old) return old.error();
    auto const held = read_keys(*old);
    if (!held) return held.error();
    if (auto const taken = sealer.take_keys(*held); !taken) return taken.error();
    auto rows = Rows::open(from);
    if (!rows) return rows.error();
    auto db = connect(draft, nullptr);
    if (!db) return db.error();
    auto const epoch = random_epoch();
    if (auto const made = make_tables(*db, Meta{epoch, {}, sealer.key_id_hex()}); !made) {
        return made.error();
    }
    auto insert = db->prepare("INSERT INTO record VALUES (?, ?, ?, ?)");
    if (!insert) return insert.error();
    auto keys = KeyTable::open(*db);
    if (!keys) return keys.error();
    Rewriter rewriter{sealer, std::move(*insert), std::move(*keys), chain_start(epoch)};
    if (auto const begun = db->run("BEGIN"); !begun) return begun.error();
    if (auto const kept = rewriter.keep(*held); !kept) return kept.error();
    auto const read =
        rows->each(core::RecordNumber{1}, [&](RowView const& row) { return rewriter.take(row); });
    if (!read) return read.error();
    if (auto const done = db->run("COMMIT"); !done) return done.error();
    return rewriter.head();
}

}  // namespace

Result<core::RecordNumber> rekey(fs::path const& data_dir, fs::path const& file,
                                 Sealer const& sealer) {
    std::error_code failed;
    if (fs::exists(fs::symlink_status(file, failed))) {
        return refused(fmt::format("{} is there already; choose another name", file.string()));
    }
    auto const from = journal_path(data_dir);
    auto const report = verify({from, {}, {}});
    if (!report) return report.error();
    if (report->fault) return invalid(report->fault->words);
    auto draft = file;
    draft += ".part";
    fs::remove(draft, failed);
    {
        Descriptor const fd{
            ::open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR)};
        if (!fd) return system_error("make", draft);
    }
    auto const head = write_anew(from, draft, sealer);
    if (!head) return head.error();
    fs::rename(draft, file, failed);
    auto const folder = file.has_parent_path() ? file.parent_path() : fs::path{"."};
    if (failed || !sync_directory(folder)) return system_error("name", file);
    return head;
}

}  // namespace washup::journal
