#include "proto/base/clock.hpp"

#include <time.h>

namespace washup {
namespace {

std::int64_t read_ms(clockid_t id) {
    timespec value{};
    clock_gettime(id, &value);
    return std::int64_t{value.tv_sec} * 1000 + value.tv_nsec / 1'000'000;
}

}  // namespace

Instant system_now() {
    return Instant{read_ms(CLOCK_REALTIME)};
}

SteadyInstant steady_now() {
    return SteadyInstant{read_ms(CLOCK_BOOTTIME)};
}

}  // namespace washup
