#include "proto/base/digest_stream.hpp"

#include <gtest/gtest.h>

#include <string>

#include "proto/base/prng.hpp"

namespace washup {
namespace {

TEST(DigestStream, GivesTheDigestOfAllItsParts) {
    Prng chance{7};
    for (int round = 0; round < 50; ++round) {
        std::string whole;
        DigestStream stream;
        for (auto parts = chance.below(6); parts > 0; --parts) {
            std::string const part(chance.below(300), static_cast<char>(chance.below(256)));
            stream.add(part);
            whole += part;
        }
        ASSERT_EQ(stream.digest(), blake2b_128(whole)) << "round " << round;
    }
}

}  // namespace
}  // namespace washup
