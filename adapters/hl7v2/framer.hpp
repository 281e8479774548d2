#pragma once
// MLLP, release 1: bytes as they come from a socket in, whole frames out. A frame is VT, the
// message, FS, CR; real senders leave out the CR, send blanks and log lines between frames, or
// nothing but VT FS CR as a keep-alive. Pure and bounded: it knows no socket and no HL7, and holds
// at most `bytes_max` of an unfinished frame.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace washup::hl7v2 {

inline constexpr std::size_t frame_bytes_max = 16u * 1024 * 1024;

inline constexpr char frame_start = '\x0b';  // VT
inline constexpr char frame_end = '\x1c';    // FS

struct FrameEvent {
    enum class Kind {
        frame,      // `bytes` is the message, blanks around it cut off, never empty
        too_large,  // `bytes` is the beginning of it; the framer takes nothing more
    };
    Kind kind = Kind::frame;
    std::string bytes;
};

// What was seen beside proper frames. A person looks at these when a feed is silent.
struct FramerCounts {
    std::uint64_t frames = 0;
    std::uint64_t empty_frames = 0;   // keep-alives
    std::uint64_t junk_bytes = 0;     // outside a frame, other than blanks and NULs
    std::uint64_t without_start = 0;  // a message that ended with FS but never had its VT
    std::uint64_t without_cr = 0;     // FS not followed by CR
    std::uint64_t cut_off = 0;        // a VT came before the FS of the frame before
};

class Framer {
  public:
    explicit Framer(std::size_t bytes_max = frame_bytes_max) : bytes_max_(bytes_max) {}

    // Appends what became complete to `out`. A frame is complete at its FS: its CR changes nothing.
    void feed(std::string_view bytes, std::vector<FrameEvent>& out);

    FramerCounts const& counts() const { return counts_; }
    // Of a frame that has begun and not ended: the figure to show when a sender waits in vain.
    std::size_t bytes_waiting() const { return buffer_.size(); }
    bool in_frame() const { return state_ == State::inside; }

  private:
    enum class State { outside, inside, after_end, stopped };

    std::size_t outside(std::string_view bytes, std::vector<FrameEvent>& out);
    std::size_t outside_message(std::string_view bytes, std::vector<FrameEvent>& out);
    std::size_t inside(std::string_view bytes, std::vector<FrameEvent>& out);
    bool append(std::string_view bytes, std::vector<FrameEvent>& out);
    void finish(std::vector<FrameEvent>& out);

    std::size_t bytes_max_;
    State state_ = State::outside;
    std::string buffer_;
    FramerCounts counts_;
};

// Without blanks, line ends, NULs and a UTF-8 byte order mark before it, nor blanks, line ends and
// NULs after it.
std::string_view trimmed(std::string_view bytes);

}  // namespace washup::hl7v2
