#include "board/keep/lock.hpp"

#include <fmt/format.h>
#include <sodium.h>

#include <array>
#include <vector>

#include "proto/base/check.hpp"

namespace washup::board::keep {
namespace {

constexpr std::string_view lock_mark = "WSHUPLK1", sheet_mark = "WSHUPSH1";
constexpr std::size_t number_octets = 8;
constexpr std::size_t wrapped_octets = crypto_box_SECRETKEYBYTES + crypto_secretbox_MACBYTES;
// mark, passes, memory, salt, nonce, wrapped secret, public key
constexpr std::size_t passes_at = lock_mark.size(), memory_at = passes_at + number_octets,
                      salt_at = memory_at + number_octets,
                      nonce_at = salt_at + crypto_pwhash_SALTBYTES,
                      wrapped_at = nonce_at + crypto_secretbox_NONCEBYTES,
                      public_at = wrapped_at + wrapped_octets,
                      lock_octets = public_at + crypto_box_PUBLICKEYBYTES;
// mark, time, lock, sealed box of (digest of all that, page)
constexpr std::size_t time_at = sheet_mark.size(), lock_at = time_at + number_octets,
                      box_at = lock_at + lock_octets;
constexpr std::size_t digest_octets = crypto_generichash_BYTES;

void begin() {
    WASHUP_CHECK(sodium_init() >= 0, "libsodium refuses to start");
}

unsigned char const* octets(std::string_view text) {
    return reinterpret_cast<unsigned char const*>(text.data());
}
unsigned char* octets(std::string& text) {
    return reinterpret_cast<unsigned char*>(text.data());
}

std::string number_text(std::uint64_t number) {
    std::string text;
    for (unsigned i = 0; i < number_octets; ++i)
        text += static_cast<char>(number >> (8 * i) & 0xFFU);
    return text;
}
std::uint64_t number_at(std::string_view text, std::size_t at) {
    std::uint64_t number = 0;
    for (unsigned i = 0; i < number_octets; ++i)
        number |= std::uint64_t{static_cast<unsigned char>(text[at + i])} << (8 * i);
    return number;
}

// A secret that is wiped when it goes.
template <std::size_t size>
struct Secret {
    std::array<unsigned char, size> of{};
    Secret() = default;
    Secret(Secret const&) = delete;
    Secret& operator=(Secret const&) = delete;
    ~Secret() { sodium_memzero(of.data(), of.size()); }
};
using Key = Secret<crypto_secretbox_KEYBYTES>;

Result<void> key_of(std::string_view passphrase, std::string_view salt, Effort effort, Key& key) {
    if (crypto_pwhash(key.of.data(), key.of.size(), passphrase.data(), passphrase.size(),
                      octets(salt), effort.passes, effort.memory,
                      crypto_pwhash_ALG_ARGON2ID13) != 0) {
        return io_error("this machine has not the memory to open or make a lock");
    }
    return boost::system::in_place_value;
}

std::string digest_of(std::string_view text) {
    std::string digest(digest_octets, '\0');
    crypto_generichash(octets(digest), digest.size(), octets(text), text.size(), nullptr, 0);
    return digest;
}

}  // namespace

Effort usual_effort() {
    return {crypto_pwhash_OPSLIMIT_MODERATE, crypto_pwhash_MEMLIMIT_MODERATE};
}

Result<std::string> make_lock(std::string_view passphrase, Effort effort) {
    begin();
    if (passphrase.size() < passphrase_chars_min || passphrase.size() > passphrase_chars_max) {
        return invalid(fmt::format("a passphrase has {} to {} characters: four or five words",
                                   passphrase_chars_min, passphrase_chars_max),
                       "passphrase");
    }
    std::string lock{lock_mark};
    lock += number_text(effort.passes) + number_text(effort.memory);
    std::string salt(crypto_pwhash_SALTBYTES, '\0'), nonce(crypto_secretbox_NONCEBYTES, '\0');
    randombytes_buf(salt.data(), salt.size());
    randombytes_buf(nonce.data(), nonce.size());
    Key key;
    if (auto const made = key_of(passphrase, salt, effort, key); !made) return made.error();
    Secret<crypto_box_SECRETKEYBYTES> secret;
    std::string open_half(crypto_box_PUBLICKEYBYTES, '\0'), wrapped(wrapped_octets, '\0');
    crypto_box_keypair(octets(open_half), secret.of.data());
    crypto_secretbox_easy(octets(wrapped), secret.of.data(), secret.of.size(), octets(nonce),
                          key.of.data());
    return lock + salt + nonce + wrapped + open_half;
}

Result<void> check_lock(std::string_view lock) {
    if (lock.size() == lock_octets && lock.starts_with(lock_mark) &&
        number_at(lock, memory_at) <= unlock_memory_max)
        return boost::system::in_place_value;
    return invalid("this is no lock of `washupctl paper init`", "lock");
}

Result<std::string> seal_sheet(Sheet const& sheet, std::string_view lock) {
    begin();
    if (auto const good = check_lock(lock); !good) return good.error();
    if (sheet.html.size() > sheet_bytes_max) return invalid("the page is beyond 64 MiB", "sheet");
    std::string file{sheet_mark};
    file += number_text(static_cast<std::uint64_t>(sheet.written.ms));
    file += lock;
    // With it the time and the lock cannot be changed behind the page's back.
    auto plain = digest_of(file) + sheet.html;
    std::string box(plain.size() + crypto_box_SEALBYTES, '\0');
    auto const done =
        crypto_box_seal(octets(box), octets(plain), plain.size(), octets(lock.substr(public_at)));
    sodium_memzero(plain.data(), plain.size());
    if (done != 0) return invalid("this lock has no good public key", "lock");
    return file + box;
}

Result<Sheet> open_sheet(std::string_view file, std::string_view passphrase) {
    begin();
    auto const least = box_at + crypto_box_SEALBYTES + digest_octets;
    if (file.size() < least || !file.starts_with(sheet_mark) ||
        file.size() > least + sheet_bytes_max)
        return invalid("this is no sheet of `washupctl paper`", "file");
    auto const lock = file.substr(lock_at, lock_octets);
    if (auto const good = check_lock(lock); !good) return invalid("this sheet is torn", "file");
    auto const passes = number_at(lock, passes_at), memory = number_at(lock, memory_at);
    if (passes < crypto_pwhash_OPSLIMIT_MIN || passes > crypto_pwhash_OPSLIMIT_SENSITIVE * 4 ||
        memory < crypto_pwhash_MEMLIMIT_MIN)
        return invalid("this sheet is torn", "file");
    Key key;
    auto const salt = lock.substr(salt_at, crypto_pwhash_SALTBYTES);
    if (auto const made = key_of(passphrase, salt, {passes, memory}, key); !made)
        return made.error();
    Secret<crypto_box_SECRETKEYBYTES> secret;
    if (crypto_secretbox_open_easy(secret.of.data(), octets(lock.substr(wrapped_at)),
                                   wrapped_octets, octets(lock.substr(nonce_at)),
                                   key.of.data()) != 0)
        return refused("this is not the passphrase of this sheet", "passphrase");
    auto const box = file.substr(box_at);
    std::string plain(box.size() - crypto_box_SEALBYTES, '\0');
    auto const opened = crypto_box_seal_open(octets(plain), octets(box), box.size(),
                                             octets(lock.substr(public_at)), secret.of.data());
    if (opened != 0 || plain.substr(0, digest_octets) != digest_of(file.substr(0, box_at)))
        return invalid("this sheet is torn", "file");
    return Sheet{Instant{static_cast<std::int64_t>(number_at(file, time_at))},
                 plain.substr(digest_octets)};
}

}  // namespace washup::board::keep
