#include "tests/property/properties.hpp"

#include "tests/support/core/ward.hpp"

namespace washup::tests {
namespace {

// The site file of another day: a reason has other words and another theme, a team is gone, a
// source is new.
core::Config other_config() {
    auto config = small_config();
    config.reasons[0].words = "Care at home";
    config.reasons[1].theme = "home_care";
    config.teams.pop_back();
    config.sources.push_back({"paper", "paper", hours(48)});
    config.ladder.pop_back();
    return config;
}

}  // namespace

void live_through(Desk& desk, std::uint64_t seed, int steps) {
    Prng chance{seed};
    Story story{Prng{chance.next()}};
    auto now = desk.now();
    for (int i = 0; i < steps; ++i) {
        now = now + minutes(chance.between(0, 30));
        if (chance.chance(30)) now = now + hours(chance.between(1, 60));
        desk.move_to(now);
        auto const what = chance.below(10);
        if (what < 5) {
            desk.record(story.next_ward(now), "ward");
        } else if (what < 8) {
            desk.record(story.next_hub(now), "hub");
        } else if (what < 9) {
            desk.command(story.next_command("c" + std::to_string(i), now));
        } else {
            desk.step(engine::ClockAdvanced{});
        }
        if (chance.chance(15)) {
            chance.chance(500) ? desk.config(other_config(), "other")
                               : desk.config(small_config(), "small");
        }
    }
    desk.durable();
    desk.take();
}

}  // namespace washup::tests
