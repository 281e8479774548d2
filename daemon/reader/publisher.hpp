#pragma once
// One view of the feed: its rows, their fingerprint, and the deltas, heartbeats and snapshots made
// of them. A machine: rows in, frames out; it decides nothing about wards and knows no socket. The
// same class serves every view.

#include <optional>
#include <string>
#include <vector>

#include "proto/base/time.hpp"
#include "proto/wire/feed_state.hpp"
#include "washup/v1/feed.pb.h"

namespace washup::reader {

class Publisher {
  public:
    // Rows of one snapshot chunk or one delta together; frames stay well below frame_bytes_max.
    static constexpr std::size_t rows_bytes_max = 256 * 1024;

    Publisher(v1::View view, std::string epoch);

    // Narrows a row to what this view may see of it, and keeps that. A row that a wider view has
    // narrowed gives the same as the full one, so it is handed from view to view, the widest first.
    enum class Kept {
        changed,
        unchanged,  // and so of the same day is what a narrower view sees of it
        nothing     // this view, and any narrower one, may see nothing of it
    };
    Kept put(v1::Row& row, std::int32_t today_days);
    Kept put(v1::Row&& row, std::int32_t today_days) { return put(row, today_days); }
    void remove(std::uint32_t kind, std::string const& id);

    // The frames of what changed since the last call, up to record `to`. Several frames when one
    // would be too large: all but the last say `more`, so only the last moves the follower on.
    std::vector<Bytes> take_delta(std::uint64_t to);
    Bytes heartbeat(v1::Heartbeat beat) const;  // fills in epoch, view, head and fingerprint
    std::vector<Bytes> snapshot(std::optional<Instant> as_of = {}) const;

    v1::View view() const { return view_; }
    std::uint64_t head() const { return head_; }
    wire::FeedState const& rows() const { return rows_; }

  private:
    v1::View view_;
    std::string epoch_;
    wire::FeedState rows_;
    std::uint64_t head_ = 0;
    std::map<std::pair<std::uint32_t, std::string>, bool> changed_;  // true = removed
};

}  // namespace washup::reader
