#pragma once
// The few file-system calls of the journal's folder, with their errors in words. Linux.

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

#include "proto/base/result.hpp"

namespace washup::journal {

class Descriptor {
  public:
    explicit Descriptor(int fd = -1) : fd_(fd) {}
    Descriptor(Descriptor&& other) noexcept : fd_(other.fd_) { other.fd_ = -1; }
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(fd_, other.fd_);
        return *this;
    }
    ~Descriptor() {
        if (fd_ >= 0) ::close(fd_);
    }
    int get() const { return fd_; }
    explicit operator bool() const { return fd_ >= 0; }

  private:
    int fd_;
};

// "cannot open site.key: Permission denied"; by errno, so call it at once.
inline Error system_error(std::string_view doing, std::filesystem::path const& path) {
    auto const number = errno;
    return io_error(fmt::format("cannot {} {}: {}", doing, path.string(), std::strerror(number)));
}

inline bool write_whole(int fd, std::string_view bytes) {
    while (!bytes.empty()) {
        auto const n = ::write(fd, bytes.data(), bytes.size());
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
}

// The whole content; none when there is no such file. Error io: a directory, not readable, ...
inline Result<std::optional<std::string>> read_file(std::filesystem::path const& path) {
    Descriptor const fd{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
    if (!fd && errno == ENOENT) return std::optional<std::string>{};
    struct stat info {};
    if (!fd || ::fstat(fd.get(), &info) != 0) return system_error("read", path);
    std::string bytes;
    auto const room = std::max<off_t>(info.st_size, 0) + 1;
    bytes.resize(static_cast<std::size_t>(room));
    std::size_t have = 0;
    for (;;) {
        if (have == bytes.size()) bytes.resize(2 * have);
        auto const n = ::read(fd.get(), bytes.data() + have, bytes.size() - have);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return system_error("read", path);
        if (n == 0) break;
        have += static_cast<std::size_t>(n);
    }
    bytes.resize(have);
    return std::optional<std::string>{std::move(bytes)};
}

// The names in a folder, "." and ".." left out; none when it cannot be read.
inline std::vector<std::string> names_in(std::filesystem::path const& folder) {
    std::unique_ptr<DIR, int (*)(DIR*)> const dir{::opendir(folder.c_str()), ::closedir};
    std::vector<std::string> names;
    while (dir) {
        auto const* const entry = ::readdir(dir.get());
        if (entry == nullptr) break;
        std::string_view const name{entry->d_name};
        if (name != "." && name != "..") names.emplace_back(name);
    }
    return names;
}

// A name made or changed in a directory is on the disk only after this.
inline bool sync_directory(std::filesystem::path const& dir) {
    Descriptor const fd{::open(dir.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    return fd && ::fsync(fd.get()) == 0;
}

// The data directory, for its owner alone when it is new.
inline Result<void> make_data_dir(std::filesystem::path const& dir) {
    std::error_code failed;
    if (std::filesystem::is_directory(dir, failed)) return {};
    if (!std::filesystem::create_directories(dir, failed) || failed) {
        return io_error(
            fmt::format("cannot make the data directory {}: {}", dir.string(), failed.message()));
    }
    std::filesystem::permissions(dir, std::filesystem::perms::owner_all, failed);
    if (failed)
        return io_error(fmt::format("cannot protect {}: {}", dir.string(), failed.message()));
    return {};
}

}  // namespace washup::journal
