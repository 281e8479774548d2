#pragma once
// A BLAKE2b digest of octets that are made while they are digested: the same digest as blake2b_128
// (digest.hpp) of all of them at once, without ever holding all of them. No key.

#include <array>
#include <cstddef>

#include "proto/base/digest.hpp"

namespace washup {

class DigestStream {
  public:
    DigestStream();
    void add(std::string_view octets);
    // Once, at the end.
    Digest128 digest();

  private:
    alignas(64) std::array<std::byte, 384> state_{};  // libsodium's, and nobody else's matter
};

}  // namespace washup
