#include "daemon/derive/assignment.hpp"

#include <algorithm>

#include "proto/base/check.hpp"

namespace washup::derive {
namespace {

class Assigner {
  public:
    Assigner(std::vector<std::vector<std::size_t>> const& may,
             std::vector<std::size_t> const& places)
        : may_(may), places_(places), held_by_(places.size()), given_(may.size()) {}

    Assignment run() {
        for (std::size_t candidate = 0; candidate < may_.size(); ++candidate) find_for(candidate);
        return {std::move(given_)};
    }

  private:
    // Breadth first, so that as few as possible are given another place, and without recursion: a
    // path may be as long as there are services.
    void find_for(std::size_t candidate) {
        std::vector<bool> seen(places_.size(), false);
        std::vector<std::size_t> queue;                       // services reached
        std::vector<std::size_t> reached_by(places_.size());  // the candidate who would move there
        auto const look_from = [&](std::size_t who) {
            for (auto const service : may_[who]) {
                WASHUP_CHECK(service < places_.size(), "a service that is there");
                if (seen[service]) continue;
                seen[service] = true;
                reached_by[service] = who;
                queue.push_back(service);
            }
        };
        look_from(candidate);
        for (std::size_t next = 0; next < queue.size(); ++next) {
            auto const service = queue[next];
            if (held_by_[service].size() < places_[service]) return move_up(service, reached_by);
            for (auto const who : held_by_[service]) look_from(who);
        }
    }
    // Everybody on the path takes the place found for them and leaves their own to the one before.
    void move_up(std::size_t service, std::vector<std::size_t> const& reached_by) {
        for (;;) {
            auto const who = reached_by[service];
            auto const left = given_[who];
            given_[who] = service;
            auto& holders = held_by_[service];
            holders.insert(std::upper_bound(holders.begin(), holders.end(), who), who);
            if (!left) return;
            std::erase(held_by_[*left], who);
            service = *left;
        }
    }

    std::vector<std::vector<std::size_t>> const& may_;
    std::vector<std::size_t> const& places_;
    std::vector<std::vector<std::size_t>> held_by_;  // by service; in the candidates' order
    std::vector<std::optional<std::size_t>> given_;
};

}  // namespace

Assignment assign(std::vector<std::vector<std::size_t>> const& may,
                  std::vector<std::size_t> const& places) {
    return Assigner{may, places}.run();
}

}  // namespace washup::derive
