#include "tests/sim/network.hpp"

#include <algorithm>

namespace washup::sim {

Weather draw_weather(Prng& chance) {
    Weather weather;
    weather.delay_ms_max = chance.between(1, 800);
    weather.feed_loss_permille = chance.chance(500) ? chance.below(200) : 0;
    weather.crash_permille = chance.chance(700) ? chance.below(60) : 0;
    weather.restart_permille = chance.chance(500) ? chance.below(40) : 0;
    weather.commit_ms_max = chance.between(1, 400);
    return weather;
}

void Network::at(SteadyInstant when, std::function<void()> what) {
    due_.emplace(std::max(when, now_), std::move(what));
}

void Network::send(int link, Weather const& weather, std::function<void()> deliver) {
    auto& last = last_on_link_[link];
    last = std::max(last, now_ + milliseconds(chance_.between(0, weather.delay_ms_max)));
    at(last, std::move(deliver));
}

void Network::send_lossy(int link, Weather const& weather, std::function<void()> deliver) {
    if (weather.faults && chance_.chance(weather.feed_loss_permille)) return;
    send(link, weather, std::move(deliver));
}

void Network::run(SteadyInstant until) {
    while (!due_.empty() && due_.begin()->first <= until) {
        now_ = std::max(now_, due_.begin()->first);
        auto what = std::move(due_.begin()->second);
        due_.erase(due_.begin());
        what();
    }
    now_ = std::max(now_, until);
}

}  // namespace washup::sim
