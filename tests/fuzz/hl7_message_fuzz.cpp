// Any octets as the content of a frame or a file: it splits into messages, each of them maps by
// every shipped profile to an observation that can be sent, and has an acknowledgement that gives
// its control id back byte for byte.

#include <cstdint>
#include <string>
#include <string_view>

#include "adapters/hl7v2/ack.hpp"
#include "adapters/hl7v2/adt_mapper.hpp"
#include "adapters/hl7v2/charset.hpp"
#include "adapters/hl7v2/file_messages.hpp"
#include "proto/base/check.hpp"
#include "washup/v1/ingest.pb.h"

namespace {

using namespace washup;
using namespace washup::hl7v2;

ProfileSet const& shipped() {
    static ProfileSet const profiles = [] {
        config::Faults faults;
        auto out = ProfileSet::load(WASHUP_SOURCE_DIR "/config/sources", faults);
        WASHUP_CHECK(faults.empty(), "the shipped profiles have no faults");
        return out;
    }();
    return profiles;
}

void check_observation(v1::Observation const& observation) {
    WASHUP_CHECK(observation.what_case() != v1::Observation::WHAT_NOT_SET, "it is something");
    for (auto const& fact : observation.facts()) {
        WASHUP_CHECK(fact.field() != v1::FIELD_NONE, "a fact has a field");
        WASHUP_CHECK(fact.value().text().size() <= value_bytes_max, "value_bytes_max holds");
        WASHUP_CHECK(fact.value().code().size() <= value_bytes_max, "value_bytes_max holds");
    }
    std::string bytes;
    WASHUP_CHECK(observation.SerializeToString(&bytes), "it can be sent");
    v1::Observation again;
    WASHUP_CHECK(again.ParseFromString(bytes), "and read: every text is UTF-8");
}

void check_ack(Header const& header) {
    if (!may_acknowledge(header)) return;
    for (auto const verdict : {AckContent::Verdict::taken, AckContent::Verdict::rejected}) {
        AckContent const content{verdict, "words", "207", {}};
        auto const ack = make_ack(header, content, false, "id", Instant{0});
        auto const back = read_header(ack);
        WASHUP_CHECK(back.has_value(), "an ack is a message");
        auto const second = ack.find('\r') + 1;
        auto const msa = std::string_view{ack}.substr(second, ack.find('\r', second) - second);
        WASHUP_CHECK(part(msa, header.delimiters.field, 3) == header.control_id(),
                     "the control id comes back byte for byte");
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string_view const bytes{reinterpret_cast<char const*>(data), size};
    for (auto const& raw : messages_of_file(bytes).messages) {
        auto const header = read_header(raw);
        WASHUP_CHECK(header.has_value(), "what is split off has a header");
        check_ack(*header);
        auto const text = to_utf8(raw, header->value(18));
        WASHUP_CHECK(valid_utf8(text), "it becomes UTF-8 whatever it was");
        auto const message = Message::parse(text);
        WASHUP_CHECK(message.has_value(), "and stays a message");
        for (auto const& name : shipped().names()) {
            v1::Observation observation;
            map_message(*message, *shipped().find(name), Instant{0}, observation);
            check_observation(observation);
        }
    }
    return 0;
}
