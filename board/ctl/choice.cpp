#include "board/ctl/choice.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace washup::board::ctl {

Glance glance_at(Model const& model, Instant now) {
    Glance glance;
    glance.stays = static_cast<std::int64_t>(model.stays.size());
    glance.stays_live = static_cast<std::int64_t>(chosen_stays(model, {}, true).size());
    glance.inbox_waiting = static_cast<std::int64_t>(chosen_items(model, false).size());
    glance.alerts = static_cast<std::int64_t>(derive_alerts(model, now).size());
    return glance;
}

std::vector<Stay const*> chosen_stays(Model const& model, Filter const& filter, bool live_only) {
    std::vector<Stay const*> stays;
    for (auto const& [id, stay] : model.stays) {
        if ((!live_only || stay.live()) && filter.passes(stay)) stays.push_back(&stay);
    }
    std::sort(stays.begin(), stays.end(),
              [](Stay const* a, Stay const* b) { return a->stay < b->stay; });
    return stays;
}

bool waits_for_a_person(InboxItem const& item) {
    return !item.settled && item.why != "not_yet_handled";
}

std::vector<InboxItem const*> chosen_items(Model const& model, bool all) {
    std::vector<InboxItem const*> items;
    for (auto const& [id, item] : model.inbox) {
        if (all || waits_for_a_person(item)) items.push_back(&item);
    }
    std::sort(items.begin(), items.end(),
              [](InboxItem const* a, InboxItem const* b) { return a->item < b->item; });
    return items;
}

std::string stay_name(Stay const& stay) {
    return stay.key.empty() ? fmt::format("#{}", stay.stay) : stay.key;
}

Result<Stay const*> find_stay(Model const& model, std::string const& name) {
    std::vector<std::string> ends;
    Stay const* found = nullptr;
    for (auto const& [id, stay] : model.stays) {
        if (stay.key == name || fmt::format("#{}", stay.stay) == name) return &stay;
        auto const colon = stay.key.find(':');
        if (colon != std::string::npos && stay.key.substr(colon + 1) == name) {
            found = &stay;
            ends.push_back(stay.key);
        }
    }
    if (ends.size() == 1) return found;
    auto const words =
        ends.empty() ? fmt::format("no stay \"{}\" is here; `washupctl stays` lists them", name)
                     : fmt::format("\"{}\" could be {}", name, fmt::join(ends, " or "));
    return Error{ErrorCode::not_found, words, {}};
}

std::string key_of_stay(Model const& model, std::uint64_t number) {
    for (auto const& [id, stay] : model.stays) {
        if (number != 0 && stay.stay == number) return stay.key;
    }
    return {};
}

}  // namespace washup::board::ctl
