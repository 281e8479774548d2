#include "board/panels/flow.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

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
void fold_into_other(std::vector<ParetoBar>& bars) {
    if (bars.size() <= pareto_bars_max) return;
    ParetoBar other;
    other.kind = BarKind::other;
    other.code = "other";
    other.words = "Other";
    while (bars.size() > pareto_bars_max - 1) {
        auto smallest = bars.end();
        for (auto it = bars.begin(); it != bars.end(); ++it) {
            if (it->kind == BarKind::unattributed) continue;
            // What is "other" already goes first; then the last in the page's order.
            if (smallest == bars.end() || order_of(*smallest) < order_of(*it)) smallest = it;
        }
        other.bed_days += smallest->bed_days;
        other.people += smallest->people;
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

FlowNumber percent_number(std::string label, std::int64_t part, std::int64_t known,
                          std::int64_t of) {
    FlowNumber number;
    number.label = std::move(label);
    if (known == 0) {
        number.value = "–";
        number.note = Phrase::of(fmt::format("none known of {}", of), "not known");
        return number;
    }
    number.value = std::to_string((part * 100 + known / 2) / known);
    number.unit = "%";
    number.note = Phrase(fmt::format("{} known of {}", known, of));
    return number;
}

std::array<FlowNumber, 4> numbers_of(Headline const* headline) {
    if (headline == nullptr) {
        FlowNumber const unknown{"", "–", "", Phrase("not known")};
        std::array<FlowNumber, 4> all{unknown, unknown, unknown, unknown};
        all[0].label = "Ready, still here";
        all[1].label = "Bed days, 7 days";
        all[2].label = "Ideal reached, 28 d";
        all[3].label = "On track now";
        return all;
    }
    Headline const& h = *headline;
    std::int64_t const change = h.bed_days_7 - h.bed_days_prior_7;
    std::string const trend = change == 0 ? "as in the 7 before"
                                          : fmt::format("{}{} on last week", change > 0 ? "+" : "−",
                                                        change > 0 ? change : -change);
    return {{{"Ready, still here", std::to_string(h.ready_still_here), "",
              Phrase::of(count_words(h.bed_days_now, "bed day", "bed days") + " so far",
                         count_words(h.bed_days_now, "bed day", "bed days"))},
             {"Bed days, 7 days", std::to_string(h.bed_days_7), "", Phrase(trend)},
             percent_number("Ideal reached, 28 d", h.ideal_reached, h.ideal_known, h.ideal_of),
             percent_number("On track now", h.on_track, h.on_track_known, h.on_track_of)}};
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

Pareto make_pareto(Model const& model, std::string const& scope, std::string const& window) {
    std::map<std::string, ParetoBar> by_code;
    for (auto const& [id, tally] : model.tallies) {
        if (tally.scope != scope || tally.window != window) continue;
        if (tally.bed_days == 0) continue;
        ParetoBar bar = bar_of(model, tally);
        ParetoBar& sum = by_code.try_emplace(bar.code, bar).first->second;
        sum.bed_days += tally.bed_days;
        sum.people += tally.people;
    }
    Pareto pareto;
    for (auto& [code, bar] : by_code) pareto.bars.push_back(std::move(bar));
    fold_into_other(pareto.bars);
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
    view.pareto = make_pareto(model, scope, ui.window);
    view.scope_words = pareto_words(view.pareto.total, ui.window);
    std::int64_t const expected = headline_days(*headline, ui.window);
    if (expected != view.pareto.total) {
        view.doubt = fmt::format("headline {}: they do not add up", expected);
    }
    if (view.pareto.bars.empty()) {
        view.empty_words = "No bed day was lost";
        return view;
    }
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
        out += fmt::format("{}: {}{} ({})\n", n.label, n.value, n.unit, n.note.words());
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
                           count_words(bar.people, "person", "people"),
                           bar.so_far * 100 / std::max<std::int64_t>(view.pareto.total, 1));
        if (i + 1 == view.pareto.vital) out += "---- 80% ----\n";
    }
    return out;
}

}  // namespace washup::board
