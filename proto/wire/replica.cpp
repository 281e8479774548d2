#include "proto/wire/replica.hpp"

#include <algorithm>
#include <limits>

#include "washup/v1/feed.pb.h"

namespace washup::wire {

char const* to_words(ReplicaState state) {
    switch (state) {
        case ReplicaState::waiting:
            return "waiting";
        case ReplicaState::syncing:
            return "syncing";
        case ReplicaState::live:
            return "live";
        case ReplicaState::resyncing:
            return "resyncing";
        case ReplicaState::lost:
            return "lost";
    }
    return "?";
}

void Replica::step(ReplicaInput const& input, SteadyInstant now, ReplicaActions& out) {
    if (auto const* beat = std::get_if<v1::Heartbeat const*>(&input)) {
        if ((*beat)->view() == options_.view) heartbeat(**beat, now, out);
    } else if (auto const* change = std::get_if<v1::Delta const*>(&input)) {
        if ((*change)->view() == options_.view) delta(**change, now, out);
    } else if (auto const* part = std::get_if<v1::SnapshotChunk const*>(&input)) {
        if ((*part)->view() == options_.view) chunk(**part, now, out);
    }
    tick(now, out);
}

SteadyInstant Replica::next_due() const {
    SteadyInstant due{std::numeric_limits<std::int64_t>::max()};
    if (state_ != ReplicaState::waiting && state_ != ReplicaState::lost) {
        due = heard_ + options_.lost_after;
    }
    if (ask_at_) due = std::min(due, *ask_at_);
    if (waits_for_chunks_) due = std::min(due, chunk_due_);
    return due;
}

void Replica::enter(ReplicaState state, ReplicaActions& out) {
    if (state == state_) return;
    state_ = state;
    out.state_changed = true;
}

void Replica::tick(SteadyInstant now, ReplicaActions& out) {
    bool const listening = state_ != ReplicaState::waiting && state_ != ReplicaState::lost;
    if (listening && now - heard_ >= options_.lost_after) {
        // The next heartbeat is judged like the first: asking into the dark helps nobody.
        ask_at_.reset();
        waits_for_chunks_ = false;
        incoming_.reset();
        clear_pending();
        enter(ReplicaState::lost, out);
    } else if (ask_at_ && now >= *ask_at_) {
        ask_at_.reset();
        waits_for_chunks_ = true;
        chunk_due_ = now + options_.chunk_timeout;
        incoming_.reset();
        ++asked_;
        ++vain_asks_;  // until a heartbeat confirms what came
        out.ask_snapshot = true;
    } else if (waits_for_chunks_ && now >= chunk_due_) {
        plan_ask(now);
    }
}

void Replica::plan_ask(SteadyInstant now) {
    waits_for_chunks_ = false;
    incoming_.reset();
    if (vain_asks_ == 0) {
        ask_at_ = now + Duration{prng_.between(0, options_.ask_jitter_max.ms)};
        return;
    }
    auto pause = options_.ask_again_after.ms;
    for (int n = 1; n < vain_asks_ && pause < options_.ask_again_max.ms; ++n) pause *= 2;
    pause = std::min(pause, options_.ask_again_max.ms);
    ask_at_ = now + Duration{pause / 2 + prng_.between(0, pause - pause / 2)};
}

void Replica::resync(SteadyInstant now, ReplicaActions& out) {
    clear_pending();
    behind_ = 0;
    plan_ask(now);
    enter(complete_ ? ReplicaState::resyncing : ReplicaState::syncing, out);
}

void Replica::heartbeat(v1::Heartbeat const& beat, SteadyInstant now, ReplicaActions& out) {
    auto const fingerprint = fingerprint_from_octets(beat.fingerprint());
    if (!fingerprint || beat.epoch().empty()) return;
    bool const other_epoch = beat.epoch() != daemon_epoch_;
    if (state_ == ReplicaState::lost) back_since_ = now;
    heard_ = now;
    daemon_epoch_ = beat.epoch();
    daemon_head_ = beat.head();
    daemon_fingerprint_ = *fingerprint;
    if (wants_snapshot() && !other_epoch) return;
    if (wants_snapshot()) {  // a new daemon owes nothing of what the old one was asked
        vain_asks_ = 0;
        return resync(now, out);
    }
    behind_ = daemon_head_ < head_ ? behind_ + 1 : 0;
    judge(now, out);
}

// Between what we hold and what the daemon last said; no snapshot is on its way.
void Replica::judge(SteadyInstant now, ReplicaActions& out) {
    if (!complete_ || epoch_ != daemon_epoch_ || daemon_head_ > head_) return resync(now, out);
    if (daemon_head_ < head_) {  // the feed is still catching up with a snapshot
        if (behind_ > options_.behind_max) {
            any_head_ = true;
            return resync(now, out);
        }
        if (state_ == ReplicaState::lost) enter(ReplicaState::resyncing, out);
        return;
    }
    if (daemon_fingerprint_ != rows_->fingerprint()) {
        ++mismatches_;
        any_head_ = true;
        return resync(now, out);
    }
    vain_asks_ = 0;
    if (back_since_ && now - *back_since_ < options_.believed_after) {
        return enter(ReplicaState::resyncing, out);
    }
    back_since_.reset();
    enter(ReplicaState::live, out);
}

void Replica::delta(v1::Delta const& delta, SteadyInstant now, ReplicaActions& out) {
    if (delta.epoch() != daemon_epoch_) return;  // its heartbeat will tell
    if (wants_snapshot()) return keep(delta);
    if (!complete_ || epoch_ != daemon_epoch_ || delta.to() <= head_) return;
    if (delta.from() <= head_) return take(delta, now, out);
    if (state_ == ReplicaState::lost) return;  // judged at the next heartbeat
    resync(now, out);
    keep(delta);
}

// A step of several parts is applied whole: between two parts the rows are of no record at all.
void Replica::take(v1::Delta const& delta, SteadyInstant now, ReplicaActions& out) {
    if (delta.part() == 0) parts_.reset();
    if (delta.part() == 0 && !delta.more()) return apply(delta, out);
    if (delta.part() == 0) {
        parts_ = std::make_shared<v1::Delta>(delta);
    } else if (parts_ && parts_->to() == delta.to() && parts_->part() + 1 == delta.part()) {
        parts_->MergeFrom(delta);
    } else {
        return resync(now, out);  // a part is missing: as good as a hole
    }
    if (parts_->ByteSizeLong() > step_bytes_max) return resync(now, out);
    if (delta.more()) return;
    auto const whole = std::move(parts_);
    apply(*whole, out);
}

// Rows come whole, as they are at `to`: a delta that begins below our head is right as well.
void Replica::apply(v1::Delta const& delta, ReplicaActions& out) {
    for (auto const& row : delta.rows()) {
        if (rows_->put(row)) out.changed.emplace_back(row_kind(row), row.id());
    }
    for (auto const& name : delta.removed()) {
        if (rows_->remove(name.kind(), name.id())) out.changed.emplace_back(name.kind(), name.id());
    }
    head_ = delta.to();
}

void Replica::keep(v1::Delta const& delta) {
    pending_.push_back(std::make_shared<v1::Delta const>(delta));
    pending_bytes_ += delta.ByteSizeLong();
    // The oldest go first: the snapshot most likely covers them, and if not the hole is seen.
    while (pending_.size() > pending_deltas_max || pending_bytes_ > pending_bytes_max) {
        pending_bytes_ -= pending_.front()->ByteSizeLong();
        pending_.pop_front();
    }
}

void Replica::clear_pending() {
    parts_.reset();
    pending_.clear();
    pending_bytes_ = 0;
}

// False at a hole; what lies above it is kept for the next snapshot.
bool Replica::apply_pending(SteadyInstant now, ReplicaActions& out) {
    parts_.reset();
    while (!pending_.empty()) {
        auto const next = pending_.front();
        if (next->from() > head_) return false;
        pending_bytes_ -= next->ByteSizeLong();
        pending_.pop_front();
        if (next->to() > head_) take(*next, now, out);
        if (ask_at_) return true;  // a part was missing
    }
    return true;
}

void Replica::chunk(v1::SnapshotChunk const& chunk, SteadyInstant now, ReplicaActions& out) {
    if (!wants_snapshot() || chunk.as_of_ms() != 0) return;
    if (!chunk.refused().empty()) {
        out.state_changed = out.state_changed || refused_words_ != chunk.refused();
        refused_words_ = chunk.refused();
        return plan_ask(now);
    }
    if (chunk.epoch() != daemon_epoch_) return;
    if (chunk.index() == 0) {
        incoming_ = std::make_unique<FeedState>();
        incoming_head_ = chunk.head();
        incoming_next_ = 0;
    }
    if (!incoming_ || chunk.index() != incoming_next_ || chunk.head() != incoming_head_) {
        incoming_.reset();  // a chunk is missing; the time-out asks again
        return;
    }
    ++incoming_next_;
    for (auto const& row : chunk.rows()) incoming_->put(row);
    ask_at_.reset();
    waits_for_chunks_ = true;
    chunk_due_ = now + options_.chunk_timeout;
    if (chunk.last()) take_snapshot(now, out);
}

void Replica::take_snapshot(SteadyInstant now, ReplicaActions& out) {
    bool const older = complete_ && epoch_ == daemon_epoch_ && incoming_head_ < head_;
    if (older && !any_head_) return plan_ask(now);  // the answer to a former question
    rows_ = std::move(incoming_);
    head_ = incoming_head_;
    epoch_ = daemon_epoch_;
    complete_ = true;
    any_head_ = false;
    waits_for_chunks_ = false;
    refused_words_.clear();
    out.reset = true;
    bool const whole = apply_pending(now, out);
    if (ask_at_) return;
    if (whole) return judge(now, out);
    plan_ask(now);
    enter(ReplicaState::resyncing, out);
}

}  // namespace washup::wire
