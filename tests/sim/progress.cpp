#include "tests/sim/progress.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <fstream>

#include <fmt/format.h>

namespace washup::sim {
namespace {

double cpu_seconds() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    auto const seconds = [](timeval const& t) {
        return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

long resident_mb() {
    long pages = 0, resident = 0;
    std::ifstream{"/proc/self/statm"} >> pages >> resident;
    return resident * (sysconf(_SC_PAGESIZE) / 1024) / 1024;
}

template <class Parts>
std::size_t facts_of(Parts const& parts) {
    std::size_t facts = 0;
    for (auto const& [id, part] : parts) {
        for (auto const& [field, history] : part.fields) facts += history.facts.size();
    }
    return facts;
}

}  // namespace

std::string progress_words(Daemon const& daemon, Oracle const& oracle, std::uint64_t events) {
    auto const& state = daemon.reader().state();
    return fmt::format(
        "{} events={} stays={} persons={} facts_of_stays={} facts_of_persons={} inbox={} "
        "said_facts={} cpu_s={:.1f} mb={}",
        to_rfc3339(daemon.time()), events, state.stays.size(), state.persons.size(),
        facts_of(state.stays), facts_of(state.persons), state.inbox.size(),
        facts_of(oracle.said().stays) + facts_of(oracle.said().persons), cpu_seconds(),
        resident_mb());
}

}  // namespace washup::sim
