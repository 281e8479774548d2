#include "daemon/reader/publisher.hpp"

#include "daemon/reader/fit_row.hpp"
#include "daemon/reader/tier.hpp"
#include "proto/wire/envelope.hpp"

namespace washup::reader {
namespace {

using Rows = google::protobuf::RepeatedPtrField<v1::Row>;

// A frame is written from the rows as they are held: to copy a row into it, with all its strings,
// cost more than to write it. A frame only reads them, and gives them back before it goes.
void lend(v1::Row const& row, Rows& rows) {
    rows.UnsafeArenaAddAllocated(const_cast<v1::Row*>(&row));
}
void take_back(Rows& rows) {
    while (!rows.empty()) rows.UnsafeArenaReleaseLast();
}

}  // namespace

Publisher::Publisher(v1::View view, std::string epoch) : view_(view), epoch_(std::move(epoch)) {}

Publisher::Kept Publisher::put(v1::Row& row, std::int32_t today_days) {
    if (!restrict_to(view_, today_days, row)) {
        remove(wire::row_kind(row), row.id());
        return Kept::nothing;
    }
    fit_row(row);
    if (!rows_.put(row)) return Kept::unchanged;
    changed_[{wire::row_kind(row), row.id()}] = false;
    return Kept::changed;
}

void Publisher::remove(std::uint32_t kind, std::string const& id) {
    if (rows_.remove(kind, id)) changed_[{kind, id}] = true;
}

std::vector<Bytes> Publisher::take_delta(std::uint64_t to) {
    std::vector<Bytes> frames;
    v1::Delta delta;
    delta.set_epoch(epoch_);
    delta.set_view(view_);
    delta.set_from(head_);
    delta.set_to(to);
    delta.set_more(true);
    std::size_t bytes = 0;
    for (auto const& [name, removed] : changed_) {
        if (removed) {
            auto* gone = delta.add_removed();
            gone->set_kind(name.first);
            gone->set_id(name.second);
            bytes += name.second.size() + 16;
        } else {
            auto const* row = rows_.find(name.first, name.second);
            bytes += row->ByteSizeLong();
            lend(*row, *delta.mutable_rows());
        }
        if (bytes < rows_bytes_max) continue;
        frames.push_back(wire::encode(wire::Kind::delta, delta));
        take_back(*delta.mutable_rows());
        delta.clear_removed();
        delta.set_part(delta.part() + 1);
        bytes = 0;
    }
    delta.set_more(false);
    frames.push_back(wire::encode(wire::Kind::delta, delta));
    take_back(*delta.mutable_rows());
    changed_.clear();
    head_ = to;
    return frames;
}

Bytes Publisher::heartbeat(v1::Heartbeat beat) const {
    beat.set_epoch(epoch_);
    beat.set_view(view_);
    beat.set_head(head_);
    beat.set_fingerprint(wire::to_octets(rows_.fingerprint()));
    return wire::encode(wire::Kind::heartbeat, beat);
}

std::vector<Bytes> Publisher::snapshot(std::optional<Instant> as_of) const {
    std::vector<Bytes> frames;
    v1::SnapshotChunk chunk;
    chunk.set_epoch(epoch_);
    chunk.set_view(view_);
    chunk.set_head(head_);
    if (as_of) chunk.set_as_of_ms(as_of->ms);
    std::size_t bytes = 0;
    std::uint32_t index = 0;
    rows_.for_each([&](v1::Row const& row) {
        bytes += row.ByteSizeLong();
        lend(row, *chunk.mutable_rows());
        if (bytes < rows_bytes_max) return;
        chunk.set_index(index++);
        frames.push_back(wire::encode(wire::Kind::snapshot_chunk, chunk));
        take_back(*chunk.mutable_rows());
        bytes = 0;
    });
    chunk.set_index(index);
    chunk.set_last(true);
    frames.push_back(wire::encode(wire::Kind::snapshot_chunk, chunk));
    take_back(*chunk.mutable_rows());
    return frames;
}

}  // namespace washup::reader
