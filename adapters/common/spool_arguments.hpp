#pragma once
// The command line of the spool, the same for every adapter.

#include <cstdint>
#include <string>

#include "adapters/common/spool.hpp"

namespace CLI {
class App;
}

namespace washup::adapters {

// Room for the largest message and for the largest file.
inline constexpr std::uint64_t spool_bytes_least = 64ull << 20;
static_assert(spool_bytes_least >= raw_record_bytes_max);

struct SpoolArguments {
    double after_s = 2;
    std::uint64_t records = spool_records_max;
    std::uint64_t bytes = spool_bytes_max;
    bool status = false;  // --status was given

    SpoolOptions options() const;
};

// --spool-after, --spool-records, --spool-bytes, --status. A spool that could never hold what comes
// in one piece would hold up everything: `records_least`.
void add_spool_arguments(CLI::App& app, SpoolArguments& arguments, std::uint64_t records_least = 1);

}  // namespace washup::adapters
