#include "tests/sim/clocks.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace washup::sim {
namespace {

Instant draw_begin(Prng& chance, Duration span) {
    // Both changes are at 01:00 UTC.
    auto const march = london_midnight(make_date(2026, 3, 29)) + hours(1);
    auto const october = london_midnight(make_date(2026, 10, 25)) + hours(2);
    auto const before = milliseconds(chance.between(0, span.ms));
    switch (chance.below(4)) {
        case 0:
            return march - before;
        case 1:
            return october - before;
        case 2:
            return london_midnight(make_date(2026, 1, 2) + static_cast<int>(chance.below(360))) -
                   before;
        default:
            return london_midnight(make_date(2026, 11, 20)) + milliseconds(before.ms % 86'400'000);
    }
}

}  // namespace

Clocks::Clocks(Prng& chance, Duration of_run, bool calm) {
    if (calm) {
        rate_ = 600;
        begin_ = london_midnight(make_date(2026, 1, 1));
        return;
    }
    constexpr std::array<std::int64_t, 4> rates{1, 60, 600, 600};
    rate_ = rates[chance.below(rates.size())];
    begin_ = draw_begin(chance, Duration{of_run.ms * rate_});
    shape_ = static_cast<Shape>(chance.below(5));
    at_ms_ = chance.between(0, of_run.ms);
    back_at_ms_ = chance.chance(500) ? at_ms_ + chance.between(5'000, of_run.ms + 5'000) : 0;
    noise_ = chance.next();
    switch (shape_) {
        case Shape::drift:
            size_ = chance.between(-20'000, 20'000);
            break;
        case Shape::step:
            size_ = chance.between(-3 * 3'600'000, 3 * 3'600'000);
            break;
        case Shape::swing:
            size_ = chance.between(100, 5'000);
            break;
        case Shape::noise:
            size_ = chance.between(1, 4'000);
            break;
        case Shape::right:
            break;
    }
}

Instant Clocks::truth(SteadyInstant now) const {
    return begin_ + Duration{(now.ms - 1'000) * rate_};
}

Duration Clocks::off(SteadyInstant now) const {
    switch (shape_) {
        case Shape::right:
            break;
        case Shape::drift:
            return Duration{now.ms * size_ / 1'000'000};
        case Shape::step:
            if (now.ms < at_ms_ || (back_at_ms_ != 0 && now.ms >= back_at_ms_)) break;
            return Duration{size_};
        case Shape::swing: {  // a triangle of 100 s
            auto const phase = now.ms % 100'000;
            auto const rise = phase < 50'000 ? phase : 100'000 - phase;
            return Duration{size_ * (rise - 25'000) / 25'000};
        }
        case Shape::noise:
            return Duration{
                Prng{noise_ + static_cast<std::uint64_t>(now.ms / 1'000)}.between(-size_, size_)};
    }
    return {};
}

Duration Clocks::off_max(Duration of_run) const {
    if (rate_ != 1 || shape_ == Shape::right) return {};
    auto const size = size_ < 0 ? -size_ : size_;
    auto const off = shape_ == Shape::drift ? 2 * of_run.ms * size / 1'000'000 : size;
    return Duration{2 * off + 2'000};
}

Instant Clocks::system(SteadyInstant now) const {
    return truth(now) + off(now);
}

std::string Clocks::words() const {
    constexpr std::array<char const*, 5> names{"right", "drift", "step", "swing", "noise"};
    return fmt::format("rate={} begin={} clock={} size={}", rate_, to_rfc3339(begin_),
                       names[static_cast<std::size_t>(shape_)], size_);
}

}  // namespace washup::sim
