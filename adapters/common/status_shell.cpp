#include "adapters/common/status_shell.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <fstream>
#include <iostream>
#include <sstream>

#include "adapters/common/program.hpp"
#include "adapters/common/record_store.hpp"
#include "proto/base/log.hpp"

namespace washup::adapters {
namespace {

namespace fs = std::filesystem;

constexpr Duration said_again_after = seconds(10);

std::string lines_of(SpoolState const& state) {
    auto const time = [](Instant at) { return at.ms == 0 ? std::string{"none"} : to_rfc3339(at); };
    return fmt::format("state={}\nspooling_since={}\nwaiting={}\nbytes={}\noldest={}\nfull={}\n",
                       state.spooling ? "spooling" : "following", time(state.since), state.waiting,
                       state.bytes, time(state.oldest), state.full ? "yes" : "no");
}

// SQLite's locks are the kernel's: asking for them takes none and holds up nobody.
bool held_by_somebody(fs::path const& file) {
    int const handle = ::open(file.c_str(), O_RDWR | O_CLOEXEC);
    if (handle < 0) return false;
    struct flock lock {};
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    bool const held = ::fcntl(handle, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
    ::close(handle);
    return held;
}

Result<Status> of_the_store(fs::path const& folder) {
    auto const store = RecordStore::open(folder);
    if (!store) return store.error();
    auto const waiting = (*store)->waiting();
    if (!waiting) return waiting.error();
    // Room is the running adapter's affair: its bounds are on its command line.
    Spool const spool{{}, *waiting, {}};
    auto state = spool.state();
    return Status{"running=no\n" + lines_of(state), waiting->empty()};
}

}  // namespace

void StatusFile::write(SpoolState const& state, bool daemon_there, Instant now) {
    if (folder_.empty()) return;
    auto const lines =
        fmt::format("source={}\ndaemon={}\n", source_, daemon_there ? "there" : "away") +
        lines_of(state);
    if (lines == written_ && now - written_at_ < said_again_after && now >= written_at_) return;
    written_ = lines;
    written_at_ = now;
    auto const file = folder_ / "status", half = folder_ / "status.new";
    std::ofstream out(half, std::ios::binary | std::ios::trunc);
    out << "said_at=" << to_rfc3339(now) << "\nprocess=" << ::getpid() << '\n' << lines;
    out.close();
    std::error_code fault;
    if (out) fs::rename(half, file, fault);
    bool const failed = !out || fault;
    if (failed && !failed_) log_warn("status_not_written", "file", file.string());
    failed_ = failed;
}

Result<Status> read_status(fs::path const& folder) {
    std::error_code fault;
    auto const store = folder / "store.sqlite";
    if (!fs::exists(store, fault)) {
        return Error{ErrorCode::not_found, folder.string() + " holds no store of an adapter", {}};
    }
    if (!held_by_somebody(store)) return of_the_store(folder);
    std::ifstream in(folder / "status", std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    if (!in) return io_error("the adapter runs and its status cannot be read");
    auto const said = std::move(text).str();
    return Status{"running=yes\n" + said, said.find("state=spooling") == std::string::npos};
}

int print_status(fs::path const& folder) {
    auto const status = read_status(folder);
    if (!status) {
        std::cerr << status.error().words << '\n';
        return status.error().code == ErrorCode::not_found ? exit_usage : exit_temporary;
    }
    std::cout << status->text;
    return status->well ? exit_ok : exit_findings;
}

}  // namespace washup::adapters
