#include "daemon/reader/publisher.hpp"

#include "daemon/reader/fit_row.hpp"
#include "daemon/reader/tier.hpp"
#include "proto/wire/envelope.hpp"

namespace washup::reader {
Publisher::Publisher(v1::View view, std::string epoch) : view_(view), epoch_(std::move(epoch)) {}

Publisher::Kept Publisher::put(v1::Row& row, std::int32_t today_days) {
    if (!restrict_to(view_, today_days, row)) {
        remove(wire::row_kind(row), row.id());
        return Kept::nothing;
    }
    auto written = wire::write_row(row);
    if (written.size() > row_bytes_max) {
        fit_row(row);
        written = wire::write_row(row);
    }
    if (!rows_.put(wire::row_kind(row), row.id(), std::move(written))) return Kept::unchanged;
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
    wire::Written rows{v1::Delta::kRowsFieldNumber, {}};
    std::size_t bytes = 0;
    for (auto const& [name, removed] : changed_) {
        if (removed) {
            auto* gone = delta.add_removed();
            gone->set_kind(name.first);
            gone->set_id(name.second);
            bytes += name.second.size() + 16;
        } else {
            rows.messages.push_back(rows_.written(name.first, name.second));
            bytes += rows.messages.back().size();
        }
        if (bytes < rows_bytes_max) continue;
        frames.push_back(wire::encode(wire::Kind::delta, delta, rows));
        rows.messages.clear();
        delta.clear_removed();
        delta.set_part(delta.part() + 1);
        bytes = 0;
    }
    delta.set_more(false);
    frames.push_back(wire::encode(wire::Kind::delta, delta, rows));
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
    wire::Written rows{v1::SnapshotChunk::kRowsFieldNumber, {}};
    std::size_t bytes = 0;
    std::uint32_t index = 0;
    rows_.for_each_written([&](std::string_view row) {
        bytes += row.size();
        rows.messages.push_back(row);
        if (bytes < rows_bytes_max) return;
        chunk.set_index(index++);
        frames.push_back(wire::encode(wire::Kind::snapshot_chunk, chunk, rows));
        rows.messages.clear();
        bytes = 0;
    });
    chunk.set_index(index);
    chunk.set_last(true);
    frames.push_back(wire::encode(wire::Kind::snapshot_chunk, chunk, rows));
    return frames;
}

}  // namespace washup::reader
