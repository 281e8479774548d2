#include "daemon/core/vocabulary.hpp"

#include <algorithm>
#include <array>

#include "proto/base/fold.hpp"

namespace washup::core {
namespace {

// "Capacity – Equipment ..." without "Capacity – ".
std::string_view without_family(std::string_view label) {
    for (std::string_view const dash : {" – ", " - "}) {
        auto const at = label.find(dash);
        if (at != std::string_view::npos) return label.substr(at + dash.size());
    }
    return label;
}

std::string_view without_pathway(std::string_view label) {
    auto const at = label.rfind(" (Pathway");
    return at == std::string_view::npos ? label : label.substr(0, at);
}

bool written_as(std::string const& folded, std::initializer_list<std::string_view> ways) {
    return std::any_of(ways.begin(), ways.end(), [&](auto way) { return fold(way) == folded; });
}

bool among(std::string const& folded, std::vector<std::string> const& aliases) {
    return std::any_of(aliases.begin(), aliases.end(),
                       [&](auto const& alias) { return fold(alias) == folded; });
}

ReasonMatch match_of(ReasonConfig const& reason) {
    return reason.parent.empty() ? ReasonMatch{reason.code, {}}
                                 : ReasonMatch{reason.parent, reason.code};
}

// "Pathway 2: Short-term bed ..." without "Pathway 2: ".
std::string_view without_number(std::string_view label) {
    auto const at = label.find(": ");
    return label.starts_with("Pathway ") && at != std::string_view::npos ? label.substr(at + 2)
                                                                         : label;
}

bool says(Destination const& destination, std::string const& folded) {
    return written_as(folded,
                      {destination.code, destination.label, without_number(destination.label)}) ||
           among(folded, destination.aliases);
}

struct BandWords {
    std::string_view folded, code;
};
constexpr std::array<BandWords, 6> bands{{{"home", "home"},
                                          {"short bed", "short_bed"},
                                          {"short term bed", "short_bed"},
                                          {"long bed", "long_bed"},
                                          {"long term bed", "long_bed"},
                                          {"long term care", "long_bed"}}};

}  // namespace

std::vector<std::string> spellings(ReasonConfig const& reason) {
    std::vector<std::string> all{fold(reason.code)};
    auto const add = [&all](std::string_view text) {
        auto folded = fold(text);
        if (!folded.empty() && std::find(all.begin(), all.end(), folded) == all.end())
            all.push_back(std::move(folded));
    };
    add(reason.label);
    add(without_family(reason.label));
    add(without_pathway(reason.label));
    add(without_family(without_pathway(reason.label)));
    add(reason.words);
    for (auto const& alias : reason.aliases) add(alias);
    return all;
}

Code default_holder(Config const& config, ReasonMatch const& reason) {
    Code holder;
    for (auto const& entry : config.reasons) {
        if (entry.code == reason.local_reason && !entry.holder.empty()) return entry.holder;
        if (entry.code == reason.reason) holder = entry.holder;
    }
    return holder;
}

std::optional<ReasonMatch> match_reason(Config const& config, std::string_view text, Date on) {
    auto const counts = [on](ReasonConfig const& reason) {
        return on.days == 0 || reason.in_force.holds(on);
    };
    // Most sources send codes; folding every label is left to the others.
    for (auto const& reason : config.reasons) {
        if (reason.code == text && counts(reason)) return match_of(reason);
    }
    auto const folded = fold(text);
    if (folded.empty()) return std::nullopt;
    for (auto const& reason : config.reasons) {
        if (!counts(reason)) continue;
        auto const all = spellings(reason);
        if (std::find(all.begin(), all.end(), folded) != all.end()) return match_of(reason);
    }
    return std::nullopt;
}

std::vector<Code> crosswalk(Config const& config, std::string_view label) {
    auto const folded = fold(label);
    std::vector<Code> reasons;
    if (folded.empty()) return reasons;
    for (auto const& list : config.code_lists) {
        for (auto const& entry : list.entries) {
            if (fold(entry.label) != folded && !among(folded, entry.aliases)) continue;
            for (auto const& reason : entry.reasons) {
                if (std::find(reasons.begin(), reasons.end(), reason) == reasons.end())
                    reasons.push_back(reason);
            }
        }
    }
    return reasons;
}

std::optional<ReasonMatch> map_reason(Config const& config, std::string_view text, Date on) {
    if (auto const ours = match_reason(config, text, on)) return ours;
    auto const listed = crosswalk(config, text);
    return listed.size() == 1 ? match_reason(config, listed.front(), on) : std::nullopt;
}

Destination const* match_destination(Config const& config, std::string_view text) {
    auto const folded = fold(text);
    if (folded.empty()) return nullptr;
    for (auto const& destination : config.destinations) {
        if (says(destination, folded)) return &destination;
    }
    return nullptr;
}

Code pathway_of(Config const& config, Code const& outcome) {
    for (auto const& destination : config.destinations) {
        auto const& leads_to = destination.outcomes;
        if (std::find(leads_to.begin(), leads_to.end(), outcome) != leads_to.end())
            return destination.pathway;
    }
    return {};
}

std::optional<Code> match_outcome(Config const& config, std::string_view text) {
    auto const folded = fold(text);
    if (folded.empty()) return std::nullopt;
    for (auto const& [words, code] : bands) {
        if (folded == words) return Code(code);
    }
    for (auto const& step : config.ladder) {
        if (folded == fold(step.code) || folded == fold(step.words) ||
            folded == fold(step.short_words))
            return step.code;
    }
    return std::nullopt;
}

std::optional<Code> match_milestone(Config const& config, std::string_view text) {
    auto const folded = fold(text);
    if (folded.empty()) return std::nullopt;
    for (auto const& milestone : config.milestones) {
        if (folded == fold(milestone.code) || folded == fold(milestone.words)) {
            return milestone.code;
        }
    }
    return std::nullopt;
}

std::optional<Code> match_holder(Config const& config, std::string_view text) {
    auto const folded = fold(text);
    for (auto const& holder : config.holders) {
        if (folded == fold(holder)) return holder;
    }
    return std::nullopt;
}

std::vector<Meaning> meanings(Config const& config, std::string_view text) {
    std::vector<Meaning> all;
    auto const folded = fold(text);
    if (folded.empty()) return all;
    for (auto const& reason : config.reasons) {
        auto const ways = spellings(reason);
        if (std::find(ways.begin(), ways.end(), folded) == ways.end()) continue;
        all.push_back({reason.parent.empty() ? "reason" : "local_reason", reason.code, reason.label,
                       match_of(reason).local_reason.empty() ? std::vector<Code>{}
                                                             : std::vector<Code>{reason.parent},
                       reason.in_force});
    }
    if (auto const outcome = match_outcome(config, text)) {
        auto const step = std::find_if(config.ladder.begin(), config.ladder.end(),
                                       [&](auto const& each) { return each.code == *outcome; });
        auto const known = step != config.ladder.end();
        all.push_back(
            {known ? "outcome" : "band", *outcome, known ? step->words : *outcome, {}, {}});
    }
    for (auto const& destination : config.destinations) {
        if (says(destination, folded))
            all.push_back({"destination", destination.code, destination.label, {}, {}});
    }
    if (auto const holder = match_holder(config, text))
        all.push_back({"holder", *holder, *holder, {}, {}});
    if (auto const milestone = match_milestone(config, text))
        all.push_back({"milestone", *milestone, *milestone, {}, {}});
    for (auto const& list : config.code_lists) {
        for (auto const& entry : list.entries) {
            if (!written_as(folded, {entry.code, list.code + ' ' + entry.code, entry.label}) &&
                !among(folded, entry.aliases)) {
                continue;
            }
            all.push_back({list.code, entry.code, entry.label, entry.reasons, list.in_force});
        }
    }
    return all;
}

}  // namespace washup::core
