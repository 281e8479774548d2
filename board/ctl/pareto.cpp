#include "board/ctl/pareto.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "board/model/people.hpp"

namespace washup::board::ctl {
namespace {

std::string theme_words(Model const& model, std::string const& theme) {
    for (auto const& [code, reason] : model.reasons) {
        if (reason.theme == theme && !reason.theme_words.empty()) return reason.theme_words;
    }
    return theme;
}

std::string reason_words(Model const& model, Tally const& tally) {
    auto const it = model.reasons.find(tally.reason);
    if (it != model.reasons.end() && !it->second.words.empty()) return it->second.words;
    return tally.words;
}

Bar leaf(Model const& model, Tally const& tally, ParetoLevel level) {
    Bar bar;
    if (tally.reason.empty() && tally.local_reason.empty()) {
        bar.code = bar.words = "unattributed";
    } else if (level == ParetoLevel::theme) {
        bar.code = tally.theme.empty() ? "other" : tally.theme;
        bar.words = theme_words(model, bar.code);
    } else if (level == ParetoLevel::reason || tally.local_reason.empty()) {
        bar.code = tally.reason.empty() ? "other" : tally.reason;
        bar.words = bar.code == "other" ? "other" : reason_words(model, tally);
    } else {
        bar.code = tally.reason + "/" + tally.local_reason;
        bar.words = tally.words;
    }
    return bar;
}

std::int64_t days_of(Headline const& h, std::string const& window) {
    if (window == "now") return h.bed_days_now;
    if (window == "7") return h.bed_days_7;
    return window == "28" ? h.bed_days_28 : h.bed_days_91;
}

}  // namespace

ParetoList pareto_of(Model const& model, std::string const& scope, std::string const& window,
                     ParetoLevel level) {
    ParetoList list;
    list.scope = scope;
    list.window = window;
    std::map<std::string, Bar> bars;
    for (auto const& [id, tally] : model.tallies) {
        if (tally.scope != scope || tally.window != window) continue;
        if (tally.bed_days == 0 && tally.people == 0) continue;
        auto const one = leaf(model, tally, level);
        auto const [sum, first] = bars.try_emplace(one.code, one);
        sum->second.bed_days += tally.bed_days;
        add_leaf_people(sum->second.people, first, tally);
        list.total += tally.bed_days;
    }
    for (auto& [code, bar] : bars) {
        if (level != ParetoLevel::local_reason) {  // there a bar is a leaf
            auto const* word = level == ParetoLevel::theme ? "theme" : "reason";
            if (auto const told = people_of(model, scope, window, word, code)) bar.people = told;
        }
        list.bars.push_back(std::move(bar));
    }
    auto const order = [](Bar const& bar) {
        return std::make_tuple(bar.code == "other", -bar.bed_days, bar.code);
    };
    std::sort(list.bars.begin(), list.bars.end(),
              [&](Bar const& a, Bar const& b) { return order(a) < order(b); });
    std::int64_t so_far = 0;
    for (auto& bar : list.bars) {
        bar.vital = so_far * 100 < list.total * 80;
        so_far += bar.bed_days;
        bar.so_far = so_far;
    }
    for (auto const& [id, headline] : model.headlines) {
        if (headline.scope == scope) list.headline = days_of(headline, window);
    }
    return list;
}

}  // namespace washup::board::ctl
