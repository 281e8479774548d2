#pragma once
// What a wall shows, as plain values: the rows of one view of the daemon's state and how well the
// link to the daemon is. It is not the state itself: no rule of the ward lives here, only what the
// feed said. No ImGui, no socket, no protobuf; a Model is published whole and never changed after.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "proto/base/time.hpp"

namespace washup::board {

enum class ValueState : std::uint8_t { unknown, known, doubtful, disagreement, erased };

// A value with when it was observed, by which source, and when it was last confirmed.
struct Observed {
    ValueState state = ValueState::unknown;
    std::string value;                  // code, or text for a person
    std::optional<Moment> moment;       // when the value is a time
    Instant observed_at, confirmed_at;  // ms 0 = not told
    std::string source;
    std::string why;                  // of doubtful
    std::string other, other_source;  // of disagreement

    bool known() const { return state != ValueState::unknown && state != ValueState::erased; }
    friend bool operator==(Observed const&, Observed const&) = default;
};

// Steps from ideal to expected; negative = more independent than the ideal.
struct Gap {
    bool known = false;
    std::int32_t steps = 0, bands = 0;
    bool at_least = false;         // one of the two is known to its band only
    std::uint32_t ideal_step = 0;  // 1 = most independent; 0 = unknown or off the ladder
    std::uint32_t expected_step = 0;
    bool off_ladder = false;
    friend bool operator==(Gap const&, Gap const&) = default;
};

struct Blocker {
    std::uint64_t number = 0;
    std::string reason, words, theme, holder;
    std::vector<std::string> claims;  // who was named as the holder; two and more dispute it
    bool holds_clock = false;
    std::optional<Moment> opened, closed;  // no `closed` = open
    std::string closed_why, note, source, doubt;
    std::int32_t days_held = 0;
    bool sensitive = false;

    bool open() const { return !closed.has_value(); }
    friend bool operator==(Blocker const&, Blocker const&) = default;
};

struct Action {
    std::uint64_t number = 0;
    std::string text, owner, owner_words, owner_role;
    std::optional<Moment> deadline;
    std::string state;  // open, done, not_done, cancelled, draft
    bool overdue = false;
    std::uint32_t moved = 0;
    std::uint64_t blocker = 0;
    std::string why;
    bool owner_doubtful = false;

    bool open() const { return state == "open"; }
    // A doubtful owner is one too; low tiers carry the doubt and the role, not the name.
    bool owned() const {
        return !owner.empty() || !owner_words.empty() || !owner_role.empty() || owner_doubtful;
    }
    friend bool operator==(Action const&, Action const&) = default;
};

struct ClockPiece {
    Instant from, to;  // to.ms 0 = still running
    std::string holder, words;
    std::uint64_t blocker = 0;
    friend bool operator==(ClockPiece const&, ClockPiece const&) = default;
};

// A configured clock of the stay: its latest run.
struct StayClock {
    std::string clock, words, owner;
    Instant started, warn_at, due;  // due.ms 0 = its calendar never comes to it
    Instant ended;                  // .ms 0 = it runs
    std::string state;              // met, breached, stopped; "" = it runs
    friend bool operator==(StayClock const&, StayClock const&) = default;
};

struct Milestone {
    std::string name;
    Moment at;
    friend bool operator==(Milestone const&, Milestone const&) = default;
};

struct Stay {
    std::string id;          // row id in the feed
    std::uint64_t stay = 0;  // internal id; never changes
    std::uint64_t version = 0;
    std::string key;  // tier 3: authority ":" visit number
    Observed site, nhs_number, name, ward, bed, team, worker, area;
    std::string initials;
    // As the site calls the ward and the team on a wall; "" = by their codes.
    std::string ward_words, team_words;
    Observed admitted_at, expected_discharge, medically_optimised, discharge_ready, ended;
    Observed review_on, referred_at, pathway, usual_residence;
    Observed ideal_outcome, expected_outcome, actual_outcome, proposed_outcome, at_risk;
    Observed birth_date, postcode_district;
    std::vector<std::string> identifiers, marks;
    std::int32_t days_lost = 0;
    Gap gap;
    std::vector<Blocker> blockers;  // open first, the holding one first of all
    std::vector<Action> actions;    // open first, by deadline
    std::vector<ClockPiece> chess_clock;
    std::vector<Milestone> milestones;
    std::vector<StayClock> clocks;
    // A move to another hospital: the stays before and after this one; 0 = none.
    std::uint64_t came_from = 0, went_on_as = 0;
    bool provisional = false, inferred = false, first_seen = false, died = false, on_leave = false;

    bool live() const { return !ended.known() && !died; }
    bool ready() const { return discharge_ready.known(); }
    friend bool operator==(Stay const&, Stay const&) = default;
};

// Bed days of one leaf in one window and scope.
struct Tally {
    std::string scope, window, reason, local_reason, theme, words;
    std::int64_t bed_days = 0, people = 0;
    friend bool operator==(Tally const&, Tally const&) = default;
};

// Distinct people behind a bar of several leaves; they cannot be summed from the leaves.
struct People {
    std::string scope, window, level, code;  // level: theme, reason; code "" = unattributed
    std::int64_t people = 0;
    friend bool operator==(People const&, People const&) = default;
};

struct Headline {
    std::string scope;
    std::int64_t ready_still_here = 0;
    std::int64_t bed_days_now = 0, bed_days_today = 0;
    std::int64_t bed_days_7 = 0, bed_days_28 = 0, bed_days_91 = 0, bed_days_prior_7 = 0;
    std::int64_t on_track = 0, on_track_known = 0, on_track_of = 0;
    std::int64_t ideal_reached = 0, ideal_known = 0, ideal_of = 0;
    std::string today;
    friend bool operator==(Headline const&, Headline const&) = default;
};

struct Service {
    std::string id, council, name, kind, zone, pathway, unit, source, doubt;
    std::optional<std::int64_t> total, occupied, reserved, out_of_service, accepting;
    Instant observed_at;
    friend bool operator==(Service const&, Service const&) = default;
};

struct Source {
    std::string name, words, profile;
    Instant last_heard, last_occurred;  // ms 0 = never
    Duration expected_within;           // ms 0 = no expectation
    std::uint64_t accepted = 0, inbox = 0, counted = 0, duplicates = 0, watermark = 0;
    bool configured = false;
    friend bool operator==(Source const&, Source const&) = default;
};

struct LadderStep {
    std::uint32_t step = 0;  // from 1, most independent first; 0 = off the ladder
    std::string code, words, short_words, band;
    friend bool operator==(LadderStep const&, LadderStep const&) = default;
};

struct Staff {
    std::string id, name, role, team;
    friend bool operator==(Staff const&, Staff const&) = default;
};

struct InboxItem {
    std::uint64_t item = 0, count = 0;
    std::uint64_t stay = 0;  // internal number of the stay that holds the rest of it; 0 = none
    std::string source, record_name, trigger, why, field, words;
    Instant received;
    bool settled = false;
    friend bool operator==(InboxItem const&, InboxItem const&) = default;
};

struct Team {
    std::string code, words, area, site;
    Instant next_wash_up;  // ms 0 = not planned
    friend bool operator==(Team const&, Team const&) = default;
};

struct Reason {
    std::string code, label, words, theme, theme_words, holder;
    bool sensitive = false;
    friend bool operator==(Reason const&, Reason const&) = default;
};

// How the follower stands with the daemon. Freshness (freshness.hpp) judges it.
enum class LinkPhase : std::uint8_t {
    waiting,      // no heartbeat yet
    loading,      // heartbeats come, the first snapshot does not yet
    following,    // the picture is the daemon's, as of the last heartbeat
    catching_up,  // a hole, another epoch or a wrong fingerprint: the picture is of before
    refused,      // the daemon will not give this view; `words` says why
    past,         // of a past minute; nothing changes it
};

// Who is in front of a board whose view is given to people and not to machines.
enum class PersonState : std::uint8_t { not_asked, signed_out, checking, signed_in };

struct Person {
    PersonState state = PersonState::not_asked;
    std::string staff;  // signed in, being checked, or the last one who was
    std::string words;  // signed out: why, in the daemon's words
    // Signed in, and the daemon will not show their role more than the machine shows anyway: why.
    std::string refused;
    friend bool operator==(Person const&, Person const&) = default;
};

struct Link {
    LinkPhase phase = LinkPhase::waiting;
    std::string words;
    // When the last heartbeat arrived, in milliseconds since boot; real time, always.
    std::optional<std::int64_t> heard_steady_ms;
    Instant daemon_time;   // in that heartbeat
    Instant picture_time;  // in the last heartbeat at which the picture was the daemon's
    double rate = 1.0;     // of the daemon's clock; above 1 only in the demo
    bool clock_trusted = true;
    std::string epoch;
    std::uint64_t head_heard = 0;  // the daemon's last durable record, by that heartbeat
    std::string fingerprint;       // of this view's rows at that record, in hex
    friend bool operator==(Link const&, Link const&) = default;
};

// Rows are keyed by their id in the feed, so that the order of arrival never shows.
template <class Row>
using Rows = std::map<std::string, Row, std::less<>>;

struct Model {
    int tier = 1;
    bool complete = false;   // a whole snapshot has been applied at least once
    std::uint64_t head = 0;  // the record number these rows stand for
    std::string site_words;
    Link link;
    Person person;
    Rows<Stay> stays;
    Rows<Tally> tallies;
    Rows<People> people;
    Rows<Headline> headlines;
    Rows<Service> services;
    Rows<Source> sources;
    Rows<LadderStep> ladder;
    Rows<Staff> staff;
    Rows<InboxItem> inbox;
    Rows<Team> teams;
    Rows<Reason> reasons;
    friend bool operator==(Model const&, Model const&) = default;
};

}  // namespace washup::board
