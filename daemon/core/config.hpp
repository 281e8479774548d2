#pragma once
// Whatever decides or derives and is not a fact of a person: sites, teams, the outcome ladder, the
// vocabulary of reasons. It enters the journal as ConfigAdopted, so that replay never reads a file
// (design.md law 3). daemon/settings makes it from the site's TOML; nothing here reads anything.

#include <cstdint>
#include <string>
#include <vector>

#include "daemon/core/config_clocks.hpp"
#include "daemon/core/config_house.hpp"
#include "daemon/core/config_returns.hpp"
#include "daemon/core/config_words.hpp"
#include "daemon/core/value.hpp"

namespace washup::core {

struct SiteConfig {
    Code code;          // "QEQM": shown, and the scope of reports
    std::string words;  // "Queen Elizabeth The Queen Mother"
    std::vector<std::string>
        aliases;  // what sources call it: ODS codes, PV1-3.4 values, authorities
    static void describe(auto& self, auto&& field) {
        field(1, self.code);
        field(2, self.words);
        field(3, self.aliases);
    }
    friend bool operator==(SiteConfig const&, SiteConfig const&) = default;
};

struct WardConfig {
    Code code;  // as sources write it
    Code site;
    Code team;          // whose wash-up its people belong to, unless a fact says otherwise
    std::string words;  // short, for the wall: "Ford"
    static void describe(auto& self, auto&& field) {
        field(1, self.code);
        field(2, self.site);
        field(3, self.team);
        field(4, self.words);
    }
    friend bool operator==(WardConfig const&, WardConfig const&) = default;
};

struct TeamConfig {
    Code code;
    std::string words;
    Code area;
    Code site;
    std::int32_t wash_up_minute = 9 * 60;  // of the London day
    std::uint32_t wash_up_days = 0x1F;     // bit 0 = Monday
    std::vector<MeetingTime> further_wash_ups;
    bool on_bank_holidays = false;  // they wash up then too
    static void describe(auto& self, auto&& field) {
        field(1, self.code);
        field(2, self.words);
        field(3, self.area);
        field(4, self.site);
        field(5, self.wash_up_minute);
        field(6, self.wash_up_days);
        field(7, self.further_wash_ups);
        field(8, self.on_bank_holidays);
    }
    friend bool operator==(TeamConfig const&, TeamConfig const&) = default;
};

struct SourceConfig {
    SourceName name;
    std::string words;         // on the board's head: "ward"
    Duration expected_within;  // silence longer than this is itself an alarm
    static void describe(auto& self, auto&& field) {
        field(1, self.name);
        field(2, self.words);
        field(3, self.expected_within);
    }
    friend bool operator==(SourceConfig const&, SourceConfig const&) = default;
};

// The source whose word counts for a field, when several say different things.
struct MasterSource {
    Field field = Field::none;
    SourceName source;
    static void describe(auto& self, auto&& visit) {
        visit(1, self.field);
        visit(2, self.source);
    }
    friend bool operator==(MasterSource const&, MasterSource const&) = default;
};

struct Config {
    std::string site_words;  // the head of the board
    std::vector<SiteConfig> sites;
    std::vector<WardConfig> wards;
    std::vector<TeamConfig> teams;
    std::vector<NamedCode> areas;
    std::vector<SourceConfig> sources;
    std::vector<LadderStep> ladder;     // on-ladder steps in order, then those off it
    std::vector<ReasonConfig> reasons;  // national first, then local
    std::vector<NamedCode> themes;
    std::vector<MasterSource> masters;
    std::vector<Code> holders;  // nhs, social_care, both, housing, choice, provider, disputed
    std::vector<NamedCode> milestones;
    Duration keep_persons;  // after the last contact, then erased; 0 = for ever
    std::vector<Destination> destinations;
    std::vector<CodeList> code_lists;
    std::vector<CalendarConfig> calendars;
    std::vector<Date> bank_holidays;
    std::vector<ClockConfig> clocks;  // those that can start and stop here
    std::vector<CycleConfig> cycles;
    std::vector<PromptConfig> prompts;
    std::vector<ZoneConfig> zones;
    std::vector<ServiceKind> service_kinds;
    std::vector<MeasureTarget> targets;
    Organisation organisation;
    std::vector<Recalculation> recalculations;
    Returns returns;
    static void describe(auto& self, auto&& field) {
        field(1, self.site_words);
        field(2, self.sites);
        field(3, self.wards);
        field(4, self.teams);
        field(5, self.areas);
        field(6, self.sources);
        field(7, self.ladder);
        field(8, self.reasons);
        field(9, self.themes);
        field(10, self.masters);
        field(11, self.holders);
        field(12, self.milestones);
        field(13, self.keep_persons);
        field(14, self.destinations);
        field(15, self.code_lists);
        field(16, self.calendars);
        field(17, self.bank_holidays);
        field(18, self.clocks);
        field(19, self.cycles);
        field(20, self.prompts);
        field(21, self.zones);
        field(22, self.service_kinds);
        field(23, self.targets);
        field(24, self.organisation);
        field(25, self.recalculations);
        field(40, self.returns);
    }
    friend bool operator==(Config const&, Config const&) = default;
};

}  // namespace washup::core
