#include "adapters/hospital/hub_files.hpp"

#include <fmt/format.h>

#include <string_view>

namespace washup::hospital {
namespace {

std::vector<std::string> const& headings_of(std::string const& kind) {
    static std::map<std::string, std::vector<std::string>> const all = {
        {"referrals",
         {"Visit Number", "NHS Number", "Hospital Number", "Council ID", "Surname", "Forename",
          "Date of Birth", "Postcode", "Council", "Usual Residence", "Referred", "Team",
          "Case Worker", "Ideal Outcome", "Expected Outcome", "Updated"}},
        {"outcomes",
         {"Visit Number", "NHS Number", "Ideal Outcome", "Expected Outcome", "Actual Outcome",
          "Pathway", "Review", "Updated"}},
        {"blockers",
         {"Visit Number", "Hospital Number", "Blocker Ref", "Reason", "Local Reason", "Holder",
          "Note", "Opened", "Closed", "Closed Because", "Updated"}},
        {"actions",
         {"Visit Number", "Action Ref", "Action", "Owner", "Deadline", "State", "Why", "Agreed",
          "For Blocker", "Updated"}},
        {"milestones", {"Visit Number", "Milestone", "Reached", "Updated"}},
        {"capacity",
         {"Service", "Kind", "Zone", "Pathway", "Unit", "Total", "Occupied", "Reserved",
          "Out of Service", "Accepting Now", "As Of"}},
    };
    return all.at(kind);
}

std::string cell(std::string const& text, char delimiter) {
    bool const plain = text.find(delimiter) == std::string::npos &&
                       text.find_first_of("\"\r\n") == std::string::npos;
    if (plain) return text;
    std::string out = "\"";
    for (char const c : text) {
        if (c == '"') out += '"';
        out += c;
    }
    return out + '"';
}

// The published labels hold en dashes, and the hub's blockers come out of an old system.
std::string to_cp1252(std::string_view text) {
    constexpr std::string_view dash = "\xE2\x80\x93";
    std::string out;
    while (!text.empty()) {
        if (text.starts_with(dash)) {
            out += '\x96';
            text.remove_prefix(dash.size());
        } else {
            out += static_cast<unsigned char>(text.front()) < 0x80 ? text.front() : '?';
            text.remove_prefix(1);
        }
    }
    return out;
}

std::string stamp(Instant at) {
    auto const wall = london_wall(at);
    return fmt::format("{:04}{:02}{:02}_{:02}{:02}", wall.year, wall.month, wall.day, wall.hour,
                       wall.minute);
}

}  // namespace

std::vector<HubFile> HubFiles::take(Instant now) {
    std::vector<HubFile> files;
    for (auto const& [kind, rows] : rows_) {
        char const delimiter = kind == "capacity" ? ';' : ',';
        auto const& headings = headings_of(kind);
        std::string text;
        for (auto const& heading : headings) {
            if (!text.empty()) text += delimiter;
            text += heading;
        }
        text += "\r\n";
        for (auto const& row : rows) {
            bool first = true;
            for (auto const& heading : headings) {
                if (!first) text += delimiter;
                first = false;
                if (auto const found = row.find(heading); found != row.end()) {
                    text += cell(found->second, delimiter);
                }
            }
            text += "\r\n";
        }
        files.push_back({fmt::format("{}_{}.csv", kind, stamp(now)),
                         kind == "blockers" ? to_cp1252(text) : text});
    }
    rows_.clear();
    return files;
}

std::string hub_date(Date date) {
    auto const iso = to_iso(date);
    return iso.substr(8, 2) + "/" + iso.substr(5, 2) + "/" + iso.substr(0, 4);
}

std::string hub_time(Instant at) {
    return hub_date(london_date(at)) + " " + clock_time(at);
}

std::string hub_moment(Moment const& moment) {
    return moment.precision == Precision::date ? hub_date(london_date(moment.at))
                                               : hub_time(moment.at);
}

}  // namespace washup::hospital
