#pragma once
// Chance as an argument: a small seeded generator whose numbers are the same on every machine and
// library, which the standard distributions do not promise. Not for keys or nonces.

#include <cstdint>

namespace washup {

class Prng {
  public:
    explicit Prng(std::uint64_t seed) : state_(seed) {}

    // splitmix64: every seed, zero included, gives a full-period sequence.
    std::uint64_t next() {
        state_ += 0x9E3779B97F4A7C15ull;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
        return z ^ (z >> 31);
    }
    // Uniform in [0, bound); bound 0 gives 0. The bias is below 2^-32 for the bounds in use here.
    std::uint64_t below(std::uint64_t bound) { return bound == 0 ? 0 : next() % bound; }
    std::int64_t between(std::int64_t low, std::int64_t high) {  // both included
        // Counted without sign: the widest range does not fit a signed number, and its size is 0.
        auto const from = static_cast<std::uint64_t>(low);
        auto const size = static_cast<std::uint64_t>(high) - from + 1;
        return static_cast<std::int64_t>(from + (size == 0 ? next() : below(size)));
    }
    // True in `permille` of 1000 cases.
    bool chance(std::uint64_t permille) { return below(1000) < permille; }

  private:
    std::uint64_t state_;
};

}  // namespace washup
