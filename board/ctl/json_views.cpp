#include "board/ctl/json_views.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "board/ctl/json_stay.hpp"
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
    std::int64_t live = 0, waiting = 0;
    for (auto const& [id, stay] : model.stays) live += stay.live() ? 1 : 0;
    for (auto const& [id, item] : model.inbox) waiting += waits_for_a_person(item) ? 1 : 0;
    json::object out;
    out["site"] = text_json(model.site_words);
    out["tier"] = model.tier;
    out["complete"] = model.complete;
    out["record"] = model.head;
    out["link"] = link_json(model, steady_ms);
    out["daemon_time"] = time_json(model.link.daemon_time.ms == 0 ? Instant{} : now);
    out["clock_rate"] = model.link.rate;
    out["clock_trusted"] = model.link.clock_trusted;
    out["stays"] = static_cast<std::int64_t>(model.stays.size());
    out["stays_live"] = live;
    out["inbox_waiting"] = waiting;
    out["alerts"] = static_cast<std::int64_t>(derive_alerts(model, now).size());
    json::array headlines;
    for (auto const& [id, headline] : model.headlines) headlines.push_back(headline_json(headline));
    out["headlines"] = std::move(headlines);
    out["sources"] = sources_json(model, now);
    return out;
}

json::array stays_json(Model const& model, Filter const& filter, bool live_only) {
    json::array out;
    for (auto const& [id, stay] : model.stays) {
        if ((live_only && !stay.live()) || !filter.passes(stay)) continue;
        out.push_back(stay_json(stay));
    }
    return out;
}

json::object pareto_json(ParetoList const& list, ParetoLevel level) {
    json::object out;
    out["scope"] = list.scope;
    out["window"] = list.window;
    out["level"] = word_of(level);
    out["weight"] = "bed_days";
    out["includes_people_who_left"] = list.window != "now";
    out["total_bed_days"] = list.total;
    out["headline_bed_days"] = number_json(list.headline);
    out["adds_up"] = list.headline ? json::value(*list.headline == list.total) : nullptr;
    json::array bars;
    for (auto const& bar : list.bars) {
        json::object one;
        one["code"] = bar.code;
        one["words"] = text_json(bar.words);
        one["bed_days"] = bar.bed_days;
        one["people"] = number_json(bar.people);
        one["cumulative_bed_days"] = bar.so_far;
        one["vital"] = bar.vital;
        bars.push_back(std::move(one));
    }
    out["bars"] = std::move(bars);
    return out;
}

json::array capacity_json(Model const& model) {
    json::array out;
    for (auto const& [id, s] : model.services) {
        json::object one;
        one["service"] = id;
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
        out.push_back(std::move(one));
    }
    return out;
}

json::array alerts_json(Model const& model, std::vector<Alert> const& alerts) {
    json::array out;
    for (auto const& alert : alerts) {
        auto const stay = model.stays.find(alert.stay);
        json::object one;
        one["kind"] = name_of(alert.kind);
        one["stay"] =
            stay == model.stays.end() ? json::value(nullptr) : json::value(stay_name(stay->second));
        one["source"] = text_json(alert.source);
        one["action"] = alert.action == 0 ? json::value(nullptr) : json::value(alert.action);
        one["subject"] = text_json(alert.subject);
        one["what"] = text_json(alert.what);
        one["due"] = text_json(alert.due);
        one["since"] = time_json(alert.since);
        one["people"] = alert.people;
        one["bed_days"] = alert.bed_days;
        out.push_back(std::move(one));
    }
    return out;
}

json::array sources_json(Model const& model, Instant now) {
    json::array out;
    for (auto const& age : source_ages(model, now)) {
        json::object one;
        one["name"] = age.name;
        one["words"] = text_json(age.words);
        one["state"] = age.never ? "never_heard" : age.silent ? "silent" : "heard";
        one["silent"] = age.silent;
        one["last_heard"] = time_json(age.last_heard);
        for (auto const& [id, source] : model.sources) {
            if (source.name != age.name) continue;
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
        }
        out.push_back(std::move(one));
    }
    return out;
}

bool waits_for_a_person(InboxItem const& item) {
    return !item.settled && item.why != "not_yet_handled";
}

std::string key_of_stay(Model const& model, std::uint64_t number) {
    for (auto const& [id, stay] : model.stays) {
        if (number != 0 && stay.stay == number) return stay.key;
    }
    return {};
}

json::array inbox_json(Model const& model, bool all) {
    json::array out;
    for (auto const& [id, item] : model.inbox) {
        if (!all && !waits_for_a_person(item)) continue;
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
        out.push_back(std::move(one));
    }
    return out;
}

}  // namespace washup::board::ctl
