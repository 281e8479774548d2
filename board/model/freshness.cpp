#include "board/model/freshness.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace washup::board {
namespace {

bool is_silent(Source const& source, Instant now) {
    if (source.expected_within.ms <= 0) return false;
    return source.last_heard.ms == 0 || now - source.last_heard > source.expected_within;
}

Freshness freshness_of(std::int64_t age_ms) {
    if (age_ms >= link_lost_ms) return Freshness::lost;
    if (age_ms >= link_stale_ms) return Freshness::stale;
    if (age_ms >= link_late_ms) return Freshness::late;
    return Freshness::live;
}

std::string link_words(LinkState const& state, Link const& link) {
    if (link.phase == LinkPhase::refused) {
        return link.words.empty() ? "view refused" : link.words;
    }
    switch (state.freshness) {
        case Freshness::waiting:
            return "waiting for the daemon";
        case Freshness::late:
        case Freshness::stale:
            return "no link " + age_words(milliseconds(state.age_ms));
        case Freshness::lost:
            return "no link since " + clock_time(state.as_of);
        case Freshness::live:
            break;
    }
    if (link.phase == LinkPhase::loading) return "loading";
    if (link.phase == LinkPhase::past) return "past";
    if (link.phase == LinkPhase::catching_up) return "catching up";
    return link.clock_trusted ? "" : "clock not trusted";
}

}  // namespace

std::string age_words(Duration age) {
    std::int64_t const s = std::max<std::int64_t>(age.ms, 0) / 1000;
    if (s < 60) return fmt::format("{} s", s);
    if (s < 60 * 60) return fmt::format("{} min", s / 60);
    if (s < 48 * 3600) return fmt::format("{} h", s / 3600);
    return fmt::format("{} d", s / 86400);
}

LinkState link_state(Link const& link, std::int64_t steady_ms) {
    LinkState state;
    state.phase = link.phase;
    bool const right = link.phase == LinkPhase::following || link.picture_time.ms == 0;
    state.as_of = right ? link.daemon_time : link.picture_time;
    if (link.heard_steady_ms) {
        state.age_ms = std::max<std::int64_t>(steady_ms - *link.heard_steady_ms, 0);
        state.freshness = freshness_of(state.age_ms);
    }
    state.words = link_words(state, link);
    return state;
}

std::int64_t link_change_in_ms(Link const& link, std::int64_t steady_ms) {
    if (!link.heard_steady_ms) return 0;
    std::int64_t const age = std::max<std::int64_t>(steady_ms - *link.heard_steady_ms, 0);
    for (std::int64_t edge : {link_late_ms, link_stale_ms, link_lost_ms}) {
        if (age < edge) return edge - age;
    }
    return 0;
}

Instant daemon_now(Link const& link, std::int64_t steady_ms, Instant fallback) {
    if (!link.heard_steady_ms) return fallback;
    auto const elapsed = static_cast<double>(steady_ms - *link.heard_steady_ms) * link.rate;
    return link.daemon_time + milliseconds(static_cast<std::int64_t>(elapsed));
}

std::vector<SourceAge> source_ages(Model const& model, Instant now) {
    std::vector<SourceAge> ages;
    for (auto const& [id, source] : model.sources) {
        SourceAge age;
        age.name = source.name.empty() ? id : source.name;
        age.words = source.words.empty() ? age.name : source.words;
        age.last_heard = source.last_heard;
        age.never = source.last_heard.ms == 0;
        age.age = age.never ? "not heard" : age_words(now - source.last_heard);
        age.silent = is_silent(source, now);
        ages.push_back(std::move(age));
    }
    std::sort(ages.begin(), ages.end(), [](SourceAge const& a, SourceAge const& b) {
        if (a.silent != b.silent) return a.silent;
        return std::tie(a.words, a.name) < std::tie(b.words, b.name);
    });
    return ages;
}

Source const* source_named(Model const& model, std::string const& name) {
    if (name.empty()) return nullptr;
    for (auto const& [id, row] : model.sources) {
        if (id == name || row.name == name) return &row;
    }
    return nullptr;
}

bool from_silent_source(Model const& model, Observed const& value, Instant now) {
    return value.known() && from_silent_source(model, value.source, now);
}

bool from_silent_source(Model const& model, std::string const& source, Instant now) {
    Source const* row = source_named(model, source);
    return row != nullptr && is_silent(*row, now);  // a person's word has no interval
}

Instant last_heard(Model const& model, std::string const& source) {
    Source const* row = source_named(model, source);
    return row == nullptr ? Instant{} : row->last_heard;
}

}  // namespace washup::board
