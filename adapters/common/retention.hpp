#pragma once
// When an adapter forgets the raw records it keeps: once at start and once each London day. Pure:
// the time is an argument, the store does the forgetting.

#include <algorithm>
#include <optional>

#include "adapters/common/record.hpp"
#include "proto/base/time.hpp"

namespace washup::adapters {

inline constexpr int keep_raw_days_default = 30;
inline constexpr int keep_raw_days_max = 3650;
// A record that was set aside may be understood one day and sent again, but a stay leaves the
// daemon's live state this long after its end: later it would change nothing.
inline constexpr int keep_set_aside_days = 100;

class Retention {
  public:
    explicit Retention(int keep_days) : keep_days_(keep_days) {}

    // What is to be forgotten now; nothing when it was said today already.
    std::optional<ForgetBefore> due(Instant now) {
        auto const today = london_date(now);
        if (said_on_ == today) return std::nullopt;
        said_on_ = today;
        return ForgetBefore{today - keep_days_, today - std::max(keep_days_, keep_set_aside_days),
                            now};
    }

  private:
    int keep_days_;
    Date said_on_;
};

}  // namespace washup::adapters
