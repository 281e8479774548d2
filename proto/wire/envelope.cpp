#include "proto/wire/envelope.hpp"

#include <fmt/format.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/message_lite.h>
#include <google/protobuf/stubs/logging.h>

#include "proto/base/check.hpp"
#include "washup/v1/common.pb.h"

namespace washup::wire {
namespace {

constexpr std::string_view magic = "WSHU";

void put_number(Bytes& out, std::uint32_t number, int octets) {
    for (int shift = (octets - 1) * 8; shift >= 0; shift -= 8) {
        out += static_cast<char>(number >> shift & 0xFFu);
    }
}

void put_varint(Bytes& out, std::uint32_t number) {
    for (; number >= 0x80u; number >>= 7) out += static_cast<char>((number & 0x7Fu) | 0x80u);
    out += static_cast<char>(number);
}

std::uint32_t number_at(std::string_view bytes, std::size_t at, std::size_t octets) {
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < octets; ++i) {
        number = number << 8 | static_cast<unsigned char>(bytes[at + i]);
    }
    return number;
}

// The library writes a line of its own to stderr for every bad payload; a sender could fill the log
// with them. The refusal says all there is to say.
void keep_library_silent() {
    static bool const silent = [] {
        google::protobuf::SetLogHandler(nullptr);
        return true;
    }();
    (void)silent;
}

Error fault(std::string field, std::string words) {
    return invalid(std::move(words), field);
}

}  // namespace

std::string_view to_words(Kind kind) {
    switch (kind) {
        case Kind::source_hello:
            return "source_hello";
        case Kind::source_welcome:
            return "source_welcome";
        case Kind::ingest_record:
            return "ingest_record";
        case Kind::ingest_answer:
            return "ingest_answer";
        case Kind::command:
            return "command";
        case Kind::answer:
            return "answer";
        case Kind::snapshot_request:
            return "snapshot_request";
        case Kind::snapshot_chunk:
            return "snapshot_chunk";
        case Kind::delta:
            return "delta";
        case Kind::heartbeat:
            return "heartbeat";
        case Kind::history_request:
            return "history_request";
        case Kind::history:
            return "history";
        case Kind::refusal:
            return "refusal";
        case Kind::sign_in:
            return "sign_in";
        case Kind::sign_in_answer:
            return "sign_in_answer";
        case Kind::sign_out:
            return "sign_out";
        case Kind::session_ended:
            return "session_ended";
        case Kind::person_acted:
            return "person_acted";
        case Kind::follow_request:
            return "follow_request";
        case Kind::doors_request:
            return "doors_request";
        case Kind::doors_report:
            return "doors_report";
        case Kind::standing_request:
            return "standing_request";
        case Kind::standing:
            return "standing";
        case Kind::report_request:
            return "report_request";
        case Kind::report_chunk:
            return "report_chunk";
    }
    return "unknown";
}

bool fits_frame(google::protobuf::MessageLite const& message) {
    return message.ByteSizeLong() + envelope_header_bytes <= frame_bytes_max;
}

Bytes encode(Kind kind, google::protobuf::MessageLite const& message) {
    return encode(kind, message, {});
}

Bytes encode(Kind kind, google::protobuf::MessageLite const& message, Written const& more) {
    using google::protobuf::io::CodedOutputStream;
    auto const tag = more.field << 3 | 2;  // 2: octets, with their length before them
    std::size_t size = message.ByteSizeLong();
    for (auto const octets : more.messages) {
        auto const length = static_cast<std::uint32_t>(octets.size());
        size += CodedOutputStream::VarintSize32(tag) + CodedOutputStream::VarintSize32(length);
        size += octets.size();
    }
    WASHUP_CHECK(size + envelope_header_bytes <= frame_bytes_max, "ask fits_frame before encode");
    Bytes out;
    out.reserve(envelope_header_bytes + size);
    out += magic;
    put_number(out, envelope_version, 2);
    put_number(out, static_cast<std::uint16_t>(kind), 2);
    put_number(out, static_cast<std::uint32_t>(size), 4);
    put_number(out, 0, 4);
    message.AppendPartialToString(&out);
    for (auto const octets : more.messages) {
        put_varint(out, tag);
        put_varint(out, static_cast<std::uint32_t>(octets.size()));
        out += octets;
    }
    return out;
}

Result<Frame> decode(std::string_view bytes) {
    if (bytes.size() > frame_bytes_max) {
        auto const words = fmt::format("a frame has at most {} octets, this one {}",
                                       frame_bytes_max, bytes.size());
        return Error{ErrorCode::too_large, words, "too_large"};
    }
    if (bytes.size() < envelope_header_bytes) {
        return fault("short", fmt::format("a frame has at least {} octets in one part",
                                          envelope_header_bytes));
    }
    if (bytes.substr(0, 4) != magic) return fault("magic", "a frame begins with WSHU");
    auto const version = number_at(bytes, 4, 2);
    if (version != envelope_version) {
        return fault("version", fmt::format("envelope version {} is not known here, only {}",
                                            version, envelope_version));
    }
    Frame frame;
    frame.kind = static_cast<Kind>(number_at(bytes, 6, 2));
    if (to_words(frame.kind) == "unknown") {
        return fault("kind", fmt::format("kind {} is not known here", number_at(bytes, 6, 2)));
    }
    if (number_at(bytes, 12, 4) != 0) return fault("reserved", "octets 12 to 15 are to be zero");
    frame.payload = bytes.substr(envelope_header_bytes);
    if (number_at(bytes, 8, 4) != frame.payload.size()) {
        return fault("length", fmt::format("the header says {} octets follow, there are {}",
                                           number_at(bytes, 8, 4), frame.payload.size()));
    }
    return frame;
}

Result<void> parse(Frame const& frame, google::protobuf::MessageLite& out) {
    keep_library_silent();
    google::protobuf::io::CodedInputStream in(
        reinterpret_cast<std::uint8_t const*>(frame.payload.data()),
        static_cast<int>(frame.payload.size()));
    in.SetRecursionLimit(message_depth_max);
    if (!out.ParseFromCodedStream(&in) || !in.ConsumedEntireMessage()) {
        return fault("payload", fmt::format("the payload is not a {}", to_words(frame.kind)));
    }
    return {};
}

Bytes encode_refusal(Error const& error) {
    v1::Refusal refusal;
    refusal.set_code(error.field);
    refusal.set_words(error.words);
    return encode(Kind::refusal, refusal);
}

}  // namespace washup::wire
