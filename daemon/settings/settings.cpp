#include "daemon/settings/settings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <ostream>

#include "daemon/settings/draft.hpp"

namespace washup::settings {
namespace {

// A daemon without these would start and show nothing that makes sense.
struct Needed {
    char const* key;
    char const* as_written;
};
constexpr std::array<Needed, 9> needed{{{"words", "`words`"},
                                        {"site", "[[site]]"},
                                        {"area", "[[area]]"},
                                        {"team", "[[team]]"},
                                        {"outcome", "[[outcome]]"},
                                        {"reason", "[[reason]]"},
                                        {"theme", "[[theme]]"},
                                        {"holders", "`holders`"},
                                        {"families", "`families`"}}};

void judge_presence(std::string const& site_file, Draft& draft) {
    auto const& config = draft.settings.config;
    for (auto const& [key, as_written] : needed) {
        if (draft.sections.count(key) != 0) continue;
        draft.faults.add({site_file, 1, 1},
                         fmt::format("there is no {} here, nor in what is included", as_written));
    }
    if (!config.holders.empty() && !draft.holders.has("disputed")) {
        draft.faults.add({site_file, 1, 1}, "`holders` lacks \"disputed\"",
                         "it is what two claims to the same time are called");
    }
}

// Where people sign in their roles decide, and without any nobody could do anything there.
bool signs_in(config::KeyEntry const& key) {
    return key.revoked.empty() && config::is_for_people(key.role);
}

std::string counted(std::size_t n, char const* what) {
    return fmt::format("{} {}{}", n, what, n == 1 ? "" : "s");
}

// Which clocks run, and of the others why they do not.
std::string clocks_told(DaemonSettings const& settings) {
    if (settings.config.clocks.empty() && settings.clocks_off.empty()) return {};
    std::string told = "clocks on:";
    for (auto const& clock : settings.config.clocks) told += " " + clock.code;
    told += settings.config.clocks.empty() ? " none\n" : "\n";
    for (auto const& [clock, events] : settings.clocks_off) {
        told += events.empty() ? fmt::format("off: {}: switched off\n", clock)
                               : fmt::format("off: {}: nothing here records {}\n", clock,
                                             fmt::join(events, " or "));
    }
    return told;
}

// "2 sites, 8 wards, ...": that a file was read whole is seen by what came of it.
std::string what_is_configured(DaemonSettings const& settings) {
    auto const& config = settings.config;
    auto const local = static_cast<std::size_t>(
        std::count_if(config.reasons.begin(), config.reasons.end(),
                      [](core::ReasonConfig const& reason) { return !reason.parent.empty(); }));
    std::vector<std::string> all{counted(config.sites.size(), "site"),
                                 counted(config.wards.size(), "ward"),
                                 counted(config.teams.size(), "team"),
                                 counted(config.areas.size(), "area"),
                                 counted(config.zones.size(), "zone"),
                                 counted(config.sources.size(), "source"),
                                 counted(config.reasons.size() - local, "published reason"),
                                 counted(local, "local reason"),
                                 counted(config.ladder.size(), "outcome"),
                                 counted(config.destinations.size(), "destination"),
                                 counted(config.code_lists.size(), "code list"),
                                 counted(config.milestones.size(), "milestone"),
                                 counted(config.clocks.size(), "clock"),
                                 counted(config.prompts.size(), "prompt"),
                                 counted(config.cycles.size(), "weekly cycle")};
    if (!settings.keys.empty()) {
        all.push_back(counted(settings.keys.size(), "key"));
        all.push_back(counted(settings.staff_roles.size(), "staff role"));
    }
    return fmt::format("{}", fmt::join(all, ", "));
}

}  // namespace

void judge_staff_roles(std::string const& site_file, Draft& draft) {
    auto const& keys = draft.keys.keys();
    if (!draft.staff_roles.roles().empty() || std::none_of(keys.begin(), keys.end(), signs_in)) {
        return;
    }
    draft.faults.add(
        {site_file, 1, 1},
        "there are keys where people sign in, and no [[staff_role]] says what they may",
        "include vocab/staff_roles.toml, as shipped or changed");
}

void read_files(config::FileSet& files, Draft& draft) {
    for (auto& tree : files.trees()) {
        auto root = tree.root(draft.faults);
        for (auto const& [key, as_written] : needed) {
            if (root.has(key)) draft.sections.insert(key);
        }
        read_daemon(root, draft);
        read_house(root, draft);
        read_returns(root, draft);
        read_vocabulary(root, draft);
        read_code_lists(root, draft);
        read_services(root, draft);
        read_clocks(root, draft);
        read_meetings(root, draft);
        draft.keys.read(root);
        draft.staff_roles.read(root);
    }
    files.report_unknown(draft.faults);
}

std::optional<DaemonSettings> load_settings(std::string const& site_file, config::Faults& faults) {
    Draft draft(faults);
    config::FileSet files(site_file, faults);
    read_files(files, draft);
    judge_clock(draft);
    if (files.complete()) {
        judge_listening(draft);
        judge_staff_roles(site_file, draft);
        judge_presence(site_file, draft);
        judge_house(draft);
        judge_vocabulary(draft);
        judge_clocks(draft);
        judge_scopes(draft);
        judge_code_lists(site_file, draft);
        judge_services(draft);
    }
    if (!faults.empty()) return std::nullopt;
    draft.settings.keys = draft.keys.keys();
    draft.settings.staff_roles = draft.staff_roles.roles();
    draft.settings.site_file = site_file;
    draft.settings.digest = digest_of(draft.settings.config);
    return std::move(draft.settings);
}

KeyList load_keys(std::string const& site_file, config::Faults& faults) {
    config::FileSet files(site_file, faults);
    config::KeyReader keys;
    config::StaffRoleReader roles;
    for (auto& tree : files.trees()) {
        auto root = tree.root(faults);
        keys.read(root);
        roles.read(root);
    }
    return {keys.keys(), roles.roles(), {files.files().begin(), files.files().end()}};
}

int check_config(std::string const& site_file, std::ostream& out) {
    config::Faults faults;
    auto const settings = load_settings(site_file, faults);
    if (!settings) {
        for (auto const& fault : faults.list()) out << config::to_text(fault) << '\n';
        out << counted(faults.list().size(), "fault") << '\n';
        return exit_config_fault;
    }
    auto const& config = settings->config;
    out << what_is_configured(*settings) << ": no faults\n";
    out << clocks_told(*settings);
    return 0;
}

}  // namespace washup::settings
