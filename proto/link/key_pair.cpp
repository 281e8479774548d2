#include "proto/link/key_pair.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <map>

#include "proto/base/check.hpp"
#include "proto/base/z85.hpp"

namespace washup::link {
namespace {

namespace fs = std::filesystem;

struct Descriptor {
    int fd = -1;
    explicit Descriptor(int given) : fd(given) {}
    Descriptor(Descriptor const&) = delete;
    Descriptor& operator=(Descriptor const&) = delete;
    ~Descriptor() {
        if (fd >= 0) ::close(fd);
    }
};

Error system_error(std::string_view doing, fs::path const& file) {
    auto const number = errno;
    return io_error(fmt::format("cannot {} {}: {}", doing, file.string(), std::strerror(number)));
}

KeyPair pair_of(unsigned char const* open, unsigned char const* secret) {
    auto const text = [](unsigned char const* octets) {
        return to_z85({reinterpret_cast<char const*>(octets), key_octets});
    };
    return {text(open), text(secret)};
}

std::string_view trimmed(std::string_view text) {
    auto const first = text.find_first_not_of(" \t\r");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

Result<void> check_mode(int fd, fs::path const& file) {
    struct stat info {};
    if (::fstat(fd, &info) != 0) return system_error("look at", file);
    if (!S_ISREG(info.st_mode)) return refused(fmt::format("{} is no plain file", file.string()));
    if (info.st_uid != ::geteuid()) {
        return refused(fmt::format("{} belongs to user {}, and this program runs as user {}",
                                   file.string(), info.st_uid, ::geteuid()));
    }
    if ((info.st_mode & 077) != 0) {
        return refused(fmt::format("{} may be read by others (mode {:04o}); run: chmod 0600 {}",
                                   file.string(), info.st_mode & 07777, file.string()));
    }
    return boost::system::in_place_value;
}

}  // namespace

KeyPair make_key_pair() {
    WASHUP_CHECK(sodium_init() >= 0, "libsodium starts");
    std::array<unsigned char, key_octets> open{}, secret{};
    crypto_box_keypair(open.data(), secret.data());
    auto pair = pair_of(open.data(), secret.data());
    sodium_memzero(secret.data(), secret.size());
    return pair;
}

KeyPair key_pair_of(std::string_view secret_octets) {
    WASHUP_CHECK(secret_octets.size() == key_octets, "a secret key has 32 octets");
    auto const* const secret = reinterpret_cast<unsigned char const*>(secret_octets.data());
    std::array<unsigned char, key_octets> open{};
    crypto_scalarmult_base(open.data(), secret);
    return pair_of(open.data(), secret);
}

std::string key_file_text(ClientKeys const& keys) {
    return fmt::format(
        "# A key of Washup. Whoever has this file speaks as \"{0}\": keep it mode 0600, copy it\n"
        "# nowhere, and revoke the key when the machine is lost.\n"
        "name = \"{0}\"\n"
        "public = \"{1}\"\n"
        "secret = \"{2}\"\n"
        "daemon = \"{3}\"\n",
        keys.name, keys.own.public_key, keys.own.secret_key, keys.daemon);
}

Result<ClientKeys> parse_key_file(std::string_view text) {
    std::map<std::string, std::string, std::less<>> values;
    for (int number = 1; !text.empty(); ++number) {
        auto const end = text.find('\n');
        auto const line = trimmed(text.substr(0, end));
        text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
        if (line.empty() || line.front() == '#') continue;
        auto const sign = line.find('=');
        auto const word = trimmed(line.substr(0, sign));
        auto const value =
            sign == std::string_view::npos ? std::string_view{} : trimmed(line.substr(sign + 1));
        // The words of a line are not repeated: one of them is the secret.
        if (value.size() < 2 || value.front() != '"' || value.back() != '"') {
            return invalid(fmt::format("line {} is not: word = \"value\"", number));
        }
        if (word != "name" && word != "public" && word != "secret" && word != "daemon") {
            return invalid(fmt::format("line {} is none of name, public, secret, daemon", number));
        }
        if (!values.emplace(word, value.substr(1, value.size() - 2)).second) {
            return invalid(fmt::format("line {} says `{}` a second time", number, word));
        }
    }
    for (auto const* word : {"public", "secret", "daemon"}) {
        if (values.count(word) == 0) return invalid(fmt::format("it has no line `{}`", word));
        if (!is_key(values[word])) {
            return invalid(fmt::format("`{}` is not a key of 40 letters", word));
        }
    }
    auto const secret = from_z85(values["secret"]);
    if (key_pair_of(*secret).public_key != values["public"]) {
        return invalid("`public` and `secret` are no pair");
    }
    return ClientKeys{values["name"], {values["public"], values["secret"]}, values["daemon"]};
}

Result<ClientKeys> read_key_file(fs::path const& file) {
    Descriptor const open{::open(file.c_str(), O_RDONLY | O_CLOEXEC)};
    if (open.fd < 0 && errno == ENOENT) {
        return Error{ErrorCode::not_found, fmt::format("there is no {}", file.string()), {}};
    }
    if (open.fd < 0) return system_error("open", file);
    if (auto const fine = check_mode(open.fd, file); !fine) return fine.error();
    std::array<char, key_file_bytes_max + 1> text{};
    auto const size = ::read(open.fd, text.data(), text.size());
    if (size < 0) return system_error("read", file);
    if (static_cast<std::size_t>(size) > key_file_bytes_max) {
        return Error{ErrorCode::too_large,
                     fmt::format("{} is no key file: it has more than {} octets", file.string(),
                                 key_file_bytes_max),
                     {}};
    }
    auto keys = parse_key_file({text.data(), static_cast<std::size_t>(size)});
    sodium_memzero(text.data(), text.size());
    if (!keys) return invalid(fmt::format("{}: {}", file.string(), keys.error().words));
    return keys;
}

Result<void> write_key_file(fs::path const& file, ClientKeys const& keys) {
    // O_EXCL: a key that is there may be somebody's only one.
    Descriptor const open{::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)};
    if (open.fd < 0) return system_error("make", file);
    auto const text = key_file_text(keys);
    auto const written = ::write(open.fd, text.data(), text.size());
    if (written != static_cast<ssize_t>(text.size()) || ::fsync(open.fd) != 0) {
        auto const error = system_error("write", file);
        ::unlink(file.c_str());
        return error;
    }
    return boost::system::in_place_value;
}

Result<std::optional<ClientKeys>> keys_for(std::string const& file) {
    if (file.empty()) return std::optional<ClientKeys>{};
    auto keys = read_key_file(file);
    if (!keys) return keys.error();
    return std::optional<ClientKeys>{std::move(*keys)};
}

}  // namespace washup::link
