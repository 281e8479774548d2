#include "tests/sim/checkers/sign_in.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace washup::sim {
namespace {

// design.md, section 4, and daemon/access/README.md.
constexpr Duration locked_after = seconds(120);
constexpr unsigned free_tries = 3;
constexpr Duration longest_pause = minutes(5);

}  // namespace

void SignIn::typed(std::string const& station, std::string const& staff, bool right) {
    typed_[station] = {staff, right};
}

void SignIn::checked(std::string const& staff, SteadyInstant now) {
    auto const it = wrong_.find(staff);
    if (it == wrong_.end() || it->second.in_a_row < free_tries) return;
    auto const doubled = std::min(it->second.in_a_row - free_tries, 20u);
    auto const pause = std::min(Duration{1'000LL << doubled}, longest_pause);
    if (now - it->second.last >= pause) return;
    objections_.add("sign_in",
                    fmt::format("after {} wrong PINs of {} another is looked at {} ms later",
                                it->second.in_a_row, staff, (now - it->second.last).ms));
}

void SignIn::wrong(std::string const& staff, SteadyInstant now) {
    auto& wrong = wrong_[staff];
    ++wrong.in_a_row;
    wrong.last = now;
}

void SignIn::began(std::string const& station, std::string const& staff, SteadyInstant now) {
    ++begins_;
    wrong_.erase(staff);
    auto const& typed = typed_[station];
    if (!typed.right || typed.staff != staff || revoked_[station]) {
        objections_.add("sign_in",
                        fmt::format("{} is signed in at {} and should not be", staff, station));
    }
    at_[station] = {staff, now};
}

void SignIn::acted(std::string const& station, std::string const& staff, SteadyInstant now) {
    ++acts_;
    auto const it = at_.find(station);
    if (revoked_[station] || it == at_.end() || it->second.staff != staff) {
        return objections_.add("sign_in",
                               fmt::format("{} acts at {} without being there", staff, station));
    }
    if (now - it->second.last >= locked_after) {
        return objections_.add(
            "sign_in", fmt::format("{} acts at {}, which nobody touched for {} ms", staff, station,
                                   (now - it->second.last).ms));
    }
    it->second.last = now;
}

void SignIn::revoked(std::string const& station, bool is) {
    revoked_[station] = is;
    if (is) at_.erase(station);
}

void SignIn::pin_changed(std::string const& staff) {
    wrong_.erase(staff);
    for (auto& [station, typed] : typed_) {
        if (typed.staff == staff) typed.right = false;
    }
    std::erase_if(at_, [&](auto const& seat) { return seat.second.staff == staff; });
}

}  // namespace washup::sim
