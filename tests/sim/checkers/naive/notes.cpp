#include "tests/sim/checkers/naive/notes.hpp"

#include "tests/sim/checkers/naive/said.hpp"

namespace washup::sim::naive {

void Notes::add(core::Record const& record) {
    for (auto const& event : record.events) {
        if (auto const* opened = std::get_if<core::WashUpOpened>(&event)) {
            meetings[opened->meeting] = {*opened, record.at, {}};
        } else if (auto const* closed = std::get_if<core::WashUpClosed>(&event)) {
            meetings[closed->meeting].closed = record.at;
        } else if (auto const* called_off = std::get_if<core::WashUpCancelled>(&event)) {
            cancelled.emplace(called_off->team, called_off->planned);
        } else if (auto const* discussed = std::get_if<core::StayDiscussed>(&event)) {
            stays[discussed->stay].words.push_back(
                {discussed->meeting, record.at, discussed->note, false});
        } else if (auto const* parked = std::get_if<core::StayParked>(&event)) {
            stays[parked->stay].words.push_back({parked->meeting, record.at, parked->why, true});
        } else if (auto const* asked = std::get_if<core::PromptAsked>(&event)) {
            stays[asked->stay].asked.push_back(
                {asked->meeting, record.at, asked->prompt, asked->answer, asked->managed_by});
        } else if (auto const* assigned = std::get_if<core::ActionAssigned>(&event)) {
            stays[assigned->stay].agreed.push_back(assigned->agreed);
        } else if (auto const* breached = std::get_if<core::ClockBreached>(&event)) {
            stays[breached->stay].breaches.push_back({*breached, false});
        } else if (auto const* taken_back = std::get_if<core::BreachWithdrawn>(&event)) {
            for (auto& breach : stays[taken_back->stay].breaches) {
                if (breach.said.clock == taken_back->clock &&
                    breach.said.started == taken_back->started)
                    breach.withdrawn = true;
            }
        } else if (auto const* let_go = std::get_if<core::StayLetGo>(&event)) {
            stays.erase(let_go->stay);
        }
    }
}

void Notes::shut(core::StayId stay) {
    auto const it = stays.find(stay);
    if (it == stays.end()) return;
    for (auto& word : it->second.words) shut_words(word.text);
    for (auto& asked : it->second.asked) {
        shut_words(asked.answer);
        shut_words(asked.managed_by);
    }
}

OfStay const& Notes::of(core::StayId stay) const {
    static OfStay const nothing;
    auto const it = stays.find(stay);
    return it == stays.end() ? nothing : it->second;
}

}  // namespace washup::sim::naive
