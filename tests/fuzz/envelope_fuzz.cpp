// The envelope of the wire: any octets give a frame that lies within them, or an error with a word
// for programs; the payload parses or does not, and nothing else happens.

#include <cstdint>
#include <string_view>

#include "proto/base/check.hpp"
#include "proto/wire/envelope.hpp"
#include "washup/v1/command.pb.h"
#include "washup/v1/feed.pb.h"
#include "washup/v1/ingest.pb.h"

namespace {

using namespace washup;

template <class Message>
void try_payload(wire::Frame const& frame) {
    Message message;
    auto const parsed = wire::parse(frame, message);
    if (!parsed) {
        WASHUP_CHECK(!parsed.error().words.empty(), "a refusal says why");
        return;
    }
    if (!wire::fits_frame(message)) return;
    auto const again = wire::encode(frame.kind, message);
    auto const decoded = wire::decode(again);
    WASHUP_CHECK(decoded && decoded->kind == frame.kind, "what is encoded is decoded");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string_view const bytes{reinterpret_cast<char const*>(data), size};
    auto const frame = wire::decode(bytes);
    if (!frame) {
        WASHUP_CHECK(!frame.error().field.empty(), "a refusal has a word for programs");
        auto const refusal = wire::encode_refusal(frame.error());
        WASHUP_CHECK(wire::decode(refusal), "and can be sent");
        return 0;
    }
    WASHUP_CHECK(size <= wire::frame_bytes_max, "a frame above its bound is refused");
    WASHUP_CHECK(frame->payload.size() + wire::envelope_header_bytes == size,
                 "nothing is left over");
    WASHUP_CHECK(!wire::to_words(frame->kind).empty(), "a known kind has a word");
    try_payload<v1::IngestRecord>(*frame);
    try_payload<v1::Command>(*frame);
    try_payload<v1::Delta>(*frame);
    return 0;
}
