#pragma once
// What an adapter says of itself in a file of its data folder, "status", one key=value a line, so
// that `--status` can be asked beside a running adapter: the store belongs to one process. Counts
// and times only. A file that cannot be written is said once in the log and holds nothing up.

#include <filesystem>
#include <string>

#include "adapters/common/spool.hpp"
#include "proto/base/result.hpp"

namespace washup::adapters {

class StatusFile {
  public:
    StatusFile() = default;  // writes nowhere
    StatusFile(std::filesystem::path folder, std::string source)
        : folder_(std::move(folder)), source_(std::move(source)) {}

    // When something other than the time changed since, or ten seconds passed.
    void write(SpoolState const& state, bool daemon_there, Instant now);

  private:
    std::filesystem::path folder_;
    std::string source_, written_;
    Instant written_at_;
    bool failed_ = false;
};

struct Status {
    std::string text;  // lines of key=value
    bool well = true;  // false: it spools, or nobody runs and records wait
};
// Of a running adapter what it said last, else what its store holds. Error: there is no store.
Result<Status> read_status(std::filesystem::path const& folder);

// `--status`: prints it, gives the exit code.
int print_status(std::filesystem::path const& folder);

}  // namespace washup::adapters
