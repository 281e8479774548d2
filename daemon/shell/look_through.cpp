#include "daemon/shell/look_through.hpp"

#include <pthread.h>
#include <sched.h>

#include "daemon/journal/checkpoint_log.hpp"
#include "daemon/journal/codec.hpp"
#include "daemon/journal/rows.hpp"
#include "proto/base/log.hpp"

namespace washup::shell {

using journal::RowView;

LookThrough::LookThrough(std::filesystem::path data_dir, SharedPastIndex& index, OnFault on_fault)
    : data_dir_(std::move(data_dir)),
      index_(index),
      on_fault_(std::move(on_fault)),
      thread_([this] { run(); }) {}

LookThrough::~LookThrough() {
    stopping_ = true;
    thread_.join();
}

void LookThrough::run() {
    sched_param const none{};
    ::pthread_setschedparam(::pthread_self(), SCHED_IDLE, &none);
    auto const text = journal::CheckpointLog::text_of(data_dir_);
    auto rows = journal::Rows::open(journal::journal_path(data_dir_));
    if (!rows || !text) {
        auto const& error = rows ? text.error() : rows.error();
        return log_warn("not_looked_through", "why", error.words);
    }
    std::vector<std::string> doubtful;
    auto const& origin = rows->meta().origin;
    journal::Verifier verifier{origin, journal::read_checkpoints(*text, origin, {}, doubtful)};
    std::uint64_t next = 1;
    auto understood = true;
    for (bool more = true; more && !stopping_;) {
        more = false;
        auto const until = next + look_records;
        auto const read =
            rows->each(core::RecordNumber{next}, [&](RowView const& row) -> Result<bool> {
                if (!verifier.take(row.number, row.at, row.body, row.digest)) return false;
                ++next;
                auto const record = journal::decode_record(row.body);
                understood = understood && record.has_value();
                if (record) index_.add(*record);
                more = next >= until;
                return !more && !stopping_;
            });
        if (!read) verifier.unreadable(read.error().words);
    }
    if (stopping_) return;
    auto const report = verifier.finish();
    for (auto const& line : doubtful) log_warn("checkpoint_doubtful", "words", line);
    if (report.fault) return on_fault_(report);
    if (understood) index_.whole();
    log_info("looked_through", "records", report.good, "unwitnessed", report.unwitnessed());
}

}  // namespace washup::shell
