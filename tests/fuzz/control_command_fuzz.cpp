// Commands from the control port: any octets are no command, are refused in words, or are decided
// on a ward with somebody in it, and what was decided can be applied and encoded.

#include <cstdint>

#include "daemon/ingest/observe.hpp"
#include "daemon/journal/codec.hpp"
#include "proto/base/check.hpp"
#include "proto/wire/envelope.hpp"
#include "tests/support/core/ward.hpp"
#include "washup/v1/command.pb.h"

namespace {

using namespace washup;

// Admitted, ready, held by a blocker, with an action: something for every command to meet.
core::State ward_with_somebody() {
    tests::Ward ward;
    ward.receive(tests::a01("V1", "M1", "2026-11-02T09:00"));
    core::Command add;
    add.what = core::AddStaff{"posei", "Peter Osei", "social worker", "north"};
    WASHUP_CHECK(ward.command(add).has_value(), "the staff list takes somebody");
    auto raise = tests::command_for("V1");
    raise.what = core::RaiseBlocker{.reason = "CP4"};
    WASHUP_CHECK(ward.command(raise).has_value(), "a blocker can be raised");
    return ward.state();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    static core::State const before = ward_with_somebody();
    // The payload alone: envelopes have a target of their own, and would refuse nearly all of it.
    wire::Frame const frame{wire::Kind::command, {reinterpret_cast<char const*>(data), size}};
    v1::Command message;
    if (!wire::parse(frame, message)) return 0;
    auto const key = [](std::string_view kind, std::string_view space, std::string_view number) {
        return tests::Ward::key(std::string{kind}, std::string{space}, std::string{number});
    };
    auto const command = ingest::read_command(message, key);
    if (!command) {
        WASHUP_CHECK(!command.error().words.empty(), "a refusal says why");
        return 0;
    }
    auto const now = before.last_at + hours(1);
    auto decision = core::decide(before, *command, now);
    if (!decision) {
        WASHUP_CHECK(!decision.error().words.empty(), "a refusal says why");
        return 0;
    }
    core::Record record;
    record.number = core::RecordNumber{before.head.value() + 1};
    record.at = now;
    record.cause.kind = core::CauseKind::command;
    record.cause.command_id = command->id;
    record.events = std::move(decision->events);
    auto const again = journal::decode_record(journal::encode_record(record));
    WASHUP_CHECK(again.has_value(), "what was decided can be written and read");
    auto after = before;
    core::Changes changes;
    core::apply(after, record, changes);
    return 0;
}
