#include "adapters/csv/dry_run.hpp"

#include <fmt/format.h>

#include "adapters/csv/intake.hpp"

namespace washup::csv {
namespace {

std::string what_it_is(v1::Observation const& observation) {
    switch (observation.what_case()) {
        case v1::Observation::kStay:
            return observation.stay().effect() == v1::StaySeen::REFERRAL ? "referral" : "update";
        case v1::Observation::kBlocker:
            return observation.blocker().closed() ? "blocker, closed" : "blocker, open";
        case v1::Observation::kAction:
            return "action, " + observation.action().state();
        case v1::Observation::kCapacity:
            return "capacity of " + observation.capacity().service();
        case v1::Observation::kMilestone:
            return "milestone " + observation.milestone().name();
        case v1::Observation::kRequest:
            return "request for " + observation.request().kind();
        case v1::Observation::kFigure:
            return "figure " + observation.figure().measure();
        default:
            return "nothing";
    }
}

std::string named_by(v1::Subject const& subject) {
    std::string names = subject.has_visit() ? "visit" : "";
    for (auto const& identifier : subject.identifiers()) {
        if (!names.empty()) names += ", ";
        names += identifier.kind() == v1::Identifier::NHS       ? "NHS number"
                 : identifier.kind() == v1::Identifier::COUNCIL ? "council number"
                                                                : "local number";
    }
    return names.empty() ? "" : "; named by " + names;
}

}  // namespace

DryRun dry_run(Profile const& profile, std::string_view file_name, std::string_view octets) {
    auto const intake = take_file(profile, file_name, octets);
    if (!intake) {
        return {fmt::format("{}: not taken: {}\n", file_name, intake.error().words), false};
    }
    DryRun out;
    out.text = fmt::format("{}: {} rows, {}\n", file_name, intake->records.size(), intake->charset);
    for (auto const& heading : intake->unknown_headings) {
        out.text += fmt::format("{}: heading \"{}\" is not in the profile and is ignored\n",
                                file_name, heading);
    }
    auto const mapper = FileMapper::make(profile, file_name, intake->batch.about);
    if (!mapper) return {fmt::format("{}: {}\n", file_name, mapper.error().words), false};
    for (auto const& record : intake->records) {
        auto const mapped = mapper->map(record.raw);
        if (mapped.has_set_aside()) {
            out.clean = false;
            out.text += fmt::format("{} set aside: {}: {}\n", record.name,
                                    mapped.set_aside().field(), mapped.set_aside().words());
        } else {
            out.text += fmt::format("{} {}, {} facts{}\n", record.name, what_it_is(mapped),
                                    mapped.facts_size(), named_by(mapped.subject()));
        }
    }
    return out;
}

}  // namespace washup::csv
