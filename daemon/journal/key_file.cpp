#include "daemon/journal/key_file.hpp"

#include <sodium.h>
#include <sys/stat.h>

#include <array>
#include <cstdlib>
#include <optional>

#include "daemon/journal/files.hpp"
#include "proto/base/check.hpp"

namespace washup::journal {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t key_bytes = 32;

// One kind of secret: what its file is called, and how its only line begins.
struct Secret {
    char const* file;
    std::string_view head;
    std::size_t file_bytes() const { return head.size() + 2 * key_bytes + 1; }
};
constexpr Secret site_key{"site.key", "washup-site-key 1 "};
constexpr Secret checkpoint_key{"checkpoint.key", "washup-checkpoint-key 1 "};
constexpr Secret wire_key{"wire.key", "washup-wire-key 1 "};

Result<Bytes> parse(std::string_view text, Secret const& secret, fs::path const& path) {
    Bytes key(key_bytes, '\0');
    std::size_t size = 0;
    if (text.size() == secret.file_bytes() && text.starts_with(secret.head) &&
        text.back() == '\n' &&
        sodium_hex2bin(reinterpret_cast<unsigned char*>(key.data()), key.size(),
                       text.data() + secret.head.size(), 2 * key_bytes, nullptr, &size,
                       nullptr) == 0 &&
        size == key.size()) {
        return key;
    }
    return invalid(
        fmt::format("{} holds no key of its kind; put it back from the backup", path.string()));
}

Result<void> check_rights(struct stat const& info, fs::path const& path) {
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
    return {};
}

// `given`: by systemd, which lets its service read a file of root's by an access list, in a folder
// that nobody else sees.
Result<Bytes> read(int fd, Secret const& secret, fs::path const& path, bool given) {
    struct stat info {};
    if (::fstat(fd, &info) != 0) return system_error("look at", path);
    if (!S_ISREG(info.st_mode)) return refused(fmt::format("{} is no plain file", path.string()));
    if (auto const own = check_rights(info, path); !own && !given) return own.error();
    std::array<char, 128> text{};
    auto const size = ::read(fd, text.data(), text.size());
    if (size < 0) return system_error("read", path);
    auto key = parse({text.data(), static_cast<std::size_t>(size)}, secret, path);
    sodium_memzero(text.data(), text.size());
    return key;
}

// Written under another name and renamed, so that a crash leaves a whole key or none.
Result<Bytes> make(Secret const& secret, fs::path const& dir, fs::path const& path) {
    auto draft = path;
    draft += ".new";
    ::unlink(draft.c_str());
    Descriptor const fd{::open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)};
    if (!fd) return system_error("make", draft);
    Bytes key(key_bytes, '\0');
    randombytes_buf(key.data(), key.size());
    auto text = fmt::format("{}{}\n", secret.head, to_hex(key));
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

// None when there is no such file.
Result<std::optional<Bytes>> open(Secret const& secret, fs::path const& path, bool given = false) {
    WASHUP_CHECK(sodium_init() >= 0, "libsodium refuses to start");
    Descriptor const fd{::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC)};
    if (!fd && errno == ENOENT) return std::optional<Bytes>{};
    if (!fd) return system_error("open", path);
    auto key = read(fd.get(), secret, path, given);
    if (!key) return key.error();
    return std::optional<Bytes>{std::move(*key)};
}

}  // namespace

Result<Bytes> open_or_make_site_key(fs::path const& data_dir, fs::path const& named) {
    auto const* const credentials = std::getenv("CREDENTIALS_DIRECTORY");
    if (!named.empty() || credentials != nullptr) {
        auto const given = named.empty();
        auto const path = given ? fs::path{credentials} / site_key.file : named;
        auto held = open(site_key, path, given);
        if (!held) return held.error();
        if (*held) return std::move(**held);
        if (!given) {
            return refused(
                fmt::format("{} is not there; a new site key is made in the data "
                            "directory alone",
                            path.string()));
        }
    }
    if (auto const made = make_data_dir(data_dir); !made) return made.error();
    auto const path = data_dir / site_key.file;
    auto held = open(site_key, path);
    if (!held) return held.error();
    if (*held) return std::move(**held);
    if (::access((data_dir / "journal.db").c_str(), F_OK) == 0) {
        return refused(
            fmt::format("{} is missing beside a journal; put it back from the backup, "
                        "because a new key cannot open what the old one sealed",
                        path.string()));
    }
    return make(site_key, data_dir, path);
}

namespace {

Result<Bytes> open_or_make(Secret const& secret, fs::path const& data_dir) {
    if (auto const made = make_data_dir(data_dir); !made) return made.error();
    auto const path = data_dir / secret.file;
    auto held = open(secret, path);
    if (!held) return held.error();
    return *held ? Result<Bytes>{std::move(**held)} : make(secret, data_dir, path);
}

}  // namespace

Result<Bytes> open_or_make_checkpoint_key(fs::path const& data_dir) {
    return open_or_make(checkpoint_key, data_dir);
}

Result<std::optional<Bytes>> find_checkpoint_key(fs::path const& data_dir) {
    return open(checkpoint_key, data_dir / checkpoint_key.file);
}

Result<Bytes> open_or_make_wire_key(fs::path const& data_dir) {
    return open_or_make(wire_key, data_dir);
}

}  // namespace washup::journal
