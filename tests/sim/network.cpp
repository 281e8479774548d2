#include "tests/sim/network.hpp"

#include <algorithm>

namespace washup::sim {

void Network::at(SteadyInstant when, std::function<void()> what) {
    due_.emplace(std::max(when, now_), std::move(what));
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

int Network::new_way() {
    ways_.emplace_back();
    return static_cast<int>(ways_.size()) - 1;
}

void Network::send(int id, Deliver deliver) {
    auto& way = ways_[static_cast<std::size_t>(id)];
    way.last = std::max(way.last, now_ + milliseconds(chance_.between(0, delay_ms_max_)));
    way.queue.push_back({way.last, std::move(deliver)});
    at(std::max(way.last, way.held_until), [this, id] { drain(id); });
}

bool Network::send_lossy(int id, std::uint64_t loss_permille, Deliver deliver) {
    if (under_way(id) >= feed_queue_max || chance_.chance(loss_permille)) return false;
    send(id, std::move(deliver));
    return true;
}

void Network::drain(int id) {
    for (;;) {
        // Asked anew each time: a delivery may hold or cut this very way.
        auto& way = ways_[static_cast<std::size_t>(id)];
        if (way.queue.empty() || way.queue.front().due > now_ || way.held_until > now_) return;
        auto deliver = std::move(way.queue.front().deliver);
        way.queue.pop_front();
        deliver();
    }
}

void Network::hold(int id, Duration span) {
    auto& way = ways_[static_cast<std::size_t>(id)];
    way.held_until = std::max(way.held_until, now_ + span);
    at(way.held_until, [this, id] { drain(id); });
}

void Network::release(int id) {
    auto& way = ways_[static_cast<std::size_t>(id)];
    way.held_until = now_;
    at(now_, [this, id] { drain(id); });
}

void Network::cut(int id) {
    auto& way = ways_[static_cast<std::size_t>(id)];
    way.queue.clear();
    way.last = now_;
}

}  // namespace washup::sim
