#include "tests/support/process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

#include "proto/base/check.hpp"
#include "proto/base/clock.hpp"

extern char** environ;

namespace washup::test_support {
namespace {

void redirect(std::string const& path, int flags, int target) {
    int const file = open(path.c_str(), flags | O_CLOEXEC, 0600);
    if (file < 0 || dup2(file, target) < 0) _exit(126);
}

std::vector<char*> pointers(std::vector<std::string>& words) {
    std::vector<char*> out;
    for (auto& word : words) out.push_back(word.data());
    out.push_back(nullptr);
    return out;
}

// A variable of ours is left out when the test gives its own value: the first of two would win.
std::vector<std::string> environment_with(std::vector<std::string> const& added) {
    auto out = added;
    for (char** entry = environ; *entry != nullptr; ++entry) {
        std::string_view const inherited{*entry};
        auto const name = inherited.substr(0, inherited.find('=') + 1);
        auto const given = [&](std::string const& own) { return own.starts_with(name); };
        if (std::none_of(added.begin(), added.end(), given)) out.emplace_back(inherited);
    }
    return out;
}

// Between fork and exec only calls that are safe there.
[[noreturn]] void become(std::string const& in, std::string const& out, std::string const& err,
                         ProcessOptions const& options, std::vector<char*> const& command,
                         std::vector<char*> const& environment) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);  // a test that crashes leaves nothing behind
    redirect(in, O_RDONLY, STDIN_FILENO);
    redirect(out, O_WRONLY | O_CREAT | O_APPEND, STDOUT_FILENO);
    redirect(err, O_WRONLY | O_CREAT | O_APPEND, STDERR_FILENO);
    rlimit const limit{options.file_bytes_limit, options.file_bytes_limit};
    signal(SIGXFSZ, SIG_IGN);
    if (setrlimit(RLIMIT_FSIZE, &limit) != 0) _exit(126);
    if (!options.folder.empty() && chdir(options.folder.c_str()) != 0) _exit(126);
    execvpe(command[0], command.data(), environment.data());
    _exit(127);
}

}  // namespace

Process::Process(std::vector<std::string> const& command, ProcessOptions const& options) {
    auto const in = folder_.write("in", options.input);
    auto const out = folder_.write("out", ""), err = folder_.write("err", "");
    auto words = command;
    auto environment = environment_with(options.environment);
    auto const argv = pointers(words), envp = pointers(environment);
    id_ = fork();
    WASHUP_CHECK(id_ >= 0, "a test may start a program");
    if (id_ == 0) become(in, out, err, options, argv, envp);
    handle_ = static_cast<int>(syscall(SYS_pidfd_open, id_, 0));
    WASHUP_CHECK(handle_ >= 0, "the kernel gives a handle of a process");
}

Process::~Process() {
    kill_9();
    close(handle_);
}

bool Process::running() {
    return !wait(Duration{}).has_value();
}

void Process::send_signal(int number) const {
    if (!status_) kill(id_, number);
}

void Process::kill_9() {
    send_signal(SIGKILL);
    WASHUP_CHECK(wait(seconds(30)).has_value(), "SIGKILL ends a process");
}

std::optional<int> Process::wait(Duration timeout) {
    if (status_) return status_;
    pollfd ended{handle_, POLLIN, 0};
    auto const deadline = deadline_in(timeout);
    do {
        auto const left = std::max<std::int64_t>((deadline - steady_now()).ms, 0);
        if (poll(&ended, 1, static_cast<int>(left)) == 1) {
            int raw = 0;
            WASHUP_CHECK(waitpid(id_, &raw, 0) == id_, "our own child can be reaped");
            status_ = WIFEXITED(raw) ? WEXITSTATUS(raw) : 128 + WTERMSIG(raw);
            return status_;
        }
    } while (!passed(deadline));
    return std::nullopt;
}

bool Process::wait_for(std::string_view part, Duration timeout) {
    for (auto const deadline = deadline_in(timeout);;) {
        bool const ended = !running();  // asked first: its last words are read below
        if (out().find(part) != std::string::npos || err().find(part) != std::string::npos) {
            return true;
        }
        if (ended || passed(deadline)) return false;
        rest(milliseconds(10));
    }
}

std::string Process::out() const {
    return read_file(folder_.path() / "out");
}
std::string Process::err() const {
    return read_file(folder_.path() / "err");
}

Finished run(std::vector<std::string> const& command, ProcessOptions const& options,
             Duration timeout) {
    Process process{command, options};
    auto const status = process.wait(timeout);
    if (!status) process.kill_9();
    return {status.value_or(-1), process.out(), process.err()};
}

void rest(Duration time) {
    poll(nullptr, 0, static_cast<int>(time.ms));
}

SteadyInstant deadline_in(Duration timeout) {
    return steady_now() + timeout;
}

bool passed(SteadyInstant deadline) {
    return steady_now() >= deadline;
}

}  // namespace washup::test_support
