#include "daemon/engine/past_index.hpp"

#include <algorithm>

#include "daemon/core/each_id.hpp"

namespace washup::engine {
namespace {

using core::PersonId;
using core::RecordNumber;
using core::StayId;

// Of what names neither stay nor person, this alone is in a picture as it is known now: counters,
// sources and the inbox keep no history and are shown as they were.
template <class... Kinds>
bool is_one_of(core::Event const& event) {
    return (std::holds_alternative<Kinds>(event) || ...);
}
bool is_of_house(core::Event const& event) {
    return is_one_of<core::ConfigAdopted, core::StaffAdded, core::StaffPinSet, core::StaffAwaySet,
                     core::WashUpOpened, core::WashUpClosed, core::WashUpCancelled,
                     core::WashUpRestored, core::CycleOpened, core::CycleClosed, core::CauseSent,
                     core::CycleDecided, core::DecisionFinished, core::CauseAnswered,
                     core::ParetoFrozen, core::DayCounted, core::FigureImported,
                     core::PeriodConfirmed, core::MaturityConfirmed>(event);
}

void add_once(std::vector<std::uint64_t>& ids, std::uint64_t id) {
    if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
}

}  // namespace

void PastIndex::Entry::note(RecordNumber number) {
    if (!first || number < first) first = number;
    if (records.empty() || records.back() != number) records.push_back(number);
}

void PastIndex::add(core::Record const& record) {
    for (auto const& event : record.events) add_event(record.number, event);
    head_ = std::max(head_, record.number);
}

void PastIndex::add_event(RecordNumber number, core::Event const& event) {
    if (is_of_house(event)) return of_house_.push_back(number);
    // All that one event names is of one group: each is told of the first, and the first of each.
    Entry* first = nullptr;
    std::uint64_t first_id = 0;
    core::each_id<StayId>(event, [&](StayId id) {
        auto& entry = stays_[id.value()];
        entry.note(number);
        if (first == nullptr) {
            first = &entry;
            first_id = id.value();
        } else if (first != &entry) {
            add_once(first->stays, id.value());
            add_once(entry.stays, first_id);
        }
    });
    auto const by_stay = first != nullptr;
    core::each_id<PersonId>(event, [&](PersonId id) {
        auto& entry = persons_[id.value()];
        entry.note(number);
        if (first == nullptr) {
            first = &entry;
            first_id = id.value();
        } else if (first != &entry) {
            add_once(first->persons, id.value());
            add_once(by_stay ? entry.stays : entry.persons, first_id);
        }
    });
    if (auto const* fact = std::get_if<core::FactObserved>(&event)) {
        if (!core::of_person(fact->field) && fact->stay) {
            auto& began = stays_[fact->stay.value()].began;
            began = std::min(began, fact->times.occurred.at);
        }
    } else if (auto const* blocker = std::get_if<core::BlockerOpened>(&event)) {
        auto& began = stays_[blocker->stay.value()].began;
        began = std::min(began, blocker->opened.at);
    }
}

PastIndex::Later PastIndex::later(core::State const& then, RecordNumber until, Instant at) const {
    Later later;
    later.head = head_;
    std::vector<Entry const*> next;
    auto const reach = [&](auto& reached, Entries const& entries, std::uint64_t id) {
        if (!reached.insert(id).second) return;
        if (auto const it = entries.find(id); it != entries.end()) next.push_back(&it->second);
    };
    for (auto const& [id, stay] : then.stays) {
        reach(later.stays, stays_, id.value());
        reach(later.persons, persons_, stay.person.value());
    }
    for (auto const& [id, entry] : stays_) {
        if (entry.first > until && entry.began <= at) reach(later.stays, stays_, id);
    }
    auto const take = [&](std::vector<RecordNumber> const& records) {
        std::copy_if(records.begin(), records.end(), std::back_inserter(later.records),
                     [&](RecordNumber number) { return number > until; });
    };
    while (!next.empty()) {
        auto const& entry = *next.back();
        next.pop_back();
        take(entry.records);
        for (auto const id : entry.stays) reach(later.stays, stays_, id);
        for (auto const id : entry.persons) reach(later.persons, persons_, id);
    }
    take(of_house_);
    std::sort(later.records.begin(), later.records.end());
    later.records.erase(std::unique(later.records.begin(), later.records.end()),
                        later.records.end());
    return later;
}

bool PastIndex::Later::matters(core::Event const& event) const {
    if (is_of_house(event)) return true;
    bool found = false;
    core::each_id<StayId>(event, [&](StayId id) { found = found || stays.contains(id.value()); });
    core::each_id<PersonId>(event,
                            [&](PersonId id) { found = found || persons.contains(id.value()); });
    return found;
}

}  // namespace washup::engine
