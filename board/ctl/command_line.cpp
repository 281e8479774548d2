#include "board/ctl/command_line.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <boost/json.hpp>

#include "proto/base/time.hpp"
#include "washup/v1/command.pb.h"

namespace washup::board::ctl {
namespace json = boost::json;
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

constexpr std::string_view field_prefix = "FIELD_";

std::string upper(std::string_view text) {
    std::string out(text);
    for (char& c : out) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return out;
}
std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return out;
}

enum class Shape { moment, code, text, location, code_and_moment };

Shape shape_of(int field) {
    switch (field) {
        case v1::FIELD_DIED_AT:
        case v1::FIELD_ADMITTED_AT:
        case v1::FIELD_EXPECTED_DISCHARGE:
        case v1::FIELD_MEDICALLY_OPTIMISED:
        case v1::FIELD_DISCHARGE_READY:
        case v1::FIELD_REVIEW_ON:
        case v1::FIELD_REFERRED_AT:
            return Shape::moment;
        case v1::FIELD_NAME:
        case v1::FIELD_BIRTH_DATE:
        case v1::FIELD_CONSULTANT:
            return Shape::text;
        case v1::FIELD_LOCATION:
            return Shape::location;
        case v1::FIELD_ENDING:
            return Shape::code_and_moment;
        default:
            return Shape::code;
    }
}

Result<json::value> moment_value(std::string_view text) {
    v1::Moment moment;
    if (auto const set = set_moment(moment, text); !set) return set.error();
    json::object out;
    out["at_ms"] = moment.at_ms();
    out["precision"] = v1::Precision_Name(moment.precision());
    return json::value(std::move(out));
}

Result<json::value> field_value(json::value const& word) {
    if (!word.is_string()) return word;
    std::string_view const text = word.as_string();
    if (text.starts_with(field_prefix)) return word;
    auto const number = field_number(text);
    if (!number) return number.error();
    return json::value(v1::Field_Name(static_cast<v1::Field>(*number)));
}

Result<json::value> value_value(json::object const& set_field, json::value const& given) {
    auto const* word = set_field.if_contains("field");
    if (word == nullptr || !word->is_string()) return invalid("say which field it is", "field");
    auto name = std::string_view(word->as_string());
    if (name.starts_with(field_prefix)) name.remove_prefix(field_prefix.size());
    auto const number = field_number(lower(name));
    if (!number) return number.error();
    v1::Value value;
    if (auto const set = set_value(value, *number, given.as_string()); !set) return set.error();
    std::string text;
    google::protobuf::util::JsonPrintOptions options;
    options.preserve_proto_field_names = true;
    (void)google::protobuf::util::MessageToJsonString(value, &text, options);
    return json::parse(text);
}

Result<json::value> plain(json::value const& in, Descriptor const& type);

// One member of a message, in protobuf's own JSON.
Result<json::value> member(json::object const& of, FieldDescriptor const& field,
                           json::value const& in) {
    if (field.cpp_type() == FieldDescriptor::CPPTYPE_ENUM &&
        field.enum_type() == v1::Field_descriptor()) {
        return field_value(in);
    }
    if (field.cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) return in;
    auto const* type = field.message_type();
    if (in.is_string() && type == v1::Moment::descriptor()) return moment_value(in.as_string());
    if (in.is_string() && type == v1::Value::descriptor()) return value_value(of, in);
    return plain(in, *type);
}

Result<json::value> plain(json::value const& in, Descriptor const& type) {
    if (!in.is_object()) return in;  // protobuf says what is wrong
    json::object out;
    for (auto const& [key, value] : in.as_object()) {
        auto const* field = type.FindFieldByName(std::string(key));
        if (field == nullptr) {
            std::vector<std::string> known;
            for (int i = 0; i < type.field_count(); ++i) known.push_back(type.field(i)->name());
            return invalid(fmt::format("\"{}\" is not known; known are {}", std::string(key),
                                       fmt::join(known, ", ")),
                           std::string(key));
        }
        auto made = member(in.as_object(), *field, value);
        if (!made) {
            auto error = made.error();
            if (error.field.empty()) error.field = std::string(key);
            return error;
        }
        out[key] = std::move(*made);
    }
    return json::value(std::move(out));
}

// "entered_at": "2026-11-22T09:00" beside the schema's own entered_at_ms.
Result<void> instants(json::object& line) {
    for (char const* name : {"entered_at", "expires_at"}) {
        auto const it = line.find(name);
        if (it == line.end()) continue;
        if (!it->value().is_string()) return invalid("write it as RFC 3339", name);
        auto const at = parse_moment(std::string_view(it->value().as_string()));
        if (!at) return invalid(at.error().words, name);
        line.erase(it);
        line[std::string(name) + "_ms"] = at->at.ms;
    }
    return {};
}

// A command says one thing; protobuf's own words for two would help nobody.
Result<void> one_thing(json::object const& line) {
    auto const* things = v1::Command::descriptor()->FindOneofByName("what");
    std::string first;
    for (auto const& [key, value] : line) {
        auto const* field = v1::Command::descriptor()->FindFieldByName(std::string(key));
        if (field == nullptr || field->containing_oneof() != things) continue;
        if (!first.empty()) {
            return invalid(fmt::format("{} and {}: one thing a line", first, std::string(key)),
                           std::string(key));
        }
        first = std::string(key);
    }
    return {};
}

}  // namespace

Result<void> set_moment(v1::Moment& out, std::string_view text) {
    auto const moment = parse_moment(text);
    if (!moment) return moment.error();
    out.set_at_ms(moment->at.ms);
    out.set_precision(moment->precision == Precision::date ? v1::PRECISION_DATE
                                                           : v1::PRECISION_MINUTE);
    return {};
}

std::vector<std::string> field_words() {
    std::vector<std::string> words;
    auto const* fields = v1::Field_descriptor();
    for (int i = 0; i < fields->value_count(); ++i) {
        if (fields->value(i)->number() == 0) continue;
        words.push_back(lower(fields->value(i)->name().substr(field_prefix.size())));
    }
    return words;
}

Result<int> field_number(std::string_view word) {
    v1::Field field = v1::FIELD_NONE;
    if (v1::Field_Parse(std::string(field_prefix) + upper(word), &field) && field != 0) {
        return static_cast<int>(field);
    }
    return invalid(
        fmt::format("no field \"{}\"; there are {}", word, fmt::join(field_words(), ", ")),
        "field");
}

Result<void> set_value(v1::Value& out, int field, std::string_view text) {
    if (text.empty()) return {};  // the value is taken away
    switch (shape_of(field)) {
        case Shape::moment:
            return set_moment(*out.mutable_moment(), text);
        case Shape::text:
            out.set_text(std::string(text));
            return {};
        case Shape::code:
            out.set_code(std::string(text));
            return {};
        case Shape::code_and_moment: {
            auto const at = text.find('@');
            out.set_code(std::string(text.substr(0, at)));
            if (at == std::string_view::npos) return {};
            return set_moment(*out.mutable_moment(), text.substr(at + 1));
        }
        case Shape::location:
            break;
    }
    std::string parts[4];
    std::size_t part = 0;
    for (char const c : text) {
        if (c != '/') {
            parts[part] += c;
        } else if (++part == 4) {
            return invalid("a location is SITE/WARD/BAY/BED", "value");
        }
    }
    out.mutable_location()->set_site(parts[0]);
    out.mutable_location()->set_ward(parts[1]);
    out.mutable_location()->set_bay(parts[2]);
    out.mutable_location()->set_bed(parts[3]);
    return {};
}

Result<void> parse_command_line(std::string_view line, v1::Command& out) {
    if (line.size() > command_line_bytes_max) {
        return Error{ErrorCode::too_large,
                     fmt::format("a line has at most {} octets", command_line_bytes_max),
                     {}};
    }
    boost::system::error_code error;
    auto parsed = json::parse(line, error);
    if (error) return invalid("not JSON: " + error.message());
    if (!parsed.is_object()) return invalid("a command is a JSON object");
    if (auto const done = instants(parsed.as_object()); !done) return done.error();
    if (auto const one = one_thing(parsed.as_object()); !one) return one.error();
    auto const made = plain(parsed, *v1::Command::descriptor());
    if (!made) return made.error();
    out.Clear();
    auto const status = google::protobuf::util::JsonStringToMessage(json::serialize(*made), &out);
    if (!status.ok()) return invalid(std::string(status.message()));
    if (out.what_case() == v1::Command::WHAT_NOT_SET) {
        return invalid("say what is to be done, like {\"reopen\": {\"stay\": ..., \"why\": ...}}");
    }
    return {};
}

}  // namespace washup::board::ctl
