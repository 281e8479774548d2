#pragma once
// Listens to the log instead of stderr while it lives, so that a test can assert on the lines that
// matter. One at a time: the sink of proto/base/log is the process's.

#include <string>
#include <vector>

#include "proto/base/log.hpp"

namespace washup::test_support {

struct LogLine {
    LogLevel level = LogLevel::debug;
    std::string text;
};

class CapturedLog {
  public:
    CapturedLog();
    ~CapturedLog();
    CapturedLog(CapturedLog const&) = delete;
    CapturedLog& operator=(CapturedLog const&) = delete;

    // Copies: another thread may write at the same time.
    std::vector<LogLine> lines() const;
    bool contains(std::string_view part) const;
    // Level error means "somebody must act": most tests want none.
    std::vector<std::string> errors() const;

  private:
    LogSink former_;
};

}  // namespace washup::test_support
