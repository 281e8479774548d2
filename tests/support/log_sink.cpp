#include "tests/support/log_sink.hpp"

#include <mutex>

#include "proto/base/check.hpp"

namespace washup::test_support {
namespace {

// A LogSink is a plain function, so what it hears lies beside it.
std::mutex guard;
std::vector<LogLine> heard;
bool listening = false;

void listen(LogLevel level, std::string const& line) {
    std::lock_guard const lock{guard};
    heard.push_back({level, line});
}

}  // namespace

CapturedLog::CapturedLog() {
    std::lock_guard const lock{guard};
    WASHUP_CHECK(!listening, "one CapturedLog at a time");
    listening = true;
    heard.clear();
    former_ = set_log_sink(&listen);
}

CapturedLog::~CapturedLog() {
    set_log_sink(former_);
    std::lock_guard const lock{guard};
    listening = false;
}

std::vector<LogLine> CapturedLog::lines() const {
    std::lock_guard const lock{guard};
    return heard;
}

bool CapturedLog::contains(std::string_view part) const {
    for (auto const& line : lines()) {
        if (line.text.find(part) != std::string::npos) return true;
    }
    return false;
}

std::vector<std::string> CapturedLog::errors() const {
    std::vector<std::string> out;
    for (auto const& line : lines()) {
        if (line.level == LogLevel::error) out.push_back(line.text);
    }
    return out;
}

}  // namespace washup::test_support
