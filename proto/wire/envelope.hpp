#pragma once
// One frame = one ZeroMQ message: a header of 16 octets, then a protobuf payload. It frames and
// refuses; it does not look into the payload and knows no socket. proto/README.md, "Envelope".
//
//   octets 0-3   "WSHU"
//   octets 4-5   version, 1
//   octets 6-7   kind
//   octets 8-11  payload length
//   octets 12-15 reserved, 0            (all numbers big endian)

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "proto/base/digest.hpp"
#include "proto/base/result.hpp"

namespace google::protobuf {
class MessageLite;
}

namespace washup::wire {

inline constexpr std::uint16_t envelope_version = 1;
inline constexpr std::size_t envelope_header_bytes = 16;
inline constexpr std::size_t frame_bytes_max = 1024 * 1024;  // header included

// Messages within messages, also in fields that are not known here. Ours need not half
// of it.
inline constexpr int message_depth_max = 16;

// What the payload is. A number is never given a second meaning.
enum class Kind : std::uint16_t {
    source_hello = 1,
    source_welcome = 2,
    ingest_record = 3,
    ingest_answer = 4,
    command = 5,
    answer = 6,
    snapshot_request = 7,
    snapshot_chunk = 8,
    delta = 9,
    heartbeat = 10,
    history_request = 11,
    history = 12,
    refusal = 13,
    sign_in = 14,
    sign_in_answer = 15,
    sign_out = 16,
    session_ended = 17,
    person_acted = 18,
    follow_request = 19,
    doors_request = 20,
    doors_report = 21,
    standing_request = 22,
    standing = 23,
    report_request = 24,
    report_chunk = 25,
};
std::string_view to_words(Kind kind);  // "ingest_record"; for logs

struct Frame {
    Kind kind = Kind::refusal;
    std::string_view payload;  // borrowed from the bytes given to decode
};

// Does a message of any size fit? Whoever sends something that grows (a delta, a history) asks
// first.
bool fits_frame(google::protobuf::MessageLite const& message);

// A message that does not fit is a programmer error.
Bytes encode(Kind kind, google::protobuf::MessageLite const& message);
// The same with messages of a repeated field that protobuf has written already.
struct Written {
    std::uint32_t field = 0;
    std::vector<std::string_view> messages;
};
Bytes encode(Kind kind, google::protobuf::MessageLite const& message, Written const& more);

// Error::field is a word for a program: short, magic, version, kind, reserved, length, too_large.
Result<Frame> decode(std::string_view bytes);
// The frame would look into octets that are gone.
template <class Temporary>
requires std::same_as<Temporary, Bytes> Result<Frame> decode(Temporary&&)
= delete;

// The payload as the message it is said to be. Error::field = payload.
Result<void> parse(Frame const& frame, google::protobuf::MessageLite& out);

// A Refusal frame out of an Error of decode or parse: code = field, words = words.
Bytes encode_refusal(Error const& error);

}  // namespace washup::wire
