#include "tests/sim/run_seeds.hpp"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <map>

#include <fmt/format.h>

#include "proto/base/check.hpp"

namespace washup::sim {
namespace {

struct Child {
    std::uint64_t seed = 0;
    std::FILE* out = nullptr;  // unnamed file: nothing blocks, whatever a child says
};

Child begin(std::uint64_t seed, std::function<SeedResult(std::uint64_t)> const& run, pid_t& pid) {
    Child child{seed, std::tmpfile()};
    WASHUP_CHECK(child.out != nullptr, "there is room for a run's lines");
    std::fflush(stdout);
    pid = fork();
    WASHUP_CHECK(pid >= 0, "there is room for a process");
    if (pid > 0) return child;
    auto const result = run(seed);
    fmt::print(child.out, "{}\n{}", result.events, result.words);
    std::fflush(child.out);
    _exit(result.held ? 0 : 1);
}

SeedResult end(Child const& child, int status) {
    SeedResult result;
    std::rewind(child.out);
    std::string text;
    std::array<char, 4096> piece{};
    while (auto const got = std::fread(piece.data(), 1, piece.size(), child.out)) {
        text.append(piece.data(), got);
    }
    std::fclose(child.out);
    result.held = WIFEXITED(status) && WEXITSTATUS(status) == 0;
    auto const line_end = text.find('\n');
    if (line_end == std::string::npos) {
        result.words = fmt::format("seed={} BROKEN it fell over (status {})\n", child.seed, status);
        return result;
    }
    result.events = std::strtoull(text.c_str(), nullptr, 10);
    result.words = text.substr(line_end + 1);
    return result;
}

double cpu_of_children() {
    rusage usage{};
    getrusage(RUSAGE_CHILDREN, &usage);
    auto const seconds = [](timeval const& t) {
        return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

}  // namespace

SeedsDone run_seeds(std::uint64_t first, std::uint64_t last, unsigned jobs,
                    std::function<SeedResult(std::uint64_t)> const& run,
                    std::function<void(std::uint64_t, SeedResult const&)> const& done) {
    SeedsDone all;
    std::map<pid_t, Child> children;
    std::map<std::uint64_t, SeedResult> ready;
    auto next = first, told = first;
    auto const cpu_before = cpu_of_children();
    while (!children.empty() || (next <= last && all.broken.empty())) {
        if (next <= last && all.broken.empty() && children.size() < jobs) {
            pid_t pid = 0;
            auto const child = begin(next++, run, pid);
            children.emplace(pid, child);
            continue;
        }
        int status = 0;
        auto const pid = waitpid(-1, &status, 0);
        auto const child = children.find(pid);
        WASHUP_CHECK(child != children.end(), "every child is ours");
        auto result = end(child->second, status);
        all.events += result.events;
        result.held ? static_cast<void>(++all.held) : all.broken.push_back(child->second.seed);
        ready.emplace(child->second.seed, std::move(result));
        children.erase(child);
        for (; !ready.empty() && ready.begin()->first == told; ++told) {
            done(told, ready.begin()->second);
            ready.erase(ready.begin());
        }
    }
    all.cpu_s = cpu_of_children() - cpu_before;
    return all;
}

}  // namespace washup::sim
