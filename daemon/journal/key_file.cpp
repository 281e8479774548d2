#include "daemon/journal/key_file.hpp"

#include <sodium.h>
#include <sys/stat.h>

#include <array>

#include "daemon/journal/files.hpp"
#include "daemon/journal/seal.hpp"
#include "proto/base/check.hpp"

namespace washup::journal {
namespace {

constexpr std::string_view head = "washup-site-key 1 ";
constexpr std::size_t file_bytes = head.size() + 2 * Sealer::key_bytes + 1;

Result<Bytes> parse(std::string_view text, std::filesystem::path const& path) {
    Bytes key(Sealer::key_bytes, '\0');
    std::size_t size = 0;
    if (text.size() == file_bytes && text.starts_with(head) && text.back() == '\n' &&
        sodium_hex2bin(reinterpret_cast<unsigned char*>(key.data()), key.size(),
                       text.data() + head.size(), 2 * Sealer::key_bytes, nullptr, &size,
                       nullptr) == 0 &&
        size == key.size()) {
        return key;
    }
    return invalid(fmt::format("{} holds no site key; put it back from the backup", path.string()));
}

Result<Bytes> read(int fd, std::filesystem::path const& path) {
    struct stat info {};
    if (::fstat(fd, &info) != 0) return system_error("look at", path);
    if (!S_ISREG(info.st_mode)) return refused(fmt::format("{} is no plain file", path.string()));
    if (info.st_uid != ::geteuid()) {
        return refused(
            fmt::format("{} belongs to user {}, and this program runs as user {}; "
                        "give it the file with chown",
                        path.string(), info.st_uid, ::geteuid()));
    }
    if ((info.st_mode & 077) != 0) {
        return refused(fmt::format("{} may be read by others (mode {:04o}); run: chmod 0600 {}",
                                   path.string(), info.st_mode & 07777, path.string()));
    }
    std::array<char, file_bytes + 1> text{};
    auto const size = ::read(fd, text.data(), text.size());
    if (size < 0) return system_error("read", path);
    auto key = parse({text.data(), static_cast<std::size_t>(size)}, path);
    sodium_memzero(text.data(), text.size());
    return key;
}

// Written under another name and renamed, so that a crash leaves a whole key or none.
Result<Bytes> make(std::filesystem::path const& dir, std::filesystem::path const& path) {
    auto const draft = dir / "site.key.new";
    ::unlink(draft.c_str());
    Descriptor const fd{::open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)};
    if (!fd) return system_error("make", draft);
    Bytes key(Sealer::key_bytes, '\0');
    randombytes_buf(key.data(), key.size());
    auto text = fmt::format("{}{}\n", head, to_hex(key));
    auto const written =
        ::fchmod(fd.get(), 0600) == 0 && write_whole(fd.get(), text) && ::fsync(fd.get()) == 0;
    sodium_memzero(text.data(), text.size());
    if (!written) return system_error("write", draft);
    // link() and not rename(): a key that another process made meanwhile is not overwritten.
    if (::link(draft.c_str(), path.c_str()) != 0) return system_error("make", path);
    ::unlink(draft.c_str());
    if (!sync_directory(dir)) return system_error("sync", dir);
    return key;
}

}  // namespace

Result<Bytes> open_or_make_site_key(std::filesystem::path const& data_dir) {
    WASHUP_CHECK(sodium_init() >= 0, "libsodium refuses to start");
    if (auto const made = make_data_dir(data_dir); !made) return made.error();
    auto const path = data_dir / "site.key";
    Descriptor const fd{::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC)};
    if (fd) return read(fd.get(), path);
    if (errno != ENOENT) return system_error("open", path);
    if (::access((data_dir / "journal.db").c_str(), F_OK) == 0) {
        return refused(
            fmt::format("{} is missing beside a journal; put it back from the backup, "
                        "because a new key cannot open what the old one sealed",
                        path.string()));
    }
    return make(data_dir, path);
}

}  // namespace washup::journal
