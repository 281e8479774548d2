#include "tests/sim/ward.hpp"

#include <algorithm>

namespace washup::sim {
namespace {

constexpr Duration again_after = seconds(4);

}  // namespace

void Ward::tick(SteadyInstant now) {
    auto const count = std::min(outbox_.size(), ward_window_max);
    for (std::size_t i = 0; i < count; ++i) {
        auto& waiting = outbox_[i];
        if (waiting.under_way && now - waiting.sent < again_after) continue;
        if (waiting.sent.ms != 0) ++again_;
        waiting.under_way = true;
        waiting.sent = now;
        send_(waiting.parcel);
    }
}

void Ward::acknowledged(std::string const& name) {
    std::erase_if(outbox_, [&](auto const& waiting) { return waiting.parcel.name == name; });
}

void Ward::broken() {
    for (auto& waiting : outbox_) waiting.under_way = false;
}

}  // namespace washup::sim
