// washup-board: the wall board.

#include "board/app/modes.hpp"

int main(int argc, char** argv) {
    using namespace washup::board;
    Parsed const parsed = parse_options(argc, argv);
    if (!parsed.options) return parsed.exit_code;
    watch_signals();
    if (parsed.options->dump) return run_dump(*parsed.options);
    if (!parsed.options->snapshot.empty()) return run_snapshot(*parsed.options);
    return run_window(*parsed.options);
}
