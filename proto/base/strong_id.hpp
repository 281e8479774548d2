#pragma once
// A number that cannot be mixed up with another kind of number: a StayId is never a PersonId.
// Zero means "none"; ids are given from 1 upwards and never used again.

#include <compare>
#include <cstdint>

namespace washup {

template <class Tag>
class StrongId {
  public:
    constexpr StrongId() = default;
    constexpr explicit StrongId(std::uint64_t value) : value_(value) {}
    constexpr std::uint64_t value() const { return value_; }
    constexpr explicit operator bool() const { return value_ != 0; }
    friend constexpr auto operator<=>(StrongId, StrongId) = default;

  private:
    std::uint64_t value_ = 0;
};

}  // namespace washup
