#pragma once
// The command line of the spool, the same for every adapter.

#include <cstdint>
#include <string>

#include "adapters/common/spool.hpp"

namespace CLI {
class App;
}

namespace washup::adapters {

// Room for the largest single record, twice.
inline constexpr std::uint64_t spool_bytes_least = 2 * raw_record_bytes_max;

struct SpoolArguments {
    double after_s = 2;
    std::uint64_t records = spool_records_max;
    std::uint64_t bytes = spool_bytes_max;
    bool status = false;  // --status was given

    SpoolOptions options() const;
};

// --spool-after, --spool-records, --spool-bytes, --status
void add_spool_arguments(CLI::App& app, SpoolArguments& arguments);

}  // namespace washup::adapters
