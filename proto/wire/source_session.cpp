#include "proto/wire/source_session.hpp"

#include <algorithm>

#include "proto/base/check.hpp"
#include "proto/wire/envelope.hpp"
#include "washup/v1/common.pb.h"
#include "washup/v1/ingest.pb.h"

namespace washup::wire {
namespace {

// The refusals that mean "we do not agree on where we are": mended by a hello, not by a person.
bool means_out_of_step(std::string_view code) {
    return code == "sequence_hole" || code == "hello_first";
}

}  // namespace

void SourceSession::step(SourceInput const& input, SteadyInstant now, SourceActions& out) {
    if (auto const* frame = std::get_if<SourceHeard>(&input)) {
        heard(frame->frame, now, out);
    } else if (auto const* given = std::get_if<SourceSubmit>(&input)) {
        submit(*given->record, now, out);
    } else {
        tick(now, out);
    }
}

std::size_t SourceSession::window_left() const {
    if (!live_ || pending_.size() >= in_flight_max_) return 0;
    return in_flight_max_ - pending_.size();
}

SteadyInstant SourceSession::hello_due() const {
    return last_hello_ + (live_ ? options_.hello_every : options_.hello_again);
}

SteadyInstant SourceSession::next_due() const {
    if (!started_) return {};
    auto due = hello_due();
    if (live_) due = std::min(due, last_heard_ + options_.lost_after);
    return due;
}

std::optional<Instant> SourceSession::daemon_time(SteadyInstant now) const {
    if (!daemon_time_) return std::nullopt;
    return *daemon_time_ + (now - daemon_time_heard_);
}

void SourceSession::tick(SteadyInstant now, SourceActions& out) {
    if (live_ && now - last_heard_ >= options_.lost_after) {
        live_ = false;
        out.lost = true;
    }
    if (!started_ || now >= hello_due()) hello(now, out);
    started_ = true;
    if (live_) send_unanswered(now, options_.answer_timeout, out);
}

void SourceSession::hello(SteadyInstant now, SourceActions& out) {
    last_hello_ = now;
    v1::SourceHello hello;
    hello.set_source(options_.source);
    hello.set_epoch(options_.epoch);
    hello.set_profile(options_.profile);
    out.send.push_back(encode(Kind::source_hello, hello));
}

void SourceSession::heard(std::string_view bytes, SteadyInstant now, SourceActions& out) {
    auto const frame = decode(bytes);
    if (!frame) return out.troubles.push_back("bad_frame_" + frame.error().field);
    if (frame->kind == Kind::source_welcome) {
        v1::SourceWelcome said;
        if (!parse(*frame, said)) return out.troubles.push_back("bad_welcome");
        if (said.source() != options_.source || said.epoch() != options_.epoch) return;
        welcome(said, now, out);
    } else if (frame->kind == Kind::ingest_answer) {
        auto said = std::make_shared<v1::IngestAnswer>();
        if (!parse(*frame, *said)) return out.troubles.push_back("bad_answer");
        if (said->source() != options_.source || said->epoch() != options_.epoch) return;
        answer(std::move(said), now, out);
    } else if (frame->kind == Kind::refusal) {
        v1::Refusal said;
        if (!parse(*frame, said)) return out.troubles.push_back("bad_refusal");
        last_heard_ = now;
        if (means_out_of_step(said.code())) return out_of_step(now, out);
        out.troubles.push_back("refused_" + said.code());
    } else {
        out.troubles.push_back("unexpected_kind");
    }
}

void SourceSession::welcome(v1::SourceWelcome const& said, SteadyInstant now, SourceActions& out) {
    last_heard_ = daemon_time_heard_ = now;
    daemon_time_ = Instant{said.daemon_time_ms()};
    in_flight_max_ = std::clamp<std::size_t>(said.in_flight_max(), 1, source_in_flight_max);
    bool const another_run = said.run() != run_;
    run_ = said.run();
    // A sign of life, nothing more. A daemon that was started again while nobody noticed has
    // forgotten what it had not answered, so then it is sent again without waiting for the timeout.
    if (live_ && !out_of_step_ && !another_run) return;

    // The daemon holds less than it once answered for (its journal was restored): the adapter must
    // begin again below what is under way here.
    bool const behind =
        next_ != 0 && !pending_.empty() && said.watermark() + 1 < pending_.begin()->first;
    if (behind) pending_.clear();
    auto const last_sent = pending_.empty() ? 0 : pending_.rbegin()->first;
    next_ = std::max(said.watermark(), last_sent) + 1;
    if (!live_ || behind || another_run) out.welcomed = said.watermark();
    live_ = true;
    out_of_step_ = false;
    send_unanswered(now, Duration{0}, out);
}

void SourceSession::answer(std::shared_ptr<v1::IngestAnswer const> said, SteadyInstant now,
                           SourceActions& out) {
    last_heard_ = now;
    auto const it = pending_.find(said->sequence());
    if (it == pending_.end() || it->second.answer) return;  // answered before, and sent twice
    if (said->outcome() == v1::IngestAnswer::REFUSED) {
        if (means_out_of_step(said->code())) return out_of_step(now, out);
        if (said->code() == "busy") return;  // the daemon's disk is behind: sent again later
        pending_.erase(it);
        out.answers.push_back(std::move(said));
        return;
    }
    it->second.answer = std::move(said);
    while (!pending_.empty() && pending_.begin()->second.answer) {
        out.answers.push_back(pending_.begin()->second.answer);
        pending_.erase(pending_.begin());
    }
}

// A hole makes every later record in flight come back refused: one hello for all of them.
void SourceSession::out_of_step(SteadyInstant now, SourceActions& out) {
    out_of_step_ = true;
    if (now - last_resync_ < options_.resync_pause) return;
    last_resync_ = now;
    hello(now, out);
}

void SourceSession::submit(v1::IngestRecord const& record, SteadyInstant now, SourceActions& out) {
    auto const sequence = record.sequence();
    if (pending_.contains(sequence)) return;  // under way already
    WASHUP_CHECK(window_left() > 0, "a source sends only into its open window");
    WASHUP_CHECK(sequence > 0 && sequence <= next_, "a source's sequences rise by one");
    next_ = std::max(next_, sequence + 1);
    auto named = record;
    named.set_source(options_.source);
    named.set_epoch(options_.epoch);
    auto const& kept = pending_[sequence] = Pending{encode(Kind::ingest_record, named), now, {}};
    out.send.push_back(kept.frame);
}

void SourceSession::send_unanswered(SteadyInstant now, Duration older_than, SourceActions& out) {
    for (auto& [sequence, entry] : pending_) {
        if (entry.answer || now - entry.sent < older_than) continue;
        entry.sent = now;
        out.send.push_back(entry.frame);
    }
}

}  // namespace washup::wire
