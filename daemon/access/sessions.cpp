#include "daemon/access/sessions.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace washup::access {
namespace {

constexpr char const* no_match_words =
    "staff id and PIN do not go together; the operator sets a PIN (washupctl staff pin ID)";

std::string line_name(Peer const& peer) {
    return fmt::format("{} {}", peer.line, peer.to);
}

}  // namespace

std::string_view to_words(SessionEnd why) {
    switch (why) {
        case SessionEnd::idle:
            return "idle";
        case SessionEnd::signed_out:
            return "signed_out";
        case SessionEnd::key_revoked:
            return "key_revoked";
        case SessionEnd::pin_changed:
            return "pin_changed";
        case SessionEnd::role_changed:
            return "role_changed";
        case SessionEnd::replaced:
            return "replaced";
        case SessionEnd::gone:
            return "gone";
        case SessionEnd::stopping:
            return "stopping";
    }
    return {};
}

std::string sentence_of(SessionEnd why) {
    switch (why) {
        case SessionEnd::idle:
            return fmt::format("locked: nobody did anything here for {} s",
                               session_idle_max.ms / 1000);
        case SessionEnd::signed_out:
            return "signed out";
        case SessionEnd::key_revoked:
            return "signed out: the key of this machine was revoked";
        case SessionEnd::pin_changed:
            return "signed out: the PIN was changed";
        case SessionEnd::role_changed:
            return "signed out: what you may do here was changed; sign in again";
        case SessionEnd::replaced:
            return "signed out: somebody else signed in here";
        case SessionEnd::gone:
            return "signed out: the connection ended";
        case SessionEnd::stopping:
            return "signed out: the daemon stops";
    }
    return {};
}

Duration pause_after(std::uint32_t failures) {
    if (failures < failures_free_max) return {};
    auto const doublings = std::min(failures - failures_free_max, 20u);
    return std::min(Duration{1000LL << doublings}, attempt_pause_max);
}

void Sessions::step(SessionInput const& input, SteadyInstant now,
                    std::vector<SessionAction>& actions) {
    std::visit([&](auto const& what) { on(what, now, actions); }, input);
}

Session const* Sessions::at(std::string const& to) const {
    auto const it = sessions_.find(to);
    return it == sessions_.end() ? nullptr : &it->second;
}

bool Sessions::left_alone(Session const& session, SteadyInstant now) {
    return now - session.acted >= session_idle_max;
}

Session const* Sessions::of(Peer const& peer, SteadyInstant now) const {
    auto const* const session = at(peer.to);
    auto const theirs = session != nullptr && session->peer == peer && !left_alone(*session, now);
    return theirs ? session : nullptr;
}

Duration Sessions::pause_of(FailureMap const& map, std::string const& name, SteadyInstant now) {
    auto const it = map.find(name);
    if (it == map.end() || now - it->second.last >= failures_kept) return {};
    auto const left = pause_after(it->second.count) - (now - it->second.last);
    return std::max(left, Duration{});
}

void Sessions::count(FailureMap& map, std::string const& name, SteadyInstant now) {
    if (map.size() >= failures_held_max && !map.contains(name)) {
        map.erase(std::min_element(map.begin(), map.end(), [](auto const& a, auto const& b) {
            return a.second.last < b.second.last;
        }));
    }
    auto& failures = map[name];
    if (now - failures.last >= failures_kept) failures.count = 0;
    ++failures.count;
    failures.last = now;
}

FailureCounts Sessions::failures_of_staff(SteadyInstant now) const {
    FailureCounts counts;
    for (auto const& [staff, failures] : of_staff_) {
        if (now - failures.last < failures_kept) counts[staff] = failures.count;
    }
    return counts;
}

void Sessions::forgive(std::string const& staff, SteadyInstant now,
                       std::vector<SessionAction>& actions) {
    if (of_staff_.erase(staff) == 0) return;
    actions.push_back(KeepFailures{failures_of_staff(now), {}});
}

void Sessions::on(FailuresRead const& input, SteadyInstant now, std::vector<SessionAction>&) {
    for (auto const& [staff, count] : input.counts) of_staff_[staff] = {count, now};
}

void Sessions::refuse(Peer const& peer, std::string code, std::string words, Duration wait,
                      std::string staff, std::vector<SessionAction>& actions) {
    ++refused_;
    actions.push_back(
        SignInRefused{peer, std::move(code), std::move(words), wait, std::move(staff)});
}

void Sessions::on(SignInAsked const& input, SteadyInstant now,
                  std::vector<SessionAction>& actions) {
    auto const& peer = input.peer;
    auto const on_list = !input.held.empty();
    auto const named = on_list ? input.staff : std::string();
    auto const wait = std::max(pause_of(of_line_, line_name(peer), now),
                               on_list ? pause_of(of_staff_, input.staff, now) : Duration{});
    if (wait.ms > 0) {
        return refuse(peer, "wait",
                      fmt::format("too many wrong PINs; try again in {} s", (wait.ms + 999) / 1000),
                      wait, named, actions);
    }
    // One at a time of a person and of a connection: many at once would be many free guesses.
    auto const same = [&](auto const& check) {
        return (check.second.peer == peer && !check.second.dropped) ||
               (on_list && check.second.staff == input.staff);
    };
    if (checks_.size() >= pin_checks_max || std::any_of(checks_.begin(), checks_.end(), same)) {
        return refuse(peer, "busy", "another PIN is being checked; try again", seconds(1), named,
                      actions);
    }
    auto const ticket = ++last_ticket_;
    checks_[ticket] = {peer, input.staff, on_list};
    actions.push_back(CheckPin{ticket, input.held, input.pin});
}

void Sessions::on(PinChecked const& input, SteadyInstant now, std::vector<SessionAction>& actions) {
    auto const it = checks_.find(input.ticket);
    if (it == checks_.end()) return;
    auto const check = it->second;
    checks_.erase(it);
    if (check.dropped) return;
    if (!input.matched || !check.on_list) {
        count(of_line_, line_name(check.peer), now);
        if (check.on_list) count(of_staff_, check.staff, now);
        auto const wait =
            std::max(pause_of(of_line_, line_name(check.peer), now),
                     check.on_list ? pause_of(of_staff_, check.staff, now) : Duration{});
        if (!check.on_list)
            return refuse(check.peer, "no_match", no_match_words, wait, {}, actions);
        ++refused_;
        actions.push_back(
            KeepFailures{failures_of_staff(now),
                         SignInRefused{check.peer, "no_match", no_match_words, wait, check.staff}});
        return;
    }
    of_line_.erase(line_name(check.peer));
    forgive(check.staff, now, actions);
    auto const* before = at(check.peer.to);
    if (before != nullptr && left_alone(*before, now)) {  // begins anew, and follows nothing yet
        actions.push_back(SessionEnded{before->peer, before->staff, SessionEnd::idle});
        sessions_.erase(check.peer.to);
        before = nullptr;
    }
    if (before == nullptr && sessions_.size() >= sessions_max) {
        return refuse(
            check.peer, "full",
            fmt::format("{} people are signed in, and that is all there may be", sessions_max), {},
            check.staff, actions);
    }
    if (before != nullptr && (before->staff != check.staff || before->peer != check.peer)) {
        actions.push_back(SessionEnded{before->peer, before->staff, SessionEnd::replaced});
        sessions_.erase(check.peer.to);
    }
    auto& session = sessions_[check.peer.to];
    session.peer = check.peer;
    session.staff = check.staff;
    session.acted = now;
    actions.push_back(SessionBegan{check.peer, check.staff});
}

// They go on counting against pin_checks_max: whoever comes and goes must not fill the queue.
template <class Which>
void Sessions::drop(Which const& which) {
    for (auto& [ticket, check] : checks_) {
        if (which(check)) check.dropped = true;
    }
}

template <class Which>
void Sessions::end_all(Which const& which, SessionEnd why, std::vector<SessionAction>& actions) {
    for (auto it = sessions_.begin(); it != sessions_.end();) {
        if (!which(it->second)) {
            ++it;
            continue;
        }
        actions.push_back(SessionEnded{it->second.peer, it->second.staff, why});
        it = sessions_.erase(it);
    }
}

void Sessions::on(SignOutAsked const& input, SteadyInstant, std::vector<SessionAction>& actions) {
    end_all([&](Session const& s) { return s.peer == input.peer; }, SessionEnd::signed_out,
            actions);
}

void Sessions::on(Acted const& input, SteadyInstant now, std::vector<SessionAction>& actions) {
    on(TimePassed{}, now, actions);  // too late is too late
    auto const it = sessions_.find(input.peer.to);
    if (it != sessions_.end() && it->second.peer == input.peer) it->second.acted = now;
}

void Sessions::on(FollowAsked const& input, SteadyInstant now,
                  std::vector<SessionAction>& actions) {
    on(TimePassed{}, now, actions);
    auto const it = sessions_.find(input.peer.to);
    if (it == sessions_.end() || it->second.peer != input.peer) return;
    if (input.stop) {
        it->second.views.erase(input.view);
    } else {
        it->second.views.insert(input.view);
    }
}

void Sessions::on(LineGone const& input, SteadyInstant, std::vector<SessionAction>& actions) {
    drop([&](Check const& check) { return check.peer.line == input.line; });
    auto const name = fmt::format("{} ", input.line);
    std::erase_if(of_line_, [&](auto const& f) { return f.first.starts_with(name); });
    end_all([&](Session const& s) { return s.peer.line == input.line; }, SessionEnd::gone, actions);
}

void Sessions::on(KeyGone const& input, SteadyInstant, std::vector<SessionAction>& actions) {
    drop([&](Check const& check) { return check.peer.key == input.key; });
    end_all([&](Session const& s) { return s.peer.key == input.key; }, SessionEnd::key_revoked,
            actions);
}

void Sessions::on(PinChanged const& input, SteadyInstant now, std::vector<SessionAction>& actions) {
    // What is being checked is checked against the old one.
    for (auto& [ticket, check] : checks_) {
        if (check.staff != input.staff || check.dropped) continue;
        check.dropped = true;
        refuse(check.peer, "busy", "the PIN was just changed; try again", seconds(1), input.staff,
               actions);
    }
    forgive(input.staff, now, actions);  // the operator lets them in again
    end_all([&](Session const& s) { return s.staff == input.staff; }, SessionEnd::pin_changed,
            actions);
}

void Sessions::on(RoleChanged const& input, SteadyInstant, std::vector<SessionAction>& actions) {
    end_all([&](Session const& s) { return s.staff == input.staff; }, SessionEnd::role_changed,
            actions);
}

void Sessions::on(TimePassed const&, SteadyInstant now, std::vector<SessionAction>& actions) {
    end_all([&](Session const& s) { return left_alone(s, now); }, SessionEnd::idle, actions);
}

void Sessions::on(Stopping const&, SteadyInstant, std::vector<SessionAction>& actions) {
    checks_.clear();
    end_all([](Session const&) { return true; }, SessionEnd::stopping, actions);
}

}  // namespace washup::access
