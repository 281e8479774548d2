// Feeds a running washupd through the public protocol and prints what came of it, a line of JSON
// for each phase: the admissions (a warm-up), many records in flight, one at a time.

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>

#include "proto/base/clock.hpp"
#include "proto/link/address.hpp"
#include "proto/link/random.hpp"
#include "tests/bench/feeder.hpp"

int main(int argc, char** argv) {
    using namespace washup;
    CLI::App app{"bench_load: durable records a second and acknowledgement times of a washupd."};
    std::string address = "127.0.0.1:7700";
    double seconds_each = 5;
    std::uint64_t records = 60'000;
    std::size_t in_flight = 256;
    app.add_option("--daemon", address, "HOST:N of the daemon");
    app.add_option("--seconds", seconds_each, "at most, for each phase");
    app.add_option("--records", records, "at most, for the phase with many in flight");
    app.add_option("--in-flight", in_flight, "unanswered at a time");
    CLI11_PARSE(app, argc, argv);
    auto const daemon = link::parse_address(address);
    if (!daemon) return std::fprintf(stderr, "bench_load: %s\n", daemon.error().words.c_str()), 2;
    try {
        bench::Load const load{"bench", link::random_id(), system_now() - hours(6)};
        bench::Feeder feeder{daemon->host, daemon->port, link::feed_port(daemon->port, 3), load};
        std::uint64_t next = 1;
        auto const phase = [&](char const* what, std::uint64_t count, std::size_t window) {
            auto const frames = bench::make_frames(load, next, count);
            auto measure = feeder.run(frames, window, seconds_each);
            next += measure.records;
            std::puts(measure.json(what, window).c_str());
            std::fflush(stdout);
        };
        phase("admissions", load.beds, in_flight);
        phase("daemon", records, in_flight);
        phase("daemon", records / 4, 1);
    } catch (std::exception const& error) {
        return std::fprintf(stderr, "bench_load: %s\n", error.what()), 1;
    }
    return 0;
}
