#pragma once
// One HL7 v2 message as text: segments by name, fields by number, parts by delimiter, all on
// demand. Nothing is validated against a grammar: unknown segments, missing segments and any order
// are normal (adapters.md 5.3, trap 24). Numbers count as HL7 does, so MSH-1 is the separator
// itself. Pure; views point into the message and live as long as it does.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "proto/base/result.hpp"

namespace washup::hl7v2 {

// From MSH-1 and MSH-2. A delimiter that MSH-2 does not name is 0 and splits nothing.
struct Delimiters {
    char field = '|', component = '^', repetition = '~', escape = '\\', subcomponent = '&';
};

// The n-th part (from 1) of `text`; empty when there are fewer. Separator 0: the whole is part 1.
std::string_view part(std::string_view text, char separator, std::size_t n);
std::vector<std::string_view> parts(std::string_view text, char separator);

// Two quotes: the sender takes the value away, which is not the same as saying nothing.
inline bool is_null(std::string_view text) {
    return text == "\"\"";
}

// Escapes resolved, once, after splitting. Control characters become blanks; formatting goes.
std::string unescaped(std::string_view text, Delimiters const& delimiters);

class Segment {
  public:
    Segment(std::string_view text, Delimiters delimiters) : text_(text), delimiters_(delimiters) {}
    std::string_view name() const { return text_.substr(0, 3); }
    std::string_view field(std::size_t n) const;  // raw, all repetitions; empty when absent

  private:
    std::string_view text_;
    Delimiters delimiters_;
};

// A place in a message as profiles write it: "PV1-3.1", "MSH-4", "OBX(CTR)-5": of the first OBX
// whose field 3 has the code CTR. Component 0 = not named: the first is meant.
struct Position {
    std::string segment;
    std::string code;
    std::size_t field = 0, component = 0, subcomponent = 0;

    static Result<Position> parse(std::string_view text);
    std::string to_text() const;
};

// What a message says at a place.
struct Said {
    enum class Kind { absent, null, value };
    Kind kind = Kind::absent;
    std::string text;  // unescaped
    bool absent() const { return kind == Kind::absent; }
    bool null() const { return kind == Kind::null; }
    bool value() const { return kind == Kind::value; }
};

class Message {
  public:
    // `text` begins with MSH; it is UTF-8 when it comes from read_message, raw bytes in tests.
    static Result<Message> parse(std::string text);

    Delimiters const& delimiters() const { return delimiters_; }
    std::optional<Segment> first(std::string_view name) const;
    std::vector<Segment> all(std::string_view name) const;
    std::size_t segment_count() const { return segments_.size(); }

    // Raw text of the place's field, first repetition not yet chosen; empty when absent.
    std::string_view field(Position const& at) const;
    Said said(Position const& at) const;
    // Like said, but '&' between subcomponents is part of the name: "T&O Ward" sent unescaped.
    // A place that is a real HD ("AMU&1.2.3&ISO") gives its first part.
    Said said_joined(Position const& at) const;

  private:
    Segment segment_at(std::size_t i) const;
    Said said_of(std::string_view raw, Position const& at, bool joined) const;

    std::string text_;
    Delimiters delimiters_;
    std::vector<std::pair<std::size_t, std::size_t>> segments_;  // offset, length
};

// What the shell must know before anything else, from the raw bytes of the MSH line alone.
struct Header {
    Delimiters delimiters;
    // MSH-n at [n], raw; [2] holds the encoding characters. Fields beyond the line are empty.
    std::vector<std::string> fields;
    std::string_view field(std::size_t n) const {
        return n < fields.size() ? std::string_view{fields[n]} : std::string_view{};
    }
    // First component, first repetition.
    std::string_view value(std::size_t n) const;
    std::string_view control_id() const { return field(10); }
};
// Error: not an HL7 v2 message at all.
Result<Header> read_header(std::string_view raw);

// Raw bytes that may hold several messages, as in a batch (FHS, BHS, BTS, FTS) or a file: each MSH
// at the beginning of a line begins one. Blank lines mean nothing. Bytes before the first MSH that
// are not batch segments are given as `rest`, because somebody meant something by them.
struct SplitMessages {
    std::vector<std::string_view> messages;
    std::string_view rest;
};
SplitMessages split_messages(std::string_view raw);

}  // namespace washup::hl7v2
