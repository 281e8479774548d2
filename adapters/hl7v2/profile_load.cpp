// Reads config/sources/*.toml. Every value has the meaning profile.hpp gives it; a profile other
// than default starts as a copy of default, and a list or map it names replaces or extends that.

#include <algorithm>
#include <filesystem>

#include "adapters/hl7v2/adt_mapper.hpp"
#include "adapters/hl7v2/observed_fields.hpp"
#include "adapters/hl7v2/profile.hpp"
#include "config/load/tree.hpp"

namespace washup::hl7v2 {
namespace {

using config::Faults;
using config::Table;

void read_places(Table& table, std::string_view key, Places& out) {
    if (!table.has(key)) return;
    out.clear();
    for (auto const& item : table.placed_list(key)) {
        auto place = Position::parse(item.text);
        if (place) {
            out.push_back(std::move(*place));
        } else {
            table.faults().add(item.at, place.error().words);
        }
    }
}

void read_codes(Table& table, std::string_view key, CodeList& out) {
    if (table.has(key)) out.set(table.texts(key));
}

// Codes are added to those of default; our words must be among `allowed`, when it is not empty.
void read_map(Table& table, std::string_view key, std::vector<std::string> const& allowed,
              CodeMap& out) {
    auto map = table.maybe_table(key);
    if (!map) return;
    for (auto const& [code, word] : map->text_entries()) {
        auto const known = std::find(allowed.begin(), allowed.end(), word.text) != allowed.end();
        if (!allowed.empty() && !known) {
            table.faults().add(word.at, "unknown word `" + word.text + "`",
                               config::did_you_mean(word.text, allowed));
            continue;
        }
        out.set(code.text, word.text);
    }
}

void read_handles(Table& table, CodeList& out) {
    if (!table.has("handles")) return;
    std::vector<std::string> names;
    for (auto const& item : table.placed_list("handles")) {
        auto const& known = known_triggers();
        if (std::find(known.begin(), known.end(), item.text) == known.end()) {
            table.faults().add(item.at, "trigger `" + item.text + "` cannot be handled yet",
                               config::did_you_mean(item.text, known));
        }
        names.push_back(item.text);
    }
    out.set(names);
}

void read_message(Table root, Profile& out) {
    auto table = root.maybe_table("message");
    if (!table) return;
    read_handles(*table, out.handles);
    read_codes(*table, "processing_ids", out.processing_ids);
    out.charset = table->text_or("charset", out.charset);
    if (auto const zone = table->maybe_placed("time_zone")) {
        auto found = Zone::find(zone->text);
        if (found) {
            out.zone = *found;
        } else {
            table->faults().add(zone->at, found.error().words);
        }
    }
    auto const ack = table->one_of_or("ack", {"by_message", "original"},
                                      out.force_original_ack ? "original" : "by_message");
    out.force_original_ack = ack == "original";
    auto const control = table->one_of_or("control_id", {"unique", "unreliable"},
                                          out.control_id_unique ? "unique" : "unreliable");
    out.control_id_unique = control == "unique";
}

void read_person(Table root, Profile& out) {
    auto table = root.maybe_table("person");
    if (!table) return;
    read_places(*table, "identifiers", out.identifiers);
    read_places(*table, "identifiers_when_empty", out.identifiers_when_empty);
    read_codes(*table, "nhs_authorities", out.nhs_authorities);
    read_codes(*table, "nhs_types", out.nhs_types);
    read_codes(*table, "local_types", out.local_types);
    out.default_authority = table->text_or("default_authority", out.default_authority);
    read_codes(*table, "name_types", out.name_types);
    read_map(*table, "sexes", {"F", "M", "X", "U"}, out.sexes);
    read_places(*table, "shield", out.shield);
    read_places(*table, "died", out.died);
    read_places(*table, "died_at", out.died_at);
}

void read_stay(Table root, Profile& out) {
    if (auto table = root.maybe_table("visit")) {
        read_places(*table, "number", out.visit_number);
        out.visit_authority = table->text_or("authority", out.visit_authority);
        read_codes(*table, "not_inpatient", out.not_inpatient);
    }
    if (auto table = root.maybe_table("location")) {
        read_places(*table, "ward", out.ward);
        read_places(*table, "bay", out.bay);
        read_places(*table, "bed", out.bed);
        read_places(*table, "site", out.site);
    }
    if (auto table = root.maybe_table("dates")) {
        read_places(*table, "admitted_at", out.admitted_at);
        read_places(*table, "discharged_at", out.discharged_at);
        read_places(*table, "expected_discharge", out.expected_discharge);
        read_places(*table, "planned_discharge", out.planned_discharge);
    }
    if (auto table = root.maybe_table("staff")) {
        read_places(*table, "consultant", out.consultant);
        read_places(*table, "specialty", out.specialty);
    }
}

void read_ways_in_and_out(Table root, Profile& out) {
    static std::vector<std::string> const ended{"discharged",          "died",
                                                "self_discharge",      "transferred",
                                                "left_without_notice", "recorded_in_error"};
    static std::vector<std::string> const outcomes{
        "own_home",   "usual_residence", "home_reablement",      "home_care",
        "extra_care", "rehab_bed",       "short_term_care_home", "residential",
        "nursing",    "hospice",         "end_of_life",          "home",
        "short_bed",  "long_bed"};
    if (auto table = root.maybe_table("admission")) {
        read_places(*table, "method", out.admission_method);
        read_map(*table, "methods", {"elective", "emergency", "maternity", "other"},
                 out.admission_methods);
    }
    if (auto table = root.maybe_table("discharge")) {
        read_places(*table, "method", out.discharge_method);
        read_places(*table, "destination", out.discharge_destination);
        read_map(*table, "methods", ended, out.discharge_methods);
        read_map(*table, "destinations_ended", ended, out.destinations_ended);
        read_map(*table, "destinations", outcomes, out.destinations_outcome);
    }
}

void read_observed(Table root, Profile& out) {
    for (Table table : root.tables("observe")) {
        ObservedFact fact;
        fact.fact = table.one_of("fact", observed_field_names());
        read_places(table, "flag", fact.flag);
        fact.yes.set({"Y", "YES", "TRUE", "1"});
        fact.no.set({"N", "NO", "FALSE", "0"});
        read_codes(table, "yes", fact.yes);
        read_codes(table, "no", fact.no);
        read_places(table, "time", fact.time);
        read_places(table, "value", fact.value);
        read_map(table, "values", {}, fact.values);
        if (observed_field_number(fact.fact) == 0) continue;  // told already
        auto const moment = observed_field_is_moment(fact.fact);
        if (moment && fact.time.empty()) table.fault("fact", "`time` is missing: where it stands");
        if (!moment && fact.value.empty()) {
            table.fault("fact", "`value` is missing: where it stands");
        }
        // A profile's own word on a fact replaces default's.
        std::erase_if(out.observed, [&](auto const& known) { return known.fact == fact.fact; });
        out.observed.push_back(std::move(fact));
    }
}

Profile read_profile(std::filesystem::path const& file, Profile const& base, Faults& faults) {
    auto tree = config::load_tree(file, faults);
    auto root = tree.root(faults);
    auto out = base;
    out.name = file.stem().string();
    out.words = root.text("words");
    out.matches.clear();
    for (Table table : root.tables("match")) {
        SenderMatch match{table.text_or("application", {}), table.text_or("facility", {})};
        if (match.application.empty() && match.facility.empty()) {
            table.fault("application", "a match that names neither application nor facility");
        }
        out.matches.push_back(std::move(match));
    }
    read_message(root, out);
    read_person(root, out);
    read_stay(root, out);
    read_ways_in_and_out(root, out);
    read_observed(root, out);
    tree.report_unknown(faults);
    return out;
}

// Two profiles that claim one sender would make the choice an accident.
void check_matches(std::map<std::string, Profile> const& profiles, Faults& faults) {
    std::map<std::string, std::string> claimed;
    for (auto const& [name, profile] : profiles) {
        for (auto const& match : profile.matches) {
            auto const key = match.application + "|" + match.facility;
            auto const [it, fresh] = claimed.emplace(key, name);
            if (fresh || it->second == name) continue;
            faults.add({name + ".toml", 0, 0},
                       "sender " + key + " is already matched by " + it->second + ".toml");
        }
    }
}

}  // namespace

ProfileSet ProfileSet::load(std::filesystem::path const& folder, Faults& faults) {
    ProfileSet out;
    auto const base_file = folder / "default.toml";
    Profile bare;
    bare.handles.set(known_triggers());
    auto const base = read_profile(base_file, bare, faults);
    out.profiles_.emplace("default", base);
    std::vector<std::filesystem::path> files;
    std::error_code error;
    for (auto const& entry : std::filesystem::directory_iterator(folder, error)) {
        auto const& file = entry.path();
        auto const name = file.filename().string();
        // The folder is shared with the profiles of other kinds of source.
        auto const ours = !name.starts_with("csv_") && !name.starts_with("fhir_");
        if (ours && file.extension() == ".toml" && name != "default.toml") files.push_back(file);
    }
    if (error) faults.add({folder.string(), 0, 0}, "the folder of profiles cannot be read");
    std::sort(files.begin(), files.end());
    for (auto const& file : files) {
        out.profiles_.emplace(file.stem().string(), read_profile(file, base, faults));
    }
    check_matches(out.profiles_, faults);
    return out;
}

}  // namespace washup::hl7v2
