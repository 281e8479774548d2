#include "board/model/pareto.hpp"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "board/model/phrase.hpp"
#include "board/model/text.hpp"

namespace washup::board {
namespace {

ParetoBar other_bar() {
    ParetoBar bar;
    bar.kind = BarKind::other;
    bar.code = "other";
    bar.words = "Other";
    return bar;
}

ParetoBar named_bar(std::string code, std::string const& words) {
    ParetoBar bar;
    bar.words = capitalised(words.empty() ? code : words);
    bar.code = std::move(code);
    return bar;
}

std::string words_of_theme(Model const& model, std::string const& theme) {
    std::string words = theme_words(model, theme);
    if (!words.empty()) return words;
    words = theme;
    std::replace(words.begin(), words.end(), '_', ' ');
    return words;
}

std::string words_of_reason(Model const& model, Tally const& tally) {
    auto const it = model.reasons.find(tally.reason);
    if (it != model.reasons.end() && !it->second.words.empty()) return it->second.words;
    return tally.words;
}

// The bar that a leaf belongs to, still empty.
ParetoBar bar_of(Model const& model, Tally const& tally, ParetoLevel level) {
    if (tally.reason.empty() && tally.local_reason.empty()) {
        ParetoBar bar = named_bar("unattributed", "Unattributed");
        bar.kind = BarKind::unattributed;
        return bar;
    }
    if (level == ParetoLevel::theme) {
        if (tally.theme.empty() || tally.theme == "other") return other_bar();
        return named_bar(tally.theme, words_of_theme(model, tally.theme));
    }
    if (level == ParetoLevel::reason || tally.local_reason.empty()) {
        if (tally.reason.empty()) return other_bar();
        return named_bar(tally.reason, words_of_reason(model, tally));
    }
    return named_bar(tally.reason + "/" + tally.local_reason, tally.words);
}

// How many people the daemon counts behind a bar; nothing when the feed does not tell it.
std::optional<std::int64_t> people_told(Model const& model, std::string const& scope,
                                        std::string const& window, ParetoLevel level,
                                        ParetoBar const& bar) {
    if (level == ParetoLevel::local_reason) return {};  // there a bar is a leaf
    std::string const word = level == ParetoLevel::theme ? "theme" : "reason";
    std::string const code = bar.kind == BarKind::unattributed ? "" : bar.code;
    for (auto const& [id, row] : model.people) {
        if (row.scope == scope && row.window == window && row.level == word && row.code == code) {
            return row.people;
        }
    }
    return {};
}

auto order_of(ParetoBar const& bar) {
    return std::make_tuple(bar.kind == BarKind::other, -bar.bed_days, bar.code);
}

void rank(Pareto& pareto) {
    std::sort(pareto.bars.begin(), pareto.bars.end(),
              [](ParetoBar const& a, ParetoBar const& b) { return order_of(a) < order_of(b); });
    pareto.total = 0;
    for (ParetoBar& bar : pareto.bars) {
        pareto.total += bar.bed_days;
        bar.so_far = pareto.total;
    }
    pareto.vital = 0;
    for (ParetoBar& bar : pareto.bars) {
        bar.vital = (bar.so_far - bar.bed_days) * 100 < vital_percent * pareto.total;
        pareto.vital += bar.vital ? 1 : 0;
    }
}

std::int64_t days_of(Headline const& headline, std::string const& window) {
    if (window == "now") return headline.bed_days_now;
    if (window == "7") return headline.bed_days_7;
    if (window == "28") return headline.bed_days_28;
    return headline.bed_days_91;
}

}  // namespace

Headline const* headline_of(Model const& model, std::string const& scope) {
    for (auto const& [id, row] : model.headlines) {
        if (row.scope == scope) return &row;
    }
    // A daemon that has seen nobody yet keeps no figures; of everybody they are then nought.
    static Headline const nobody;
    return scope == "all" && model.complete ? &nobody : nullptr;
}

Pareto pareto_of(Model const& model, std::string const& scope, std::string const& window,
                 ParetoLevel level) {
    std::map<std::string, ParetoBar> by_code;
    for (auto const& [id, tally] : model.tallies) {
        if (tally.scope != scope || tally.window != window) continue;
        if (tally.bed_days == 0 && tally.people == 0) continue;
        ParetoBar bar = bar_of(model, tally, level);
        std::string const code = bar.code;
        auto const [place, first] = by_code.try_emplace(code, std::move(bar));
        place->second.bed_days += tally.bed_days;
        // The first leaf's people are the bar's; those of two cannot be added.
        place->second.people = first ? std::optional{tally.people} : std::nullopt;
    }
    Pareto pareto;
    pareto.scope = scope;
    pareto.window = window;
    pareto.level = level;
    for (auto& [code, bar] : by_code) {
        if (auto const told = people_told(model, scope, window, level, bar)) bar.people = told;
        pareto.bars.push_back(std::move(bar));
    }
    rank(pareto);
    if (Headline const* headline = headline_of(model, scope)) {
        pareto.headline = days_of(*headline, window);
    }
    return pareto;
}

Pareto folded(Pareto pareto, int most) {
    auto& bars = pareto.bars;
    std::erase_if(bars, [](ParetoBar const& bar) { return bar.bed_days == 0; });
    auto const places = static_cast<std::size_t>(std::max(most, 2));
    if (bars.size() > places) {
        ParetoBar other = other_bar();
        while (bars.size() > places - 1) {
            // What is "other" already goes first; then the last in order.
            auto last = bars.end();
            for (auto it = bars.begin(); it != bars.end(); ++it) {
                if (it->kind == BarKind::unattributed) continue;
                if (last == bars.end() || order_of(*last) < order_of(*it)) last = it;
            }
            other.bed_days += last->bed_days;
            bars.erase(last);
        }
        bars.push_back(std::move(other));
    }
    rank(pareto);
    return pareto;
}

}  // namespace washup::board
