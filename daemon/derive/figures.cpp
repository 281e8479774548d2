#include "daemon/derive/figures.hpp"

#include "daemon/core/reading.hpp"
#include "daemon/derive/decimal.hpp"
#include "daemon/derive/ledger.hpp"

namespace washup::derive {
namespace {

using core::Field;

core::Code code_of(core::State const& state, core::Stay const& stay, Field field) {
    auto const said = core::read(state, stay, field);
    return said.known() ? said.fact->value.code : core::Code{};
}

constexpr std::pair<int, char const*> bands[] = {{21, "delay_21"}, {14, "delay_14"}, {7, "delay_7"},
                                                 {4, "delay_4"},   {2, "delay_2"},   {1, "delay_1"},
                                                 {0, "delay_0"}};

void add_delay(Discharge const& discharge, Figures& out) {
    if (!discharge.delay_days) {
        for (auto const& [from, measure] : bands) ++out[measure].unknown;
        ++out["mean_delay"].unknown;
        ++out["mean_delay_delayed"].unknown;
        return;
    }
    bool found = false;
    for (auto const& [from, measure] : bands) {
        ++out[measure].of;
        if (found || *discharge.delay_days < from) continue;
        ++out[measure].value;
        found = true;
    }
    out["mean_delay"].value += *discharge.delay_days;
    ++out["mean_delay"].of;
    if (*discharge.delay_days == 0) return;
    out["mean_delay_delayed"].value += *discharge.delay_days;
    ++out["mean_delay_delayed"].of;
}

void add_pathway(Discharge const& discharge, Figures& out) {
    constexpr std::pair<char const*, char const*> pathways[] = {
        {"P0", "pathway_0"}, {"P1", "pathway_1"}, {"P2", "pathway_2"}, {"P3", "pathway_3"}};
    for (auto const& [code, measure] : pathways) {
        auto& figure = out[measure];
        discharge.pathway.empty() ? ++figure.unknown : ++figure.of;
        if (discharge.pathway == code) ++figure.value;
    }
}

void add_reached(Reached reached, Figure& figure) {
    reached == Reached::unknown ? ++figure.unknown : ++figure.of;
    if (reached == Reached::yes) ++figure.value;
}

}  // namespace

std::string text_of(Shape shape, Figure const& figure) {
    switch (shape) {
        case Shape::count:
            return std::to_string(figure.value);
        case Shape::percent:
            return percent(figure.value, figure.of);
        case Shape::mean:
            return ratio(figure.value, figure.of, 2);
    }
    return {};
}

FigureSource::FigureSource(core::State const& state, Date today) : state_(state), today_(today) {
    for (auto const& [id, stay] : state.stays) {
        if (stay.joined_into) continue;
        auto const end = core::end_of(state, stay);
        for (auto const& midnight : ledger(state, stay, today))
            lost_.push_back({place_of(state.config, midnight), midnight.date, !end});
        if (auto discharge = discharge_of(state, stay)) discharges_.push_back(*discharge);
        if (end) continue;
        Here here;
        here.place = shown_place(state, stay);
        here.ready = core::read(state, stay, Field::discharge_ready).known();
        here.on_track = reached(state.config, code_of(state, stay, Field::ideal_outcome),
                                code_of(state, stay, Field::expected_outcome));
        auto const admitted = core::read(state, stay, Field::admitted_at);
        if (admitted.known() && admitted.fact->value.moment)
            here.days_in = today - london_date(admitted.fact->value.moment->at);
        here_.push_back(here);
    }
}

Figures FigureSource::now(Scope const& scope) const {
    Figures out;
    for (auto const* measure : {"ready_still_here", "bed_days_now", "bed_days_today",
                                "bed_days_month", "los_7", "los_14", "los_21", "on_track"})
        out[measure];
    for (auto const& here : here_) {
        if (!scope.holds(here.place)) continue;
        if (here.ready) ++out["ready_still_here"].value;
        add_reached(here.on_track, out["on_track"]);
        for (auto const& [days, measure] :
             {std::pair{7, "los_7"}, std::pair{14, "los_14"}, std::pair{21, "los_21"}}) {
            auto& figure = out[measure];
            if (!here.days_in) ++figure.unknown;
            if (here.days_in && *here.days_in >= days) ++figure.value;
        }
    }
    auto const yesterday = today_ - 1;
    auto const this_month = to_iso(today_).substr(0, 7);
    for (auto const& lost : lost_) {
        if (!scope.holds(lost.place)) continue;
        if (lost.here) ++out["bed_days_now"].value;
        if (lost.date == yesterday) ++out["bed_days_today"].value;
        if (to_iso(lost.date).substr(0, 7) == this_month) ++out["bed_days_month"].value;
    }
    return out;
}

void FigureSource::add_outcomes(Discharge const& discharge, Figures& out) const {
    if (!discharge.on_board) return;
    add_reached(discharge.reached_first, out["ideal_outcome"]);
    add_reached(discharge.reached_latest, out["ideal_outcome_latest"]);
    if (discharge.lowered_after_ready) ++out["ideals_lowered"].value;
    auto& home = out["home"];
    discharge.actual.empty() ? ++home.unknown : ++home.of;
    if (discharge.actual_band != core::Band::home) return;
    ++home.value;
    if (discharge.bed_expected) ++out["home_despite_bed"].value;
}

Figures FigureSource::over(Scope const& scope, Days days) const {
    Figures out;
    for (auto const& definition : definitions()) {
        if (definition.flow && !definition.imported) out[core::Code(definition.code)];
    }
    for (auto const* elsewhere : {"readmitted_30", "readmitted_90", "died_30", "died_90",
                                  "bed_days_per_100k", "extra_home"})
        out.erase(elsewhere);
    for (auto const& discharge : discharges_) {
        if (!days.hold(discharge.date) || !scope.holds(discharge.place)) continue;
        ++out["discharges"].value;
        add_outcomes(discharge, out);
        add_delay(discharge, out);
        add_pathway(discharge, out);
        if (discharge.actual_band == core::Band::long_bed) ++out["new_permanent"].value;
    }
    for (auto const& lost : lost_) {
        if (days.hold(lost.date) && scope.holds(lost.place)) ++out["bed_days"].value;
    }
    return out;
}

Figure FigureSource::readmitted(Scope const& scope, Days days, int within,
                                std::int64_t& died) const {
    Figure figure;
    for (auto const& discharge : discharges_) {
        if (!days.hold(discharge.date) || !scope.holds(discharge.place)) continue;
        auto const what = came_back(state_, discharge, within);
        what == Return::method_unknown ? ++figure.unknown : ++figure.of;
        if (what == Return::readmitted) ++figure.value;
        if (what == Return::died) ++died;
    }
    return figure;
}

std::optional<Date> FigureSource::first_day() const {
    std::optional<Date> first;
    for (auto const& [id, stay] : state_.stays) {
        auto const date = london_date(stay.opened_at);
        if (!first || date < *first) first = date;
    }
    return first;
}

Figures FigureSource::readmissions(Scope const& scope) const {
    Figures out;
    auto const today = today_;
    out["readmitted_30"] = readmitted(scope, {today - 58, today - 31}, 30, out["died_30"].value);
    out["readmitted_90"] = readmitted(scope, {today - 97, today - 91}, 90, out["died_90"].value);
    return out;
}

}  // namespace washup::derive
