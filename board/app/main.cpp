// washup-board: the wall board.

#include "board/app/modes.hpp"
#include "proto/base/log.hpp"

int main(int argc, char** argv) {
    using namespace washup::board;
    Parsed const parsed = parse_options(argc, argv);
    if (!parsed.options) return parsed.exit_code;
    watch_signals();
    // Who asks for one picture gets it, or words why not; only a wall that stays keeps a log.
    bool const stays = !parsed.options->dump &&
                       (parsed.options->snapshot.empty() || parsed.options->snapshot_every_s > 0);
    if (!stays) washup::set_log_level(washup::LogLevel::warn);
    if (parsed.options->dump) return run_dump(*parsed.options);
    if (!parsed.options->snapshot.empty()) return run_snapshot(*parsed.options);
    return run_window(*parsed.options);
}
