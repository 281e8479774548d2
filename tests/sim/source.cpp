#include "tests/sim/source.hpp"

#include <fmt/format.h>

#include "adapters/hl7v2/adt_mapper.hpp"
#include "adapters/hl7v2/message.hpp"
#include "proto/base/check.hpp"
#include "proto/base/digest.hpp"

namespace washup::sim {

Source::Source(World world, std::string name, hl7v2::ProfileSet const& profiles, Send send)
    : world_(world), name_(std::move(name)), profiles_(profiles), send_(std::move(send)) {
    start();
}

std::string Source::connection() const {
    return fmt::format("{}/{}", name_, generation_);
}

void Source::start() {
    wire::SourceSessionOptions options;
    options.source = name_;
    options.epoch = fmt::format("s{}", epoch_);
    session_ = std::make_unique<wire::SourceSession>(options);
    ++session_number_;
    ++generation_;
}

void Source::stop() {
    session_.reset();
    framer_ = hl7v2::Framer{};  // what had come of a message is not stored: the ward sends it again
}

void Source::relink() {
    ++generation_;
}

bool Source::drained() const {
    return running() && session_->connected() && answered_ == store_.size() &&
           session_->next_sequence() == store_.size() + 1;
}

void Source::begin_epoch() {
    WASHUP_CHECK(drained(), "a store with unanswered records is not thrown away");
    store_.clear();
    answered_ = 0;
    ++epoch_;
    stop();
    start();
}

void Source::keep(Stored stored) {
    stored.name = fmt::format("{}-{}", name_, ++stored_in_all_);
    store_.push_back(std::move(stored));
}

void Source::take(v1::Observation observation, Instant now) {
    if (running()) keep({{}, {}, now, std::move(observation)});
}

void Source::take_octets(std::string_view bytes, Instant now) {
    if (!running()) return;
    std::vector<hl7v2::FrameEvent> events;
    while (!bytes.empty()) {
        auto const piece = bytes.substr(0, 1 + world_.chance.below(400));
        framer_.feed(piece, events);
        bytes.remove_prefix(piece.size());
    }
    for (auto& event : events) {
        WASHUP_CHECK(event.kind == hl7v2::FrameEvent::Kind::frame, "the ward's frames are small");
        keep({{}, std::move(event.bytes), now, {}});
    }
}

void Source::take_last_again() {
    if (store_.empty()) return;
    store_.push_back(store_.back());  // the same name: the same content
}

v1::IngestRecord Source::record_of(std::uint64_t sequence) const {
    auto const& stored = store_[sequence - 1];
    v1::IngestRecord record;
    record.set_source(name_);
    record.set_sequence(sequence);
    record.set_record_name(stored.name);
    if (stored.raw.empty()) {
        *record.mutable_observation() = stored.observation;
        return record;
    }
    auto const header = hl7v2::read_header(stored.raw);
    WASHUP_CHECK(header.has_value(), "the story writes HL7");
    auto const& profile = profiles_.choose({}, header->value(3), header->value(4));
    record.set_digest(std::string{as_bytes(blake2b_256(stored.raw))});
    record.set_trigger(hl7v2::map_octets(stored.raw, *header, profile, stored.received,
                                         *record.mutable_observation()));
    return record;
}

void Source::tick() {
    if (!running()) return;
    wire::SourceActions out;
    session_->step(wire::SourceTick{}, world_.network.now(), out);
    while (session_->window_left() > 0 && session_->next_sequence() <= store_.size()) {
        auto const record = record_of(session_->next_sequence());
        session_->step(wire::SourceSubmit{&record}, world_.network.now(), out);
    }
    take(out);
}

void Source::hear(std::string const& to, Bytes const& frame) {
    // A connection that was made anew hears nothing of the old one.
    if (!running() || to != connection()) return;
    wire::SourceActions out;
    session_->step(wire::SourceHeard{frame}, world_.network.now(), out);
    take(out);
}

void Source::take(wire::SourceActions const& actions) {
    for (auto const& bytes : actions.send) {
        world_.checkers.bounds.frame(bytes.size());
        send_(connection(), bytes);
    }
    auto const session = fmt::format("{} session {}", name_, session_number_);
    for (auto const& answer : actions.answers) {
        if (answer->outcome() == v1::IngestAnswer::REFUSED) {
            world_.checkers.objections.add(
                "order",
                fmt::format("{} {} was refused: {}", name_, answer->sequence(), answer->words()));
            continue;
        }
        world_.checkers.order.told(session, answer->sequence());
        answered_ = std::max(answered_, answer->sequence());
    }
    if (actions.welcomed) {
        answered_ = std::max(answered_, *actions.welcomed);
        world_.log.line(world_.network.now(), "{} welcomed at {}", connection(), *actions.welcomed);
        tick();
    }
}

}  // namespace washup::sim
