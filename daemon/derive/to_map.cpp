#include "daemon/derive/to_map.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "daemon/core/vocabulary.hpp"
#include "proto/base/fold.hpp"

namespace washup::derive {
namespace {

// Below this, two sentences about hospitals are as alike as any other two.
constexpr unsigned likeness_min = 30;

// Three letters at a time, with the edges of words: survives a missing letter and another order.
std::set<std::string> pieces(std::string const& folded) {
    auto const padded = ' ' + folded + ' ';
    std::set<std::string> all;
    for (std::size_t at = 0; at + 3 <= padded.size(); ++at) all.insert(padded.substr(at, 3));
    return all;
}

// Dice's coefficient, in percent.
unsigned alike(std::set<std::string> const& a, std::set<std::string> const& b) {
    if (a.empty() || b.empty()) return 0;
    auto const common =
        std::count_if(a.begin(), a.end(), [&](auto const& piece) { return b.contains(piece); });
    return static_cast<unsigned>(200 * static_cast<std::size_t>(common) / (a.size() + b.size()));
}

unsigned likeness(std::set<std::string> const& said, core::ReasonConfig const& reason) {
    unsigned best = 0;
    for (auto const& way : core::spellings(reason)) best = std::max(best, alike(said, pieces(way)));
    return best;
}

}  // namespace

std::vector<Proposal> propose_reasons(core::Config const& config, std::string_view words, Date on) {
    std::vector<Proposal> all;
    for (auto const& reason : core::crosswalk(config, words)) all.push_back({reason, 100});
    auto const said = pieces(fold(words));
    for (auto const& reason : config.reasons) {
        if (!reason.in_force.holds(on)) continue;
        auto const known = std::any_of(all.begin(), all.end(), [&](auto const& proposal) {
            return proposal.reason == reason.code;
        });
        auto const percent = likeness(said, reason);
        if (!known && percent >= likeness_min) all.push_back({reason.code, std::min(percent, 99u)});
    }
    std::stable_sort(all.begin(), all.end(),
                     [](auto const& a, auto const& b) { return a.percent > b.percent; });
    if (all.size() > proposals_max) all.resize(proposals_max);
    return all;
}

std::vector<ToMap> to_be_mapped(core::State const& state) {
    std::map<std::string, ToMap> by_words;
    for (auto const& [id, stay] : state.stays) {
        for (auto const& blocker : stay.blockers) {
            if (!blocker.reason.empty() || blocker.as_given.text.empty()) continue;
            auto& kind = by_words[fold(blocker.as_given.text)];
            if (kind.blockers == 0 || blocker.recorded < kind.first_recorded) {
                kind.words = blocker.as_given.text;
                kind.first_recorded = blocker.recorded;
            }
            kind.source = blocker.source;
            ++kind.blockers;
            if (!blocker.closed) ++kind.open;
        }
    }
    std::vector<ToMap> list;
    for (auto& [folded, kind] : by_words) list.push_back(std::move(kind));
    std::stable_sort(list.begin(), list.end(), [](auto const& a, auto const& b) {
        return std::tuple{b.blockers, a.words} < std::tuple{a.blockers, b.words};
    });
    if (list.size() > to_map_max) list.resize(to_map_max);
    for (auto& kind : list) kind.proposals = propose_reasons(state.config, kind.words, state.today);
    return list;
}

}  // namespace washup::derive
