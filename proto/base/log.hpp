#pragma once
// One line per event of the program's own life: level=info event=journal_opened records=12. Values
// are ids, counts and codes; never a name, a number of a person or free text. Level error means
// "somebody must act".

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <utility>

namespace washup {

enum class LogLevel { debug, info, warn, error };

// A test may listen instead of stderr. Returns the former sink.
using LogSink = void (*)(LogLevel, std::string const& line);
LogSink set_log_sink(LogSink sink);
void set_log_level(LogLevel least);

namespace impl {
void write_log(LogLevel level, std::string_view event, std::string const& fields);
std::string log_value(std::string value);
}  // namespace impl

inline void append_log_fields(std::string&) {}
template <class Value, class... Rest>
void append_log_fields(std::string& out, std::string_view key, Value const& value,
                       Rest const&... rest) {
    out += fmt::format(" {}={}", key, impl::log_value(fmt::format("{}", value)));
    append_log_fields(out, rest...);
}

// log_info("journal_opened", "records", 12, "path", path);
template <class... Fields>
void log_line(LogLevel level, std::string_view event, Fields const&... fields) {
    std::string text;
    append_log_fields(text, fields...);
    impl::write_log(level, event, text);
}
template <class... F>
void log_debug(std::string_view event, F const&... f) {
    log_line(LogLevel::debug, event, f...);
}
template <class... F>
void log_info(std::string_view event, F const&... f) {
    log_line(LogLevel::info, event, f...);
}
template <class... F>
void log_warn(std::string_view event, F const&... f) {
    log_line(LogLevel::warn, event, f...);
}
template <class... F>
void log_error(std::string_view event, F const&... f) {
    log_line(LogLevel::error, event, f...);
}

}  // namespace washup
