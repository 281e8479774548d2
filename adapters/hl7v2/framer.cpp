#include "adapters/hl7v2/framer.hpp"

#include <cstring>

namespace washup::hl7v2 {
namespace {

constexpr std::string_view message_start = "MSH";
// Enough to read MSH-10 of a message that is refused for its size.
constexpr std::size_t head_bytes_kept = 4096;

bool blank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f' || c == '\0';
}

// Where VT or FS stands next; bytes.size() when neither does. memchr twice is much faster than
// find_first_of, and a document in OBX-5 may be megabytes.
std::size_t next_mark(std::string_view bytes) {
    auto const find = [](std::string_view text, char c) {
        auto const* at = std::memchr(text.data(), c, text.size());
        return at ? static_cast<std::size_t>(static_cast<char const*>(at) - text.data())
                  : text.size();
    };
    auto const end = find(bytes, frame_end);
    return find(bytes.substr(0, end), frame_start);
}

}  // namespace

std::string_view trimmed(std::string_view bytes) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    for (;;) {
        if (!bytes.empty() && (blank(bytes.front()) || bytes.front() == frame_start)) {
            bytes.remove_prefix(1);
        } else if (bytes.substr(0, 3) == byte_order_mark) {
            bytes.remove_prefix(3);
        } else {
            break;
        }
    }
    while (!bytes.empty() && blank(bytes.back())) bytes.remove_suffix(1);
    return bytes;
}

void Framer::feed(std::string_view bytes, std::vector<FrameEvent>& out) {
    while (!bytes.empty() && state_ != State::stopped) {
        std::size_t used = 0;
        switch (state_) {
            case State::outside:
                used = outside(bytes, out);
                break;
            case State::inside:
                used = inside(bytes, out);
                break;
            case State::after_end:
                used = bytes.front() == '\r' ? 1 : 0;
                if (used == 0) ++counts_.without_cr;
                state_ = State::outside;
                break;
            case State::stopped:
                break;
        }
        bytes.remove_prefix(used);
    }
}

// Between frames everything is skipped up to the next VT, except a message whose VT was lost: it
// begins with MSH and ends with FS, and its sender waits for an answer like any other.
std::size_t Framer::outside(std::string_view bytes, std::vector<FrameEvent>& out) {
    if (buffer_.size() >= message_start.size()) return outside_message(bytes, out);
    auto const c = bytes.front();
    if (c == frame_start) {
        counts_.junk_bytes += buffer_.size();
        buffer_.clear();
        state_ = State::inside;
        return 1;
    }
    if (buffer_.empty() && blank(c)) return 1;
    if (c == message_start[buffer_.size()]) {
        buffer_ += c;
        return 1;
    }
    // Not MSH after all; the byte itself may begin it.
    auto const given_up = buffer_.size();
    counts_.junk_bytes += given_up;
    buffer_.clear();
    if (given_up > 0) return 0;
    ++counts_.junk_bytes;
    return 1;
}

std::size_t Framer::outside_message(std::string_view bytes, std::vector<FrameEvent>& out) {
    auto const mark = next_mark(bytes);
    if (!append(bytes.substr(0, mark), out) || mark == bytes.size()) return mark;
    if (bytes[mark] == frame_end) {
        ++counts_.without_start;
        finish(out);
    } else {
        counts_.junk_bytes += buffer_.size();
        buffer_.clear();
        state_ = State::inside;
    }
    return mark + 1;
}

std::size_t Framer::inside(std::string_view bytes, std::vector<FrameEvent>& out) {
    auto const mark = next_mark(bytes);
    if (!append(bytes.substr(0, mark), out) || mark == bytes.size()) return mark;
    if (bytes[mark] == frame_end) {
        finish(out);
    } else {
        // The sender began anew. Half a message must never be taken for a whole one.
        if (!trimmed(buffer_).empty()) ++counts_.cut_off;
        buffer_.clear();
    }
    return mark + 1;
}

bool Framer::append(std::string_view bytes, std::vector<FrameEvent>& out) {
    if (buffer_.size() + bytes.size() > bytes_max_) {
        buffer_.append(bytes.substr(0, head_bytes_kept));
        auto const head = trimmed(buffer_).substr(0, head_bytes_kept);
        out.push_back({FrameEvent::Kind::too_large, std::string{head}});
        buffer_.clear();
        state_ = State::stopped;
        return false;
    }
    buffer_.append(bytes);
    return true;
}

void Framer::finish(std::vector<FrameEvent>& out) {
    auto const message = trimmed(buffer_);
    if (message.empty()) {
        ++counts_.empty_frames;
    } else {
        ++counts_.frames;
        out.push_back({FrameEvent::Kind::frame, std::string{message}});
    }
    buffer_.clear();
    state_ = State::after_end;
}

}  // namespace washup::hl7v2
