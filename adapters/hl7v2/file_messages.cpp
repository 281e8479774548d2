#include "adapters/hl7v2/file_messages.hpp"

#include <fmt/format.h>

#include "adapters/hl7v2/framer.hpp"
#include "adapters/hl7v2/message.hpp"

namespace washup::hl7v2 {
namespace {

void add_split(std::string_view bytes, std::string_view whole, FileMessages& out) {
    auto const split = split_messages(bytes);
    for (auto const message : split.messages) {
        if (message.size() <= frame_bytes_max) {
            out.messages.emplace_back(message);
        } else {
            out.faults.push_back("a message is larger than 16 MiB; it was left out");
        }
    }
    if (split.rest.empty() && !split.messages.empty()) return;
    auto const about = split.rest.empty() ? bytes : split.rest;
    if (about.empty()) return;
    // A frame was copied out of the file; only text points into it.
    auto const inside = about.data() >= whole.data() && about.data() < whole.data() + whole.size();
    auto const place =
        inside ? fmt::format(" from byte {} on", about.data() - whole.data()) : std::string{};
    out.faults.push_back(fmt::format("{} bytes{} are no HL7 message", about.size(), place));
}

}  // namespace

FileMessages messages_of_file(std::string_view bytes) {
    FileMessages out;
    if (bytes.find(frame_end) == std::string_view::npos) {
        add_split(trimmed(bytes), bytes, out);
        return out;
    }
    Framer framer;
    std::vector<FrameEvent> events;
    framer.feed(bytes, events);
    for (auto const& event : events) {
        if (event.kind == FrameEvent::Kind::frame) {
            add_split(event.bytes, bytes, out);
        } else {
            out.faults.push_back("a frame is larger than 16 MiB; nothing after it was read");
        }
    }
    if (framer.counts().junk_bytes > 0) {
        out.faults.push_back(
            fmt::format("{} bytes stand outside frames", framer.counts().junk_bytes));
    }
    if (framer.counts().cut_off > 0 || framer.bytes_waiting() > 0) {
        out.faults.push_back("a frame has no end");
    }
    return out;
}

}  // namespace washup::hl7v2
