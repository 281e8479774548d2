#include "daemon/shell/failure_file.hpp"

#include "daemon/journal/files.hpp"

namespace washup::shell {

using journal::system_error;

Result<access::FailureCounts> read_failure_file(std::filesystem::path const& data_dir) {
    auto const path = data_dir / failure_file_name;
    auto const text = journal::read_file(path);
    if (!text) return text.error();
    if (!*text) return access::FailureCounts{};
    auto counts = access::read_failures(**text);
    if (counts) return counts;
    return invalid(
        fmt::format("{}: {}. It holds how often each staff id was tried with a wrong "
                    "PIN. See who had hands on it, then take it away: counting begins "
                    "at none",
                    path.string(), counts.error().words));
}

Result<void> write_failure_file(std::filesystem::path const& data_dir,
                                access::FailureCounts const& counts) {
    auto const path = data_dir / failure_file_name;
    auto unfinished = path;
    unfinished += ".part";
    journal::Descriptor const fd{
        ::open(unfinished.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600)};
    if (!fd || !journal::write_whole(fd.get(), access::to_text(counts)) ||
        ::fdatasync(fd.get()) != 0 || ::rename(unfinished.c_str(), path.c_str()) != 0 ||
        !journal::sync_directory(data_dir)) {
        return system_error("keep", path);
    }
    return {};
}

}  // namespace washup::shell
