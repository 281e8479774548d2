#include "proto/base/log.hpp"

#include <algorithm>
#include <atomic>
#include <cstdio>

#include "proto/base/clock.hpp"

namespace washup {
namespace {

std::atomic<LogLevel> least_level{LogLevel::info};

char const* name_of(LogLevel level) {
    switch (level) {
        case LogLevel::debug:
            return "debug";
        case LogLevel::info:
            return "info";
        case LogLevel::warn:
            return "warn";
        case LogLevel::error:
            return "error";
    }
    return "error";
}

void to_stderr(LogLevel, std::string const& line) {
    std::fprintf(stderr, "%s %s\n", to_rfc3339(system_now()).c_str(), line.c_str());
}

std::atomic<LogSink> current_sink{&to_stderr};

}  // namespace

LogSink set_log_sink(LogSink sink) {
    return current_sink.exchange(sink ? sink : &to_stderr);
}

void set_log_level(LogLevel least) {
    least_level = least;
}

namespace impl {

void write_log(LogLevel level, std::string_view event, std::string const& fields) {
    if (level < least_level.load()) return;
    current_sink.load()(level, fmt::format("level={} event={}{}", name_of(level), event, fields));
}

// Control characters become blanks: a stranger's text must not forge a line or drive a terminal.
std::string log_value(std::string value) {
    auto const is_control = [](char c) { return (c >= 0 && c < ' ') || c == '\x7f'; };
    auto const is_plain = [&](char c) {
        return !is_control(c) && c != ' ' && c != '"' && c != '=';
    };
    if (!value.empty() && std::all_of(value.begin(), value.end(), is_plain)) return value;
    std::string quoted = "\"";
    for (char const c : value) {
        if (c == '"' || c == '\\') quoted += '\\';
        quoted += is_control(c) ? ' ' : c;
    }
    return quoted + '"';
}

}  // namespace impl
}  // namespace washup
