#include "board/link/screen.hpp"

#include <algorithm>

#include "board/link/link_phase.hpp"
#include "board/model/project.hpp"
#include "washup/v1/feed.pb.h"

namespace washup::board {
namespace {

wire::ReplicaOptions replica_options(int view) {
    wire::ReplicaOptions options;
    options.view = view;
    return options;
}

}  // namespace

// ---- one view
FollowedView::FollowedView(int view, Prng prng)
    : view_(view), replica_(replica_options(view), prng) {
    model_.tier = view;
}

bool FollowedView::step(wire::ReplicaInput const& input, SteadyInstant now) {
    wire::ReplicaActions did;
    replica_.step(input, now, did);
    ask_ = ask_ || did.ask_snapshot;
    if (did.reset) {
        clear_rows(model_);
        replica_.rows().for_each([this](v1::Row const& row) { apply_row(model_, row); });
    }
    for (auto const& [kind, id] : did.changed) {
        if (auto const row = replica_.rows().find(kind, id)) {
            apply_row(model_, *row);
        } else {
            v1::RowName name;
            name.set_kind(kind);
            name.set_id(id);
            remove_row(model_, name);
        }
    }
    auto const changed = did.rows_changed() || did.state_changed || model_.head != replica_.head();
    model_.complete = replica_.complete();
    model_.head = replica_.head();
    model_.link.phase = phase_of(replica_);
    model_.link.words = replica_.refused_words();
    if (auto const* beat = std::get_if<v1::Heartbeat const*>(&input)) {
        apply_heartbeat(model_, **beat, now.ms);
    }
    return changed;
}

// ---- both
void Screen::stand(int view) {
    if (standing_ && standing_->view() == view) return;
    standing_ = std::make_unique<FollowedView>(view, Prng(prng_.next()));
}

std::optional<int> Screen::standing_view() const {
    return standing_ ? std::optional{standing_->view()} : std::nullopt;
}

void Screen::open() {
    refused_words_.clear();
    if (personal_view_) {
        personal_ = std::make_unique<FollowedView>(*personal_view_, Prng(prng_.next()));
    }
}

void Screen::close() {
    refused_words_.clear();
    personal_.reset();
}

void Screen::refuse(std::string words) {
    close();
    refused_words_ = std::move(words);
}

Change Screen::heard(FollowedView* view, wire::Frame const& frame, SteadyInstant now) {
    auto const ours = [view](auto const& message) { return message.view() == view->view(); };
    auto const told = [&](bool changed) { return changed ? Change::soon : Change::none; };
    if (view == nullptr) return Change::none;
    if (frame.kind == wire::Kind::heartbeat) {
        v1::Heartbeat beat;
        if (!wire::parse(frame, beat) || !ours(beat)) return Change::none;
        view->step(&beat, now);
        return Change::now;
    }
    if (frame.kind == wire::Kind::delta) {
        v1::Delta delta;
        if (!wire::parse(frame, delta) || !ours(delta)) return Change::none;
        return told(view->step(&delta, now));
    }
    if (frame.kind == wire::Kind::snapshot_chunk) {
        v1::SnapshotChunk chunk;
        if (!wire::parse(frame, chunk) || !ours(chunk)) return Change::none;
        return told(view->step(&chunk, now));
    }
    return Change::none;
}

Change Screen::from_feed(wire::Frame const& frame, SteadyInstant now) {
    return heard(standing_.get(), frame, now);
}

Change Screen::from_control(wire::Frame const& frame, SteadyInstant now) {
    // The standing view's beats and deltas come by its feed alone: by two ways they would overtake
    // each other.
    auto const of_standing = frame.kind == wire::Kind::snapshot_chunk
                                 ? heard(standing_.get(), frame, now)
                                 : Change::none;
    return std::max(of_standing, heard(personal_.get(), frame, now));
}

Change Screen::tick(SteadyInstant now) {
    bool changed = false;
    for (auto* view : {standing_.get(), personal_.get()}) {
        if (view != nullptr) changed = view->step(wire::ReplicaTick{}, now) || changed;
    }
    return changed ? Change::soon : Change::none;
}

std::vector<int> Screen::wanted() const {
    std::vector<int> views;
    for (auto const* view : {personal_.get(), standing_.get()}) {
        if (view != nullptr && view->wants_snapshot()) views.push_back(view->view());
    }
    return views;
}

void Screen::asked(int of_view) {
    for (auto* view : {standing_.get(), personal_.get()}) {
        if (view != nullptr && view->view() == of_view) view->asked();
    }
}

bool Screen::shows_personal() const {
    return personal_ && personal_->replica().complete();
}

Model const& Screen::model() const {
    static Model const nothing;
    if (shows_personal()) return personal_->model();
    return standing_ ? standing_->model() : nothing;
}

}  // namespace washup::board
