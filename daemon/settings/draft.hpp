#pragma once
// Settings in the making: what was read so far, with the places that later judgement needs. Inside
// this folder only.

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "config/load/file_set.hpp"
#include "daemon/settings/codes.hpp"
#include "daemon/settings/settings.hpp"

namespace washup::settings {

inline constexpr Duration expected_within_min = seconds(10);
inline constexpr Duration expected_within_max = hours(31 * 24);
inline constexpr std::size_t words_chars_max = 80;
inline constexpr std::size_t label_chars_max = 200;
inline constexpr std::size_t wall_words_chars_max = 20;  // what a column of the wall holds

inline constexpr std::int64_t bed_day_pence_max = 100'000'000;

// A reason with the places of its words, which must not mean two things.
struct DraftReason {
    core::ReasonConfig reason;
    std::optional<bool> sensitive;
    config::Placed code, label, words;
    std::vector<config::Placed> aliases;
};

// A clock with the places of its events, which are judged when every file is read.
struct DraftClock {
    core::ClockConfig clock;
    config::Placed start, stop;
    bool on = true;
};

// Bars of the Pareto that no site can give another meaning.
inline std::map<std::string, std::string> reserved_bars() {
    return {{"unattributed", "days that no blocker held are called so"},
            {"unmapped", "days of words that no vocabulary knows are called so"}};
}

struct Draft {
    explicit Draft(config::Faults& list) : faults(list) {}

    config::Faults& faults;
    DaemonSettings settings;
    std::vector<DraftReason> national, local;
    std::vector<config::Placed> ladder_words;     // code, words and short words of every step
    std::vector<std::string> ladder_codes;        // the step that each of them belongs to
    std::vector<config::Placed> milestone_words;  // code and words of every milestone
    std::vector<std::string> milestone_codes;     // the one that each of them belongs to

    Codes sites{"site", CodeShape::foreign};
    Codes site_names{"site name", CodeShape::foreign};  // codes and aliases together
    Codes areas{"area"};
    Codes teams{"team", CodeShape::foreign};
    Codes wards{"ward", CodeShape::foreign};
    Codes sources{"source", CodeShape::lower};
    Codes milestones{"milestone", CodeShape::lower};
    Codes outcomes{"outcome", CodeShape::lower};
    Codes reasons{"reason", CodeShape::plain, reserved_bars()};
    Codes parents{"published reason"};
    Codes themes{"theme", CodeShape::lower, reserved_bars()};
    Codes holders{"holder", CodeShape::lower};
    Codes families{"family", CodeShape::lower};
    Codes destinations{"destination", CodeShape::lower};
    Codes code_lists{"code list", CodeShape::lower};
    Codes councils{"council", CodeShape::foreign};  // codes and aliases together
    Codes listed{"listed code", CodeShape::foreign};
    Codes zones{"zone"};
    Codes districts{"postcode district", CodeShape::foreign};  // of one zone of each council
    Codes service_kinds{"kind of service", CodeShape::lower};
    Codes waited_for{"reason that a kind of service serves"};  // a reason waits for one kind
    Codes targets{"measure", CodeShape::lower};
    Codes recalculations{"recalculation", CodeShape::foreign};  // by date, of a measure and scope
    std::vector<config::Placed> waited_reasons;
    Codes calendars{"calendar", CodeShape::lower};
    Codes clocks{"clock", CodeShape::lower};
    Codes known_milestones{"known milestone", CodeShape::lower};
    std::vector<DraftClock> drafted_clocks;
    std::vector<std::pair<config::Placed, bool>> clocks_switched;  // on or off, by the site
    Codes cycles{"cycle", CodeShape::lower};
    Codes prompts{"prompt", CodeShape::lower};
    std::vector<config::Placed> scopes;  // "all", "site:STM": judged when every code is known
    config::KeyReader keys;
    config::StaffRoleReader staff_roles;
    std::optional<config::Placed> far_host;              // an address that others reach
    std::vector<config::Position> clock_keys;            // of an invented clock
    std::set<std::string> sections;                      // that stand in some file, right or wrong
    std::map<std::string, config::Position> given_once;  // keys that stand in one file only
};

// True the first time a key is given; later times are faults.
bool first_time(Draft& draft, config::Table& table, std::string_view key);

// "09:00", in minutes of the London day; bit 0 = Monday.
std::int32_t minute_of_day(config::Placed const& time, Draft& draft);
std::uint32_t days_of_week(config::Table& table, std::string_view key, Draft& draft);

// The keys of [master].
std::vector<std::string> master_fields();

void read_daemon(config::Table root, Draft& draft);      // [daemon], [clock]
void read_house(config::Table root, Draft& draft);       // sites, areas, teams, wards, sources, ...
void read_vocabulary(config::Table root, Draft& draft);  // reasons, themes, holders, outcomes
void read_clocks(config::Table root, Draft& draft);      // calendars, bank holidays, clocks
void read_code_lists(config::Table root, Draft& draft);  // destinations, lists of other times
void read_services(config::Table root, Draft& draft);    // zones, kinds of service, measures
void read_returns(config::Table root, Draft& draft);     // [organisation], [returns], councils
void read_meetings(config::Table root, Draft& draft);    // cycles, prompts
core::Period read_period(config::Table& table);          // `from` and `until`
// What can be judged only when every file is read. judge_vocabulary fills in what local reasons
// inherit.
void judge_clock(Draft& draft);
void judge_listening(Draft& draft);
void judge_staff_roles(std::string const& site_file, Draft& draft);
void judge_house(Draft& draft);
void judge_vocabulary(Draft& draft);
void judge_clocks(Draft& draft);
void judge_scopes(Draft& draft);
void judge_code_lists(std::string const& site_file, Draft& draft);
void judge_services(Draft& draft);

void read_files(config::FileSet& files, Draft& draft);

}  // namespace washup::settings
