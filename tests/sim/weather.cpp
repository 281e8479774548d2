#include "tests/sim/weather.hpp"

#include <fmt/format.h>

namespace washup::sim {

Weather draw_weather(Prng& chance) {
    // Each kind of trouble is there in some runs only, so that each is also met alone.
    auto const maybe = [&](std::uint64_t in_permille, std::uint64_t up_to) {
        return chance.chance(in_permille) ? 1 + chance.below(up_to) : 0;
    };
    Weather w;
    w.delay_ms_max = chance.between(1, 800);
    w.feed_loss_permille = maybe(500, 200);
    w.clog_permille = maybe(400, 60);
    w.part_permille = maybe(400, 25);
    w.relink_permille = maybe(500, 40);
    w.clog_ms_max = chance.between(500, 12'000);
    w.crash_permille = maybe(600, 60);
    w.suspend_permille = maybe(250, 12);
    w.source_restart_permille = maybe(500, 25);
    w.board_restart_permille = maybe(500, 25);
    w.hush_permille = maybe(400, 12);
    w.commit_ms_max = chance.between(1, 400);
    w.commit_fails_permille = maybe(300, 15);
    w.disk_full_permille = maybe(200, 10);
    w.bad_start_permille = maybe(300, 400);
    if (chance.chance(200)) w.spool_records_max = 10 + chance.below(60);
    return w;
}

Weather healed(Weather weather) {
    Weather calm;
    calm.faults = false;
    calm.delay_ms_max = 20;
    calm.commit_ms_max = 20;
    calm.clog_ms_max = weather.clog_ms_max;
    calm.spool_records_max = weather.spool_records_max;
    return calm;
}

std::string Weather::words() const {
    return fmt::format(
        "delay={} loss={} clog={} part={} relink={} crash={} suspend={} source={} board={} hush={} "
        "commit={} fails={} full={} bad_start={} spool={}",
        delay_ms_max, feed_loss_permille, clog_permille, part_permille, relink_permille,
        crash_permille, suspend_permille, source_restart_permille, board_restart_permille,
        hush_permille, commit_ms_max, commit_fails_permille, disk_full_permille, bad_start_permille,
        spool_records_max);
}

}  // namespace washup::sim
