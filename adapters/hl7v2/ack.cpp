#include "adapters/hl7v2/ack.hpp"

#include <fmt/format.h>

#include "adapters/hl7v2/framer.hpp"

namespace washup::hl7v2 {
namespace {

using Verdict = AckContent::Verdict;

char verdict_letter(Verdict verdict) {
    switch (verdict) {
        case Verdict::taken:
            return 'A';
        case Verdict::trouble:
            return 'E';
        case Verdict::rejected:
            return 'R';
    }
    return 'E';
}

// Versions are "2.3.1": before 2.5 the error segment has another form. An empty or odd version is
// taken for an old one, which reads the old form and ignores what it does not know.
bool old_error_form(std::string_view version) {
    return version.size() < 3 || version.substr(0, 2) != "2." || version[2] < '5';
}

std::string error_words(std::string_view code) {
    if (code == "101") return "Required field missing";
    if (code == "102") return "Data type error";
    if (code == "200") return "Unsupported message type";
    if (code == "207") return "Application internal error";
    return "Message rejected";
}

std::string error_segment(Header const& header, AckContent const& content) {
    auto const f = header.delimiters.field;
    auto const c = header.delimiters.component ? header.delimiters.component : '^';
    std::string place;
    if (content.at.field != 0) {
        place = fmt::format("{}{}1{}{}", content.at.segment, c, c, content.at.field);
    }
    auto const words = error_words(content.error_code);
    if (old_error_form(header.value(12))) {
        auto const s = header.delimiters.subcomponent ? header.delimiters.subcomponent : '&';
        if (place.empty()) place = fmt::format("{}{}", c, c);
        return fmt::format("ERR{}{}{}{}{}{}\r", f, place, c, content.error_code, s, words);
    }
    return fmt::format("ERR{}{}{}{}{}{}{}{}HL70357{}E\r", f, f, place, f, content.error_code, c,
                       words, c, f);
}

// Text of ours between the sender's delimiters: words hold no delimiter unless the sender chose a
// letterless mark we use, so those become blanks.
std::string safe_words(std::string_view words, Delimiters const& d) {
    std::string out{words.substr(0, ack_words_max)};
    for (char& c : out) {
        if (c == d.field || c == d.component || c == d.repetition || c == d.escape ||
            c == d.subcomponent || static_cast<unsigned char>(c) < 0x20) {
            c = ' ';
        }
    }
    return out;
}

std::string hl7_time(Instant now) {
    auto const wall = london_wall(now);
    return fmt::format("{:04}{:02}{:02}{:02}{:02}{:02}", wall.year, wall.month, wall.day, wall.hour,
                       wall.minute, wall.second);
}

}  // namespace

std::string_view ack_code(Verdict verdict, Header const& header, bool force_original) {
    static constexpr std::string_view original = "AAAEAR", commit = "CACECR";
    auto const letter = verdict_letter(verdict);
    std::size_t const at = letter == 'A' ? 0 : letter == 'E' ? 2 : 4;
    auto const wish = header.value(15);
    auto const failed = verdict != Verdict::taken;
    auto const enhanced =
        !force_original && (wish == "AL" || (wish == "ER" && failed) || (wish == "SU" && !failed));
    return (enhanced ? commit : original).substr(at, 2);
}

bool may_acknowledge(Header const& header) {
    auto const type = header.value(9);
    return !trimmed(header.control_id()).empty() && type != "ACK" && type != "MCF";
}

std::string make_ack(Header const& header, AckContent const& content, bool force_original,
                     std::string_view own_id, Instant now) {
    auto const f = header.delimiters.field;
    auto const c = header.delimiters.component ? header.delimiters.component : '^';
    auto const field = [&](std::size_t n) { return header.field(n); };
    auto marks = std::string{field(2)};
    if (marks.empty()) marks = "^~\\&";
    auto const event = part(part(field(9), header.delimiters.repetition, 1), c, 2);
    auto type = std::string{"ACK"};
    if (!event.empty()) type += fmt::format("{}{}{}ACK", c, event, c);
    auto const code = ack_code(content.verdict, header, force_original);
    auto const words = safe_words(content.words, header.delimiters);

    auto out = fmt::format("MSH{0}{1}{0}{2}{0}{3}{0}{4}{0}{5}{0}{6}{0}{0}{7}{0}{8}{0}{9}{0}{10}", f,
                           marks, field(5), field(6), field(3), field(4), hl7_time(now), type,
                           own_id, field(11), field(12));
    // What is echoed above is in the sender's character set.
    if (!field(18).empty()) out += fmt::format("{0}{0}{0}{0}{0}{0}{1}", f, field(18));
    out += '\r';
    out += fmt::format("MSA{0}{1}{0}{2}", f, code, field(10));
    auto const failed = content.verdict != Verdict::taken;
    if (failed) out += fmt::format("{}{}", f, words);
    // MSA-6 of 2.4 and before.
    if (failed && old_error_form(header.value(12))) {
        out += fmt::format("{0}{0}{0}{1}", f, content.error_code);
    }
    out += '\r';
    if (failed) out += error_segment(header, content);
    return out;
}

std::string framed(std::string_view message) {
    std::string out;
    out.reserve(message.size() + 3);
    out += frame_start;
    out += message;
    out += frame_end;
    out += '\r';
    return out;
}

}  // namespace washup::hl7v2
