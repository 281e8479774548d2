#pragma once
// How old what the wall shows is: the link to the daemon, and each source behind it. Pure: instants
// come in, judgements and words go out. A picture is never blanked for being old; it is marked.

#include <string>
#include <vector>

#include "board/model/model.hpp"

namespace washup::board {

// Ages of the last heartbeat, in real milliseconds. The daemon beats once a second; a lost link
// must be visible within 3 s of its loss (reliability-ux.md C-4).
inline constexpr std::int64_t link_late_ms = 2'000;
inline constexpr std::int64_t link_stale_ms = 3'000;
inline constexpr std::int64_t link_lost_ms = 30'000;

enum class Freshness : std::uint8_t {
    waiting,  // never heard of the daemon
    live,
    late,   // a heartbeat is overdue: said, not yet alarming
    stale,  // what is shown is of the past: hatched and dated
    lost,   // for long
};

struct LinkState {
    Freshness freshness = Freshness::waiting;
    LinkPhase phase = LinkPhase::waiting;
    std::int64_t age_ms = 0;
    Instant as_of;      // what is shown was right at this daemon time
    std::string words;  // empty when live and following; else "no link 5 s", "catching up"
    // True when what is shown must not be taken for the present.
    bool marked() const {
        bool const heard = freshness == Freshness::live || freshness == Freshness::late;
        return !heard || phase != LinkPhase::following;
    }
};

LinkState link_state(Link const& link, std::int64_t steady_ms);

// Milliseconds until link_state changes by itself, so that the wall is redrawn then and not up to
// a second later. 0 = it will not.
std::int64_t link_change_in_ms(Link const& link, std::int64_t steady_ms);

// The daemon's time now: that of the last heartbeat, carried on at its rate. `fallback` stands in
// until a heartbeat has come.
Instant daemon_now(Link const& link, std::int64_t steady_ms, Instant fallback);

struct SourceAge {
    std::string name, words;  // "hl7-ward", "ward"
    std::string age;          // "4 s"; "not heard" when never
    bool silent = false;      // longer than it is expected to
    bool never = false;
    Instant last_heard;
};

// Every source, silent ones first, then by words.
std::vector<SourceAge> source_ages(Model const& model, Instant now);

// By its id or its name; null when the feed has none such.
Source const* source_named(Model const& model, std::string const& name);

// Whether the source of a value is silent: the value may be of before.
bool from_silent_source(Model const& model, Observed const& value, Instant now);
bool from_silent_source(Model const& model, std::string const& source, Instant now);
// When that source was last heard.
Instant last_heard(Model const& model, std::string const& source);

// "4 s", "2 min", "3 h", "5 d". Negative ages count as zero: the sender's clock is ahead.
std::string age_words(Duration age);

}  // namespace washup::board
