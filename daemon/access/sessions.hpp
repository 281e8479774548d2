#pragma once
// Who is signed in on which connection: takes staff id and PIN, lets a session begin, and ends it.
// A machine: step(input, now, actions); it makes no digest of a PIN (that takes tens of
// milliseconds and is asked for by an action), knows no socket and no clock. `now` is real time.

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "daemon/access/failure_list.hpp"
#include "proto/base/time.hpp"

namespace washup::access {

// Nobody did anything for so long: whoever walks past must not find it open.
inline constexpr Duration session_idle_max = seconds(120);
// Sessions at one time; one more is refused.
inline constexpr std::size_t sessions_max = 256;
// PINs that wait to be checked, over all connections; one more is told to come again.
inline constexpr std::size_t pin_checks_max = 16;
// Wrong PINs in a row, of one staff id or one connection, before the next has to wait. Then one
// second, doubled by each further one.
inline constexpr std::uint32_t failures_free_max = 3;
inline constexpr Duration attempt_pause_max = minutes(5);
// Without a further failure for so long they are forgotten: by then a guesser has gained nothing.
inline constexpr Duration failures_kept = hours(1);
// Connections and staff ids of which failures are remembered; the oldest makes room.
inline constexpr std::size_t failures_held_max = 4096;

// A connection: how it is answered, which line it is (a number is used again when it has gone), and
// the name of its key.
struct Peer {
    std::string to;
    int line = -1;
    std::string key;
    friend auto operator<=>(Peer const&, Peer const&) = default;
};

enum class SessionEnd {
    idle,
    signed_out,
    key_revoked,
    pin_changed,
    role_changed,
    replaced,
    gone,
    stopping
};
std::string_view to_words(SessionEnd why);  // "signed_out"
std::string sentence_of(SessionEnd why);    // for a person

// ---- what comes in
struct SignInAsked {
    Peer peer;
    std::string staff, pin;
    std::string held;  // Argon2id's text of this person's PIN; empty: none, or nobody of that id
};
struct PinChecked {
    std::uint64_t ticket = 0;
    bool matched = false;
};
// What an earlier life of the daemon kept, once and before anything else. How long ago it was is
// not known: each pause begins anew.
struct FailuresRead {
    FailureCounts counts;
};
struct SignOutAsked {
    Peer peer;
};
// A person did something there: a command, a key pressed.
struct Acted {
    Peer peer;
};
struct FollowAsked {
    Peer peer;
    int view = 0;
    bool stop = false;
};
struct LineGone {
    int line = -1;
};
struct KeyGone {
    std::string key;
};
struct PinChanged {
    std::string staff;
};
// They have another role, or their role may do something else.
struct RoleChanged {
    std::string staff;
};
struct TimePassed {};
struct Stopping {};
using SessionInput =
    std::variant<SignInAsked, PinChecked, FailuresRead, SignOutAsked, Acted, FollowAsked, LineGone,
                 KeyGone, PinChanged, RoleChanged, TimePassed, Stopping>;

// ---- what goes out
struct CheckPin {
    std::uint64_t ticket = 0;
    std::string held, pin;  // `held` empty: there is nothing to match, and it takes as long
};
struct SessionBegan {
    Peer peer;
    std::string staff;
};
struct SignInRefused {
    Peer peer;
    std::string code;  // no_match, wait, busy, full
    std::string words;
    Duration wait;
    std::string
        staff;  // only of somebody who is on the list: else it may be a PIN in the wrong box
};
// To be on the disk before `then` is said: who could try once more after a restart without its
// being counted would have as many tries as restarts.
struct KeepFailures {
    FailureCounts counts;
    std::optional<SignInRefused> then;
};
struct SessionEnded {
    Peer peer;
    std::string staff;
    SessionEnd why = SessionEnd::idle;
};
using SessionAction =
    std::variant<CheckPin, SessionBegan, SignInRefused, KeepFailures, SessionEnded>;

struct Session {
    Peer peer;
    std::string staff;
    SteadyInstant acted;
    std::set<int> views;  // followed on this connection
};

class Sessions {
  public:
    void step(SessionInput const& input, SteadyInstant now, std::vector<SessionAction>& actions);

    // The session of this very connection; null: nobody is signed in there, or not any more by now,
    // whether anybody was told of it yet or not.
    Session const* of(Peer const& peer, SteadyInstant now) const;
    // By the way it is answered alone: for what was asked for a moment ago.
    Session const* at(std::string const& to) const;
    std::map<std::string, Session> const& all() const { return sessions_; }
    std::uint64_t refused() const { return refused_; }

  private:
    struct Failures {
        std::uint32_t count = 0;
        SteadyInstant last;
    };
    using FailureMap = std::map<std::string, Failures>;
    struct Check {
        Peer peer;
        std::string staff;
        bool on_list = false;
        bool dropped = false;  // it is being worked on, and nobody waits for it any more
    };
    template <class Which>
    void drop(Which const& which);
    void on(SignInAsked const& input, SteadyInstant now, std::vector<SessionAction>& actions);
    void on(PinChecked const& input, SteadyInstant now, std::vector<SessionAction>& actions);
    void on(FailuresRead const& input, SteadyInstant now, std::vector<SessionAction>& actions);
    void on(SignOutAsked const& input, SteadyInstant now, std::vector<SessionAction>& actions);
    void on(Acted const& input, SteadyInstant now, std::vector<SessionAction>& actions);
    void on(FollowAsked const& input, SteadyInstant now, std::vector<SessionAction>& actions);
    void on(LineGone const& input, SteadyInstant now, std::vector<SessionAction>& actions);
    void on(KeyGone const& input, SteadyInstant now, std::vector<SessionAction>& actions);
    void on(PinChanged const& input, SteadyInstant now, std::vector<SessionAction>& actions);
    void on(RoleChanged const& input, SteadyInstant now, std::vector<SessionAction>& actions);
    void on(TimePassed const& input, SteadyInstant now, std::vector<SessionAction>& actions);
    void on(Stopping const& input, SteadyInstant now, std::vector<SessionAction>& actions);

    void refuse(Peer const& peer, std::string code, std::string words, Duration wait,
                std::string staff, std::vector<SessionAction>& actions);
    template <class Which>
    void end_all(Which const& which, SessionEnd why, std::vector<SessionAction>& actions);
    // Of a person there is nothing to remember any more.
    void forgive(std::string const& staff, SteadyInstant now, std::vector<SessionAction>& actions);
    static bool left_alone(Session const& session, SteadyInstant now);
    FailureCounts failures_of_staff(SteadyInstant now) const;
    static Duration pause_of(FailureMap const& map, std::string const& name, SteadyInstant now);
    static void count(FailureMap& map, std::string const& name, SteadyInstant now);

    std::map<std::string, Session> sessions_;  // by Peer::to
    std::map<std::uint64_t, Check> checks_;    // by ticket
    FailureMap of_staff_, of_line_;
    std::uint64_t last_ticket_ = 0, refused_ = 0;
};

// How long after this many wrong ones in a row the next is taken.
Duration pause_after(std::uint32_t failures);

}  // namespace washup::access
