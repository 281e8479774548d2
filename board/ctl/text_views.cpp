#include "board/ctl/text_views.hpp"

#include <fmt/format.h>

#include "board/ctl/choice.hpp"
#include "board/ctl/table.hpp"
#include "board/model/freshness.hpp"
#include "board/model/text.hpp"

namespace washup::board::ctl {
namespace {

std::string counter(std::optional<std::int64_t> const& number) {
    return number ? std::to_string(*number) : "?";
}

std::string age_at(Instant at, Instant now) {
    return at.ms == 0 ? "never" : age_words(now - at);
}

}  // namespace

std::string status_text(Model const& model, Instant now, std::int64_t steady_ms,
                        std::string const& doors, bool wide) {
    auto const link = link_state(model.link, steady_ms);
    Glance const glance = glance_at(model, now);
    std::string out;
    out += fmt::format("site     {}\n", model.site_words.empty() ? "?" : model.site_words);
    out += fmt::format("link     {}\n", link.words.empty() ? "live" : link.words);
    out += fmt::format("clock    {}{}{}\n", to_rfc3339(now),
                       model.link.rate == 1.0 ? "" : fmt::format(" (demo {}x)", model.link.rate),
                       model.link.clock_trusted ? "" : " (clock not trusted)");
    out += fmt::format("record   {}\n", model.head);
    // What this tier does not hold is not nothing.
    auto const of_tier = [&](int tier_min, std::string words) {
        return model.tier >= tier_min ? words : fmt::format("not in tier {}", model.tier);
    };
    out +=
        fmt::format("stays    {}\n",
                    of_tier(1, fmt::format("{} live, {} in all", glance.stays_live, glance.stays)));
    for (auto const& [id, h] : model.headlines) {
        if (h.scope != "all") continue;
        out += fmt::format("ready    {} ready and still here, {} bed days so far\n",
                           h.ready_still_here, h.bed_days_now);
        out +=
            fmt::format("lost     {} bed days in 7 days, {} in 28\n", h.bed_days_7, h.bed_days_28);
    }
    out += fmt::format("inbox    {}\n",
                       of_tier(3, fmt::format("{} wait for a person", glance.inbox_waiting)));
    out += fmt::format("alerts   {}\n", of_tier(1, std::to_string(glance.alerts)));
    if (!doors.empty()) out += fmt::format("doors    {}\n", doors);
    out += "\n" + sources_text(model, now, wide);
    return out;
}

std::string pareto_text(Pareto const& list, bool wide) {
    auto out =
        fmt::format("{} bed days, {}, {}\n\n", list.total, list.scope,
                    list.window == "now" ? "so far, people still here"
                                         : "last " + list.window + " days, with people who left");
    if (list.headline && *list.headline != list.total) {
        out += fmt::format("the headline says {}: they do not add up\n\n", *list.headline);
    }
    Table table({{"", false, 0},
                 {"WAITED FOR", false, 40},
                 {"CODE", false, 24},
                 {"BED DAYS", true, 0},
                 {"PEOPLE", true, 0},
                 {"SO FAR", true, 0}});
    for (auto const& bar : list.bars) {
        auto const percent = list.total == 0 ? 0 : bar.so_far * 100 / list.total;
        table.add({bar.vital ? "*" : "", bar.words, bar.code, std::to_string(bar.bed_days),
                   bar.people ? std::to_string(*bar.people) : "-", fmt::format("{}%", percent)});
    }
    if (table.empty()) return out + "no bed day was lost\n";
    return out + table.text(wide) + "* the vital few: together they make 80%\n";
}

std::string capacity_text(Model const& model, Instant now, bool wide) {
    Table table({{"SERVICE", false, 32},
                 {"KIND", false, 20},
                 {"ZONE", false, 16},
                 {"PATH", false, 0},
                 {"TOTAL", true, 0},
                 {"OCCUPIED", true, 0},
                 {"RESERVED", true, 0},
                 {"OUT", true, 0},
                 {"ACCEPTING", true, 0},
                 {"UNIT", false, 12},
                 {"AGE", true, 0},
                 {"SOURCE", false, 16},
                 {"DOUBT", false, 32}});
    for (auto const& [id, s] : model.services) {
        table.add({s.name.empty() ? id : s.name, s.kind, s.zone, s.pathway, counter(s.total),
                   counter(s.occupied), counter(s.reserved), counter(s.out_of_service),
                   counter(s.accepting), s.unit, age_at(s.observed_at, now), s.source, s.doubt});
    }
    return table.empty() ? "no service has reported\n" : table.text(wide);
}

std::string alerts_text(std::vector<Alert> const& alerts, bool wide) {
    Table table({{"KIND", false, 0}, {"WHO", false, 32}, {"WHAT", false, 48}, {"DUE", false, 24}});
    for (auto const& alert : alerts) {
        table.add({name_of(alert.kind), alert.subject, alert.what, alert.due});
    }
    return table.empty() ? "nothing needs an answer\n" : table.text(wide);
}

std::string sources_text(Model const& model, Instant now, bool wide) {
    Table table({{"SOURCE", false, 32},
                 {"HEARD", false, 0},
                 {"ACCEPTED", true, 0},
                 {"INBOX", true, 0},
                 {"COUNTED", true, 0},
                 {"AGAIN", true, 0},
                 {"PROFILE", false, 36},
                 {"", false, 0}});
    for (auto const& age : source_ages(model, now)) {
        Source const* named = source_named(model, age.name);
        if (named == nullptr) continue;
        Source const& s = *named;
        auto const heard = age.never ? std::string("not yet") : age.age + " ago";
        table.add({s.name, age.silent ? heard + ", SILENT" : heard, std::to_string(s.accepted),
                   std::to_string(s.inbox), std::to_string(s.counted), std::to_string(s.duplicates),
                   s.profile, s.configured ? "" : "not configured"});
    }
    return table.empty() ? "no source yet\n" : table.text(wide);
}

std::string inbox_text(Model const& model, bool all, bool wide) {
    Table table({{"ITEM", true, 0},
                 {"RECEIVED", false, 0},
                 {"SOURCE", false, 20},
                 {"MESSAGE", false, 28},
                 {"KIND", false, 16},
                 {"WHY", false, 0},
                 {"FIELD", false, 16},
                 {"STAY", false, 20},
                 {"WORDS", false, 64},
                 {"TIMES", true, 0}});
    for (InboxItem const* row : chosen_items(model, all)) {
        InboxItem const& item = *row;
        auto const why = item.settled ? item.why + ", settled" : item.why;
        table.add({std::to_string(item.item),
                   item.received.ms == 0 ? "" : to_rfc3339(item.received), item.source,
                   item.record_name, item.trigger, why, item.field, key_of_stay(model, item.stay),
                   item.words, item.count == 0 ? "" : std::to_string(item.count)});
    }
    if (!table.empty()) return table.text(wide);
    return all ? "the inbox is empty\n" : "nothing waits for a person\n";
}

}  // namespace washup::board::ctl
