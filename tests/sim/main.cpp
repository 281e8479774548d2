// sim: the whole house from one seed. Exit 1 and one command to repeat it when a checker objects.

#include <sodium.h>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "proto/base/log.hpp"
#include "tests/sim/house.hpp"
#include "tests/support/long_run.hpp"

int main(int argc, char** argv) {
    CLI::App app{"sim: daemon, sources and boards over a simulated network, disk and clock."};
    std::uint64_t seed = 0, seeds = 1;
    int minutes = 3;
    bool verbose = false;
    app.add_option("--seed", seed, "one run of this seed, with its log");
    app.add_option("--seeds", seeds,
                   "this many runs, from seed 1; ten times as many with WASHUP_LONG=1");
    app.add_option("--minutes", minutes, "simulated minutes of each run")
        ->check(CLI::Range(1, 600));
    app.add_flag("--verbose", verbose, "one line an event");
    CLI11_PARSE(app, argc, argv);
    if (sodium_init() < 0) return 74;
    washup::set_log_level(washup::LogLevel::error);
    auto const one = app.count("--seed") > 0;
    auto const last = one ? seed : seeds * (washup::test_support::long_run() ? 10 : 1);
    for (auto s = one ? seed : 1; s <= last; ++s) {
        washup::sim::House house{s, verbose};
        auto const held = house.run(minutes);
        fmt::print("seed={} {} {}\n", s, held ? "held" : "BROKEN", house.summary());
        if (held) continue;
        std::size_t shown = 0;
        for (auto const& words : house.promises().broken) {
            if (++shown <= 5) fmt::print("  {}\n", words);
        }
        fmt::print("repeat: sim --seed {} --minutes {} --verbose\n", s, minutes);
        return 1;
    }
    return 0;
}
