#include "daemon/core/fact_list.hpp"

namespace washup::core {

void Runs::add(Fact const& fact) {
    auto const at = std::find_if(runs_.begin(), runs_.end(),
                                 [&](Run const& run) { return run.first->source >= fact.source; });
    if (at == runs_.end() || at->first->source != fact.source) {
        runs_.insert(at, Run{&fact, &fact});
        return;
    }
    if (!same_value(at->first->value, fact.value)) at->first = &fact;
    at->last = &fact;
}

bool Runs::need(Fact const& fact) const {
    return std::any_of(runs_.begin(), runs_.end(),
                       [&](Run const& run) { return run.first == &fact || run.last == &fact; });
}

bool FactList::repeats(std::size_t at) const {
    auto const& before = *facts_[at - 1];
    auto const& fact = *facts_[at];
    return fact.source == before.source && same_value(fact.value, before.value);
}

}  // namespace washup::core
