#include "daemon/core/history.hpp"

#include <algorithm>
#include <optional>
#include <tuple>

#include "proto/base/fold.hpp"

namespace washup::core {
namespace {

auto order_of(Fact const& fact) {
    return std::tuple{fact.times.occurred.at, fact.recorded(), fact.times.message_at, fact.record};
}

bool matches(Fact const& fact, Retraction const& cancel) {
    return fact.recorded() <= cancel.recorded &&
           (cancel.only_code.empty() || fact.value.code == cancel.only_code) &&
           (!cancel.location || fact.value.location == cancel.location);
}

void take_back(std::vector<Fact const*>& facts, Retraction const& cancel, bool latest_only) {
    std::vector<Fact const*> named;
    for (auto const* fact : facts) {
        if (fact->record != cancel.record && matches(*fact, cancel)) named.push_back(fact);
    }
    if (cancel.occurred) {
        std::vector<Fact const*> exact;
        std::copy_if(named.begin(), named.end(), std::back_inserter(exact),
                     [&](auto const* fact) { return fact->times.occurred.at == *cancel.occurred; });
        // A cancel that names a time nobody told us still means the fact it describes.
        if (!exact.empty()) named = std::move(exact);
    }
    if (latest_only && !named.empty()) {  // and what only repeats it
        auto const latest = named.back()->times.occurred.at;
        std::erase_if(named, [&](auto const* fact) { return fact->times.occurred.at != latest; });
    }
    std::erase_if(facts, [&](auto const* fact) {
        return std::find(named.begin(), named.end(), fact) != named.end();
    });
}

// Two sources that write one name each in its own capitals and accents do not disagree.
bool read_alike(Value const& a, Value const& b) {
    if (same_value(a, b)) return true;
    return !a.text.text.empty() && fold(a.text.text) == fold(b.text.text) && a.code == b.code &&
           a.moment == b.moment && a.location == b.location;
}

Current choose(std::vector<Run> const& runs, SourceName const& master) {
    Current chosen;
    Run const* winner = nullptr;
    for (auto const& run : runs) {
        if (run.first->source == master) winner = &run;
    }
    for (auto const& run : runs) {
        if (winner != nullptr && winner->first->source == master) break;
        if (winner == nullptr || order_of(*winner->first) < order_of(*run.first)) winner = &run;
    }
    if (winner == nullptr) return chosen;
    chosen.fact = winner->first;
    chosen.confirmed_at = winner->last->received;
    for (auto const& run : runs) {
        if (&run == winner) continue;
        if (read_alike(run.first->value, winner->first->value)) {
            chosen.confirmed_at = std::max(chosen.confirmed_at, run.last->received);
        } else if (run.last->times.occurred.at > winner->first->times.occurred.at) {
            chosen.other = run.first;  // it has said so since, so it still believes it
        }
    }
    return chosen;
}

Current confirm(Current chosen, std::optional<Instant> confirmed) {
    if (chosen.fact != nullptr && confirmed) {
        chosen.confirmed_at = std::max(chosen.confirmed_at, *confirmed);
    }
    return chosen;
}

// What is kept must not hang on which words are open just now: a replay keeps them shut.
bool same_as_journaled(Value const& a, Value const& b) {
    if (a.text.box.empty() || b.text.box.empty()) return same_value(a, b);
    return a.text.box == b.text.box && a.code == b.code && a.moment == b.moment &&
           a.location == b.location;
}

}  // namespace

Instant Fact::recorded() const {
    if (times.recorded.ms != 0) return times.recorded;
    return times.message_at.ms != 0 ? times.message_at : received;
}

namespace {

// The middle of the first run of three that say the same, else the oldest. Of the settled facts no
// three do: a field that says something else each time is not looked through at each time.
std::size_t least_needed(FactList& facts) {
    auto const repeats = [&](std::size_t i) {
        return same_as_journaled(facts[i].value, facts[i - 1].value) &&
               facts[i].source == facts[i - 1].source;
    };
    auto const first = std::max<std::size_t>(facts.settled(), 2);
    bool before = repeats(first - 1);
    for (std::size_t i = first; i < facts.size(); ++i) {
        auto const again = repeats(i);
        if (before && again) {
            facts.note_settled(i - 1);
            return i - 1;
        }
        before = again;
    }
    facts.note_settled(facts.size());
    return 0;
}

}  // namespace

namespace {

// The second of the run around `at` when it has become too long.
std::optional<std::size_t> spare(FactList const& facts, std::size_t at) {
    auto const& said = facts[at];
    std::size_t count = 1;
    auto first = at;
    std::optional<std::size_t> second;
    for (auto i = at; i-- > 0;) {
        if (facts[i].source != said.source) continue;
        if (!same_as_journaled(facts[i].value, said.value)) break;
        second = first;
        first = i;
        ++count;
    }
    for (auto i = at + 1; i < facts.size(); ++i) {
        if (facts[i].source != said.source) continue;
        if (!same_as_journaled(facts[i].value, said.value)) break;
        if (!second) second = i;
        ++count;
    }
    return count > run_kept_max ? second : std::nullopt;
}

}  // namespace

void add_fact(FieldHistory& history, Fact fact) {
    auto& facts = history.facts;
    auto at = facts.size();  // most facts are the latest
    auto const order = order_of(fact);
    while (at > 0 && order < order_of(facts[at - 1])) --at;
    facts.insert(at, std::move(fact));
    if (auto const repetition = spare(facts, at)) facts.erase(*repetition);
    if (facts.size() > field_history_max) facts.erase(least_needed(facts));
}

void add_retraction(FieldHistory& history, Retraction retraction) {
    history.retractions.push_back(std::move(retraction));
    if (history.retractions.size() > field_retractions_max) {
        history.retractions.erase(history.retractions.begin());
    }
}

std::vector<Fact const*> standing(FieldHistory const& history, bool latest_only) {
    std::vector<Fact const*> facts;
    facts.reserve(history.facts.size());
    for (auto const& fact : history.facts) facts.push_back(&fact);
    if (history.retractions.empty()) return facts;
    auto cancels = history.retractions;
    std::sort(cancels.begin(), cancels.end(), [](auto const& a, auto const& b) {
        return std::tuple{a.recorded, a.record} < std::tuple{b.recorded, b.record};
    });
    auto const said = [](Retraction const& c) {
        return std::tie(c.recorded, c.occurred, c.location, c.only_code, c.source);
    };
    for (std::size_t i = 0; i < cancels.size(); ++i) {
        // A cancel that is said again takes back nothing more.
        if (i > 0 && said(cancels[i - 1]) == said(cancels[i])) continue;
        take_back(facts, cancels[i], latest_only);
    }
    return facts;
}

Current current(std::vector<FieldHistory const*> const& histories, SourceName const& master,
                bool latest_only) {
    if (histories.size() == 1) return current(*histories.front(), master, latest_only);
    std::vector<Fact const*> facts;
    std::optional<Instant> confirmed;
    for (auto const* history : histories) {
        auto const more = standing(*history, latest_only);
        facts.insert(facts.end(), more.begin(), more.end());
        if (history->confirmation) {
            confirmed = std::max(confirmed, std::optional{history->confirmation->at});
        }
    }
    std::stable_sort(facts.begin(), facts.end(),
                     [](auto const* a, auto const* b) { return order_of(*a) < order_of(*b); });
    Runs runs;
    for (auto const* fact : facts) runs.add(*fact);
    return confirm(choose(runs.all(), master), confirmed);
}

// Most fields have one history, and nobody took back anything of it: then nothing is copied.
Current current(FieldHistory const& history, SourceName const& master, bool latest_only) {
    std::optional<Instant> confirmed;
    if (history.confirmation) confirmed = history.confirmation->at;
    if (history.retractions.empty()) {
        return confirm(choose(history.facts.runs(), master), confirmed);
    }
    Runs runs;
    for (auto const* fact : standing(history, latest_only)) runs.add(*fact);
    return confirm(choose(runs.all(), master), confirmed);
}

}  // namespace washup::core
