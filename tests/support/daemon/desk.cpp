#include "tests/support/daemon/desk.hpp"

#include <algorithm>
#include <utility>

#include "proto/base/check.hpp"
#include "tests/support/core/ward.hpp"

namespace washup::tests {
namespace {

Said read_frame(engine::Send const& send) {
    auto const frame = wire::decode(send.frame);
    WASHUP_CHECK(frame.has_value(), "the engine sends whole frames");
    Said said;
    said.port = send.port;
    said.to = send.to;
    said.kind = frame->kind;
    auto const read = [&](auto& message) {
        WASHUP_CHECK(wire::parse(*frame, message).has_value(), "and messages of their kind");
    };
    if (said.kind == wire::Kind::source_welcome) read(said.welcome);
    if (said.kind == wire::Kind::ingest_answer) read(said.record);
    if (said.kind == wire::Kind::answer) read(said.command);
    if (said.kind == wire::Kind::refusal) read(said.refusal);
    return said;
}

}  // namespace

Instant Desk::parse(std::string const& moment) {
    return at(moment).at;
}

Desk::Desk(core::State recovered, Instant now)
    : sealer_(journal::Sealer::from_key(std::string(32, 'k'))),
      now_(now),
      engine_(std::make_unique<engine::Engine>(std::move(recovered), sealer_, std::uint64_t{1})) {}

Desk::Desk() : Desk(core::State{}, parse("2026-11-01T08:00")) {
    config(small_config(), "small");
    step(engine::ClockAdvanced{});
    hello("ward", "w1");
    hello("hub", "h1");
    durable();
    take();
}

void Desk::step(engine::Input const& input) {
    std::vector<engine::Action> actions;
    engine_->step(input, now_, actions);
    for (auto& action : actions) {
        if (auto* append = std::get_if<engine::Append>(&action)) {
            appended_.push_back(append->record);
            auto const& cause = append->record->cause;
            if (cause.kind == core::CauseKind::source) {
                watermarks_[{cause.source, cause.epoch}] = cause.sequence;
            }
        } else if (auto* send = std::get_if<engine::Send>(&action)) {
            said_.push_back(read_frame(*send));
            if (said_.back().kind == wire::Kind::source_welcome) {
                auto const& welcome = said_.back().welcome;
                auto& held = watermarks_[{welcome.source(), welcome.epoch()}];
                held = std::max(held, welcome.watermark());
            }
        } else if (auto* wake = std::get_if<engine::WakeAt>(&action)) {
            wakes_.push_back(wake->at);
        }
    }
}

void Desk::hello(std::string const& source, std::string const& epoch, std::string const& from) {
    auto message = std::make_shared<v1::SourceHello>();
    message->set_source(source);
    message->set_epoch(epoch);
    message->set_profile("default");
    epochs_[source] = epoch;
    step(engine::HelloReceived{from.empty() ? source : from, message});
}

std::uint64_t Desk::record(v1::Observation const& observation, std::string const& source) {
    auto const sequence = watermarks_[{source, epochs_[source]}] + 1;
    record_as(sequence, observation, source);
    return sequence;
}

void Desk::record_as(std::uint64_t sequence, v1::Observation const& observation,
                     std::string const& source, std::string const& epoch) {
    auto message = std::make_shared<v1::IngestRecord>();
    message->set_source(source);
    message->set_epoch(epoch.empty() ? epochs_[source] : epoch);
    message->set_sequence(sequence);
    message->set_record_name("message " + std::to_string(sequence));
    *message->mutable_observation() = observation;
    step(engine::RecordReceived{source, message});
}

void Desk::command(v1::Command const& command, std::string const& from) {
    step(engine::CommandReceived{from, std::make_shared<v1::Command>(command)});
}

void Desk::config(core::Config const& config, std::string const& digest_of) {
    step(engine::ConfigRead{config, blake2b_256(digest_of)});
}

void Desk::durable() {
    step(engine::Durable{state().head});
}

void Desk::durable_up_to(std::uint64_t number) {
    step(engine::Durable{core::RecordNumber{number}});
}

void Desk::wait_until(std::string const& moment) {
    move_to(moment);
    step(engine::ClockAdvanced{});
}

std::vector<Said> Desk::take() {
    return std::exchange(said_, {});
}

core::Stay const* Desk::stay(std::string const& visit) const {
    auto const& index = state().stay_by_key;
    auto const it = index.find(sealer_.alias_key("visit", "RZZ", visit));
    return it == index.end() ? nullptr : state().stay(it->second);
}

}  // namespace washup::tests
