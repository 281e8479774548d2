#pragma once
// The daemon's side of one view in a few lines, and a replica with the hands to drive it.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "proto/wire/replica.hpp"
#include "washup/v1/feed.pb.h"

namespace washup::wire {

inline v1::Row row_of(std::string const& id, std::uint64_t version) {
    v1::Row row;
    row.set_id(id);
    row.set_version(version);
    row.mutable_source()->set_accepted(version * 7);
    return row;
}

// The daemon's side of one view: rows, deltas, heartbeats, snapshots.
struct Publisher {
    std::string epoch = "e1";
    std::uint64_t head = 0;
    FeedState rows;

    v1::Delta change(std::string const& id) {
        auto delta = next();
        *delta.add_rows() = row_of(id, head);
        rows.put(delta.rows(0));
        return delta;
    }
    v1::Delta drop(std::string const& id) {
        auto delta = next();
        rows.remove(14, id);
        auto* name = delta.add_removed();
        name->set_kind(14);
        name->set_id(id);
        return delta;
    }
    // One step in parts, a row each.
    std::vector<v1::Delta> parts(std::vector<std::string> const& ids) {
        auto const step = next();
        std::vector<v1::Delta> all;
        for (auto const& id : ids) {
            all.push_back(step);
            all.back().set_part(static_cast<std::uint32_t>(all.size()) - 1);
            all.back().set_more(all.size() < ids.size());
            *all.back().add_rows() = row_of(id, head);
            rows.put(all.back().rows(0));
        }
        return all;
    }
    v1::Delta next() {
        v1::Delta delta;
        delta.set_epoch(epoch);
        delta.set_view(v1::VIEW_TIER_1);
        delta.set_from(head);
        delta.set_to(++head);
        return delta;
    }
    v1::Heartbeat beat() const {
        v1::Heartbeat beat;
        beat.set_epoch(epoch);
        beat.set_view(v1::VIEW_TIER_1);
        beat.set_head(head);
        beat.set_fingerprint(to_octets(rows.fingerprint()));
        return beat;
    }
    std::vector<v1::SnapshotChunk> snapshot(std::size_t rows_a_chunk = 3) const {
        std::vector<v1::SnapshotChunk> chunks(1);
        rows.for_each([&](v1::Row const& row) {
            if (static_cast<std::size_t>(chunks.back().rows_size()) == rows_a_chunk) {
                chunks.emplace_back();
            }
            *chunks.back().add_rows() = row;
        });
        for (std::size_t i = 0; i < chunks.size(); ++i) {
            chunks[i].set_epoch(epoch);
            chunks[i].set_view(v1::VIEW_TIER_1);
            chunks[i].set_head(head);
            chunks[i].set_index(static_cast<std::uint32_t>(i));
            chunks[i].set_last(i + 1 == chunks.size());
        }
        return chunks;
    }
};

struct Driver {
    explicit Driver(ReplicaOptions options = no_jitter()) : replica(options, Prng(1)) {}
    static ReplicaOptions no_jitter() {
        ReplicaOptions options;
        options.ask_jitter_max = Duration{0};
        return options;
    }
    ReplicaActions const& hear(v1::Heartbeat const& beat) { return step(&beat); }
    ReplicaActions const& hear(v1::Delta const& delta) { return step(&delta); }
    ReplicaActions const& hear(v1::SnapshotChunk const& chunk) { return step(&chunk); }
    ReplicaActions const& hear(std::vector<v1::SnapshotChunk> const& chunks) {
        for (auto const& chunk : chunks) hear(chunk);
        return did;
    }
    ReplicaActions const& tick(std::int64_t after_ms) {
        ms += after_ms;
        return step(ReplicaTick{});
    }
    ReplicaActions const& step(ReplicaInput const& input) {
        did = {};
        replica.step(input, {ms}, did);
        return did;
    }
    void follow(Publisher const& p) {
        hear(p.beat());
        hear(p.snapshot());
        ASSERT_EQ(replica.state(), ReplicaState::live);
    }
    Replica replica;
    ReplicaActions did;
    std::int64_t ms = 5'000'000;
};

}  // namespace washup::wire
