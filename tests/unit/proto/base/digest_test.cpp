#include "proto/base/digest.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <string>
#include <vector>

#include "proto/base/prng.hpp"

namespace washup {
namespace {

// The right answers come from another implementation (Python's hashlib.blake2b).
TEST(Blake2b, AgreesWithAnotherImplementation) {
    EXPECT_EQ(to_hex(as_bytes(blake2b_128(""))), "cae66941d9efbd404e4d88758ea67670");
    EXPECT_EQ(to_hex(as_bytes(blake2b_128("abc"))), "cf4ab791c62b8d2b2109c90275287816");
    EXPECT_EQ(to_hex(as_bytes(blake2b_256(""))),
              "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
    EXPECT_EQ(to_hex(as_bytes(blake2b_256("abc"))),
              "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
}

TEST(Blake2b, DependsOnTheKey) {
    EXPECT_EQ(to_hex(as_bytes(blake2b_128("abc", "0123456789abcdef"))),
              "ba12358e44e48c3039f89e0d14dbcaa5");
    EXPECT_NE(blake2b_128("abc", "0123456789abcdef"), blake2b_128("abc", "0123456789abcdeg"));
    EXPECT_NE(blake2b_128("abc", "0123456789abcdef"), blake2b_128("abc"));
}

TEST(Hex, WritesEveryOctetAsTwoDigits) {
    EXPECT_EQ(to_hex(std::string_view{"\x00\x0f\xff", 3}), "000fff");
    EXPECT_EQ(to_hex(""), "");
}

Digest128 term(std::uint8_t first, std::uint8_t last) {
    Digest128 digest;
    digest.bytes[0] = first;
    digest.bytes[15] = last;
    return digest;
}

Digest128 all_ones() {
    Digest128 digest;
    digest.bytes.fill(0xff);
    return digest;
}

TEST(Fingerprint, IsZeroForNothing) {
    EXPECT_EQ(Fingerprint{}.hex(), std::string(32, '0'));
}

TEST(Fingerprint, ReadsATermFromItsMostSignificantOctet) {
    Fingerprint sum;
    sum.add(term(0x01, 0x02));
    EXPECT_EQ(sum.hex(), "01000000000000000000000000000002");
}

TEST(Fingerprint, CarriesFromTheLowHalfToTheHigh) {
    Digest128 low_ones;
    std::fill(low_ones.bytes.begin() + 8, low_ones.bytes.end(), std::uint8_t{0xff});
    Fingerprint sum;
    sum.add(low_ones);
    sum.add(term(0, 1));
    EXPECT_EQ(sum.high, 1u);
    EXPECT_EQ(sum.low, 0u);
    sum.remove(term(0, 1));
    EXPECT_EQ(sum.high, 0u);
    EXPECT_EQ(sum.low, std::numeric_limits<std::uint64_t>::max());
}

TEST(Fingerprint, WrapsAtTwoToThe128) {
    Fingerprint sum;
    sum.add(all_ones());
    sum.add(term(0, 1));
    EXPECT_EQ(sum, Fingerprint{});
    sum.remove(term(0, 1));
    EXPECT_EQ(sum.hex(), std::string(32, 'f'));
}

TEST(Fingerprint, GivesTheSameNumberInAnyOrder) {
    Prng chance{7};
    std::vector<Digest128> terms;
    for (int i = 0; i < 200; ++i) terms.push_back(blake2b_128(std::to_string(i)));
    Fingerprint in_order;
    for (auto const& each : terms) in_order.add(each);
    for (int round = 0; round < 50; ++round) {
        for (auto i = terms.size() - 1; i > 0; --i) std::swap(terms[i], terms[chance.below(i + 1)]);
        Fingerprint shuffled;
        for (auto const& each : terms) shuffled.add(each);
        ASSERT_EQ(shuffled, in_order);
    }
}

TEST(Fingerprint, ForgetsWhatIsTakenAwayInAnyOrder) {
    auto const kept = blake2b_128("kept");
    Fingerprint sum, expected;
    expected.add(kept);
    for (int i = 0; i < 100; ++i) sum.remove(blake2b_128(std::to_string(i)));
    sum.add(kept);
    for (int i = 99; i >= 0; --i) sum.add(blake2b_128(std::to_string(i)));
    EXPECT_EQ(sum, expected);
}

TEST(Fingerprint, CountsTheSameTermTwice) {
    Fingerprint once, twice;
    once.add(blake2b_128("row"));
    twice.add(blake2b_128("row"));
    twice.add(blake2b_128("row"));
    EXPECT_NE(once, twice);
}

}  // namespace
}  // namespace washup
