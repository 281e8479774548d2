#include "adapters/hl7v2/forgetting.hpp"

#include <chrono>

#include "proto/base/log.hpp"

namespace washup::hl7v2 {
namespace {

constexpr auto looks_every = std::chrono::minutes{1};

void say(Result<adapters::Forgotten> const& forgotten) {
    if (!forgotten) return log_error("forgetting_failed", "words", forgotten.error().words);
    if (forgotten->days == 0) return;
    log_info("forgot", "days", forgotten->days, "kept_on", forgotten->kept_on);
    if (forgotten->given_up > 0) {
        log_warn("set_aside_forgotten", "messages", forgotten->given_up, "after_days",
                 adapters::keep_set_aside_days);
    }
}

}  // namespace

Forgetting::Forgetting(boost::asio::io_context& io, RecordKeeper& keeper,
                       adapters::Retention retention, std::function<Instant()> now)
    : keeper_(keeper), retention_(retention), now_(std::move(now)), timer_(io) {}

void Forgetting::start() {
    look();
}

void Forgetting::look() {
    if (auto const what = retention_.due(now_())) keeper_.forget(*what, say);
    timer_.expires_after(looks_every);
    timer_.async_wait([this](boost::system::error_code error) {
        if (!error) look();
    });
}

}  // namespace washup::hl7v2
