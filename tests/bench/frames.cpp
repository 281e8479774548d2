#include "tests/bench/frames.hpp"

#include <fmt/format.h>

#include <array>

#include "proto/wire/envelope.hpp"
#include "washup/v1/ingest.pb.h"

namespace washup::bench {
namespace {

constexpr std::array wards = {"FORD",   "KENT",  "DOVER",  "THANET",
                              "MEDWAY", "STOUR", "ROMNEY", "ISIS"};
constexpr std::array reasons = {"CP4", "IF3", "HP1", "CP3", "IF1", "CP5"};

v1::Value* fact(v1::Observation& observation, v1::Field field) {
    auto* const fact = observation.add_facts();
    fact->set_field(field);
    return fact->mutable_value();
}

void name_subject(v1::Observation& observation, std::uint64_t stay) {
    auto* const subject = observation.mutable_subject();
    subject->mutable_visit()->set_authority("RZZ");
    subject->mutable_visit()->set_number(fmt::format("V{:06}", stay));
    auto* const number = subject->add_identifiers();
    number->set_kind(v1::Identifier::LOCAL);
    number->set_namespace_("RZZ");
    number->set_value(fmt::format("P{:06}", stay));
}

void place(v1::Observation& observation, std::uint64_t stay, std::uint64_t turn) {
    auto* const location = fact(observation, v1::FIELD_LOCATION)->mutable_location();
    location->set_site("STM");
    location->set_ward(wards[(stay + turn) % wards.size()]);
    // A bed of one's own: whom others share a bed with is told to all of them, and no ward has more
    // than a pair of those.
    location->set_bay(fmt::format("B{}", (stay / 8 + turn) % 6));
    location->set_bed(fmt::format("{:02}", stay / wards.size()));
}

void person(v1::Observation& observation, std::uint64_t stay) {
    fact(observation, v1::FIELD_NAME)->set_text(fmt::format("BENCH{:04}, Invented", stay));
    fact(observation, v1::FIELD_BIRTH_DATE)->set_text(fmt::format("19{:02}-03-09", 30 + stay % 40));
    fact(observation, v1::FIELD_SEX)->set_code(stay % 2 == 0 ? "F" : "M");
    fact(observation, v1::FIELD_POSTCODE_DISTRICT)->set_code(fmt::format("CT{}", 1 + stay % 21));
}

// Beyond the admission: of ten records seven say where and until when, one is a transfer, one opens
// a blocker and one closes it.
void later(v1::IngestRecord& record, std::uint64_t stay, std::uint64_t turn, Instant at) {
    auto& observation = *record.mutable_observation();
    // By stay as well, so that every moment has a mixture.
    auto const kind = (turn + stay) % 10;
    if (kind == 8 || kind == 9) {
        auto* const blocker = observation.mutable_blocker();
        auto const of = kind == 8 ? turn : turn - 1;
        blocker->set_reference(fmt::format("b{}-{}", stay, of));
        blocker->set_reason(reasons[of % reasons.size()]);
        blocker->set_closed(kind == 9);
        auto* const when = kind == 8 ? blocker->mutable_opened_at() : blocker->mutable_closed_at();
        when->set_at_ms(at.ms);
        record.set_trigger("blockers.csv");
        return;
    }
    person(observation, stay);
    place(observation, stay, kind == 7 ? turn : turn / 10);
    auto* const expected = fact(observation, v1::FIELD_EXPECTED_DISCHARGE)->mutable_moment();
    expected->set_at_ms((at + hours(static_cast<std::int64_t>(24 * (1 + turn % 9)))).ms);
    auto* const seen = observation.mutable_stay();
    seen->set_effect(kind == 7 ? v1::StaySeen::TRANSFER : v1::StaySeen::UPDATE);
    seen->set_inpatient(true);
    seen->set_opens(true);
    record.set_trigger(kind == 7 ? "A02" : "A08");
}

void admit(v1::IngestRecord& record, std::uint64_t stay, Instant at) {
    auto& observation = *record.mutable_observation();
    person(observation, stay);
    place(observation, stay, 0);
    fact(observation, v1::FIELD_ADMITTED_AT)->mutable_moment()->set_at_ms(at.ms);
    auto* const seen = observation.mutable_stay();
    seen->set_effect(v1::StaySeen::ADMIT);
    seen->set_inpatient(true);
    seen->set_opens(true);
    record.set_trigger("A01");
}

}  // namespace

std::vector<std::string> make_frames(Load const& load, std::uint64_t first, std::uint64_t count) {
    std::vector<std::string> frames;
    frames.reserve(count);
    for (auto sequence = first; sequence < first + count; ++sequence) {
        auto const stay = (sequence - 1) % load.beds;
        auto const turn = (sequence - 1) / load.beds;
        auto const at = load.begin + milliseconds(static_cast<std::int64_t>(20 * sequence));
        v1::IngestRecord record;
        record.set_source(load.source);
        record.set_epoch(load.epoch);
        record.set_sequence(sequence);
        record.set_record_name(fmt::format("bench-{}", sequence));
        record.set_digest(Bytes{as_bytes(blake2b_256(record.record_name()))});
        auto& observation = *record.mutable_observation();
        name_subject(observation, stay);
        observation.mutable_times()->mutable_occurred()->set_at_ms(at.ms);
        observation.mutable_times()->set_recorded_ms(at.ms);
        observation.mutable_times()->set_message_ms(at.ms);
        if (turn == 0) {
            admit(record, stay, at);
        } else {
            later(record, stay, turn, at);
        }
        frames.push_back(wire::encode(wire::Kind::ingest_record, record));
    }
    return frames;
}

std::string hello_frame(Load const& load) {
    v1::SourceHello hello;
    hello.set_source(load.source);
    hello.set_epoch(load.epoch);
    hello.set_profile("bench");
    return wire::encode(wire::Kind::source_hello, hello);
}

}  // namespace washup::bench
