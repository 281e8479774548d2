#include "adapters/hl7v2/message.hpp"

#include <fmt/format.h>

#include <charconv>

#include "adapters/hl7v2/framer.hpp"

namespace washup::hl7v2 {
namespace {

bool line_end(char c) {
    return c == '\r' || c == '\n';
}

bool segment_name(std::string_view line) {
    auto const letter = [](char c) { return c >= 'A' && c <= 'Z'; };
    auto const digit = [](char c) { return c >= '0' && c <= '9'; };
    return line.size() >= 3 && letter(line[0]) && (letter(line[1]) || digit(line[1])) &&
           (letter(line[2]) || digit(line[2]));
}

// A separator must be able to separate: not a letter, digit, blank, control character, or half of a
// character of UTF-8.
bool can_separate(char c) {
    return c > 0x20 && c < 0x7f && c != '"' && !(c >= '0' && c <= '9') && !(c >= 'A' && c <= 'Z') &&
           !(c >= 'a' && c <= 'z');
}

std::optional<Delimiters> delimiters_of(std::string_view line) {
    if (line.size() < 4 || line.substr(0, 3) != "MSH" || !can_separate(line[3])) {
        return std::nullopt;
    }
    Delimiters out;
    out.field = line[3];
    auto const marks = part(line, out.field, 2);
    // MSH-2 left empty is seen in the wild, always with the usual four meant.
    if (marks.empty()) return out;
    auto const mark = [&](std::size_t i) {
        return i < marks.size() && can_separate(marks[i]) ? marks[i] : '\0';
    };
    out.component = mark(0);
    out.repetition = mark(1);
    out.escape = mark(2);
    out.subcomponent = mark(3);
    return out;
}

std::string_view first_line(std::string_view raw) {
    std::size_t end = 0;
    while (end < raw.size() && !line_end(raw[end])) ++end;
    return raw.substr(0, end);
}

// Universal id types of HL7 table 0301 that occur: their presence says "this is an HD".
bool hd_type(std::string_view text) {
    for (std::string_view const known :
         {"ISO", "DNS", "GUID", "UUID", "HCD", "HL7", "URI", "L", "M", "N", "x400", "x500"}) {
        if (text == known) return true;
    }
    return false;
}

}  // namespace

std::string_view part(std::string_view text, char separator, std::size_t n) {
    if (n == 0) return {};
    if (separator == '\0') return n == 1 ? text : std::string_view{};
    for (; n > 1; --n) {
        auto const at = text.find(separator);
        if (at == std::string_view::npos) return {};
        text.remove_prefix(at + 1);
    }
    return text.substr(0, text.find(separator));
}

std::vector<std::string_view> parts(std::string_view text, char separator) {
    std::vector<std::string_view> out;
    for (;;) {
        auto const at = separator == '\0' ? std::string_view::npos : text.find(separator);
        out.push_back(text.substr(0, at));
        if (at == std::string_view::npos) return out;
        text.remove_prefix(at + 1);
    }
}

std::string_view Segment::field(std::size_t n) const {
    if (name() == "MSH") {
        if (n == 1) return text_.substr(3, 1);
        return n == 0 ? std::string_view{} : part(text_, delimiters_.field, n);
    }
    return part(text_, delimiters_.field, n + 1);
}

Result<Message> Message::parse(std::string text) {
    auto const delimiters = delimiters_of(first_line(text));
    if (!delimiters) return invalid("it does not begin with an MSH segment", "MSH");
    Message out;
    out.text_ = std::move(text);
    out.delimiters_ = *delimiters;
    std::string_view const all{out.text_};
    for (std::size_t at = 0; at < all.size();) {
        auto const line = first_line(all.substr(at));
        if (segment_name(line) && (line.size() == 3 || line[3] == out.delimiters_.field)) {
            out.segments_.emplace_back(at, line.size());
        } else if (!trimmed(line).empty()) {
            // A text that held a line break: its segment goes on, and the break becomes a blank.
            out.segments_.back().second = at + line.size() - out.segments_.back().first;
        }
        at += line.size() + 1;
    }
    return out;
}

Segment Message::segment_at(std::size_t i) const {
    auto const [offset, length] = segments_[i];
    return Segment{std::string_view{text_}.substr(offset, length), delimiters_};
}

std::optional<Segment> Message::first(std::string_view name) const {
    for (std::size_t i = 0; i < segments_.size(); ++i) {
        if (auto const segment = segment_at(i); segment.name() == name) return segment;
    }
    return std::nullopt;
}

std::vector<Segment> Message::all(std::string_view name) const {
    std::vector<Segment> out;
    for (std::size_t i = 0; i < segments_.size(); ++i) {
        if (auto const segment = segment_at(i); segment.name() == name) out.push_back(segment);
    }
    return out;
}

std::string_view Message::field(Position const& at) const {
    for (std::size_t i = 0; i < segments_.size(); ++i) {
        auto const segment = segment_at(i);
        if (segment.name() != at.segment) continue;
        if (at.code.empty()) return segment.field(at.field);
        auto const id = part(segment.field(3), delimiters_.repetition, 1);
        if (part(id, delimiters_.component, 1) == at.code) return segment.field(at.field);
    }
    return {};
}

Said Message::said(Position const& at) const {
    return said_of(field(at), at, false);
}
Said Message::said_joined(Position const& at) const {
    return said_of(field(at), at, true);
}

Said Message::said_of(std::string_view raw, Position const& at, bool joined) const {
    if (is_null(raw)) return {Said::Kind::null, {}};
    auto text = part(raw, delimiters_.repetition, 1);
    text = part(text, delimiters_.component, at.component == 0 ? 1 : at.component);
    auto const types = part(text, delimiters_.subcomponent, 3);
    if (!joined || at.subcomponent != 0 || hd_type(types)) {
        text = part(text, delimiters_.subcomponent, at.subcomponent == 0 ? 1 : at.subcomponent);
    }
    if (is_null(text)) return {Said::Kind::null, {}};
    auto const open = unescaped(text, delimiters_);
    auto const value = trimmed(open);
    if (value.empty()) return {};
    return {Said::Kind::value, std::string{value}};
}

Result<Position> Position::parse(std::string_view text) {
    auto const fault = [&] {
        return invalid(
            fmt::format("\"{}\" is not a place in a message; write PV1-3, PV1-3.1 or "
                        "OBX(CODE)-5",
                        text));
    };
    Position out;
    if (!segment_name(text)) return fault();
    out.segment = text.substr(0, 3);
    auto rest = text.substr(3);
    if (rest.starts_with('(')) {
        auto const end = rest.find(')');
        if (end == std::string_view::npos || end == 1) return fault();
        out.code = rest.substr(1, end - 1);
        rest.remove_prefix(end + 1);
    }
    if (!rest.starts_with('-')) return fault();
    std::size_t* const numbers[] = {&out.field, &out.component, &out.subcomponent};
    for (std::size_t i = 0; i < 3 && !rest.empty(); ++i) {
        if (rest.front() != (i == 0 ? '-' : '.')) return fault();
        rest.remove_prefix(1);
        auto const [end, failed] =
            std::from_chars(rest.data(), rest.data() + rest.size(), *numbers[i]);
        if (failed != std::errc{} || *numbers[i] == 0 || *numbers[i] > 999) return fault();
        rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
    }
    if (!rest.empty()) return fault();
    return out;
}

std::string Position::to_text() const {
    auto out = segment;
    if (!code.empty()) out += "(" + code + ")";
    out += fmt::format("-{}", field);
    if (component != 0) out += fmt::format(".{}", component);
    if (subcomponent != 0) out += fmt::format(".{}", subcomponent);
    return out;
}

std::string_view Header::value(std::size_t n) const {
    auto const text = part(part(field(n), delimiters.repetition, 1), delimiters.component, 1);
    return part(text, delimiters.subcomponent, 1);
}

Result<Header> read_header(std::string_view raw) {
    auto const line = first_line(raw);
    auto const delimiters = delimiters_of(line);
    if (!delimiters) return invalid("it does not begin with an MSH segment", "MSH");
    Header out;
    out.delimiters = *delimiters;
    out.fields.push_back("MSH");
    for (auto const text : parts(line, delimiters->field)) out.fields.emplace_back(text);
    // parts() gave "MSH" where HL7 counts the separator itself.
    out.fields[1] = std::string(1, delimiters->field);
    return out;
}

SplitMessages split_messages(std::string_view raw) {
    SplitMessages out;
    std::size_t begin = std::string_view::npos;
    auto const close = [&](std::size_t end) {
        if (begin == std::string_view::npos) return;
        out.messages.push_back(trimmed(raw.substr(begin, end - begin)));
        begin = std::string_view::npos;
    };
    auto const envelope = [](std::string_view line) {
        return line.starts_with("FHS") || line.starts_with("BHS") || line.starts_with("BTS") ||
               line.starts_with("FTS");
    };
    for (std::size_t at = 0; at < raw.size();) {
        auto const whole = first_line(raw.substr(at));
        auto const line = trimmed(whole);
        auto const offset = line.empty() ? at : static_cast<std::size_t>(line.data() - raw.data());
        if (line.size() > 3 && line.starts_with("MSH") && can_separate(line[3])) {
            close(at);
            begin = offset;
        } else if (envelope(line)) {
            close(at);
        } else if (begin == std::string_view::npos && !line.empty()) {
            // Grows over everything between; more than one such place is one "rest" for a person.
            auto const from =
                out.rest.empty() ? offset : static_cast<std::size_t>(out.rest.data() - raw.data());
            out.rest = raw.substr(from, offset + line.size() - from);
        }
        at += whole.size() + 1;
    }
    close(raw.size());
    return out;
}

}  // namespace washup::hl7v2
