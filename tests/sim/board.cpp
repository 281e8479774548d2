#include "tests/sim/board.hpp"

#include "board/link/link_phase.hpp"
#include "board/model/project.hpp"
#include "proto/base/check.hpp"
#include "proto/wire/envelope.hpp"
#include "washup/v1/feed.pb.h"

namespace washup::sim {

Board::Board(World world, std::string name, v1::View view, std::function<void()> ask_snapshot)
    : world_(world), name_(std::move(name)), view_(view), ask_snapshot_(std::move(ask_snapshot)) {
    restart();
}

void Board::restart() {
    if (replica_) snapshots_ += replica_->snapshots_asked();
    wire::ReplicaOptions options;
    options.view = view_;
    replica_ = std::make_unique<wire::Replica>(options, Prng{world_.chance.next()});
    model_ = {};
    model_.tier = view_;
}

void Board::hear(Bytes const& bytes) {
    auto const frame = wire::decode(bytes);
    WASHUP_CHECK(frame.has_value(), "the daemon sends whole frames");
    if (frame->kind == wire::Kind::heartbeat) {
        v1::Heartbeat beat;
        WASHUP_CHECK(wire::parse(*frame, beat).has_value(), "of their kind");
        // Half of the run is over: from now on the last heartbeat is all that comes.
        bool const frozen = world_.plant == Plant::freeze_feed && live() && replica_->head() > 100;
        if (frozen && !last_beat_.epoch().empty()) beat = last_beat_;
        last_beat_ = beat;
        step(&beat);
        board::apply_heartbeat(model_, beat, world_.network.now().ms);
    } else if (frame->kind == wire::Kind::delta) {
        if (world_.plant == Plant::freeze_feed && !last_beat_.epoch().empty() && live() &&
            replica_->head() > 100) {
            return;
        }
        v1::Delta delta;
        WASHUP_CHECK(wire::parse(*frame, delta).has_value(), "of their kind");
        step(&delta);
    } else if (frame->kind == wire::Kind::snapshot_chunk) {
        v1::SnapshotChunk chunk;
        WASHUP_CHECK(wire::parse(*frame, chunk).has_value(), "of their kind");
        step(&chunk);
    }
}

void Board::tick() {
    step(wire::ReplicaTick{});
}

bool Board::shows(std::uint32_t kind) const {
    return world_.plant != Plant::hide_source || kind != v1::Row::kSource;
}

void Board::step(wire::ReplicaInput const& input) {
    wire::ReplicaActions did;
    replica_->step(input, world_.network.now(), did);
    if (did.reset) {
        board::clear_rows(model_);
        replica_->rows().for_each([this](v1::Row const& row) {
            if (shows(wire::row_kind(row))) board::apply_row(model_, row);
        });
    }
    for (auto const& [kind, id] : did.changed) {
        if (!shows(kind)) continue;
        if (auto const row = replica_->rows().find(kind, id)) {
            board::apply_row(model_, *row);
        } else {
            v1::RowName name;
            name.set_kind(kind);
            name.set_id(id);
            board::remove_row(model_, name);
        }
    }
    model_.complete = replica_->complete();
    model_.head = replica_->head();
    model_.link.phase = board::phase_of(*replica_);
    if (did.state_changed) {
        world_.log.line(world_.network.now(), "{} {} at {}", name_,
                        wire::to_words(replica_->state()), replica_->head());
    }
    world_.checkers.oracle.look(name_, view_, *replica_);
    world_.checkers.bounds.look("deltas that wait for a snapshot", replica_->pending(),
                                wire::pending_deltas_max);
    if (did.ask_snapshot) ask_snapshot_();
}

void Board::look() {
    auto const now = world_.network.now();
    auto const delay = milliseconds(world_.weather.delay_ms_max + world_.weather.commit_ms_max);
    world_.checkers.freshness.look(name_, model_, now, delay);
    world_.checkers.silence.look(name_, model_, now, seconds(4) + delay);
}

}  // namespace washup::sim
