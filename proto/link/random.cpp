#include "proto/link/random.hpp"

#include <sodium.h>

#include "proto/base/check.hpp"
#include "proto/base/digest.hpp"

namespace washup::link {
namespace {

void fill(void* octets, std::size_t count) {
    WASHUP_CHECK(sodium_init() >= 0, "the system gives random numbers");
    randombytes_buf(octets, count);
}

}  // namespace

std::string random_id() {
    char octets[16];
    fill(octets, sizeof octets);
    return to_hex({octets, sizeof octets});
}

std::uint64_t random_seed() {
    std::uint64_t seed = 0;
    fill(&seed, sizeof seed);
    return seed;
}

}  // namespace washup::link
