#include "daemon/journal/words_owner.hpp"

#include "daemon/core/each_sealed.hpp"

namespace washup::journal {

bool has_words(core::Event const& event) {
    auto found = false;
    auto look = [&](core::Sealed const& sealed) { found = found || !sealed.text.empty(); };
    core::each_sealed(event, look);
    return found;
}

core::Sealed const* held_words(core::State const& before, core::Event const& event) {
    auto const* said = std::get_if<core::FactObserved>(&event);
    if (said == nullptr) return nullptr;
    auto const last_of = [&](auto const& owners, auto id) -> core::Sealed const* {
        auto const owner = owners.find(id);
        if (owner == owners.end()) return nullptr;
        auto const history = owner->second.fields.find(said->field);
        if (history == owner->second.fields.end() || history->second.facts.empty()) return nullptr;
        return &history->second.facts.back().value.text;
    };
    return core::of_person(said->field) ? last_of(before.persons, said->person)
                                        : last_of(before.stays, said->stay);
}

KeyOwner WordsOwner::of_stay(core::StayId stay) const {
    if (auto const it = said_.find(stay); it != said_.end()) return owner_of(it->second);
    auto const known = before_.stays.find(stay);
    return known == before_.stays.end() ? KeyOwner{} : owner_of(known->second.person);
}

KeyOwner WordsOwner::of(core::Event const& event) {
    if (auto const* opened = std::get_if<core::StayOpened>(&event)) {
        if (!before_.stays.contains(opened->stay)) said_[opened->stay] = opened->person;
        return {};
    }
    if (auto const* anew = std::get_if<core::PersonBegunAnew>(&event)) {
        said_[anew->stay] = anew->person;
        return {};
    }
    return std::visit(
        [this](auto const& e) -> KeyOwner {
            using Kind = std::decay_t<decltype(e)>;
            if constexpr (std::is_same_v<Kind, core::FactObserved>) {
                return core::of_person(e.field) ? owner_of(e.person) : of_stay(e.stay);
            } else if constexpr (std::is_same_v<Kind, core::MergeUndone>) {
                return owner_of(e.retired);
            } else if constexpr (requires { core::InboxId{e.item}; }) {
                return owner_of(e.item);
            } else if constexpr (requires { core::StayId{e.stay}; }) {
                return of_stay(e.stay);
            } else if constexpr (requires { core::PersonId{e.person}; }) {
                return owner_of(e.person);
            } else {
                return {};
            }
        },
        event);
}

}  // namespace washup::journal
