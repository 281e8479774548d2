#include "adapters/common/record_seal.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "proto/base/check.hpp"

namespace washup::adapters {
namespace {

constexpr char box_version = 1;
constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_bytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::size_t head_bytes = 1 + 4 + nonce_bytes;
static_assert(box_bytes == head_bytes + tag_bytes);

void need_sodium() {
    static bool const ready = sodium_init() >= 0;
    WASHUP_CHECK(ready, "libsodium starts");
}

unsigned char const* octets(std::string_view text) {
    return reinterpret_cast<unsigned char const*>(text.data());
}

// Closes what it holds; the error paths below are many.
struct File {
    int fd = -1;
    ~File() {
        if (fd >= 0) ::close(fd);
    }
};

Error file_error(std::filesystem::path const& file, char const* what) {
    return io_error(fmt::format("key file {}: {} ({})", file.string(), what, std::strerror(errno)));
}

Result<SealKey> read_key(std::filesystem::path const& file) {
    File in{::open(file.c_str(), O_RDONLY | O_CLOEXEC)};
    if (in.fd < 0) return file_error(file, "cannot be read");
    struct stat about {};
    if (::fstat(in.fd, &about) != 0) return file_error(file, "cannot be looked at");
    if ((about.st_mode & 077) != 0) {
        return refused(
            fmt::format("key file {} can be read by others; chmod 600 it", file.string()));
    }
    SealKey key{};
    if (about.st_size != static_cast<off_t>(key.size()) ||
        ::read(in.fd, key.data(), key.size()) != static_cast<ssize_t>(key.size())) {
        return invalid(fmt::format("key file {} does not hold {} octets; restore it from a backup",
                                   file.string(), key.size()));
    }
    return key;
}

Result<SealKey> make_key(std::filesystem::path const& file) {
    File out{::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)};
    if (out.fd < 0) return file_error(file, "cannot be made");
    auto const key = random_seal_key();
    if (::write(out.fd, key.data(), key.size()) != static_cast<ssize_t>(key.size()) ||
        ::fsync(out.fd) != 0) {
        return file_error(file, "cannot be written");
    }
    // Without this the name itself may be gone after a power cut, and with it everything sealed.
    File folder{::open(file.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (folder.fd < 0 || ::fsync(folder.fd) != 0)
        return file_error(file, "folder cannot be synced");
    return key;
}

}  // namespace

Result<SealKey> open_key_file(std::filesystem::path const& file) {
    std::error_code ignored;
    return std::filesystem::exists(file, ignored) ? read_key(file) : make_key(file);
}

SealKey random_seal_key() {
    need_sodium();
    SealKey key{};
    randombytes_buf(key.data(), key.size());
    return key;
}

Bytes seal(SealKey const& key, std::uint32_t key_id, std::string_view plain,
           std::string_view bound) {
    need_sodium();
    Bytes box(plain.size() + box_bytes, '\0');
    auto* const out = reinterpret_cast<unsigned char*>(box.data());
    out[0] = box_version;
    for (unsigned i = 0; i < 4; ++i) out[1 + i] = static_cast<unsigned char>(key_id >> (8 * i));
    randombytes_buf(out + 5, nonce_bytes);
    unsigned long long length = 0;
    crypto_aead_xchacha20poly1305_ietf_encrypt(out + head_bytes, &length, octets(plain),
                                               plain.size(), octets(bound), bound.size(), nullptr,
                                               out + 5, key.data());
    return box;
}

Result<std::uint32_t> key_id_of(std::string_view box) {
    if (box.size() < box_bytes || box[0] != box_version) {
        return invalid("this is no sealed record of a known version");
    }
    std::uint32_t id = 0;
    for (unsigned i = 0; i < 4; ++i) {
        id |= static_cast<std::uint32_t>(octets(box)[1 + i]) << (8 * i);
    }
    return id;
}

Result<std::string> unseal(SealKey const& key, std::string_view box, std::string_view bound) {
    need_sodium();
    if (auto const id = key_id_of(box); !id) return id.error();
    std::string plain(box.size() - box_bytes, '\0');
    unsigned long long length = 0;
    auto const* const in = octets(box);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(
            reinterpret_cast<unsigned char*>(plain.data()), &length, nullptr, in + head_bytes,
            box.size() - head_bytes, octets(bound), bound.size(), in + 5, key.data()) != 0) {
        return invalid("a sealed record does not open: it was altered, or the key is another");
    }
    return plain;
}

}  // namespace washup::adapters
