#include "adapters/common/spool_shell.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "proto/base/clock.hpp"
#include "proto/base/log.hpp"

namespace washup::adapters {
namespace {

constexpr auto status_every = std::chrono::seconds{1};
constexpr Duration says_every = minutes(1);

std::string since(SpoolState const& state) {
    return "spooling since " + day_month(london_date(state.since)) + " " + clock_time(state.since);
}

}  // namespace

SpoolShell::SpoolShell(boost::asio::io_context& io, SpoolOptions options,
                       std::vector<WaitingRecord> const& left, StatusFile status)
    : spool_(options, left, steady_now()), status_(std::move(status)), due_(io), second_(io) {
    arm();
    tick();
}

void SpoolShell::stop() {
    stopped_ = true;
    due_.cancel();
    second_.cancel();
    status_.write(spool_.state(), daemon_there_, system_now());
}

void SpoolShell::welcomed(std::uint64_t watermark) {
    daemon_there_ = true;
    step(SpoolAnswered{watermark});
    auto const state = spool_.state();
    if (state.spooling) set_words(fmt::format("{}, {} to send", since(state), state.waiting));
}

void SpoolShell::lost() {
    daemon_there_ = false;
}

void SpoolShell::refused() {
    if (std::exchange(said_full_, true)) return;
    auto const state = spool_.state();
    log_error("spool_full", "records", state.waiting, "bytes", state.bytes);
}

void SpoolShell::step(SpoolInput const& input) {
    SpoolActions actions;
    spool_.step(input, steady_now(), actions);
    say(actions);
    arm();
    if (actions.acknowledge > 0 && on_acknowledge) on_acknowledge(actions.acknowledge);
}

void SpoolShell::say(SpoolActions const& actions) {
    auto const now = steady_now();
    auto const state = spool_.state();
    if (!state.full) said_full_ = false;
    if (actions.began) {
        log_warn("spool_began", "since", to_rfc3339(state.since), "waiting", state.waiting);
        set_words(since(state));
    } else if (actions.ended) {
        log_info("spool_ended", "acknowledged", state.acknowledged, "waiting", state.waiting);
        set_words({});
    } else if (state.spooling && now - said_ >= says_every) {
        log_warn("spooling", "since", to_rfc3339(state.since), "waiting", state.waiting, "oldest",
                 to_rfc3339(state.oldest), "bytes", state.bytes);
    } else {
        return;
    }
    said_ = now;
    status_.write(state, daemon_there_, system_now());
}

void SpoolShell::arm() {
    auto const due = spool_.next_due();
    if (!due || stopped_) return;
    due_.expires_after(
        std::chrono::milliseconds(std::max<std::int64_t>((*due - steady_now()).ms, 1)));
    due_.async_wait([this](boost::system::error_code error) {
        if (!error && !stopped_) step(SpoolTick{});
    });
}

void SpoolShell::tick() {
    status_.write(spool_.state(), daemon_there_, system_now());
    SpoolActions nothing;
    say(nothing);
    second_.expires_after(status_every);
    second_.async_wait([this](boost::system::error_code error) {
        if (!error && !stopped_) tick();
    });
}

void SpoolShell::set_words(std::string words) {
    if (words == words_) return;
    words_ = std::move(words);
    if (on_words) on_words();
}

}  // namespace washup::adapters
