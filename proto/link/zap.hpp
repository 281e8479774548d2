#pragma once
// Who may shake hands: the questions of ZeroMQ's authentication protocol (ZAP 1.0, ZeroMQ RFC 27)
// and our answers. Pure: octets in, octets out. What a key may do is the caller's; the thread that
// asks is ZmqContext's.

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace washup::link {

// `door` is the domain that a socket was bound with; `public_key` has 40 letters.
struct Admission {
    bool admitted = false;
    std::string name;  // of the key: comes with every message of the connection
    std::string why;   // not admitted: a word for the log
};
using Admit = std::function<Admission(std::string_view door, std::string_view public_key)>;

// Parts that a question may have; one with more is no question.
inline constexpr std::size_t zap_parts_max = 16;

struct ZapAnswer {
    std::vector<std::string> parts;  // empty: not even a question, nothing is answered
    std::string door;
    Admission admission;
};

// `parts` without the envelope of the REP socket.
ZapAnswer answer_zap(std::vector<std::string> const& parts, Admit const& admit);

}  // namespace washup::link
