#include "proto/base/digest_stream.hpp"

#include <sodium.h>

namespace washup {
namespace {

crypto_generichash_state* state_of(std::array<std::byte, 384>& room) {
    static_assert(sizeof(crypto_generichash_state) <= sizeof(room));
    static_assert(alignof(crypto_generichash_state) <= alignof(DigestStream));
    return reinterpret_cast<crypto_generichash_state*>(room.data());
}

}  // namespace

DigestStream::DigestStream() {
    crypto_generichash_init(state_of(state_), nullptr, 0, Digest128{}.bytes.size());
}

void DigestStream::add(std::string_view octets) {
    crypto_generichash_update(state_of(state_),
                              reinterpret_cast<unsigned char const*>(octets.data()), octets.size());
}

Digest128 DigestStream::digest() {
    Digest128 out;
    crypto_generichash_final(state_of(state_), out.bytes.data(), out.bytes.size());
    return out;
}

}  // namespace washup
