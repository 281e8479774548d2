#pragma once
// A program started by a test: what it prints goes to files (a full pipe must never hold it up),
// and it is killed and reaped when this object or the whole test goes. Not a shell: no quoting, no
// PATH but for a bare name. Waiting is real time, so this is for tests/integration.

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "proto/base/time.hpp"
#include "tests/support/temp_dir.hpp"

namespace washup::test_support {

struct ProcessOptions {
    std::vector<std::string> environment;  // "NAME=value", added to ours
    std::string input;                     // standard input, then end of file
    // Writes beyond fail with EFBIG, as on a full disk. Never without a limit: a program that talks
    // for ever must not fill the disk of whoever runs the tests.
    std::uint64_t file_bytes_limit = 1u << 30;
    std::string folder;  // working folder; empty = the test's own
};

class Process {
  public:
    explicit Process(std::vector<std::string> const& command, ProcessOptions const& options = {});
    ~Process();
    Process(Process const&) = delete;
    Process& operator=(Process const&) = delete;

    pid_t id() const { return id_; }
    bool running();
    void send_signal(int number) const;
    void kill_9();  // and reaps
    // The exit code, or 128 + the signal that ended it; nothing when it still runs after `timeout`.
    std::optional<int> wait(Duration timeout);
    // True when a line on either output holds `part` (now or within `timeout`); false also when the
    // program ends without it.
    bool wait_for(std::string_view part, Duration timeout);

    std::string out() const;  // all it printed so far
    std::string err() const;

  private:
    TempDir folder_;
    pid_t id_ = -1;
    int handle_ = -1;  // pidfd: becomes readable when the program ends
    std::optional<int> status_;
};

struct Finished {
    int status = -1;  // -1 = still running at the timeout, and killed then
    std::string out, err;
};
Finished run(std::vector<std::string> const& command, ProcessOptions const& options = {},
             Duration timeout = seconds(60));

// Asks `condition` again and again for at most `timeout`.
template <class Condition>
bool eventually(Condition const& condition, Duration timeout);

// A short rest between two questions to another program.
void rest(Duration time);
SteadyInstant deadline_in(Duration timeout);
bool passed(SteadyInstant deadline);

template <class Condition>
bool eventually(Condition const& condition, Duration timeout) {
    for (auto const deadline = deadline_in(timeout);;) {
        if (condition()) return true;
        if (passed(deadline)) return false;
        rest(milliseconds(20));
    }
}

}  // namespace washup::test_support
