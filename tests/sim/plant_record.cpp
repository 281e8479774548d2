#include "tests/sim/plant_record.hpp"

namespace washup::sim {
namespace {

template <class Event>
void forget(std::vector<core::Event>& events) {
    std::erase_if(events,
                  [](core::Event const& event) { return std::holds_alternative<Event>(event); });
}

}  // namespace

void plant_in(core::Record& record, Plant plant) {
    if (plant == Plant::untold_breach) forget<core::ClockBreached>(record.events);
    if (plant == Plant::unsaid_milestone) forget<core::MilestoneReached>(record.events);
    if (plant == Plant::unsaid_word) forget<core::StayDiscussed>(record.events);
    for (auto& event : record.events) {
        auto* const breach = std::get_if<core::ClockBreached>(&event);
        if (breach != nullptr && plant == Plant::early_breach)
            breach->due = breach->due - seconds(1);
        auto* const frozen = std::get_if<core::ParetoFrozen>(&event);
        if (frozen != nullptr && plant == Plant::alter_frozen && !frozen->leaves.empty())
            ++frozen->leaves.front().bed_days;
    }
}

}  // namespace washup::sim
