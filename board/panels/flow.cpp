#include "board/panels/flow.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "board/model/text.hpp"

namespace washup::board {
namespace {

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
    view.pareto = folded(pareto_of(model, scope, ui.window, ParetoLevel::theme), ui.bars);
    view.scope_words = pareto_words(view.pareto.total, ui.window);
    if (view.pareto.headline != view.pareto.total) {
        view.doubt =
            fmt::format("headline {}: they do not add up", view.pareto.headline.value_or(0));
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
        out += fmt::format("{} | {} | {} | {}%\n", bar.words,
                           count_words(bar.bed_days, "bed day", "bed days"),
                           bar.people ? count_words(*bar.people, "person", "people") : "–",
                           bar.so_far * 100 / std::max<std::int64_t>(view.pareto.total, 1));
        if (i + 1 == view.pareto.vital) out += "---- 80% ----\n";
    }
    return out;
}

}  // namespace washup::board
