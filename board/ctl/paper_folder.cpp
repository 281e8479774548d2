#include "board/ctl/paper_folder.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "board/ctl/whole_file.hpp"
#include "board/keep/lock.hpp"
#include "board/keep/plan.hpp"

namespace washup::board::ctl {
namespace {

namespace fs = std::filesystem;

constexpr auto for_its_owner = static_cast<mode_t>(0600);
// A sheet is its page and little more.
constexpr std::uintmax_t file_bytes_most = keep::sheet_bytes_max + 4096;

std::string lock_of(std::string const& folder) {
    return (fs::path{folder} / "lock").string();
}

Result<std::string> read_whole(std::string const& path) {
    std::error_code none;
    auto const size = fs::file_size(path, none);
    if (none) return Error{ErrorCode::not_found, path + " is not there", {}};
    if (size > file_bytes_most) return invalid(path + " is larger than any sheet", "file");
    std::ifstream file{path, std::ios::binary};
    std::string text{std::istreambuf_iterator<char>{file}, {}};
    if (!file.good() && !file.eof()) return io_error(path + " cannot be read");
    return text;
}

std::vector<std::string> names_in(std::string const& folder) {
    std::vector<std::string> names;
    std::error_code none;
    for (auto const& entry : fs::directory_iterator(folder, none))
        names.push_back(entry.path().filename().string());
    return names;
}

}  // namespace

std::vector<KeptSheet> sheets_in(std::string const& folder) {
    std::vector<KeptSheet> sheets;
    for (auto const& name : names_in(folder)) {
        if (auto const written = keep::time_in(name))
            sheets.push_back({(fs::path{folder} / name).string(), *written});
    }
    std::sort(sheets.begin(), sheets.end(),
              [](auto const& a, auto const& b) { return a.written > b.written; });
    return sheets;
}

Result<void> write_lock(std::string const& folder, std::string const& lock, bool again) {
    if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) return not_written(folder, errno);
    std::error_code none;
    if (!again && fs::exists(lock_of(folder), none))
        return refused(folder + " has a passphrase already; --again gives it another", "to");
    return write_whole(lock_of(folder), lock, for_its_owner);
}

Result<std::string> read_lock(std::string const& folder) {
    auto lock = read_whole(lock_of(folder));
    if (!lock && lock.error().code == ErrorCode::not_found)
        return invalid(folder + " has no passphrase yet: `washupctl paper init --to` it", "to");
    if (!lock) return lock.error();
    if (auto const good = keep::check_lock(*lock); !good) return good.error();
    return lock;
}

Result<std::string> write_sheet(std::string const& folder, Instant written,
                                std::string const& octets) {
    auto const path = (fs::path{folder} / keep::file_name(written)).string();
    if (auto const done = write_whole(path, octets, for_its_owner); !done) return done.error();
    for (auto const& name : keep::to_remove(names_in(folder)))
        ::unlink((fs::path{folder} / name).c_str());
    // Of a writer that was killed in the middle.
    for (auto const& name : names_in(folder)) {
        if (name.ends_with(".part")) ::unlink((fs::path{folder} / name).c_str());
    }
    return path;
}

Result<std::string> read_sheet(std::string const& file_or_folder) {
    std::error_code none;
    if (!fs::is_directory(file_or_folder, none)) return read_whole(file_or_folder);
    auto const sheets = sheets_in(file_or_folder);
    if (sheets.empty())
        return Error{ErrorCode::not_found, "there is no sheet in " + file_or_folder, {}};
    return read_whole(sheets.front().path);
}

}  // namespace washup::board::ctl
