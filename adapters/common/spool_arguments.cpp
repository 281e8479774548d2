#include "adapters/common/spool_arguments.hpp"

#include <CLI/CLI.hpp>

namespace washup::adapters {

SpoolOptions SpoolArguments::options() const {
    return {.after = milliseconds(static_cast<std::int64_t>(after_s * 1000)),
            .records_max = records,
            .bytes_max = bytes};
}

void add_spool_arguments(CLI::App& app, SpoolArguments& arguments, std::uint64_t records_least) {
    app.add_option("--spool-after", arguments.after_s,
                   "seconds without the daemon's answer until what is kept here is acknowledged "
                   "without it")
        ->capture_default_str()
        ->check(CLI::Range(0.05, 3600.0));
    app.add_option("--spool-records", arguments.records,
                   "records without an answer that are kept at most; then nothing more is taken")
        ->capture_default_str()
        ->check(CLI::Range(records_least, spool_records_max));
    app.add_option("--spool-bytes", arguments.bytes, "the same in octets of raw records")
        ->capture_default_str()
        ->check(CLI::Range(spool_bytes_least, spool_bytes_max));
    app.add_flag("--status", arguments.status,
                 "say what the adapter of --data does: lines of key=value; exit 0 it follows the "
                 "daemon, 1 it spools, or records wait and it does not run");
}

}  // namespace washup::adapters
