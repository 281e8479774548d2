#include "daemon/core/decider.hpp"

// What the inbox keeps beside a record that was taken, and how its items go: when a record comes
// again, or when the visit it waited for appears.

namespace washup::core {
namespace {

// Whether anything was taken, which keeping and counting are not.
bool took_something(std::vector<Event> const& events) {
    return std::any_of(events.begin(), events.end(), [](Event const& event) {
        return !std::holds_alternative<InboxKept>(event) &&
               !std::holds_alternative<InboxSettled>(event) &&
               !std::holds_alternative<InboxCountedDown>(event) &&
               !std::holds_alternative<RecordCounted>(event);
    });
}

// One counted line per stay and field, because a feed that writes a field wrongly does so in every
// message. The answer stays "accepted": there is nothing to carry out.
void keep_line(Decider& d, Observation const& o, StayId stay, Code why, Unreadable const& line) {
    auto const held =
        std::find_if(d.state.inbox.begin(), d.state.inbox.end(), [&](auto const& entry) {
            auto const& kept = entry.second.kept;
            return kept.why == why && kept.stay == stay && kept.field == line.field &&
                   kept.source == o.source && entry.second.settled.empty();
        });
    if (held != d.state.inbox.end()) {
        d.emit(count_one_more(held->second.kept));
    } else {
        d.emit(InboxKept{d.new_inbox(),
                         o.source,
                         o.record_name,
                         o.trigger,
                         why,
                         line.field,
                         line.words,
                         {},
                         {},
                         stay,
                         {}});
    }
    if (d.decision.outcome.code != "accepted") return;
    d.decision.outcome.reason = std::move(why);
    d.decision.outcome.field = line.field;
    d.decision.outcome.words = line.words;
}

}  // namespace

InboxKept count_one_more(InboxKept const& item) {
    return InboxKept{item.item, item.source, {}, item.trigger, item.why, {}, {}, {}, {}, {}, {}};
}

void keep_unreadable(Decider& d, Observation const& o, StayId stay) {
    // Of what is only counted, or kept as a whole, no field is missed.
    if (d.decision.outcome.code != "accepted" && !took_something(d.decision.events)) return;
    for (auto const& [field, words] : o.unreadable) {
        keep_line(d, o, stay, "field_unreadable", {field, "taken, but not this field: " + words});
    }
    for (auto const& [field, words] : d.look_at) {
        keep_line(d, o, stay, "field_doubtful", {field, "taken as it is: " + words});
    }
}

// The record comes again because it is understood now: what was kept of it is no longer waiting.
void settle_first_time(Decider& d, Observation const& o) {
    if (!o.again_of) return;
    for (auto const& [id, item] : d.state.inbox) {
        auto const& kept = item.kept;
        if (!item.settled.empty() || kept.source != o.source) continue;
        if (kept.why == "not_yet_handled" && kept.trigger == o.trigger) {
            return d.emit(InboxCountedDown{id});
        }
        if (kept.why != "not_yet_handled" && kept.of_record == o.again_of) {
            return d.emit(InboxSettled{id, "carried_out", {}, {}});
        }
    }
}

std::vector<Event> decide_waiting(State const& state, InboxItem const& item,
                                  Observation const& observation, Instant now) {
    if (!item.settled.empty()) return {};
    auto first_time = observation;
    first_time.again_of.reset();  // what it repeats was settled when it came
    auto decision = decide(state, first_time, now);
    // Kept for one thing that is wrong with it, it is carried out all the same.
    if (decision.outcome.code == "inbox" && !took_something(decision.events)) return {};
    decision.events.insert(decision.events.begin(),
                           InboxSettled{item.kept.item, "carried_out", {}, {}});
    return std::move(decision.events);
}

}  // namespace washup::core
