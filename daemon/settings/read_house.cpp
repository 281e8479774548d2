#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "daemon/settings/draft.hpp"

namespace washup::settings {
namespace {

struct FieldName {
    char const* key;
    core::Field field;
};
constexpr std::array<FieldName, 28> field_names{{
    {"name", core::Field::name},
    {"birth_date", core::Field::birth_date},
    {"sex", core::Field::sex},
    {"postcode_district", core::Field::postcode_district},
    {"council", core::Field::council},
    {"usual_residence", core::Field::usual_residence},
    {"died_at", core::Field::died_at},
    {"location", core::Field::location},
    {"admitted_at", core::Field::admitted_at},
    {"expected_discharge", core::Field::expected_discharge},
    {"medically_optimised", core::Field::medically_optimised},
    {"discharge_ready", core::Field::discharge_ready},
    {"ending", core::Field::ending},
    {"team", core::Field::team},
    {"case_worker", core::Field::case_worker},
    {"review_on", core::Field::review_on},
    {"ideal_outcome", core::Field::ideal_outcome},
    {"expected_outcome", core::Field::expected_outcome},
    {"actual_outcome", core::Field::actual_outcome},
    {"proposed_outcome", core::Field::proposed_outcome},
    {"referred_at", core::Field::referred_at},
    {"pathway", core::Field::pathway},
    {"admission_method", core::Field::admission_method},
    {"on_leave", core::Field::on_leave},
    {"consultant", core::Field::consultant},
    {"criteria_to_reside", core::Field::criteria_to_reside},
    {"specialty", core::Field::specialty},
    {"at_risk", core::Field::at_risk},
}};

config::Placed words_of(config::Table& table, std::size_t chars_max, Draft& draft) {
    auto words = table.placed("words");
    check_words(words, chars_max, draft.faults);
    return words;
}

void read_sites(config::Table& root, Draft& draft) {
    for (auto& table : root.tables("site")) {
        auto const code = table.placed("code");
        auto const words = words_of(table, words_chars_max, draft);
        auto const aliases = table.placed_list("aliases");
        // A name that means two sites would send people to the wrong one.
        if (draft.sites.give(code, draft.faults)) draft.site_names.give(code, draft.faults);
        core::SiteConfig site{code.text, words.text, {}};
        for (auto const& alias : aliases) {
            draft.site_names.give(alias, draft.faults);
            site.aliases.push_back(alias.text);
        }
        draft.settings.config.sites.push_back(std::move(site));
    }
}

void read_further_wash_ups(config::Table& table, core::TeamConfig& team, Draft& draft) {
    team.on_bank_holidays = table.truth_or("on_bank_holidays", false);
    for (auto& further : table.tables("wash_up")) {
        core::MeetingTime time{team.wash_up_days, team.wash_up_minute};
        time.minute = minute_of_day(further.placed("at"), draft);
        if (further.has("on")) time.days = days_of_week(further, "on", draft);
        team.further_wash_ups.push_back(time);
    }
}

void read_teams(config::Table& root, Draft& draft) {
    for (auto& table : root.tables("team")) {
        auto const code = table.placed("code");
        auto const area = table.placed("area");
        auto const site = table.placed("site");
        core::TeamConfig team;
        team.code = code.text;
        team.words = words_of(table, words_chars_max, draft).text;
        team.area = area.text;
        team.site = site.text;
        if (auto const time = table.maybe_placed("wash_up_at"))
            team.wash_up_minute = minute_of_day(*time, draft);
        if (table.has("wash_up_on")) {
            team.wash_up_days = days_of_week(table, "wash_up_on", draft);
            if (team.wash_up_days == 0)
                table.fault("wash_up_on", "a team needs a day for its wash-up");
        }
        read_further_wash_ups(table, team, draft);
        draft.teams.give(code, draft.faults);
        draft.areas.refer(area);
        draft.sites.refer(site);
        draft.settings.config.teams.push_back(std::move(team));
    }
}

void read_wards(config::Table& root, Draft& draft) {
    for (auto& table : root.tables("ward")) {
        auto const code = table.placed("code");
        auto const site = table.placed("site");
        auto const team = table.placed("team");
        auto const words = words_of(table, wall_words_chars_max, draft);
        draft.wards.give(code, site.text, draft.faults);
        draft.sites.refer(site);
        draft.teams.refer(team);
        draft.settings.config.wards.push_back({code.text, site.text, team.text, words.text});
    }
}

void read_sources(config::Table& root, Draft& draft) {
    for (auto& table : root.tables("source")) {
        auto const name = table.placed("name");
        core::SourceConfig source;
        source.name = name.text;
        source.words = words_of(table, wall_words_chars_max, draft).text;
        // Absent: silence of this source is no alarm.
        source.expected_within = table.duration_or("expected_within", Duration{},
                                                   expected_within_min, expected_within_max);
        draft.sources.give(name, draft.faults);
        draft.settings.config.sources.push_back(std::move(source));
    }
}

void read_masters(config::Table& root, Draft& draft) {
    auto masters = root.maybe_table("master");
    if (!masters || !first_time(draft, root, "master")) return;
    for (auto const& [key, source] : masters->text_entries()) {
        auto const named = [&name = key.text](FieldName const& known) { return name == known.key; };
        auto const* const found = std::find_if(field_names.begin(), field_names.end(), named);
        draft.sources.refer(source);
        if (found == field_names.end()) {
            draft.faults.add(key.at, fmt::format("there is no field `{}`", key.text),
                             config::did_you_mean(key.text, master_fields()));
        } else {
            draft.settings.config.masters.push_back({found->field, source.text});
        }
    }
}

// [[area]], [[milestone]] and [[theme]]: a code and its words.
void read_named(config::Table& root, char const* key, Codes& codes,
                std::vector<core::NamedCode>& into, Draft& draft) {
    for (auto& table : root.tables(key)) {
        auto const code = table.placed("code");
        auto const words = words_of(table, words_chars_max, draft);
        codes.give(code, draft.faults);
        into.push_back({code.text, words.text});
        if (&codes != &draft.milestones) continue;
        for (auto const& name : {code, words}) {
            draft.milestone_words.push_back(name);
            draft.milestone_codes.push_back(code.text);
        }
    }
}

}  // namespace

std::int32_t minute_of_day(config::Placed const& time, Draft& draft) {
    auto const& text = time.text;
    auto const digit = [&text](std::size_t i) { return text[i] >= '0' && text[i] <= '9'; };
    if (text.size() == 5 && text[2] == ':' && digit(0) && digit(1) && digit(3) && digit(4)) {
        auto const hour = (text[0] - '0') * 10 + (text[1] - '0');
        auto const minute = (text[3] - '0') * 10 + (text[4] - '0');
        if (hour < 24 && minute < 60) return hour * 60 + minute;
    }
    draft.faults.add(time.at, fmt::format("\"{}\" is no time of day", text),
                     "write for example \"09:00\", with two digits each");
    return 0;
}

std::uint32_t days_of_week(config::Table& table, std::string_view key, Draft& draft) {
    static std::vector<std::string> const names{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    std::uint32_t days = 0;
    for (auto const& day : table.placed_list(key)) {
        auto const found = std::find(names.begin(), names.end(), day.text);
        if (found == names.end()) {
            auto const near = config::did_you_mean(day.text, names);
            draft.faults.add(
                day.at, fmt::format("\"{}\" is no day of the week", day.text),
                near.empty() ? fmt::format("one of: {}", fmt::join(names, ", ")) : near);
            days |= 1;  // so that "no day" is not told besides
            continue;
        }
        auto const bit = 1u << (found - names.begin());
        if ((days & bit) != 0)
            draft.faults.add(day.at, fmt::format("\"{}\" is there twice", day.text));
        days |= bit;
    }
    return days;
}

std::vector<std::string> master_fields() {
    std::vector<std::string> keys;
    for (auto const& name : field_names) keys.emplace_back(name.key);
    return keys;
}

void read_house(config::Table root, Draft& draft) {
    auto& config = draft.settings.config;
    if (auto const words = root.maybe_placed("words"); words && first_time(draft, root, "words")) {
        check_words(*words, words_chars_max, draft.faults);
        config.site_words = words->text;
    }
    read_sites(root, draft);
    read_named(root, "area", draft.areas, config.areas, draft);
    read_teams(root, draft);
    read_wards(root, draft);
    read_sources(root, draft);
    read_masters(root, draft);
    read_named(root, "milestone", draft.milestones, config.milestones, draft);
    read_named(root, "theme", draft.themes, config.themes, draft);
}

void judge_house(Draft& draft) {
    for (auto const* codes : {&draft.sites, &draft.areas, &draft.teams, &draft.sources})
        codes->judge(draft.faults);
}

}  // namespace washup::settings
