// Any octets as an MLLP stream: the frames are the same however the stream is cut, each is whole,
// trimmed and within its bound, and nothing of an unfinished one is given.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/hl7v2/framer.hpp"
#include "proto/base/check.hpp"
#include "proto/base/prng.hpp"

namespace {

using namespace washup;
using namespace washup::hl7v2;

constexpr std::size_t small_bound = 512;  // reached by short inputs too

std::vector<FrameEvent> frames_of(std::string_view bytes, std::uint64_t seed, Framer& framer) {
    Prng chance{seed};
    std::vector<FrameEvent> out;
    while (!bytes.empty()) {
        auto const piece = seed == 0 ? bytes.size() : 1 + chance.below(9);
        framer.feed(bytes.substr(0, piece), out);
        bytes.remove_prefix(std::min<std::size_t>(piece, bytes.size()));
    }
    return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string_view const bytes{reinterpret_cast<char const*>(data), size};
    Framer whole{small_bound}, cut{small_bound};
    auto const frames = frames_of(bytes, 0, whole);
    auto const again = frames_of(bytes, size + 1, cut);
    WASHUP_CHECK(frames.size() == again.size(), "cutting the stream changes no frame");
    WASHUP_CHECK(whole.counts().frames == cut.counts().frames, "nor a count");
    WASHUP_CHECK(whole.bytes_waiting() == cut.bytes_waiting(), "nor what is waiting");
    WASHUP_CHECK(whole.bytes_waiting() <= small_bound, "the bound holds");
    for (std::size_t i = 0; i < frames.size(); ++i) {
        auto const& frame = frames[i];
        WASHUP_CHECK(frame.kind == again[i].kind, "cutting the stream changes no frame");
        if (frame.kind == FrameEvent::Kind::too_large) {
            WASHUP_CHECK(i + 1 == frames.size(), "nothing follows a frame that is too large");
            continue;
        }
        WASHUP_CHECK(frame.bytes == again[i].bytes, "nor a byte of one");
        WASHUP_CHECK(!frame.bytes.empty() && frame.bytes.size() <= small_bound, "in its bounds");
        WASHUP_CHECK(trimmed(frame.bytes) == frame.bytes, "nothing around it");
        WASHUP_CHECK(frame.bytes.find(frame_end) == std::string::npos, "its end is not in it");
        WASHUP_CHECK(frame.bytes.find(frame_start) == std::string::npos, "nor its start");
    }
    return 0;
}
