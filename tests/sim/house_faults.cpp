// What goes wrong in a second, and how all of it ends.

#include "tests/sim/house.hpp"

namespace washup::sim {

void House::part(std::vector<int> ways, bool both) {
    auto const span = milliseconds(chance_.between(500, 3 * weather_.clog_ms_max));
    if (!both) ways = {ways[chance_.below(ways.size())]};
    // A connection that is silent for long breaks, and what was under way is lost with it.
    bool const breaks = chance_.chance(500);
    for (auto const way : ways) {
        network_.hold(way, span);
        if (breaks) network_.after(span, [this, way] { network_.cut(way); });
    }
}

void House::strike() {
    auto const happens = [&](std::uint64_t permille) { return chance_.chance(permille); };
    for (auto& held : sources_) {
        auto& source = *held;
        if (happens(weather_.clog_permille)) part(ways_of(source), false);
        if (happens(weather_.part_permille)) part(ways_of(source), chance_.chance(600));
        auto const upstream = std::vector<int>{source.ward_way_in, source.ward_way_out};
        if (happens(weather_.clog_permille)) part(upstream, chance_.chance(500));
        if (happens(weather_.relink_permille)) source.relink_ward();
        if (happens(weather_.relink_permille) && source.running()) {
            for (auto const way : ways_of(source)) network_.cut(way);
            source.relink();
        }
        if (happens(weather_.hush_permille)) {
            source.hushed_until = network_.now() + seconds(chance_.between(5, 60));
        }
        if (happens(weather_.source_restart_permille) && source.running()) {
            log_.line(network_.now(), "{} restarts", source.name());
            for (auto const way : ways_of(source)) network_.cut(way);
            if (source.drained() && chance_.chance(300)) {
                source.begin_epoch();
                // Its index went with the store, and no ward repeats what it has the answer to.
                if (source.name() == "ward") hl7_story_.answered();
            } else {
                source.stop();
                network_.after(milliseconds(chance_.between(10, 6'000)), [&source] {
                    if (!source.running()) source.start();
                });
            }
        }
    }
    for (auto& held : boards_) {
        auto& board = *held;
        if (happens(weather_.clog_permille)) part(ways_of(board), false);
        if (happens(weather_.part_permille)) part(ways_of(board), chance_.chance(600));
        bool const restarts = happens(weather_.board_restart_permille);
        if (restarts || happens(weather_.relink_permille)) {
            for (auto const way : ways_of(board)) network_.cut(way);
        }
        if (restarts) {
            log_.line(network_.now(), "{} restarts", board.name());
            board.restart();
        }
    }
    if (happens(weather_.part_permille)) part({command_way_, answer_way_}, chance_.chance(500));
    if (happens(weather_.suspend_permille) && daemon_->awake()) {
        auto const span = seconds(chance_.between(1, 40));
        log_.line(network_.now(), "the daemon's machine sleeps for {} ms", span.ms);
        daemon_->suspend_until(network_.now() + span);
        for (auto& source : sources_) network_.hold(source->way_in, span);
        for (auto& board : boards_) network_.hold(board->ask_way, span);
        network_.hold(command_way_, span);
    }
    if (!daemon_->up()) return;
    if (happens(weather_.commit_fails_permille)) daemon_->disk().fail_next_commit(chance_);
    if (happens(weather_.disk_full_permille)) daemon_->disk().set_room(chance_.below(20));
    if (!happens(weather_.crash_permille)) return;
    auto const how = static_cast<Daemon::End>(chance_.below(3));
    daemon_->end(how, how == Daemon::End::power    ? "power cut"
                      : how == Daemon::End::killed ? "killed"
                                                   : "stopped");
}

void House::heal() {
    log_.line(network_.now(), "healed");
    weather_ = healed(weather_);
    network_.set_delay_ms_max(weather_.delay_ms_max);
    clocks_.mend();
    if (daemon_->up()) daemon_->disk().make_room();
    daemon_->suspend_until(network_.now());
    auto const well = [&](int way) { network_.release(way); };
    for (auto& source : sources_) {
        for (auto const way : ways_of(*source)) well(way);
        well(source->ward_way_in);
        well(source->ward_way_out);
        if (!source->running()) source->start();
    }
    for (auto& board : boards_) {
        for (auto const way : ways_of(*board)) well(way);
    }
    well(command_way_);
    well(answer_way_);
    if (options_.plant == Plant::never_heal) network_.hold(boards_[0]->feed_way, hours(1));
}

}  // namespace washup::sim
