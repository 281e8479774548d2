#include "board/panels/flow.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "board/model/people.hpp"
#include "board/model/text.hpp"

namespace washup::board {
namespace {

std::string theme_words(Model const& model, std::string const& theme) {
    for (auto const& [code, reason] : model.reasons) {
        if (reason.theme == theme && !reason.theme_words.empty()) {
            return capitalised(reason.theme_words);
        }
    }
    std::string words = theme;
    std::replace(words.begin(), words.end(), '_', ' ');
    return capitalised(words);
}

ParetoBar bar_of(Model const& model, Tally const& tally) {
    ParetoBar bar;
    if (tally.reason.empty() && tally.local_reason.empty()) {
        bar.kind = BarKind::unattributed;
        bar.code = "unattributed";
        bar.words = "Unattributed";
    } else if (tally.theme.empty() || tally.theme == "other") {
        bar.kind = BarKind::other;
        bar.code = "other";
        bar.words = "Other";
    } else {
        bar.code = tally.theme;
        bar.words = text_forms(theme_words(model, tally.theme));
    }
    return bar;
}

auto order_of(ParetoBar const& bar) {
    return std::make_tuple(bar.kind == BarKind::other, -bar.bed_days, bar.code);
}

// More bars than the page holds: the smallest join "other"; unattributed is always its own bar.
void fold_into_other(std::vector<ParetoBar>& bars, std::size_t most) {
    if (bars.size() <= most) return;
    ParetoBar other;
    other.kind = BarKind::other;
    other.code = "other";
    other.words = "Other";
    while (bars.size() > most - 1) {
        auto smallest = bars.end();
        for (auto it = bars.begin(); it != bars.end(); ++it) {
            if (it->kind == BarKind::unattributed) continue;
            // What is "other" already goes first; then the last in the page's order.
            if (smallest == bars.end() || order_of(*smallest) < order_of(*it)) smallest = it;
        }
        other.bed_days += smallest->bed_days;
        bars.erase(smallest);
    }
    bars.push_back(other);
}

Headline const* headline_of(Model const& model, std::string const& scope) {
    for (auto const& [id, row] : model.headlines) {
        if (row.scope == scope) return &row;
    }
    return nullptr;
}

std::int64_t headline_days(Headline const& headline, std::string const& window) {
    if (window == "now") return headline.bed_days_now;
    if (window == "7") return headline.bed_days_7;
    if (window == "28") return headline.bed_days_28;
    return headline.bed_days_91;
}

FlowNumber percent_number(Phrase label, std::int64_t part, std::int64_t known, std::int64_t of) {
    FlowNumber number;
    number.label = std::move(label);
    if (known == 0) {
        number.value = "–";
        number.note = Phrase::of(fmt::format("none known of {}", of), "not known");
        return number;
    }
    number.value = std::to_string((part * 100 + known / 2) / known);
    number.unit = "%";
    number.note =
        Phrase::of(fmt::format("{} known of {}", known, of), fmt::format("{} of {}", known, of));
    return number;
}

std::array<Phrase, 4> labels() {
    return {Phrase::of("Ready, still here", "Still here"),
            Phrase::of("Bed days, 7 days", "Bed days, 7 d"),
            Phrase::of("Ideal reached, 28 d", "Ideal, 28 d"),
            Phrase::of("On track now", "On track")};
}

std::array<FlowNumber, 4> numbers_of(Headline const* headline) {
    if (headline == nullptr) {
        FlowNumber const unknown{{}, "–", "", Phrase("not known")};
        std::array<FlowNumber, 4> all{unknown, unknown, unknown, unknown};
        for (std::size_t i = 0; i < all.size(); ++i) all[i].label = labels()[i];
        return all;
    }
    Headline const& h = *headline;
    std::int64_t const change = h.bed_days_7 - h.bed_days_prior_7;
    std::string const sign = change > 0 ? "+" : "−";
    std::string const by = sign + std::to_string(change > 0 ? change : -change);
    Phrase const trend = change == 0 ? Phrase::of("as in the 7 before", "unchanged")
                                     : Phrase::of(by + " on last week", by + " in 7 d");
    auto const names = labels();
    std::string const days = count_words(h.bed_days_now, "bed day", "bed days");
    return {{{names[0], std::to_string(h.ready_still_here), "", Phrase::of(days + " so far", days)},
             {names[1], std::to_string(h.bed_days_7), "", trend},
             percent_number(names[2], h.ideal_reached, h.ideal_known, h.ideal_of),
             percent_number(names[3], h.on_track, h.on_track_known, h.on_track_of)}};
}

Phrase pareto_words(std::int64_t total, std::string const& window) {
    std::string const days = count_words(total, "bed day", "bed days");
    if (window == "now") {
        return Phrase::of(days + " so far, people still here", days + " so far");
    }
    return Phrase::of(fmt::format("{}, {} days, with people who left", days, window),
                      fmt::format("{}, {} days", days, window), days);
}

}  // namespace

std::string scope_of(Filter const& filter) {
    if (!filter.ward.empty()) return "ward:" + filter.ward;
    if (!filter.team.empty()) return "team:" + filter.team;
    if (!filter.site.empty()) return "site:" + filter.site;
    return "all";
}

Pareto make_pareto(Model const& model, std::string const& scope, std::string const& window,
                   int bars) {
    std::map<std::string, ParetoBar> by_code;
    for (auto const& [id, tally] : model.tallies) {
        if (tally.scope != scope || tally.window != window) continue;
        if (tally.bed_days == 0) continue;
        ParetoBar bar = bar_of(model, tally);
        auto const [place, first] = by_code.try_emplace(bar.code, bar);
        place->second.bed_days += tally.bed_days;
        add_leaf_people(place->second.people, first, tally);
    }
    Pareto pareto;
    for (auto& [code, bar] : by_code) {
        if (auto const told = people_of(model, scope, window, "theme", code)) bar.people = told;
        pareto.bars.push_back(std::move(bar));
    }
    // Two at least: unattributed and the rest.
    fold_into_other(pareto.bars, static_cast<std::size_t>(std::max(bars, 2)));
    std::sort(pareto.bars.begin(), pareto.bars.end(),
              [](ParetoBar const& a, ParetoBar const& b) { return order_of(a) < order_of(b); });
    for (ParetoBar& bar : pareto.bars) {
        // A bar is one of the vital few while those above it have not made 80% yet.
        pareto.total += bar.bed_days;
        bar.so_far = pareto.total;
    }
    for (ParetoBar& bar : pareto.bars) {
        bar.vital = (bar.so_far - bar.bed_days) * 100 < vital_percent * pareto.total;
        pareto.vital += bar.vital ? 1 : 0;
    }
    return pareto;
}

FlowView make_flow(Model const& model, LinkState const& link, Instant, FlowUi const& ui) {
    FlowView view;
    view.old = link.marked();
    view.title = "What holds people";
    std::string const scope = scope_of(ui.filter);
    Headline const* headline = headline_of(model, scope);
    view.numbers = numbers_of(headline);
    if (!model.complete) {
        view.empty_words = "Waiting for the first picture";
        return view;
    }
    if (headline == nullptr) {
        view.empty_words = "No figures are kept for this filter";
        return view;
    }
    view.pareto = make_pareto(model, scope, ui.window, ui.bars);
    view.scope_words = pareto_words(view.pareto.total, ui.window);
    std::int64_t const expected = headline_days(*headline, ui.window);
    if (expected != view.pareto.total) {
        view.doubt = fmt::format("headline {}: they do not add up", expected);
    }
    if (view.pareto.bars.empty()) {
        view.empty_words = "No bed day was lost";
        return view;
    }
    // When it takes all of them, there are no vital few to name.
    if (view.pareto.vital == view.pareto.bars.size()) return view;
    ParetoBar const& last_vital = view.pareto.bars[view.pareto.vital - 1];
    std::int64_t const percent = last_vital.so_far * 100 / view.pareto.total;
    view.right = Phrase::of(
        fmt::format("{} of {} make {}% of it", view.pareto.vital, view.pareto.bars.size(), percent),
        fmt::format("{} of {} make {}%", view.pareto.vital, view.pareto.bars.size(), percent));
    return view;
}

std::string text_of(FlowView const& view) {
    std::string out;
    if (view.old) out += "(old: hatched)\n";
    for (FlowNumber const& n : view.numbers) {
        out += fmt::format("{}: {}{} ({})\n", n.label.words(), n.value, n.unit, n.note.words());
    }
    out += view.title;
    if (!view.scope_words.empty()) out += ": " + view.scope_words.words();
    if (!view.doubt.empty()) out += " (" + view.doubt + ")";
    out += "\n";
    if (!view.empty_words.empty()) out += view.empty_words + "\n";
    for (std::size_t i = 0; i < view.pareto.bars.size(); ++i) {
        ParetoBar const& bar = view.pareto.bars[i];
        out += fmt::format("{} | {} | {} | {}%\n", bar.words.words(),
                           count_words(bar.bed_days, "bed day", "bed days"),
                           bar.people ? count_words(*bar.people, "person", "people") : "–",
                           bar.so_far * 100 / std::max<std::int64_t>(view.pareto.total, 1));
        if (i + 1 == view.pareto.vital) out += "---- 80% ----\n";
    }
    return out;
}

}  // namespace washup::board
