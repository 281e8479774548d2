// sim: the whole house from one seed. Exit 1 and one command to repeat it when a checker objects.

#include <sodium.h>

#include <algorithm>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "proto/base/log.hpp"
#include "tests/sim/house.hpp"
#include "tests/sim/run_seeds.hpp"
#include "tests/support/long_run.hpp"

namespace {

using washup::sim::House;
using washup::sim::HouseOptions;
using washup::sim::SeedResult;

// A hospital of 300 beds: 550,000 messages and 110,000 hub events.
constexpr double events_of_a_year = 660'000;

std::string repeat_with(HouseOptions const& options) {
    auto words = fmt::format("sim --seed {}", options.seed);
    if (options.hours > 0) {
        words += fmt::format(" --hours {}", options.hours);
    } else {
        words += fmt::format(" --seconds {}", options.faults_for.ms / 1'000);
    }
    return words + (options.sqlite ? " --sqlite" : "") + " --verbose";
}

SeedResult run_one(HouseOptions const& options) {
    House house{options};
    SeedResult result;
    result.held = house.run();
    result.events = house.events();
    result.words = fmt::format("seed={} {} {}\n", options.seed, result.held ? "held" : "BROKEN",
                               house.summary());
    for (auto const& objection : house.objections().all()) {
        result.words += fmt::format("  {}: {}\n", objection.checker, objection.words);
    }
    return result;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{"sim: daemon, sources and boards over a simulated network, disk and clocks."};
    std::uint64_t seed = 0, seeds = 1, from = 1;
    unsigned jobs = 1;
    std::int64_t seconds_of_faults = 120;
    bool verbose = false;
    HouseOptions options;
    app.add_option("--seed", seed, "one run of this seed, in this process");
    app.add_option("--seeds", seeds, "this many runs; a tenth of them without WASHUP_LONG=1");
    app.add_option("--from", from, "the first of these seeds");
    app.add_option("--jobs", jobs, "this many at a time")->check(CLI::Range(1, 256));
    app.add_option("--seconds", seconds_of_faults, "simulated seconds with faults")
        ->check(CLI::Range(1, 36'000));
    app.add_option("--hours", options.hours,
                   "no faults, and so many hours of a ward of 300 beds; 8760 are a year")
        ->check(CLI::Range(1, 100'000));
    app.add_flag("--sqlite", options.sqlite,
                 "the real SQLite journal over a file system in memory");
    app.add_flag("--recount", options.recount_always,
                 "count all rows anew at every look, to find the record that broke them");
    app.add_flag("--progress", options.progress,
                 "to stderr, each simulated week: events, stays, CPU and memory so far");
    app.add_flag("--verbose", verbose, "one line an event, the same for the same seed");
    CLI11_PARSE(app, argc, argv);
    if (sodium_init() < 0) return 74;
    washup::set_log_level(washup::LogLevel::error);
    options.faults_for = washup::seconds(seconds_of_faults);
    if (verbose) options.log = washup::sim::Log::To::stdout_;

    auto const one = app.count("--seed") > 0;
    auto const first = one ? seed : from;
    auto const last = one ? seed : from + washup::test_support::long_count(seeds) - 1;
    auto const run = [&](std::uint64_t of) {
        auto mine = options;
        mine.seed = of;
        return run_one(mine);
    };
    auto const print = [&](std::uint64_t of, SeedResult const& result) {
        fmt::print("{}", result.words);
        auto mine = options;
        mine.seed = of;
        if (!result.held) fmt::print("repeat: {}\n", repeat_with(mine));
    };
    if (one) {
        auto const result = run(seed);
        print(seed, result);
        return result.held ? 0 : 1;
    }
    auto const done = washup::sim::run_seeds(first, last, jobs, run, print);
    auto const ran = std::max<std::uint64_t>(1, done.held + done.broken.size());
    auto const years = static_cast<double>(done.events) / events_of_a_year;
    fmt::print(
        "seeds={} held={} events={} cpu_s={:.1f} cpu_s_a_seed={:.2f} "
        "hospital_years_a_cpu_minute={:.3f}\n",
        ran, done.held, done.events, done.cpu_s, done.cpu_s / static_cast<double>(ran),
        years / (done.cpu_s / 60));
    return done.broken.empty() ? 0 : 1;
}
