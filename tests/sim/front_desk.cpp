#include "tests/sim/front_desk.hpp"

#include <utility>

#include <fmt/format.h>

namespace washup::sim {
namespace {

constexpr int stations = 3;
// Each second, of a station that nobody left.
constexpr std::uint64_t sign_in_permille = 200, wrong_permille = 250, act_permille = 250;
constexpr std::uint64_t away_permille = 12, sign_out_permille = 10, line_permille = 8;
constexpr std::uint64_t revoke_permille = 4, pin_permille = 6;
// Most come back in time; some find it locked.
constexpr std::int64_t away_ms_max = 200'000;
// Until a PIN is matched, and until a count of wrong ones is on the disk.
constexpr std::int64_t match_ms_max = 80, keep_ms_max = 20;

}  // namespace

FrontDesk::FrontDesk(World world, Daemon& daemon, Prng chance, Give give)
    : world_(world), daemon_(daemon), chance_(chance), give_(std::move(give)) {
    for (int i = 0; i < stations; ++i) {
        stations_.push_back(
            {fmt::format("station-{}", i), next_line_++, world_.network.new_way(), false, {}});
    }
    pins_ = {{"posei", "1111"}, {"rlund", "2222"}};
}

bool FrontDesk::ready() {
    if (!daemon_.awake()) return false;
    if (life_ == daemon_.life()) return true;
    life_ = daemon_.life();
    sessions_ = {};
    world_.checkers.sign_in.all_gone();
    step(access::FailuresRead{kept_});
    return true;
}

void FrontDesk::step(access::SessionInput const& input) {
    std::vector<access::SessionAction> actions;
    sessions_.step(input, world_.network.now(), actions);
    for (auto const& action : actions) act(action);
}

void FrontDesk::act(access::SessionAction const& action) {
    auto& checker = world_.checkers.sign_in;
    auto const now = world_.network.now();
    if (auto const* began = std::get_if<access::SessionBegan>(&action)) {
        checker.began(began->peer.to, began->staff, now);
    } else if (auto const* keep = std::get_if<access::KeepFailures>(&action)) {
        // On the disk first, told then; a daemon that ends in between did neither, and whoever
        // typed a wrong one knows no more than before.
        auto const span = milliseconds(chance_.between(0, keep_ms_max));
        world_.network.after(span, [this, keep = *keep, life = life_, now] {
            if (life != daemon_.life() || !daemon_.up()) return;
            kept_ = keep.counts;
            if (keep.then) world_.checkers.sign_in.wrong(keep.then->staff, now);
        });
    } else if (auto const* check = std::get_if<access::CheckPin>(&action)) {
        auto const matched = !check->held.empty() && check->held == check->pin;
        auto const span = milliseconds(chance_.between(1, match_ms_max));
        world_.network.after(span, [this, ticket = check->ticket, matched, life = life_] {
            if (life == daemon_.life() && ready()) step(access::PinChecked{ticket, matched});
        });
    }
}

// On the way to the daemon; lost with it when it is down, as with a connection that breaks.
void FrontDesk::arrive(Station& station, std::function<void()> what) {
    world_.network.send(station.way, [this, line = station.line, &station, what = std::move(what)] {
        if (line == station.line && ready()) what();
    });
}

void FrontDesk::sign_in(Station& station) {
    auto const staff = chance_.chance(500) ? "posei" : "rlund";
    auto const pin = chance_.chance(wrong_permille) ? std::string{"0000"} : pins_[staff];
    arrive(station, [this, &station, staff = std::string{staff}, pin] {
        if (station.revoked) return;  // the gate's own matter
        auto const right = pin == pins_[staff];
        auto const refused = sessions_.refused();
        world_.checkers.sign_in.typed(station.key, staff, right);
        step(access::SignInAsked{peer(station), staff, pin, pins_[staff]});
        if (sessions_.refused() != refused) return;
        world_.checkers.sign_in.checked(staff, world_.network.now());
    });
}

access::Session const* FrontDesk::session_of(Station const& station) const {
    // Planted: a clock that stands still, for which nobody is ever away.
    auto const now = world_.plant == Plant::never_lock ? SteadyInstant{} : world_.network.now();
    return sessions_.of(peer(station), now);
}

void FrontDesk::command(Station& station) {
    arrive(station, [this, &station] {
        auto const* session = session_of(station);
        if (session == nullptr) return;
        auto const staff = session->staff;
        world_.checkers.sign_in.acted(station.key, staff, world_.network.now());
        if (world_.plant != Plant::never_lock) step(access::Acted{peer(station)});
        give_(station.key, staff);
    });
}

// They sit at the daemon's own machine.
void FrontDesk::operators() {
    for (auto& station : stations_) {
        if (!chance_.chance(station.revoked ? 60 : revoke_permille)) continue;
        station.revoked = !station.revoked;
        world_.checkers.sign_in.revoked(station.key, station.revoked);
        if (station.revoked && world_.plant != Plant::keep_signed_in) {
            step(access::KeyGone{station.key});
        }
    }
    if (!chance_.chance(pin_permille)) return;
    auto const staff = std::string{chance_.chance(500) ? "posei" : "rlund"};
    pins_[staff] = std::to_string(1'000 + chance_.below(9'000));
    world_.checkers.sign_in.pin_changed(staff);
    step(access::PinChanged{staff});
}

void FrontDesk::second() {
    auto const now = world_.network.now();
    if (ready()) {
        if (world_.plant != Plant::never_lock) step(access::TimePassed{});
        if (world_.weather.faults) operators();
        world_.checkers.bounds.look("sessions", sessions_.all().size(), access::sessions_max);
    }
    for (auto& station : stations_) {
        if (now < station.away_until) continue;
        if (chance_.chance(away_permille)) {
            station.away_until = now + milliseconds(chance_.between(1'000, away_ms_max));
            continue;
        }
        if (chance_.chance(line_permille)) {  // the connection breaks, and another is made
            auto const gone = std::exchange(station.line, next_line_++);
            world_.network.cut(station.way);
            world_.checkers.sign_in.signed_out(station.key);
            if (ready()) step(access::LineGone{gone});
        }
        // Who sits there signs in when they see that it is locked, and now and then without need.
        auto const open = session_of(station) != nullptr;
        if (chance_.chance(open ? line_permille : sign_in_permille)) sign_in(station);
        if (chance_.chance(act_permille)) command(station);
        if (chance_.chance(sign_out_permille)) {
            arrive(station, [this, &station] {
                world_.checkers.sign_in.signed_out(station.key);
                step(access::SignOutAsked{peer(station)});
            });
        }
    }
}

}  // namespace washup::sim
