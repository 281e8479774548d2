#include "daemon/shell/journal_tool.hpp"

#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <cstdio>

#include <fmt/format.h>
#include <google/protobuf/util/json_util.h>

#include "daemon/journal/checkpoint_log.hpp"
#include "daemon/journal/copies.hpp"
#include "daemon/journal/erasures.hpp"
#include "daemon/journal/files.hpp"
#include "daemon/journal/journal_meta.hpp"
#include "daemon/journal/rekey.hpp"
#include "daemon/journal/rows.hpp"
#include "daemon/journal/verify.hpp"
#include "daemon/shell/daemon.hpp"
#include "proto/base/clock.hpp"
#include "washup/v1/event.pb.h"

namespace washup::shell {
namespace {

namespace fs = std::filesystem;
using journal::VerifyReport;

int fail(Error const& error) {
    fmt::print(stderr, "washupd journal: {}\n", error.words);
    return exit_io;
}

int print_report(VerifyReport const& report) {
    if (report.fault) {
        fmt::print("BAD from record {}: {}\n", report.fault->first, report.fault->words);
        fmt::print("{} records before it are good; `washupd journal export` saves them\n",
                   std::min(report.good, report.fault->first - 1));
    } else {
        fmt::print("{} records, all good\n", report.good);
    }
    fmt::print("witnessed up to record {} by {} checkpoints; {} records unwitnessed\n",
               report.witnessed, report.checkpoints, report.unwitnessed());
    for (auto const& line : report.doubtful_lines) fmt::print("checkpoints: {}\n", line);
    return report.sound() ? exit_ok : exit_unsound;
}

boost::json::object json_of(VerifyReport const& report) {
    boost::json::object fault;
    if (report.fault) {
        fault = {{"first", report.fault->first},
                 {"last", report.fault->last},
                 {"words", report.fault->words}};
    }
    return {{"epoch", report.epoch},
            {"origin", report.origin},
            {"good", report.good},
            {"witnessed", report.witnessed},
            {"unwitnessed", report.unwitnessed()},
            {"checkpoints", report.checkpoints},
            {"fault", report.fault ? boost::json::value(fault) : boost::json::value()},
            {"doubtful_lines", boost::json::value_from(report.doubtful_lines)},
            {"sound", report.sound()}};
}

// How a copy was found, and what became of it: `done`, or `bad` when a record in it is.
int print_copy(Result<VerifyReport> const& report, std::string const& done,
               std::string const& bad) {
    if (!report) return fail(report.error());
    auto const code = print_report(*report);
    fmt::print("{}\n", report->fault ? bad : done);
    return code;
}

// A copy of the checkpoints that was named must be there.
Result<std::string> text_of_copy(fs::path const& file) {
    auto text = journal::read_file(file);
    if (!text) return text.error();
    if (!*text) return io_error(fmt::format("there is no {}", file.string()));
    return std::move(**text);
}

std::uintmax_t size_of(fs::path const& path) {
    std::error_code none;
    if (fs::is_directory(path, none)) {
        std::uintmax_t sum = 0;
        for (auto const& entry : fs::directory_iterator(path, none)) sum += entry.file_size(none);
        return sum;
    }
    auto const size = fs::file_size(path, none);
    return none ? 0 : size;
}

}  // namespace

JournalTool::JournalTool(CLI::App& app) {
    auto* group = app.add_subcommand("journal",
                                     "look after a journal: verify, stats, checkpoints, backup, "
                                     "restore, export, erasures, rekey, print");
    group->add_option("--data", data_, "the daemon's data directory")->required();
    group->require_subcommand(1);
    group->footer(
        "Exit codes: 0 done and sound, 1 something is wrong with the journal (printed), 2 wrong "
        "use,\n71 memory ended, 74 a file: none, no journal, newer, not readable or writable.");
    add_verify(*group);
    add_stats(*group);
    add_checkpoints(*group);
    add_copies(*group);
    add_erasures(*group);
    add_rekey(*group);
    add_print(*group);
}

void JournalTool::add_verify(CLI::App& group) {
    auto* verb = group.add_subcommand(
        "verify", "is every record what was written? Names the first that is not");
    verb->add_option("--checkpoints", checkpoints_,
                     "a copy of checkpoints.log that was kept off this machine (default: the one "
                     "beside the journal)");
    verb->add_option("--public-key", public_key_,
                     "believe only checkpoints of this key (`washupd journal stats` prints it)");
    verb->add_flag("--json", json_, "one JSON document");
    verb->callback([this] {
        act_ = [this] {
            auto text = checkpoints_.empty() ? journal::CheckpointLog::text_of(data_)
                                             : text_of_copy(checkpoints_);
            if (!text) return fail(text.error());
            auto const report =
                journal::verify({journal::journal_path(data_), std::move(*text), public_key_});
            if (!report) return fail(report.error());
            if (!json_) return print_report(*report);
            fmt::print("{}\n", boost::json::serialize(json_of(*report)));
            return report->sound() ? exit_ok : exit_unsound;
        };
    });
}

void JournalTool::add_stats(CLI::App& group) {
    auto* verb = group.add_subcommand("stats", "what there is: records, times, sizes, keys");
    verb->callback([this] {
        act_ = [this] {
            auto rows = journal::Rows::open(journal::journal_path(data_));
            if (!rows) return fail(rows.error());
            auto const ends = rows->ends();
            if (!ends) return fail(ends.error());
            auto const signs = journal::CheckpointSigner::open(data_);
            if (!signs) return fail(signs.error());
            fmt::print("epoch        {}\n", rows->meta().epoch);
            fmt::print("chain from   {}\n", rows->meta().origin);
            fmt::print("site key id  {}\n", rows->meta().key_id);
            fmt::print("signs with   {}\n", *signs ? (*signs)->public_key() : "no key yet");
            fmt::print("records      {}\n", ends->last.value());
            if (ends->last) {
                fmt::print("first        {}\n", to_rfc3339(ends->first_at));
                fmt::print("last         {}\n", to_rfc3339(ends->last_at));
            }
            fs::path const data{data_};
            fmt::print("journal.db   {} octets\n", size_of(data / "journal.db"));
            fmt::print("log          {} octets\n", size_of(data / "journal.db-wal"));
            fmt::print("images       {} octets\n", size_of(data / "images"));
            return exit_ok;
        };
    });
}

void JournalTool::add_checkpoints(CLI::App& group) {
    auto* verb = group.add_subcommand("checkpoints",
                                      "print the signed checkpoints, to be kept off this machine");
    verb->callback([this] {
        act_ = [this] {
            auto const text = journal::CheckpointLog::text_of(data_);
            if (!text) return fail(text.error());
            if (text->empty()) {
                auto const there = journal::looks_like_journal(journal::journal_path(data_));
                if (!there) return fail(there.error());
            }
            fmt::print("{}", *text);
            return exit_ok;
        };
    });
}

void JournalTool::add_copies(CLI::App& group) {
    auto* backup = group.add_subcommand("backup", "a whole copy, also while the daemon runs");
    backup->add_option("FILE", file_, "made; must not be there")->required();
    backup->callback([this] {
        act_ = [this] {
            auto const report = journal::backup(data_, file_);
            if (report) note_copy();
            return print_copy(
                report, "copied to " + file_ + "; keep site.key in another safe",
                "no backup was made; the copy is kept as " + file_ + ".bad, to be looked at");
        };
    });
    auto* restore =
        group.add_subcommand("restore", "make a journal of a copy; --data has none yet");
    restore->add_option("FILE", file_, "a copy by backup or export")->required();
    restore->add_option("--erasures", erasures_,
                        "what `washupd journal erasures` printed: these keys are destroyed in it");
    restore->callback([this] {
        act_ = [this] {
            std::ifstream in{erasures_, std::ios::binary};
            if (!erasures_.empty() && !in) return fail(io_error("cannot read " + erasures_));
            std::string const list{std::istreambuf_iterator<char>{in}, {}};
            if (!erasures_.empty() && list.empty()) {
                return fail(invalid(erasures_ + " is empty; it is no list of erasures"));
            }
            auto const back = erasures_.empty()
                                  ? "; whoever was erased after this copy was made is back: "
                                    "--erasures erases them"
                                  : "";
            auto const report = journal::restore(file_, data_, erasures_.empty() ? "" : list);
            auto const lost =
                report && report->named_beyond > 0
                    ? fmt::format(
                          "\nthe checkpoints that were there name records up to {}: {} of "
                          "them are not in this copy. Those checkpoints were set aside as "
                          "checkpoints.before-*.log; keep them as the proof of what was",
                          report->named_beyond, report->named_beyond - report->good)
                    : std::string{};
            return print_copy(report, "restored to " + data_ + back + lost,
                              "nothing was restored: " + file_ + " is not sound");
        };
    });
    auto* good = group.add_subcommand("export", "a copy of the good records before the first bad");
    good->add_option("FILE", file_, "made; must not be there")->required();
    good->add_option("--to", to_, "not beyond this record");
    good->callback([this] {
        act_ = [this] {
            auto const report = journal::export_good(data_, file_, core::RecordNumber{to_});
            if (report) note_copy();
            auto const done =
                fmt::format("{} records copied to {}", report ? report->copied : 0, file_);
            return print_copy(report, done, done);
        };
    });
}

// The operator has to know where erased words may still be.
void JournalTool::note_copy() const {
    if (auto const noted = journal::note_copy(data_, file_, system_now()); !noted) {
        fmt::print(stderr, "washupd journal: {}\n", noted.error().words);
    }
}

void JournalTool::add_rekey(CLI::App& group) {
    auto* verb = group.add_subcommand(
        "rekey", "a copy of a journal of format 1 in which each person has a key, to be restored");
    verb->add_option("FILE", file_, "made; must not be there")->required();
    verb->callback([this] {
        act_ = [this] {
            auto const sealer = journal::Sealer::open_or_make(data_);
            if (!sealer) return fail(sealer.error());
            auto const head = journal::rekey(data_, file_, *sealer);
            if (!head) return fail(head.error());
            note_copy();
            fmt::print(
                "{} records written to {}, in a new chain; restore it beside the same site.key, "
                "and keep or destroy the old journal and its copies\n",
                head->value(), file_);
            return exit_ok;
        };
    });
}

void JournalTool::add_erasures(CLI::App& group) {
    auto* verb = group.add_subcommand(
        "erasures", "print the list of erasures, to be kept beside every copy of the journal");
    verb->callback([this] {
        act_ = [this] {
            auto const list = journal::list_erasures(data_);
            if (!list) return fail(list.error());
            fmt::print("{}", *list);
            auto const copies = journal::copies_made(data_);
            if (!copies.empty()) {
                fmt::print(stderr,
                           "copies of this journal were made here; each is restored with this "
                           "list, or destroyed:\n{}",
                           copies);
            }
            return exit_ok;
        };
    });
}

namespace {

// Whatever may lead to a person is octets: sealed words, keyed hashes, digests of raw messages.
// That there were words stays to be seen.
void keep_clear_part(google::protobuf::Message& message) {
    auto const& reflection = *message.GetReflection();
    std::vector<google::protobuf::FieldDescriptor const*> fields;
    reflection.ListFields(message, &fields);
    for (auto const* field : fields) {
        if (field->type() == google::protobuf::FieldDescriptor::TYPE_BYTES) {
            reflection.ClearField(&message, field);
        } else if (field->cpp_type() != google::protobuf::FieldDescriptor::CPPTYPE_MESSAGE) {
            continue;
        } else if (!field->is_repeated()) {
            keep_clear_part(*reflection.MutableMessage(&message, field));
        } else {
            for (int i = 0; i < reflection.FieldSize(message, field); ++i)
                keep_clear_part(*reflection.MutableRepeatedMessage(&message, field, i));
        }
    }
}

}  // namespace

void JournalTool::add_print(CLI::App& group) {
    auto* verb = group.add_subcommand(
        "print", "records as JSON lines (message Record of event.proto); sealed words stay sealed");
    verb->add_option("--from", from_, "first record")->capture_default_str();
    verb->add_option("--to", to_, "last record (default: all)");
    verb->add_flag("--clear", clear_,
                   "the clear part alone: without sealed words, keyed hashes and digests");
    verb->callback([this] {
        act_ = [this] {
            auto rows = journal::Rows::open(journal::journal_path(data_));
            if (!rows) return fail(rows.error());
            google::protobuf::util::JsonPrintOptions options;
            options.preserve_proto_field_names = true;
            auto const done = rows->each(
                core::RecordNumber{from_}, [&](journal::RowView const& row) -> Result<bool> {
                    if (to_ != 0 && row.number.value() > to_) return false;
                    v1::journal::Record record;
                    std::string line;
                    auto const parsed =
                        record.ParseFromArray(row.body.data(), static_cast<int>(row.body.size()));
                    if (clear_) keep_clear_part(record);
                    if (!parsed ||
                        !google::protobuf::util::MessageToJsonString(record, &line, options).ok()) {
                        return invalid(
                            fmt::format("record {} cannot be read; see `washupd journal verify`",
                                        row.number.value()));
                    }
                    fmt::print("{}\n", line);
                    return true;
                });
            return done ? exit_ok : fail(done.error());
        };
    });
}

}  // namespace washup::shell
