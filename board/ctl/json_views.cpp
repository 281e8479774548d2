#include "board/ctl/json_views.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "board/ctl/choice.hpp"
#include "board/ctl/json_stay.hpp"
#include "board/ctl/json_values.hpp"
#include "board/model/freshness.hpp"

namespace washup::board::ctl {
namespace json = boost::json;
namespace {

json::value number_json(std::optional<std::int64_t> const& number) {
    if (!number) return nullptr;
    return json::value(*number);
}

char const* word_of(LinkPhase phase) {
    switch (phase) {
        case LinkPhase::waiting:
            return "waiting";
        case LinkPhase::loading:
            return "loading";
        case LinkPhase::following:
            return "following";
        case LinkPhase::catching_up:
            return "catching_up";
        case LinkPhase::past:
            return "past";
        case LinkPhase::refused:
            return "refused";
    }
    return "waiting";
}

char const* word_of(ParetoLevel level) {
    switch (level) {
        case ParetoLevel::theme:
            return "theme";
        case ParetoLevel::reason:
            return "reason";
        case ParetoLevel::local_reason:
            return "local_reason";
    }
    return "theme";
}

json::object headline_json(Headline const& h) {
    json::object out;
    out["scope"] = h.scope;
    out["today"] = text_json(h.today);
    out["ready_still_here"] = h.ready_still_here;
    out["bed_days_now"] = h.bed_days_now;
    out["bed_days_today"] = h.bed_days_today;
    out["bed_days_7"] = h.bed_days_7;
    out["bed_days_28"] = h.bed_days_28;
    out["bed_days_91"] = h.bed_days_91;
    out["bed_days_prior_7"] = h.bed_days_prior_7;
    out["on_track"] = h.on_track;
    out["on_track_known"] = h.on_track_known;
    out["on_track_of"] = h.on_track_of;
    out["ideal_reached"] = h.ideal_reached;
    out["ideal_known"] = h.ideal_known;
    out["ideal_of"] = h.ideal_of;
    return out;
}

json::object link_json(Model const& model, std::int64_t steady_ms) {
    auto const state = link_state(model.link, steady_ms);
    json::object out;
    out["phase"] = word_of(model.link.phase);
    out["live"] = !state.marked() && model.link.phase == LinkPhase::following;
    out["words"] = text_json(state.words);
    out["heartbeat_age_ms"] =
        model.link.heard_steady_ms ? json::value(state.age_ms) : json::value(nullptr);
    out["epoch"] = text_json(model.link.epoch);
    out["daemon_head"] = model.link.head_heard;
    out["fingerprint"] = model.link.fingerprint;
    return out;
}

}  // namespace

json::object status_json(Model const& model, Instant now, std::int64_t steady_ms) {
    Glance const glance = glance_at(model, now);
    json::object out;
    out["site"] = text_json(model.site_words);
    out["tier"] = model.tier;
    out["complete"] = model.complete;
    out["record"] = model.head;
    out["link"] = link_json(model, steady_ms);
    out["daemon_time"] = time_json(model.link.daemon_time.ms == 0 ? Instant{} : now);
    out["clock_rate"] = model.link.rate;
    out["clock_trusted"] = model.link.clock_trusted;
    // What this tier does not hold is not nothing.
    auto const of_tier = [&](int tier_min, std::int64_t number) {
        return number_json(model.tier >= tier_min ? std::optional{number} : std::nullopt);
    };
    out["stays"] = of_tier(1, glance.stays);
    out["stays_live"] = of_tier(1, glance.stays_live);
    out["inbox_waiting"] = of_tier(3, glance.inbox_waiting);
    out["alerts"] = of_tier(1, glance.alerts);
    out["headlines"] =
        list_json(model.headlines, [](auto const& row) { return headline_json(row.second); });
    out["sources"] = sources_json(model, now);
    return out;
}

json::array stays_json(Model const& model, Filter const& filter, bool live_only) {
    return list_json(chosen_stays(model, filter, live_only),
                     [](Stay const* stay) { return stay_json(*stay); });
}

json::object pareto_json(Pareto const& list) {
    json::object out;
    out["scope"] = list.scope;
    out["window"] = list.window;
    out["window_days"] =
        list.window == "now" ? json::value(nullptr) : json::value(std::stoll(list.window));
    out["level"] = word_of(list.level);
    out["weight"] = "bed_days";
    out["includes_people_who_left"] = list.window != "now";
    out["total_bed_days"] = list.total;
    out["headline_bed_days"] = number_json(list.headline);
    out["adds_up"] = list.headline ? json::value(*list.headline == list.total) : nullptr;
    out["bars"] = list_json(list.bars, [](ParetoBar const& bar) {
        json::object one;
        one["code"] = bar.code;
        one["words"] = text_json(bar.words);
        one["bed_days"] = bar.bed_days;
        one["people"] = number_json(bar.people);
        one["cumulative_bed_days"] = bar.so_far;
        one["vital"] = bar.vital;
        return one;
    });
    return out;
}

json::array capacity_json(Model const& model) {
    return list_json(model.services, [](auto const& row) {
        Service const& s = row.second;
        json::object one;
        one["service"] = row.first;
        one["council"] = text_json(s.council);
        one["name"] = text_json(s.name);
        one["kind"] = text_json(s.kind);
        one["zone"] = text_json(s.zone);
        one["pathway"] = text_json(s.pathway);
        one["unit"] = text_json(s.unit);
        one["total"] = number_json(s.total);
        one["occupied"] = number_json(s.occupied);
        one["reserved"] = number_json(s.reserved);
        one["out_of_service"] = number_json(s.out_of_service);
        one["accepting"] = number_json(s.accepting);
        one["state"] = !s.doubt.empty() ? "doubtful" : s.accepting ? "known" : "unknown";
        one["doubt"] = text_json(s.doubt);
        one["observed_at"] = time_json(s.observed_at);
        one["source"] = text_json(s.source);
        return one;
    });
}

json::array alerts_json(Model const& model, std::vector<Alert> const& alerts) {
    return list_json(alerts, [&model](Alert const& alert) {
        auto const stay = model.stays.find(alert.stay);
        json::object one;
        one["kind"] = name_of(alert.kind);
        one["stay"] =
            stay == model.stays.end() ? json::value(nullptr) : json::value(stay_name(stay->second));
        one["source"] = text_json(alert.source);
        one["action"] = id_json(alert.action);
        one["subject"] = text_json(alert.subject);
        one["what"] = text_json(alert.what);
        one["due"] = text_json(alert.due);
        one["since"] = time_json(alert.since);
        one["people"] = alert.people;
        one["bed_days"] = alert.bed_days;
        return one;
    });
}

json::array sources_json(Model const& model, Instant now) {
    return list_json(source_ages(model, now), [&model](SourceAge const& age) {
        Source const none;
        Source const* named = source_named(model, age.name);
        Source const& source = named == nullptr ? none : *named;
        json::object one;
        one["name"] = age.name;
        one["words"] = text_json(age.words);
        one["state"] = age.never ? "never_heard" : age.silent ? "silent" : "heard";
        one["silent"] = age.silent;
        one["last_heard"] = time_json(age.last_heard);
        one["profile"] = text_json(source.profile);
        one["configured"] = source.configured;
        one["expected_within_s"] = source.expected_within.ms == 0
                                       ? json::value(nullptr)
                                       : json::value(source.expected_within.ms / 1000);
        one["last_occurred"] = time_json(source.last_occurred);
        one["accepted"] = source.accepted;
        one["inbox"] = source.inbox;
        one["counted"] = source.counted;
        one["duplicates"] = source.duplicates;
        one["watermark"] = source.watermark;
        return one;
    });
}

json::array inbox_json(Model const& model, bool all) {
    return list_json(chosen_items(model, all), [&model](InboxItem const* row) {
        InboxItem const& item = *row;
        json::object one;
        one["item"] = item.item;
        one["source"] = text_json(item.source);
        one["record_name"] = text_json(item.record_name);
        one["trigger"] = text_json(item.trigger);
        one["why"] = text_json(item.why);
        one["field"] = text_json(item.field);
        one["stay"] = text_json(key_of_stay(model, item.stay));
        one["words"] = text_json(item.words);
        one["received_at"] = time_json(item.received);
        one["settled"] = item.settled;
        one["count"] = item.count;
        return one;
    });
}

}  // namespace washup::board::ctl
