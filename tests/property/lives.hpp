#pragma once
// What really happened to one person in hospital, and what the house was told of it: late, twice,
// corrected, by two sources and by hand. The truth is written down first and the messages follow
// from it; nights and the chess clock are then counted by looking at every quarter of an hour, with
// a calendar of its own. It shares nothing with the daemon but the words of messages.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "proto/base/prng.hpp"
#include "tests/support/core/ward.hpp"

namespace washup::tests {

inline constexpr Duration tick = minutes(15);  // everything in a life happens on one

// London by the rule of the law: forward at 01:00 UTC on the last Sunday of March, back on the
// last of October.
struct London {
    int days = 0;     // since 1970
    int minutes = 0;  // of the day, as on a clock on the wall
};
London naive_london(Instant at);
Instant naive_midnight(int days);  // at which that date begins

// A time of a life; a date alone when `by_date`.
struct When {
    Instant at;
    bool by_date = false;
    std::string text() const;
    // From when it can count: a date alone, from its first instant.
    Instant from() const;
};

// Everybody whose life is told has it.
inline constexpr char const* nhs_number = "9990000018";

struct TrueBlocker {
    core::BlockerId id;     // as the house calls it
    std::string reference;  // as the hub does; empty = raised by hand
    std::string reason, holder;
    When opened;
    std::optional<When> closed;
    std::vector<std::string> claims;  // who was said to be the holder
};
struct TrueHandOver {
    core::BlockerId to;
    Instant at;
};
struct TruePlace {
    std::string site, ward;
    When since;
};
// Somebody said that the person was ready, or again was not.
struct TrueSaying {
    std::string source;
    Instant said;
    std::optional<When> ready;
};

struct TrueNight {
    int date = 0;
    std::string site, ward, reason, holder;
    friend bool operator==(TrueNight const&, TrueNight const&) = default;
};
struct TruePiece {
    Instant from, to;
    core::BlockerId blocker;
    std::string holder;
    friend bool operator==(TruePiece const&, TruePiece const&) = default;
};

struct TrueVisit {
    std::string number, authority = "RZZ";
    std::optional<When> admitted, ended, died;
    bool in_error = false;
    std::vector<TruePlace> places;
    std::vector<TrueSaying> sayings;
    std::vector<TrueBlocker> blockers;
    std::vector<TrueHandOver> hand_overs;

    std::optional<When> ready(std::string const& master) const;  // of the final period
    std::vector<TrueNight> nights(std::string const& master, Instant now) const;
    std::vector<TruePiece> pieces(std::string const& master, Instant now) const;
    TrueBlocker const* holder(Instant at) const;

  private:
    std::optional<Instant> over() const;
};

// Lives one life on the ward. `met` counts what it came across, by name.
class Life {
  public:
    Life(Ward& ward, Prng& chance, std::map<std::string, int>& met);
    void live();
    std::vector<TrueVisit> const& visits() const { return visits_; }
    std::string const& master() const { return master_; }
    Instant now() const { return now_; }
    std::string const& diary() const { return diary_; }

  private:
    TrueVisit& here() { return visits_.back(); }
    void note(char const* what) {
        ++met_[what];
        diary_ += to_rfc3339(now_) + " " + what + "\n";
    }
    void begin();
    void step();
    void pass();
    When near(Instant at);  // that time, or its date alone
    Message about(std::string trigger, core::StaySeen::Effect effect, When const& when);
    void tell(Message message, bool may_wait = true);  // now, later, or twice
    void arrive();
    void say_ready();
    void say_not_ready();
    void say(std::optional<When> ready, char const* what);
    void move_ward();
    void leave_and_return();
    TrueBlocker* any_blocker(bool open);
    Message row(TrueBlocker const& blocker);
    void open_blocker();
    void correct_blocker();
    void claim_otherwise();
    void agree();
    void close_blocker();
    void hand_over();
    void end_here();
    void die();
    void go_to_other_trust();
    void record_in_error();
    void merge();
    bool act(auto what) {
        auto command = command_for(here().number);
        command.stay.key = Ward::key("visit", here().authority, here().number);
        command.entered_at = now_;
        command.what = std::move(what);
        return ward_.command(command).has_value();
    }

    Ward& ward_;
    Prng& chance_;
    std::map<std::string, int>& met_;
    std::string master_, person_ = "M1";
    Instant now_;
    std::vector<Message> later_;
    std::vector<TrueVisit> visits_;
    int references_ = 0;
    std::string diary_;
    bool over_ = false;
};

}  // namespace washup::tests
