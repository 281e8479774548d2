#include "board/keep/plan.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace washup::board::keep {
namespace {

constexpr std::string_view in_front = "washup-", behind = ".sheet";

}  // namespace

bool is_due(Plan const& plan, Instant now) {
    if (plan.tried && now < *plan.tried + retry_after && *plan.tried <= now) return false;
    if (!plan.written) return true;
    // A clock that was put back must not leave the ward with what it has.
    if (now < *plan.written) return true;
    if (*plan.written + sheet_every <= now) return true;
    return std::any_of(plan.meetings.begin(), plan.meetings.end(), [&](Instant meeting) {
        auto const from = meeting - plan.before_meeting;
        return from <= now && now < meeting && *plan.written < from;
    });
}

Instant next_look(Plan const& plan, Instant now) {
    if (plan.tried && *plan.tried <= now && now < *plan.tried + retry_after)
        return *plan.tried + retry_after;
    if (!plan.written || is_due(plan, now)) return now;
    auto next = *plan.written + sheet_every;
    for (auto const meeting : plan.meetings) {
        auto const from = meeting - plan.before_meeting;
        if (now < from) next = std::min(next, from);
    }
    return next;
}

bool is_old(Instant written, Instant now) {
    return written + sheet_every + sheet_every < now;
}

std::string age_words(Instant written, Instant now) {
    auto const minutes = std::max<std::int64_t>(0, (now - written).ms / 60'000);
    auto const age = minutes < 60 ? fmt::format("{} min", minutes)
                                  : fmt::format("{} h {} min", minutes / 60, minutes % 60);
    auto const date = london_date(written);
    return fmt::format("written {} {} {}, {} ago{}", weekday_short(date), day_month(date),
                       clock_time(written), age, is_old(written, now) ? ": OLD" : "");
}

std::string file_name(Instant written) {
    auto text = to_rfc3339(written);  // 2026-11-23T08:45:00.123Z
    std::string digits;
    for (auto const c : text.substr(0, 19)) {
        if (c != '-' && c != ':') digits += c;
    }
    return fmt::format("{}{}Z{}", in_front, digits, behind);
}

std::optional<Instant> time_in(std::string_view name) {
    if (!name.starts_with(in_front) || !name.ends_with(behind)) return {};
    name.remove_prefix(in_front.size());
    name.remove_suffix(behind.size());
    if (name.size() != 16 || name[8] != 'T' || name[15] != 'Z') return {};
    auto const part = [&](std::size_t at, std::size_t count) {
        return std::string(name.substr(at, count));
    };
    auto const moment = parse_moment(fmt::format("{}-{}-{}T{}:{}:{}Z", part(0, 4), part(4, 2),
                                                 part(6, 2), part(9, 2), part(11, 2), part(13, 2)));
    if (!moment) return {};
    return moment->at;
}

std::vector<std::string> to_remove(std::vector<std::string> files) {
    std::erase_if(files, [](auto const& file) { return !time_in(file); });
    // The names are in the order of their times.
    std::sort(files.begin(), files.end());
    if (files.size() <= sheets_kept_max) return {};
    files.resize(files.size() - sheets_kept_max);
    return files;
}

}  // namespace washup::board::keep
