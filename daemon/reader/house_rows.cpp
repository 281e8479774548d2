#include <fmt/format.h>

#include "daemon/core/reading.hpp"
#include "daemon/core/wash_up.hpp"
#include "daemon/derive/capacity.hpp"
#include "daemon/reader/rows.hpp"

namespace washup::reader {

core::ReasonConfig const* find_reason(core::Config const& config, core::Code const& code) {
    if (code.empty()) return nullptr;
    for (auto const& reason : config.reasons) {
        if (reason.code == code) return &reason;
    }
    return nullptr;
}

std::string reason_words(core::Config const& config, core::Code const& reason,
                         core::Code const& local_reason) {
    for (auto const& code : {local_reason, reason}) {
        if (auto const* found = find_reason(config, code)) return found->words;
    }
    return "To be mapped";
}

std::string theme_words(core::Config const& config, core::Code const& theme) {
    for (auto const& entry : config.themes) {
        if (entry.code == theme) return entry.words;
    }
    return theme;
}

v1::Row service_row(core::State const& state, core::Code const& service) {
    v1::Row out;
    out.set_id(service);
    auto const& held = state.services.at(service);
    auto const& c = held.counters;
    out.set_version(held.changed.value());
    auto& row = *out.mutable_service();
    row.set_council(c.council);
    row.set_name(c.name);
    row.set_kind(c.kind);
    row.set_zone(c.zone);
    row.set_pathway(c.pathway);
    row.set_unit(c.unit);
    if (c.total) row.set_total(*c.total);
    if (c.occupied) row.set_occupied(*c.occupied);
    if (c.reserved) row.set_reserved(*c.reserved);
    if (c.out_of_service) row.set_out_of_service(*c.out_of_service);
    if (c.accepting) row.set_accepting(*c.accepting);
    row.set_observed_at_ms(c.occurred.ms);
    row.set_source(c.source);
    row.set_doubt(derive::doubt_of_counters(c));
    return out;
}

v1::Row source_row(core::State const& state, core::SourceName const& name) {
    v1::Row out;
    out.set_id(name);
    auto& row = *out.mutable_source();
    row.set_name(name);
    row.set_words(name);
    for (auto const& config : state.config.sources) {
        if (config.name != name) continue;
        row.set_configured(true);
        row.set_words(config.words);
        row.set_expected_within_ms(config.expected_within.ms);
    }
    auto const it = state.sources.find(name);
    if (it == state.sources.end()) return out;
    auto const& source = it->second;
    out.set_version(source.changed.value());
    row.set_last_heard_ms(source.last_heard.ms);
    row.set_last_occurred_ms(source.last_occurred.ms);
    row.set_accepted(source.accepted);
    row.set_inbox(source.inbox);
    row.set_counted(source.counted);
    if (auto const epoch = source.epochs.find(source.latest); epoch != source.epochs.end()) {
        row.set_profile(epoch->second.profile);
        row.set_watermark(epoch->second.watermark);
    }
    return out;
}

v1::Row staff_row(core::Staff const& staff) {
    v1::Row out;
    out.set_id(staff.id);
    auto& row = *out.mutable_staff();
    row.set_name(staff.name.text);
    row.set_role(staff.role);
    row.set_team(staff.team);
    return out;
}

v1::Row inbox_row(core::InboxItem const& item) {
    v1::Row out;
    out.set_id(std::to_string(item.kept.item.value()));
    out.set_version(item.record.value());
    auto& row = *out.mutable_inbox();
    row.set_item(item.kept.item.value());
    row.set_source(item.kept.source);
    row.set_record_name(item.kept.record_name);
    row.set_trigger(item.kept.trigger);
    row.set_why(item.kept.why);
    row.set_field(item.kept.field);
    row.set_words(item.kept.words);
    row.set_received_ms(item.received.ms);
    row.set_settled(!item.settled.empty());
    row.set_count(item.count);
    row.set_stay(item.kept.stay.value());
    return out;
}

v1::Row team_row(core::State const& state, core::TeamConfig const& team) {
    v1::Row out;
    out.set_id(team.code);
    auto& row = *out.mutable_team();
    row.set_words(team.words);
    row.set_area(team.area);
    row.set_site(team.site);
    row.set_next_wash_up_ms(core::next_wash_up(state, team, state.last_at).ms);
    return out;
}

std::vector<v1::Row> config_rows(core::State const& state) {
    std::vector<v1::Row> rows;
    std::uint32_t step = 0;
    for (auto const& entry : state.config.ladder) {
        v1::Row out;
        out.set_id(entry.code);
        auto& row = *out.mutable_ladder();
        auto const off = entry.band == core::Band::off_ladder;
        row.set_step(off ? 0 : ++step);
        row.set_code(entry.code);
        row.set_words(entry.words);
        row.set_short_words(entry.short_words);
        row.set_band(core::name_of(entry.band));
        rows.push_back(std::move(out));
    }
    for (auto const& reason : state.config.reasons) {
        v1::Row out;
        out.set_id(reason.code);
        auto& row = *out.mutable_reason();
        row.set_label(reason.label);
        row.set_words(reason.words);
        row.set_theme(reason.theme);
        row.set_theme_words(theme_words(state.config, reason.theme));
        row.set_holder(reason.holder);
        row.set_sensitive(reason.sensitive);
        rows.push_back(std::move(out));
    }
    for (auto const& team : state.config.teams) rows.push_back(team_row(state, team));
    return rows;
}

}  // namespace washup::reader
