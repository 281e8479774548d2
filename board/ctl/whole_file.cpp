#include "board/ctl/whole_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

namespace washup::board::ctl {

Error not_written(std::string const& path, int why) {
    return io_error(fmt::format("{} cannot be written: {}", path, std::strerror(why)));
}

Result<void> write_draft(std::string const& draft, std::string_view octets, mode_t mode) {
    ::unlink(draft.c_str());
    int const fd =
        ::open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode);
    if (fd < 0) return not_written(draft, errno);
    bool good = true;
    while (good && !octets.empty()) {
        auto const written = ::write(fd, octets.data(), octets.size());
        if (written < 0 && errno == EINTR) continue;
        good = written > 0;
        if (good) octets.remove_prefix(static_cast<std::size_t>(written));
    }
    good = good && ::fsync(fd) == 0;
    auto const why = errno;
    ::close(fd);
    if (good) return boost::system::in_place_value;
    ::unlink(draft.c_str());
    return not_written(draft, why);
}

void sync_folder(std::string const& path) {
    auto folder = std::filesystem::path{path}.parent_path();
    int const fd = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) return;
    ::fsync(fd);
    ::close(fd);
}

Result<void> write_whole(std::string const& path, std::string_view octets, mode_t mode) {
    auto const draft = path + ".part";
    if (auto done = write_draft(draft, octets, mode); !done) return done;
    if (::rename(draft.c_str(), path.c_str()) != 0) {
        auto const why = errno;
        ::unlink(draft.c_str());
        return not_written(path, why);
    }
    sync_folder(path);
    return boost::system::in_place_value;
}

}  // namespace washup::board::ctl
