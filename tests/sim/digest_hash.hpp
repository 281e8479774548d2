#pragma once
// For tables of digests: a digest is as good a hash as any, so its first octets are taken. Names
// that a year has hundreds of thousands of are kept so, by checkers and by what stands in for an
// index on disk.

#include <cstring>

#include "proto/base/digest.hpp"

namespace washup::sim {

struct DigestHash {
    std::size_t operator()(Digest128 const& digest) const {
        std::size_t hash = 0;
        std::memcpy(&hash, digest.bytes.data(), sizeof hash);
        return hash;
    }
};

}  // namespace washup::sim
