#pragma once
// How bad it gets, drawn from the seed: some runs are calm, some are wild in one way, few in all.
// Every permille is a chance in each simulated second.

#include <cstdint>
#include <string>

#include "proto/base/prng.hpp"

namespace washup::sim {

struct Weather {
    bool faults = true;  // the second phase heals everything

    // The network.
    std::int64_t delay_ms_max = 50;
    std::uint64_t feed_loss_permille = 0;
    std::uint64_t clog_permille = 0;    // one way stands still for up to clog_ms_max
    std::uint64_t part_permille = 0;    // a party is parted from the daemon, both ways or one
    std::uint64_t relink_permille = 0;  // a connection breaks and is made anew
    std::int64_t clog_ms_max = 5'000;

    // Programs and machines.
    std::uint64_t crash_permille = 0;
    std::uint64_t suspend_permille = 0;         // the daemon's machine sleeps
    std::uint64_t source_restart_permille = 0;  // its store stays
    std::uint64_t board_restart_permille = 0;
    std::uint64_t hush_permille = 0;  // nothing happens at a source for a while

    // The disk.
    std::int64_t commit_ms_max = 20;
    std::uint64_t commit_fails_permille = 0;
    std::uint64_t disk_full_permille = 0;
    std::uint64_t bad_start_permille = 0;  // of each start: a flipped bit or a read error

    // Adapters.
    std::uint64_t spool_records_max = 100'000;

    std::string words() const;
};

Weather draw_weather(Prng& chance);
// Nothing goes wrong any more.
Weather healed(Weather weather);

}  // namespace washup::sim
