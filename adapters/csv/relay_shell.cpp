#include "adapters/csv/relay_shell.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/post.hpp>
#include <chrono>
#include <fstream>
#include <sstream>

#include "adapters/csv/plain_name.hpp"
#include "proto/base/clock.hpp"
#include "proto/base/log.hpp"

namespace washup::csv {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t rows_a_read = 256;

Result<std::string> read_octets(fs::path const& file) {
    std::error_code fault;
    auto const size = fs::file_size(file, fault);
    if (fault) return io_error("the file cannot be read: " + fault.message());
    if (size > file_bytes_max) {
        return Error{ErrorCode::too_large,
                     fmt::format("the file is larger than {} octets", file_bytes_max),
                     {}};
    }
    std::ifstream in(file, std::ios::binary);
    std::stringstream octets;
    octets << in.rdbuf();
    if (!in) return io_error("the file cannot be read; look at its rights");
    return std::move(octets).str();
}

v1::Observation set_aside(std::string const& words) {
    v1::Observation out;
    out.mutable_set_aside()->set_why(v1::SetAside::UNMAPPABLE);
    out.mutable_set_aside()->set_words(words);
    return out;
}

}  // namespace

Relay::Relay(boost::asio::io_context& io, Profile const& profile, DropFolder& drop,
             adapters::RecordStore& store, adapters::IngestClientOptions options,
             adapters::Retention retention, RelaySpool spool, std::function<void(Error)> on_trouble)
    : io_(io),
      profile_(profile),
      drop_(drop),
      store_(store),
      options_(std::move(options)),
      on_trouble_(std::move(on_trouble)),
      retention_(retention),
      spool_options_(std::move(spool)),
      away_(io) {}

Result<void> Relay::start() {
    auto const left = store_.unfinished_batches();
    if (!left) return left.error();
    for (auto const& batch : *left) remember(batch);
    auto const waiting = store_.waiting();
    if (!waiting) return waiting.error();
    heard_ = waiting->empty() ? store_.last_sequence() : waiting->front().sequence - 1;
    spool_ = std::make_unique<adapters::SpoolShell>(io_, spool_options_.options, *waiting,
                                                    spool_options_.status);
    spool_->on_words = [this] { say_words(); };
    adapters::IngestClientHandlers handlers;
    handlers.on_welcome = [this](std::uint64_t watermark) { go_on_from(watermark); };
    handlers.on_answer = [this](v1::IngestAnswer const& answer) { answered(answer); };
    handlers.on_lost = [this] {
        log_warn("daemon_lost");
        spool_->lost();
        daemon_away();
    };
    client_ = std::make_unique<adapters::IngestClient>(io_, options_, std::move(handlers));
    drop_.on_change([this] { run_soon(); });
    daemon_away();
    return {};
}

void Relay::daemon_away() {
    if (!spool_options_.options.after) return;
    away_.expires_after(std::chrono::milliseconds(spool_options_.options.after->ms));
    away_.async_wait([this](boost::system::error_code error) {
        if (error || stopped_ || connected()) return;
        away_long_ = true;
        run_soon();
    });
}

void Relay::say_words() {
    if (!client_) return;
    auto const& words = spool_->words();
    client_->set_profile(words.empty() ? options_.profile : words + "; " + options_.profile);
}

void Relay::stop() {
    stopped_ = true;
    drop_.stop();
    away_.cancel();
    if (spool_) spool_->stop();
    client_.reset();
    if (auto noted = note_answers(); !noted) log_warn("answers_not_noted");
}

bool Relay::idle() {
    return open_.empty() && failures_owed_.empty() && answers_.empty() && drop_.empty();
}

void Relay::go_on_from(std::uint64_t watermark) {
    log_info("daemon_here", "watermark", watermark, "last", store_.last_sequence());
    // Rows below the watermark whose answer was lost with an earlier run or connection are asked
    // for again: the daemon gives the same answer; the report needs it, and so does their room in
    // the spool.
    away_long_ = false;
    away_.cancel();
    spool_->welcomed(watermark);
    next_ = std::min(watermark, heard_) + 1;
    for (auto const& [id, file] : open_) next_ = std::min(next_, file.batch.first);
    run_soon();
}

void Relay::run_soon() {
    if (work_waits_ || stopped_) return;
    work_waits_ = true;
    boost::asio::post(io_, [this] { run(); });
}

void Relay::run() {
    work_waits_ = false;
    if (stopped_) return;
    if (auto done = work(); !done) {
        on_trouble_(done.error());
    } else if (progress_) {
        progress_();
    }
}

Result<void> Relay::work() {
    if (auto done = note_answers(); !done) return done;
    if (auto done = finish_files(); !done) return done;
    if (auto done = take_files(); !done) return done;
    if (auto done = send_rows(); !done) return done;
    return forget_old_days();
}

bool Relay::may_take() {
    if (octets_needed_ > 0 && !spool_->room(octets_needed_, records_needed_)) return false;
    if (open_.size() >= files_waiting_max) return false;
    return connected() ? spool_->state().waiting < rows_waiting_max : away_long_;
}

bool Relay::room(std::uint64_t octets, std::uint64_t records) {
    bool const is = spool_->room(octets, records);
    if (!is) spool_->refused();
    octets_needed_ = is ? 0 : octets;
    records_needed_ = is ? 0 : records;
    return is;
}

void Relay::kept(std::uint64_t first, std::span<adapters::NewRecord const> records) {
    for (auto const& record : records) {
        spool_->reserve(record.raw.size());
        spool_->kept({first++, record.raw.size(), system_now()});
    }
}

Result<void> Relay::take_files() {
    for (auto const& name : drop_.whole_files()) {
        if (!may_take()) return {};
        if (auto done = take(name); !done) return done;
    }
    return {};
}

Result<std::string> Relay::move_aside(std::string const& name, std::string const& plain,
                                      std::string const& where,
                                      std::vector<Rejection> const& rejections) {
    auto moved = drop_.move_to(name, where, plain);
    if (!moved || rejections.empty()) return moved;
    if (auto told = drop_.write_report(*moved, where, make_report(plain, rejections)); !told) {
        return told.error();
    }
    return moved;
}

Result<void> Relay::refuse_file(std::string const& name, std::string const& plain,
                                std::string const& words) {
    // A person at the daemon sees it too: a record that belongs to no file holds the words.
    adapters::NewRecord record;
    record.name = plain;
    record.trigger = "file";
    record.raw = words;
    record.digest = blake2b_256(words);
    if (!room(words.size(), 1)) return {};
    auto const first = store_.append(std::span{&record, 1}, system_now());
    if (!first) return first.error();
    kept(*first, std::span{&record, 1});
    failures_owed_.insert(*first);
    ++counts_.failed;
    log_warn("file_failed", "file", plain, "why", words);
    auto moved = move_aside(name, plain, "failed", {Rejection{0, {}, words}});
    if (!moved) return moved.error();
    return {};
}

Result<void> Relay::take(std::string const& name) {
    auto const octets = read_octets(drop_.path_of(name));
    if (!octets) {
        auto const& words = octets.error().words;
        return refuse_file(name, plain_name(profile_, name, blake2b_256(words)), words);
    }
    auto const digest = blake2b_256(*octets);
    auto const plain = plain_name(profile_, name, digest);
    auto const before = store_.find_batch(digest);
    if (!before) return before.error();
    if (*before) {
        // A file kept by a run that ended before it could move it is not one that came twice.
        bool const left_here =
            (*before)->name == plain && !fs::exists(drop_.path_of("done") / plain);
        std::vector<Rejection> words;
        if (!left_here) {
            ++counts_.seen_before;
            words.push_back({0,
                             {},
                             "the same content came before as " + (*before)->name +
                                 "; it was not processed again"});
            log_info("file_seen_before", "file", plain);
        }
        auto moved = move_aside(name, plain, "done", words);
        if (!moved) return moved.error();
        return {};
    }
    auto const intake = take_file(profile_, name, *octets);
    if (!intake) return refuse_file(name, plain, intake.error().words);
    std::uint64_t row_octets = 0;
    for (auto const& record : intake->records) row_octets += record.raw.size();
    if (!room(row_octets, intake->records.size())) return {};
    auto const batch = store_.append_batch(intake->batch, intake->records, system_now());
    if (!batch) return batch.error();
    kept(batch->first, intake->records);
    ++counts_.files;
    counts_.rows += intake->records.size();
    log_info("file_taken", "file", plain, "rows", intake->records.size(), "charset",
             intake->charset, "unknown_headings", intake->unknown_headings.size());
    remember(*batch);
    auto moved = move_aside(name, plain, "done", {});
    if (!moved) return moved.error();
    return {};
}

void Relay::remember(adapters::Batch const& batch) {
    Open file{batch, std::nullopt, {}};
    auto mapper = FileMapper::make(profile_, batch.name, batch.about);
    if (mapper) {
        file.mapper = std::move(*mapper);
    } else {
        file.words = mapper.error().words;
    }
    open_.emplace(batch.id, std::move(file));
}

v1::Observation Relay::observe(adapters::StoredRecord const& record) {
    if (auto const words = refused_.find(record.sequence); words != refused_.end()) {
        return set_aside("the daemon refused this row: " + words->second);
    }
    if (record.batch == 0 && record.raw) {
        return set_aside("the whole file was moved to failed: " + *record.raw);
    }
    auto const file = open_.find(record.batch);
    if (!record.raw || file == open_.end()) return set_aside("the row is no longer kept here");
    if (!file->second.mapper) return set_aside(file->second.words);
    return file->second.mapper->map(*record.raw);
}

Result<void> Relay::send_rows() {
    while (client_ && client_->window_left() > 0 && next_ <= store_.last_sequence()) {
        auto const records = store_.read(next_, std::min(client_->window_left(), rows_a_read));
        if (!records) return records.error();
        for (auto const& record : *records) {
            ++next_;
            if (record.outcome) continue;
            v1::IngestRecord out;
            out.set_source(options_.source);
            out.set_epoch(options_.epoch);
            out.set_sequence(record.sequence);
            out.set_digest(std::string{as_bytes(record.digest)});
            out.set_record_name(record.name);
            out.set_trigger(record.trigger);
            *out.mutable_observation() = observe(record);
            client_->send(out);
        }
    }
    return {};
}

void Relay::answered(v1::IngestAnswer const& answer) {
    if (answer.outcome() == v1::IngestAnswer::REFUSED) {
        bool const again = !refused_.emplace(answer.sequence(), answer.words()).second;
        log_warn("row_refused", "sequence", answer.sequence(), "code", answer.code());
        if (again) {
            return on_trouble_(
                Error{ErrorCode::unavailable,
                      "the daemon refuses a row even as one set aside: " + answer.words(),
                      {}});
        }
        next_ = std::min(next_, answer.sequence());
    } else {
        refused_.erase(answer.sequence());
        heard_ = std::max(heard_, answer.sequence());
        spool_->answered(answer.sequence());
        failures_owed_.erase(answer.sequence());
        (answer.outcome() == v1::IngestAnswer::INBOX ? counts_.inbox : counts_.accepted) += 1;
        answers_.push_back({answer.sequence(), static_cast<int>(answer.outcome()), answer.code(),
                            answer.field(), answer.words()});
    }
    run_soon();
}

Result<void> Relay::note_answers() {
    if (answers_.empty()) return {};
    auto const noted = store_.note_outcomes(answers_);
    if (!noted) return noted;
    if (!stopped_) spool_->noted(answers_.back().sequence);
    answers_.clear();
    return noted;
}

Result<std::vector<Rejection>> Relay::rejections_of(Open const& file) {
    std::vector<Rejection> rejections;
    for (auto from = file.batch.first; from <= file.batch.last;) {
        auto const records = store_.read(from, rows_a_read);
        if (!records) return records.error();
        for (auto const& record : *records) {
            from = record.sequence + 1;
            if (record.sequence > file.batch.last) break;
            if (!record.outcome || record.outcome->outcome != v1::IngestAnswer::INBOX) continue;
            Rejection rejection{row_of(record.name), record.outcome->field, record.outcome->words};
            if (record.raw && file.mapper) {
                // Our own words name the column as the file does; the daemon knows no headings.
                auto const mapped = file.mapper->map(*record.raw);
                if (mapped.has_set_aside()) {
                    rejection.column = mapped.set_aside().field();
                    rejection.reason = mapped.set_aside().words();
                }
            }
            rejections.push_back(std::move(rejection));
        }
    }
    return rejections;
}

// Nothing of a file is left out without a word; the profile's `ignore` is the word for "known".
std::vector<Rejection> Relay::ignored_headings(Open const& file) {
    std::vector<Rejection> lines;
    if (!file.mapper) return lines;
    for (auto const& heading : file.mapper->unknown_headings()) {
        lines.push_back({0, heading, "the profile does not know this heading; it was left out"});
    }
    return lines;
}

Result<void> Relay::finish_files() {
    for (auto entry = open_.begin(); entry != open_.end();) {
        auto const& batch = entry->second.batch;
        auto const waiting = store_.unanswered(batch.first, batch.last);
        if (!waiting) return waiting.error();
        if (*waiting > 0) return {};  // answers come in order: later files wait too
        auto const rejections = rejections_of(entry->second);
        if (!rejections) return rejections.error();
        auto lines = ignored_headings(entry->second);
        lines.insert(lines.end(), rejections->begin(), rejections->end());
        if (!lines.empty()) {
            auto told = drop_.write_report(batch.name, "done", make_report(batch.name, lines));
            if (!told) return told;
        }
        if (auto done = store_.finish_batch(batch.id); !done) return done;
        log_info("file_done", "file", batch.name, "rows", batch.last + 1 - batch.first, "rejected",
                 rejections->size());
        entry = open_.erase(entry);
    }
    return {};
}

Result<void> Relay::forget_old_days() {
    auto const what = retention_.due(system_now());
    if (!what) return {};
    auto const gone = store_.forget_before(*what);
    if (!gone) return gone.error();
    if (gone->days > 0) log_info("forgot", "days", gone->days, "kept_on", gone->kept_on);
    return {};
}

}  // namespace washup::csv
