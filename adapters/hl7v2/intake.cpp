#include "adapters/hl7v2/intake.hpp"

#include <chrono>

#include "adapters/hl7v2/adt_mapper.hpp"
#include "adapters/hl7v2/charset.hpp"
#include "adapters/hl7v2/framer.hpp"
#include "proto/base/check.hpp"
#include "proto/base/clock.hpp"
#include "proto/base/log.hpp"
#include "washup/v1/ingest.pb.h"

namespace washup::hl7v2 {
namespace {

constexpr std::size_t backlog_chunk = 64;
constexpr int pause_before_again_ms = 100;

// Control ids are the sender's; in a log and a list they are shown as text.
std::string printable(std::string_view bytes) {
    auto text = to_utf8(trimmed(bytes), {});
    for (char& c : text) {
        if (static_cast<unsigned char>(c) < 0x20) c = ' ';
    }
    if (text.size() > value_bytes_max) text.resize(value_bytes_max);
    return valid_utf8(text) ? text : to_utf8(text, "8859/1");
}

std::string index_key(std::string const& source, Header const& header, Digest256 const& digest) {
    return "message|" + source + "|" + std::string{header.field(7)} + "|" +
           std::string{as_bytes(digest)};
}

std::string control_key(Header const& header) {
    std::string key = "control";
    for (std::size_t const field : {3, 4, 10}) key += "|" + std::string{header.field(field)};
    return key;
}

// In the daemon's word: it says the same in its answer.
std::string set_aside_code(v1::Observation const& observation) {
    if (!observation.has_set_aside()) return {};
    switch (observation.set_aside().why()) {
        case v1::SetAside::NOT_YET_HANDLED:
            return "not_yet_handled";
        case v1::SetAside::TEST_MESSAGE:
            return "test_message";
        default:
            return "unmappable";
    }
}

adapters::RecordOutcome outcome_of(v1::IngestAnswer const& answer) {
    return {answer.sequence(), answer.outcome(), answer.code(), answer.field(), answer.words()};
}

}  // namespace

Intake::Intake(boost::asio::io_context& io, IntakeOptions options, ProfileSet const& profiles,
               RecordKeeper& keeper)
    : io_(io),
      options_(std::move(options)),
      profiles_(profiles),
      keeper_(keeper),
      last_kept_(keeper.last_sequence_at_start()),
      heard_(keeper.unanswered_at_start() == 0 ? last_kept_ : keeper.unanswered_at_start() - 1),
      spool_(io, options_.spool, keeper.waiting_at_start(), options_.status),
      again_(io),
      change_(io) {
    spool_.on_acknowledge = [this](std::uint64_t up_to) { acknowledge(up_to); };
    keeper_.on_failed = [this](Error const& error) { fail("the store failed: " + error.words); };
    keeper_.on_noted = [this](std::uint64_t up_to) {
        spool_.noted(up_to);
        keep_offered();
    };
    spool_.on_words = [this] { client_->set_profile(profile_words()); };
    connect();
}

Intake::~Intake() {
    keeper_.on_failed = nullptr;
    keeper_.on_noted = nullptr;
}

Profile const& Intake::profile_for(Header const& header) const {
    return profiles_.choose(options_.profile, header.value(3), header.value(4));
}

bool Intake::daemon_there() const {
    return client_ && client_->connected();
}

// The daemon shows which profile reads a feed. Without a name on the command line it is known only
// when a message has come.
std::string Intake::profile_words() const {
    auto out = spool_.words();
    auto const add = [&](std::string const& words) {
        if (!out.empty()) out += "; ";
        out += words;
    };
    if (!options_.profile.empty()) {
        add(profiles_.find(options_.profile)->words);
    } else if (profiles_used_.empty()) {
        add("by sender; none has sent since it started");
    }
    for (auto const& name : profiles_used_) {
        if (options_.profile.empty()) add(profiles_.find(name)->words);
    }
    return bounded(out);
}

void Intake::note_profile(Profile const& profile) {
    if (profiles_used_.insert(profile.name).second) client_->set_profile(profile_words());
}

void Intake::connect() {
    adapters::IngestClientOptions options;
    options.host = options_.daemon_host;
    options.ingest_port = options_.ingest_port;
    options.keys = options_.keys;
    options.source = options_.source;
    options.epoch = keeper_.epoch();
    options.profile = profile_words();
    adapters::IngestClientHandlers handlers;
    handlers.on_welcome = [this](std::uint64_t watermark) { welcomed(watermark); };
    handlers.on_answer = [this](v1::IngestAnswer const& answer) { answered(answer); };
    handlers.on_lost = [this] {
        log_warn("daemon_lost", "under_way", under_way_);
        spool_.lost();
        say_changed();
    };
    client_ = std::make_unique<adapters::IngestClient>(io_, options, std::move(handlers));
}

Intake::Record Intake::map_raw(std::string_view raw, Header const& header, Instant received,
                               std::string const& name) {
    auto const& profile = profile_for(header);
    note_profile(profile);
    auto record = std::make_shared<v1::IngestRecord>();
    record->set_source(options_.source);
    record->set_epoch(keeper_.epoch());
    record->set_digest(std::string{as_bytes(blake2b_256(raw))});
    record->set_record_name(name);
    auto const trigger = map_octets(raw, header, profile, received, *record->mutable_observation());
    record->set_trigger(printable(trigger));
    counts_.unreadable += static_cast<std::uint64_t>(record->observation().unreadable_size());
    return record;
}

void Intake::take(std::string raw, Header const& header, OnTaken done) {
    ++counts_.messages;
    ++under_way_;
    Offer offer{std::move(raw), header, std::move(done)};
    if (offered_.empty() && spool_.room(offer.raw.size())) return keep(std::move(offer));
    // Full. It may be kept as soon as there is room; until then nobody hears that it is.
    spool_.refused();
    offered_.push_back(std::move(offer));
    keeper_.note_now();
    if (offered_.size() <= offered_max) return;
    auto const oldest = std::move(offered_.front());
    offered_.pop_front();
    finish(oldest.done, {});
}

void Intake::keep_offered() {
    while (!offered_.empty() && spool_.room(offered_.front().raw.size())) {
        auto offer = std::move(offered_.front());
        offered_.pop_front();
        keep(std::move(offer));
    }
}

void Intake::keep(Offer offer) {
    auto const& header = offer.header;
    auto const bytes = offer.raw.size();
    spool_.reserve(bytes);
    auto const name = printable(header.control_id());
    auto record = map_raw(offer.raw, header, system_now(), name);
    KeepRequest request;
    request.record.name = name;
    request.record.trigger = record->trigger();
    std::copy(record->digest().begin(), record->digest().end(),
              request.record.digest.bytes.begin());
    request.record.set_aside = set_aside_code(record->observation());
    request.record.index_key = index_key(options_.source, header, request.record.digest);
    request.record.raw = std::move(offer.raw);
    if (profile_for(header).control_id_unique) {
        request.control_key = control_key(header);
        request.record.second_key = request.control_key;
    }
    auto heard = [this, bytes, record = std::move(record),
                  done = std::move(offer.done)](Result<Kept> result) {
        if (!result || result->duplicate) spool_.release(bytes);
        auto const freed = result && result->duplicate;
        kept(std::move(result), bytes, record, done);
        if (freed) keep_offered();
    };
    keeper_.keep(std::move(request), std::move(heard));
}

void Intake::kept(Result<Kept> result, std::uint64_t bytes, Record record, OnTaken done) {
    if (!result) {
        Taken taken;
        taken.outcome.words = result.error().words;
        finish(done, taken);
        // A store that failed once is not trusted again by this process.
        return fail("the store failed: " + taken.outcome.words);
    }
    if (result->control_id_clash) {
        ++counts_.control_id_clashes;
        log_warn("control_id_repeated", "message", record->record_name(), "sequence",
                 result->sequence);
    }
    auto const sequence = result->sequence;
    if (result->duplicate) {
        ++counts_.duplicates;
        // Held by the daemon already: the same answer again, at once.
        if (result->outcome || (sequence <= watermark_ && !unanswered_.contains(sequence))) {
            Taken taken{.durable = true, .duplicate = true};
            if (result->outcome) taken.outcome = *result->outcome;
            return finish(done, taken);
        }
        if (spool_.may_acknowledge(sequence)) {
            return finish(done, {.durable = true, .duplicate = true, .spooled = true});
        }
        waiting_.emplace(sequence, std::move(done));
        return pump();
    }
    record->set_sequence(sequence);
    last_kept_ = std::max(last_kept_, sequence);
    if (unanswered_.size() < mapped_max) unanswered_.emplace(sequence, std::move(record));
    waiting_.emplace(sequence, std::move(done));
    spool_.kept({sequence, bytes, system_now()});
    pump();
}

// They stand in the store, fsynced: the daemon gets them when it is back.
void Intake::acknowledge(std::uint64_t up_to) {
    finish_waiting(0, up_to, {.durable = true, .spooled = true});
}

void Intake::finish_waiting(std::uint64_t from, std::uint64_t to, Taken const& taken) {
    auto const first = waiting_.lower_bound(from), last = waiting_.upper_bound(to);
    std::vector<OnTaken> waiting;
    for (auto it = first; it != last; ++it) waiting.push_back(std::move(it->second));
    waiting_.erase(first, last);
    for (auto const& done : waiting) finish(done, taken);
}

void Intake::welcomed(std::uint64_t watermark) {
    log_info("daemon_there", "watermark", watermark, "kept", last_kept_);
    if (watermark > last_kept_) {
        // Sequences given again would be taken for messages the daemon already has.
        fail(
            "the daemon holds more of this store than the store itself: its "
            "folder was restored from an older copy; start with a new --data");
        return;
    }
    watermark_ = watermark;
    // What the daemon holds and nobody heard its answer to is sent again, to learn what became of
    // it: somebody may wait for that, and its room in the spool does.
    next_to_send_ = std::min(watermark, heard_) + 1;
    if (!waiting_.empty()) next_to_send_ = std::min(next_to_send_, waiting_.begin()->first);
    spool_.welcomed(watermark);
    pump();
    say_changed();
}

void Intake::pump() {
    while (next_to_send_ != 0 && next_to_send_ <= last_kept_ && client_->window_left() > 0) {
        auto const it = unanswered_.find(next_to_send_);
        if (it == unanswered_.end()) {
            // A message that is being mapped from the store, or was answered to somebody before.
            return read_backlog();
        }
        ++next_to_send_;
        client_->send(*it->second);
    }
}

void Intake::read_backlog() {
    if (reading_) return;
    reading_ = true;
    keeper_.read(next_to_send_, backlog_chunk,
                 [this](Result<std::vector<adapters::StoredRecord>> records) {
                     reading_ = false;
                     if (!records) {
                         return fail(records.error().words);
                     }
                     for (auto const& stored : *records) {
                         if (unanswered_.contains(stored.sequence)) continue;
                         Record record;
                         auto const header = read_header(stored.raw ? *stored.raw : std::string{});
                         if (header) {
                             record = map_raw(*stored.raw, *header, stored.received, stored.name);
                         } else {
                             record = std::make_shared<v1::IngestRecord>();
                             record->set_source(options_.source);
                             record->set_epoch(keeper_.epoch());
                             record->set_digest(std::string{as_bytes(stored.digest)});
                             record->set_record_name(stored.name);
                             record->set_trigger(stored.trigger);
                             auto& aside = *record->mutable_observation()->mutable_set_aside();
                             aside.set_words("the raw message is no longer kept");
                         }
                         record->set_sequence(stored.sequence);
                         record->set_again_of(stored.again_of);
                         unanswered_.emplace(stored.sequence, std::move(record));
                     }
                     pump();
                 });
}

void Intake::answered(v1::IngestAnswer const& answer) {
    if (answer.outcome() == v1::IngestAnswer::REFUSED) return refused(answer);
    auto const sequence = answer.sequence();
    watermark_ = std::max(watermark_, sequence);
    heard_ = std::max(heard_, sequence);
    unanswered_.erase(sequence);
    Taken const taken{.durable = true,
                      .duplicate = answer.duplicate(),
                      .outcome = outcome_of(answer),
                      .record = answer.record()};
    keeper_.note(taken.outcome);
    finish_waiting(sequence, sequence, taken);
    spool_.answered(sequence);
    if (!offered_.empty()) keeper_.note_now();
    if (!owes()) say_changed();
    pump();
}

// The record is not durable and its sequence is still owed. A daemon that is busy gets it again in
// a moment. One that cannot read it gets a line for its inbox instead, in its own words: one
// message must not hold up the feed, and the raw one is kept.
void Intake::refused(v1::IngestAnswer const& answer) {
    log_error("record_refused", "sequence", answer.sequence(), "code", answer.code(), "field",
              answer.field());
    auto const it = unanswered_.find(answer.sequence());
    if (it == unanswered_.end()) return;
    next_to_send_ = std::min(next_to_send_, answer.sequence());
    auto& observation = *it->second->mutable_observation();
    if (answer.code() == "envelope" && !observation.has_set_aside()) {
        observation.Clear();
        auto& aside = *observation.mutable_set_aside();
        aside.set_field(answer.field());
        aside.set_words(bounded("the daemon refused it: " + answer.words()));
        return pump();
    }
    again_.expires_after(std::chrono::milliseconds(pause_before_again_ms));
    again_.async_wait([this](boost::system::error_code error) {
        if (!error) pump();
    });
}

void Intake::fail(std::string const& words) {
    next_to_send_ = 0;
    if (auto const tell = std::exchange(on_fatal, nullptr)) tell(words);
}

// In a turn of its own: whoever hears of it takes the next message, and that must not be kept
// before one that is being taken now.
void Intake::say_changed() {
    if (std::exchange(change_to_say_, true)) return;
    change_.expires_after(std::chrono::milliseconds(0));
    change_.async_wait([this](boost::system::error_code error) {
        if (error) return;
        change_to_say_ = false;
        if (on_change) on_change();
    });
}

void Intake::finish(OnTaken const& done, Taken const& taken) {
    WASHUP_CHECK(under_way_ > 0, "every message taken is finished once");
    --under_way_;
    if (taken.durable) ++counts_.durable;
    if (taken.spooled) ++counts_.spooled;
    done(taken);
    say_changed();
}

}  // namespace washup::hl7v2
