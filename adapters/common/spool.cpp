#include "adapters/common/spool.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "proto/base/check.hpp"

namespace washup::adapters {
namespace {

std::string day_and_time(Instant at) {
    return day_month(london_date(at)) + " " + clock_time(at);
}

}  // namespace

Spool::Spool(SpoolOptions options, std::vector<WaitingRecord> const& left, SteadyInstant now)
    : options_(options) {
    if (!left.empty()) first_ = left.front().sequence;
    for (auto const& record : left) keep(record, now);
}

void Spool::step(SpoolInput const& input, SteadyInstant now, SpoolActions& out) {
    if (auto const* asked = std::get_if<SpoolReserved>(&input)) {
        WASHUP_CHECK(room(asked->bytes), "the spool is asked for room before it is taken");
        ++reserved_records_;
        reserved_bytes_ += asked->bytes;
    } else if (auto const* given = std::get_if<SpoolReleased>(&input)) {
        release(given->bytes);
    } else if (auto const* kept = std::get_if<SpoolKept>(&input)) {
        release(kept->record.bytes);
        keep(kept->record, now);
    } else if (auto const* told = std::get_if<SpoolAnswered>(&input)) {
        answered(told->up_to);
    } else if (auto const* stands = std::get_if<SpoolNoted>(&input)) {
        noted(stands->up_to);
    }
    decide(now, out);
}

void Spool::release(std::uint64_t bytes) {
    WASHUP_CHECK(reserved_records_ > 0 && reserved_bytes_ >= bytes,
                 "only room that was reserved is given back");
    --reserved_records_;
    reserved_bytes_ -= bytes;
}

void Spool::keep(WaitingRecord const& record, SteadyInstant now) {
    if (held_.empty()) first_ = std::max(first_, record.sequence);
    WASHUP_CHECK(record.sequence == first_ + held_.size(), "records are kept in order");
    held_.push_back({record.received, now, static_cast<std::uint32_t>(record.bytes)});
    bytes_ += record.bytes;
}

void Spool::answered(std::uint64_t up_to) {
    for (; !none_waits() && first_ + answered_ <= up_to; ++answered_) {
        answered_bytes_ += oldest().bytes;
    }
}

void Spool::noted(std::uint64_t up_to) {
    answered(up_to);
    while (!held_.empty() && first_ <= up_to) {
        bytes_ -= held_.front().bytes;
        answered_bytes_ -= held_.front().bytes;
        --answered_;
        held_.pop_front();
        ++first_;
    }
}

void Spool::decide(SteadyInstant now, SpoolActions& out) {
    if (!options_.after) return;
    if (spooling_) {
        // Half the time, so that a daemon that answers just in time does not make it flicker.
        Duration const caught_up{options_.after->ms / 2};
        if (none_waits() || now - oldest().kept < caught_up) {
            spooling_ = false;
            out.ended = true;
            return;
        }
    } else if (!none_waits() && now - oldest().kept >= *options_.after) {
        spooling_ = out.began = true;
        since_ = oldest().received;
        acknowledged_ = 0;
    }
    if (!spooling_) return;
    auto const last = first_ + held_.size() - 1;
    if (last <= acknowledged_up_to_) return;
    acknowledged_ += last - std::max(acknowledged_up_to_, first_ + answered_ - 1);
    out.acknowledge = acknowledged_up_to_ = last;
}

bool Spool::room(std::uint64_t bytes, std::uint64_t records) const {
    return held_.size() + reserved_records_ + records <= options_.records_max &&
           bytes_ + reserved_bytes_ + bytes <= options_.bytes_max;
}

SpoolState Spool::state() const {
    SpoolState state;
    state.spooling = spooling_;
    state.full = !room(1);
    if (spooling_) state.since = since_;
    state.waiting = held_.size() - answered_;
    state.bytes = bytes_ - answered_bytes_;
    if (!none_waits()) state.oldest = oldest().received;
    state.acknowledged = acknowledged_;
    return state;
}

std::optional<SteadyInstant> Spool::next_due() const {
    if (!options_.after || spooling_ || none_waits()) return std::nullopt;
    return oldest().kept + *options_.after;
}

std::string to_words(SpoolState const& state) {
    auto words = state.spooling ? "spooling since " + day_and_time(state.since)
                                : std::string{"following the daemon"};
    words += fmt::format(", {} wait", state.waiting);
    if (state.waiting > 0) words += ", the oldest from " + day_and_time(state.oldest);
    if (state.full) words += ", full: nothing more is taken";
    return words;
}

}  // namespace washup::adapters
