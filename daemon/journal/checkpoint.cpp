#include "daemon/journal/checkpoint.hpp"

#include <sodium.h>

#include <array>
#include <charconv>

#include <fmt/format.h>

#include "daemon/journal/key_file.hpp"
#include "proto/base/check.hpp"

namespace washup::journal {
namespace {

constexpr std::string_view head = "washup-checkpoint 1 ";

unsigned char const* octets(std::string_view text) {
    return reinterpret_cast<unsigned char const*>(text.data());
}

std::string_view take_word(std::string_view& rest) {
    auto const end = rest.find(' ');
    auto const word = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    return word;
}

template <class T>
bool take_number(std::string_view word, T& out) {
    auto const [end, fault] = std::from_chars(word.data(), word.data() + word.size(), out);
    return fault == std::errc{} && end == word.data() + word.size();
}

template <std::size_t N>
bool take_octets(std::string_view word, std::array<unsigned char, N>& out) {
    std::size_t size = 0;
    return word.size() == 2 * N &&
           sodium_hex2bin(out.data(), N, word.data(), word.size(), nullptr, &size, nullptr) == 0 &&
           size == N;
}

std::string body_of(Checkpoint const& said) {
    return fmt::format("{}{} {} {} {} {}", head, said.origin, said.number.value(), said.at.ms,
                       to_hex(as_bytes(said.chain)), said.public_key);
}

}  // namespace

Result<Checkpoint> read_checkpoint(std::string_view line) {
    auto const fault = invalid("is no checkpoint");
    if (!line.starts_with(head)) return fault;
    auto rest = line.substr(head.size());
    Checkpoint said;
    said.origin = take_word(rest);
    std::uint64_t number = 0;
    std::array<unsigned char, 16> chain{};
    std::array<unsigned char, crypto_sign_PUBLICKEYBYTES> key{};
    std::array<unsigned char, crypto_sign_BYTES> signature{};
    if (said.origin.empty() || said.origin.size() > checkpoint_origin_bytes_max) return fault;
    if (!take_number(take_word(rest), number) || !take_number(take_word(rest), said.at.ms) ||
        !take_octets(take_word(rest), chain)) {
        return fault;
    }
    said.public_key = take_word(rest);
    if (!take_octets(said.public_key, key) || !take_octets(rest, signature)) return fault;
    said.number = core::RecordNumber{number};
    std::copy(chain.begin(), chain.end(), said.chain.bytes.begin());
    auto const body = body_of(said);
    auto const written =
        to_hex({reinterpret_cast<char const*>(signature.data()), signature.size()});
    if (line != body + ' ' + written) return fault;  // nor another way to write the same
    if (crypto_sign_verify_detached(signature.data(), octets(body), body.size(), key.data()) != 0) {
        return invalid("is a checkpoint whose signature does not fit");
    }
    return said;
}

Result<CheckpointSigner> CheckpointSigner::open_or_make(std::filesystem::path const& data_dir) {
    auto seed = open_or_make_checkpoint_key(data_dir);
    if (!seed) return seed.error();
    auto signer = from_seed(*seed);
    sodium_memzero(seed->data(), seed->size());
    return signer;
}

Result<std::optional<CheckpointSigner>> CheckpointSigner::open(
    std::filesystem::path const& data_dir) {
    auto seed = find_checkpoint_key(data_dir);
    if (!seed) return seed.error();
    if (!*seed) return std::optional<CheckpointSigner>{};
    std::optional<CheckpointSigner> signer = from_seed(**seed);
    sodium_memzero((*seed)->data(), (*seed)->size());
    return signer;
}

CheckpointSigner CheckpointSigner::from_seed(std::string_view seed) {
    WASHUP_CHECK(seed.size() == crypto_sign_SEEDBYTES, "a seed has 32 octets");
    CheckpointSigner signer;
    signer.secret_.resize(crypto_sign_SECRETKEYBYTES);
    std::array<unsigned char, crypto_sign_PUBLICKEYBYTES> key{};
    crypto_sign_seed_keypair(key.data(), reinterpret_cast<unsigned char*>(signer.secret_.data()),
                             octets(seed));
    signer.public_key_ = to_hex({reinterpret_cast<char const*>(key.data()), key.size()});
    return signer;
}

std::string CheckpointSigner::sign(Checkpoint const& checkpoint) const {
    auto said = checkpoint;
    said.public_key = public_key_;
    auto line = body_of(said);
    std::array<unsigned char, crypto_sign_BYTES> signature{};
    crypto_sign_detached(signature.data(), nullptr, octets(line), line.size(), octets(secret_));
    line += ' ';
    line += to_hex({reinterpret_cast<char const*>(signature.data()), signature.size()});
    return line;
}

}  // namespace washup::journal
