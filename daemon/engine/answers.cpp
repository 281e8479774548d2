#include "daemon/engine/answers.hpp"

#include "daemon/engine/engine.hpp"
#include "proto/wire/envelope.hpp"
#include "washup/v1/command.pb.h"
#include "washup/v1/ingest.pb.h"

namespace washup::engine {

core::SourceEpoch const* epoch_of(core::State const& state, std::string const& source,
                                  std::string const& epoch) {
    auto const known = state.sources.find(source);
    if (known == state.sources.end()) return nullptr;
    auto const it = known->second.epochs.find(epoch);
    return it == known->second.epochs.end() ? nullptr : &it->second;
}

std::string fault_of(v1::SourceHello const& hello, core::State const& state) {
    if (!ingest::valid_source_name(hello.source())) {
        return "a source name is 1 to 32 of a-z 0-9 - _, and not \"board\"";
    }
    if (hello.epoch().empty() || hello.epoch().size() > 64) return "an epoch is 1 to 64 octets";
    if (hello.profile().size() > 256) return "the words of a profile are at most 256 octets";
    auto const known = state.sources.find(hello.source());
    if (known == state.sources.end()) {
        return state.sources.size() < core::sources_max ? ""
                                                        : "this daemon knows 64 sources already";
    }
    if (!known->second.epochs.contains(hello.epoch()) &&
        known->second.epochs.size() >= core::source_epochs_max) {
        return "this source came with 1024 stores already; give it another name";
    }
    return {};
}

Bytes refusal(std::string code, std::string words) {
    v1::Refusal message;
    message.set_code(std::move(code));
    message.set_words(std::move(words));
    return wire::encode(wire::Kind::refusal, message);
}

Bytes welcome(v1::SourceHello const& hello, std::uint64_t watermark, std::uint64_t run,
              Instant now) {
    v1::SourceWelcome message;
    message.set_source(hello.source());
    message.set_epoch(hello.epoch());
    message.set_watermark(watermark);
    message.set_in_flight_max(in_flight_max);
    message.set_daemon_time_ms(now.ms);
    message.set_run(run);
    return wire::encode(wire::Kind::source_welcome, message);
}

Bytes record_answer(v1::IngestRecord const& record, core::Outcome const& outcome,
                    core::RecordNumber number, bool duplicate) {
    v1::IngestAnswer message;
    message.set_source(record.source());
    message.set_epoch(record.epoch());
    message.set_sequence(record.sequence());
    message.set_duplicate(duplicate);
    message.set_record(number.value());
    message.set_outcome(v1::IngestAnswer::ACCEPTED);
    if (outcome.code == "inbox") message.set_outcome(v1::IngestAnswer::INBOX);
    if (outcome.code == "counted") message.set_outcome(v1::IngestAnswer::COUNTED);
    message.set_code(outcome.reason);
    message.set_field(outcome.field);
    message.set_words(outcome.words);
    return wire::encode(wire::Kind::ingest_answer, message);
}

Bytes repeated_answer(v1::IngestRecord const& record, core::SourceEpoch const& epoch) {
    auto const memo = epoch.answers.find(record.sequence());
    if (memo == epoch.answers.end()) return record_answer(record, {}, {}, true);
    return record_answer(record, memo->second.outcome, memo->second.record, true);
}

Bytes refused_answer(v1::IngestRecord const& record, std::string code, std::string words) {
    v1::IngestAnswer message;
    message.set_source(record.source());
    message.set_epoch(record.epoch());
    message.set_sequence(record.sequence());
    message.set_outcome(v1::IngestAnswer::REFUSED);
    message.set_code(std::move(code));
    message.set_words(std::move(words));
    return wire::encode(wire::Kind::ingest_answer, message);
}

Bytes accepted_command(std::string const& id, core::RecordNumber number,
                       core::Outcome const& outcome, std::vector<std::string> const& copies) {
    v1::Answer message;
    message.set_command_id(id);
    message.set_accepted(true);
    message.set_record(number.value());
    message.set_made(outcome.made);
    message.set_warning(outcome.warning);
    for (auto const& copy : copies) message.add_copies(copy);
    return wire::encode(wire::Kind::answer, message);
}

Bytes refused_command(std::string const& id, Error const& error) {
    v1::Answer message;
    message.set_command_id(id);
    message.set_field(error.field);
    message.set_words(error.words);
    return wire::encode(wire::Kind::answer, message);
}

}  // namespace washup::engine
