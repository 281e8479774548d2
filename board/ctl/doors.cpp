#include "board/ctl/doors.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <boost/json/array.hpp>
#include <map>
#include <vector>

#include "board/ctl/json_values.hpp"
#include "board/ctl/table.hpp"
#include "washup/v1/command.pb.h"

namespace washup::board::ctl {
namespace {

std::map<std::string, std::uint64_t> by_reason(v1::DoorsReport const& report) {
    std::map<std::string, std::uint64_t> counts;
    for (auto const& row : report.turned_away()) counts[row.why()] += row.count();
    return counts;
}

}  // namespace

boost::json::object doors_json(v1::DoorsReport const& report) {
    boost::json::array away, in;
    for (auto const& row : report.turned_away()) {
        away.push_back({{"door", row.door()},
                        {"why", row.why()},
                        {"key", text_json(row.key())},
                        {"count", row.count()}});
    }
    for (auto const& row : report.signed_in()) {
        in.push_back({{"staff", row.staff()}, {"key", row.key()}, {"idle_ms", row.idle_ms()}});
    }
    boost::json::object out;
    out["turned_away"] = std::move(away);
    out["signed_in"] = std::move(in);
    out["keys"] = report.keys();
    out["keys_revoked"] = report.keys_revoked();
    out["keys_fault"] = text_json(report.keys_fault());
    out["frames_refused"] = report.frames_refused();
    out["sign_ins_refused"] = report.sign_ins_refused();
    return out;
}

std::string doors_text(v1::DoorsReport const& report, bool wide) {
    std::string out;
    if (report.keys() == 0) {
        out += "no keys: everybody on the daemon's machine may do everything\n";
    } else {
        out += fmt::format("{} keys, {} revoked; {} sign-ins refused; {} frames refused\n",
                           report.keys(), report.keys_revoked(), report.sign_ins_refused(),
                           report.frames_refused());
    }
    if (!report.keys_fault().empty()) {
        out += fmt::format("the key list of before counts, because the newer one has a fault: {}\n",
                           report.keys_fault());
    }
    Table in({{"SIGNED IN"}, {"AT KEY"}, {"IDLE"}});
    for (auto const& row : report.signed_in()) {
        in.add({row.staff(), row.key(), fmt::format("{} s", row.idle_ms() / 1000)});
    }
    if (!in.empty()) out += "\n" + in.text(wide);
    Table away({{"TURNED AWAY AT"}, {"WHY"}, {"COUNT"}, {"LAST KEY"}});
    for (auto const& row : report.turned_away()) {
        away.add({row.door(), row.why(), std::to_string(row.count()),
                  row.key().empty() ? "-" : row.key()});
    }
    if (!away.empty()) out += "\n" + away.text(wide);
    return out;
}

std::string doors_line(v1::DoorsReport const& report) {
    std::uint64_t sum = 0;
    std::vector<std::string> reasons;
    for (auto const& [why, count] : by_reason(report)) {
        sum += count;
        reasons.push_back(fmt::format("{} {}", why, count));
    }
    auto out = fmt::format("{} turned away", sum);
    if (!reasons.empty()) out += fmt::format(" ({})", fmt::join(reasons, ", "));
    if (report.sign_ins_refused() > 0) {
        out += fmt::format(", {} sign-ins refused", report.sign_ins_refused());
    }
    if (!report.keys_fault().empty()) out += "; the newer key list has a fault";
    return out;
}

boost::json::object doors_counts_json(v1::DoorsReport const& report) {
    boost::json::object reasons, out;
    std::uint64_t sum = 0;
    for (auto const& [why, count] : by_reason(report)) {
        sum += count;
        reasons[why] = count;
    }
    out["turned_away"] = sum;
    out["by_reason"] = std::move(reasons);
    out["frames_refused"] = report.frames_refused();
    out["sign_ins_refused"] = report.sign_ins_refused();
    out["keys_fault"] = text_json(report.keys_fault());
    return out;
}

}  // namespace washup::board::ctl
