#include <fmt/format.h>

#include "daemon/reader/rows.hpp"

namespace washup::reader {
namespace {

std::int64_t bed_days(derive::Tallies const& tallies, std::string const& scope,
                      derive::Window window) {
    std::int64_t sum = 0;
    auto const first = tallies.leaves().lower_bound(derive::LeafKey{scope, window, {}, {}});
    for (auto it = first; it != tallies.leaves().end(); ++it) {
        if (it->first.scope != scope || it->first.window != window) break;
        sum += it->second.bed_days;
    }
    return sum;
}

}  // namespace

std::string row_id(derive::LeafKey const& key) {
    return fmt::format("{}|{}|{}|{}", key.scope, derive::name_of(key.window), key.reason,
                       key.local_reason);
}

v1::Row tally_row(core::State const& state, derive::LeafKey const& key, derive::Leaf const& leaf) {
    v1::Row out;
    out.set_id(row_id(key));
    auto& row = *out.mutable_tally();
    row.set_scope(key.scope);
    row.set_window(derive::name_of(key.window));
    row.set_reason(key.reason);
    row.set_local_reason(key.local_reason);
    row.set_theme(derive::theme_of(state.config, key.reason, key.local_reason));
    row.set_words(key.reason.empty() && key.local_reason.empty()
                      ? "Unattributed"
                      : reason_words(state.config, key.reason, key.local_reason));
    row.set_bed_days(leaf.bed_days);
    row.set_people(leaf.people);
    return out;
}

std::string row_id(derive::PeopleKey const& key) {
    return fmt::format("{}|{}|{}|{}", key.scope, derive::name_of(key.window),
                       derive::name_of(key.level), key.code);
}

v1::Row people_row(derive::PeopleKey const& key, std::int64_t people) {
    v1::Row out;
    out.set_id(row_id(key));
    auto& row = *out.mutable_people();
    row.set_scope(key.scope);
    row.set_window(derive::name_of(key.window));
    row.set_level(derive::name_of(key.level));
    row.set_code(key.code);
    row.set_people(people);
    return out;
}

v1::Row headline_row(core::State const& state, std::string const& scope,
                     derive::Headline const& headline, derive::Tallies const& tallies) {
    v1::Row out;
    out.set_id(scope);
    auto& row = *out.mutable_headline();
    using derive::Window;
    row.set_scope(scope);
    row.set_ready_still_here(headline.ready_still_here);
    row.set_bed_days_now(bed_days(tallies, scope, Window::now));
    row.set_bed_days_today(bed_days(tallies, scope, Window::today));
    row.set_bed_days_7(bed_days(tallies, scope, Window::days_7));
    row.set_bed_days_28(bed_days(tallies, scope, Window::days_28));
    row.set_bed_days_91(bed_days(tallies, scope, Window::days_91));
    row.set_bed_days_prior_7(bed_days(tallies, scope, Window::prior_7));
    row.set_on_track(headline.on_track);
    row.set_on_track_known(headline.on_track_known);
    row.set_on_track_of(headline.live);
    row.set_ideal_reached(headline.ideal_reached);
    row.set_ideal_known(headline.ideal_known);
    row.set_ideal_of(headline.discharged);
    row.set_today(to_iso(state.today));
    return out;
}

}  // namespace washup::reader
