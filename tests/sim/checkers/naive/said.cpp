#include "tests/sim/checkers/naive/said.hpp"

#include <algorithm>
#include <tuple>

#include "proto/base/digest.hpp"

namespace washup::sim::naive {
namespace {

auto place_in_time(Fact const& fact) {
    return std::tuple{fact.occurred.at, fact.recorded, fact.message_at, fact.record};
}

bool say_the_same(core::Value const& a, core::Value const& b) {
    return a.code == b.code && a.moment == b.moment && a.location == b.location &&
           a.text.text == b.text.text;
}

bool repeats(Fact const& a, Fact const& b) {
    if (a.words == b.words) return true;
    return a.source() == b.source() && say_the_same(a.value(), b.value());
}

// As one of the others says it, or words of its own.
std::shared_ptr<Words const> words_for(std::vector<Fact> const& others,
                                       core::FactObserved const& e) {
    auto const it = std::find_if(others.rbegin(), others.rend(), [&](Fact const& other) {
        return other.source() == e.source && other.doubt() == e.doubt &&
               say_the_same(other.value(), e.value);
    });
    if (it != others.rend()) return it->words;
    Words words{e.value, e.source, e.doubt};
    words.value.text.box.clear();
    return std::make_shared<Words const>(std::move(words));
}

// The places of the run of one source in which the fact at `place` stands.
std::vector<std::size_t> run_of(std::vector<Fact> const& facts, std::size_t place) {
    std::vector<std::size_t> own, run;
    for (std::size_t i = 0; i < facts.size(); ++i) {
        if (facts[i].source() == facts[place].source()) own.push_back(i);
    }
    for (auto const i : own) {
        if (!run.empty() && !repeats(facts[run.back()], facts[i])) {
            if (run.back() >= place) break;
            run.clear();
        }
        run.push_back(i);
    }
    return run;
}

// Of a run of one source that says the same eight are kept: the second goes. A field keeps 64
// facts: first the middle of three that say the same goes, else the oldest.
void keep(Field& field, Fact fact) {
    auto& facts = field.facts;
    auto const later = std::upper_bound(
        facts.begin(), facts.end(), fact,
        [](auto const& a, auto const& b) { return place_in_time(a) < place_in_time(b); });
    auto const place =
        static_cast<std::size_t>(facts.insert(later, std::move(fact)) - facts.begin());
    if (auto const run = run_of(facts, place); run.size() > 8)
        facts.erase(facts.begin() + static_cast<std::ptrdiff_t>(run[1]));
    if (facts.size() <= 64) return;
    std::size_t out = 0;
    for (std::size_t i = 1; i + 1 < facts.size() && out == 0; ++i) {
        if (repeats(facts[i - 1], facts[i]) && repeats(facts[i], facts[i + 1])) out = i;
    }
    facts.erase(facts.begin() + static_cast<std::ptrdiff_t>(out));
}

bool of_the_person(core::Field field) {
    return static_cast<int>(field) < 20;
}

std::string gone_words(Digest128 const& box) {
    return std::string{gone} + std::string{as_bytes(box)};
}

void shut(Field& field) {
    for (auto& fact : field.facts) {
        if (fact.box == Digest128{}) continue;
        auto words = *fact.words;
        words.value.text.text = gone_words(fact.box);
        fact.words = std::make_shared<Words const>(std::move(words));
    }
}

void shut(Stay& stay) {
    for (auto& [field, held] : stay.fields) shut(held);
    for (auto& visit : stay.visits) shut_words(visit.number);
    for (auto& blocker : stay.blockers) {
        shut_words(blocker.said.note);
        shut_words(blocker.said.as_given);
    }
    for (auto& action : stay.actions) {
        shut_words(action.said.text);
        shut_words(action.said.owner_as_given);
    }
}

template <class List>
auto* numbered(List& list, auto const& number) {
    auto const it = std::find_if(list.begin(), list.end(), number);
    return it == list.end() ? nullptr : &*it;
}

}  // namespace

void shut_words(core::Sealed& words) {
    if (words.box.empty()) return;
    words.text = gone_words(blake2b_128(words.box));
}

struct Said::Adder {
    Said& all;
    core::Record const& record;

    void operator()(core::ConfigAdopted const& e) {
        all.config = e.config;
        for (auto const& [id, stay] : all.stays) all.touched_.insert(id);
    }
    void operator()(core::DayTurned const& e) { all.today = e.date; }
    void operator()(core::ClockStepped const&) {}
    void operator()(core::SourceEpochBegan const& e) {
        auto& source = all.sources[e.source];
        if (source.last_heard.ms == 0) source.last_heard = record.at;
    }
    void operator()(core::RecordCounted const&) {}
    void operator()(core::PersonRegistered const& e) { all.persons[e.person]; }
    void operator()(core::IdentifierAdded const& e) {
        if (all.persons[e.person].numbers.size() < 64) all.persons[e.person].numbers.push_back(e);
        all.touch_person(e.person);
    }
    void operator()(core::PersonsMerged const& e) {
        all.touch_person(e.survivor);
        all.persons[e.retired].read_through = e.survivor;
        all.persons[e.survivor].reads.insert(e.retired);
        all.touch_person(e.survivor);
    }
    void operator()(core::MergeUndone const& e) {
        all.touch_person(e.retired);
        all.persons[e.retired].read_through = {};
        all.persons[e.survivor].reads.erase(e.retired);
        all.touch_person(e.retired);
        all.touch_person(e.survivor);
    }
    void operator()(core::PersonErased const& e) {
        for (auto const id : e.persons) {
            auto& person = all.persons[id];
            for (auto& [field, held] : person.fields) shut(held);
            for (auto& number : person.numbers) shut_words(number.number);
            for (auto const stay : person.stays) {
                shut(all.stays[stay]);
                all.notes.shut(stay);
            }
            all.touched_.insert(person.stays.begin(), person.stays.end());
        }
        for (auto const item : e.inbox) {
            if (all.counts_[item] == 1) all.inbox.erase(item);
        }
    }
    void operator()(core::PersonBegunAnew const& e) {
        auto& stay = all.stays[e.stay];
        all.touch_person(stay.person);  // it is none of their other stays any more
        all.persons[stay.person].stays.erase(e.stay);
        stay.person = e.person;
        all.persons[e.person].stays.insert(e.stay);
        all.touch_person(e.person);
    }
    void operator()(core::StayOpened const& e) {
        auto& stay = all.stays[e.stay];
        stay.provisional = e.provisional;
        stay.inferred = e.inferred;
        if (!stay.id) {
            stay.id = e.stay;
            stay.person = e.person;
            all.persons[e.person].stays.insert(e.stay);
        }
        all.touched_.insert(e.stay);
    }
    void operator()(core::VisitNumberAdded const& e) {
        all.stays[e.stay].visits.push_back(e);
        all.touched_.insert(e.stay);
    }
    void operator()(core::StayJoined const& e) {
        all.stays[e.provisional].joined_into = e.ward;
        all.stays[e.ward].joined.insert(e.provisional);
        all.touched_.insert({e.provisional, e.ward});
    }
    void operator()(core::FactObserved const& e) {
        auto recorded = e.times.recorded;
        if (recorded.ms == 0) recorded = e.times.message_at;
        if (recorded.ms == 0) recorded = record.at;
        auto const personal = of_the_person(e.field);
        auto& field =
            personal ? all.persons[e.person].fields[e.field] : all.stays[e.stay].fields[e.field];
        auto const& box = e.value.text.box;
        keep(field,
             {words_for(field.facts, e), box.empty() ? Digest128{} : blake2b_128(box),
              e.times.occurred, recorded, e.times.message_at, record.at, record.number.value()});
        if (personal) all.touch_person(e.person);
        if (e.stay) all.touched_.insert(e.stay);
    }
    void operator()(core::FactConfirmed const& e) {
        auto& stay = all.stays[e.stay];
        auto& fields = of_the_person(e.field) ? all.persons[stay.person].fields : stay.fields;
        fields[e.field].confirmed = record.at;
        if (of_the_person(e.field)) all.touch_person(stay.person);
        all.touched_.insert(e.stay);
    }
    void operator()(core::FactsRetracted const& e) {
        auto& cancels = all.stays[e.stay].fields[e.field].cancels;
        cancels.push_back(
            {e.occurred, e.location, e.only_code, e.recorded, e.source, record.number.value()});
        if (cancels.size() > 32) cancels.erase(cancels.begin());
        all.touched_.insert(e.stay);
    }
    void operator()(core::MilestoneReached const& e) {
        all.stays[e.stay].milestones.push_back(e);
        all.touched_.insert(e.stay);
    }
    void operator()(core::StayLetGo const& e) {
        auto const it = all.stays.find(e.stay);
        if (it == all.stays.end()) return;
        all.touch_person(it->second.person);
        all.persons[it->second.person].stays.erase(e.stay);
        auto const through = all.stays.find(it->second.joined_into);
        if (through != all.stays.end()) through->second.joined.erase(e.stay);
        all.stays.erase(it);
        all.touched_.insert(e.stay);
    }
    void operator()(core::BlockerOpened const& e) {
        auto& blockers = all.stays[e.stay].blockers;
        auto* held = numbered(blockers, [&](auto& b) { return b.said.blocker == e.blocker; });
        if (held == nullptr) {
            held = &blockers.emplace_back();
            held->source = e.source;
        }
        held->said = e;
        held->doubt = e.doubt;
        all.touched_.insert(e.stay);
    }
    void operator()(core::BlockerReopened const& e) {
        auto* held = numbered(all.stays[e.stay].blockers,
                              [&](auto& b) { return b.said.blocker == e.blocker; });
        all.touched_.insert(e.stay);
        if (held == nullptr) return;
        held->closed.reset();
        held->closed_why.clear();
        if (held->doubt == "closed before it opened") held->doubt.clear();
    }
    void operator()(core::BlockerClosed const& e) {
        auto& blockers = all.stays[e.stay].blockers;
        all.touched_.insert(e.stay);
        auto* held = numbered(blockers, [&](auto& b) { return b.said.blocker == e.blocker; });
        if (held == nullptr) return;
        held->closed = e.closed;
        held->closed_why = e.why;
        if (!e.doubt.empty()) held->doubt = e.doubt;
    }
    void operator()(core::ClockHandedOver const& e) {
        all.stays[e.stay].hand_overs.push_back({e.blocker, e.at, record.number.value()});
        all.touched_.insert(e.stay);
    }
    void operator()(core::ActionAssigned const& e) {
        all.stays[e.stay].actions.push_back({e, core::ActionState::open, e.deadline, false, 0});
        all.touched_.insert(e.stay);
    }
    Action* action(core::StayId of, core::ActionId id) {
        all.touched_.insert(of);
        return numbered(all.stays[of].actions, [&](auto& a) { return a.said.action == id; });
    }
    void operator()(core::ActionFinished const& e) {
        if (auto* held = action(e.stay, e.action)) {
            held->state = e.state;
            held->overdue = false;
        }
    }
    void operator()(core::ActionReopened const& e) {
        if (auto* held = action(e.stay, e.action)) held->state = core::ActionState::open;
    }
    void operator()(core::ActionReworded const& e) {
        if (auto* held = action(e.stay, e.action)) held->said.text = e.text;
    }
    void operator()(core::DeadlineMoved const& e) {
        if (auto* held = action(e.stay, e.action)) {
            held->deadline = e.deadline;
            held->overdue = false;
            ++held->moved;
        }
    }
    void operator()(core::ActionBecameOverdue const& e) {
        if (auto* held = action(e.stay, e.action)) held->overdue = true;
    }
    void operator()(core::CapacityReported const& e) {
        auto const held = all.services.find(e.service);
        if (held != all.services.end() && e.occurred < held->second.occurred) return;
        all.services[e.service] = e;
    }
    void operator()(core::StaffAdded const& e) {
        all.staff[e.staff] = e;
        for (auto const& [id, stay] : all.stays) {
            for (auto const& held : stay.actions) {
                if (held.said.owner == e.staff) all.touched_.insert(id);
            }
        }
    }
    void operator()(core::StaffPinSet const&) {}  // no row tells of it
    void operator()(core::ActionHandedOver const& e) {
        if (auto* held = action(e.stay, e.action)) {
            held->said.owner = e.to;
            held->said.owner_as_given = e.to_as_given;
        }
    }
    // Of a stay, its row is looked at again; of meetings, cycles and figures no row tells.
    void operator()(auto const& e) {
        if constexpr (requires { core::StayId{e.stay}; }) all.touched_.insert(e.stay);
    }
    void operator()(core::InboxKept const& e) {
        ++all.counts_[e.item];
        all.inbox.emplace(e.item, e);
        auto const it = all.stays.find(e.stay);
        if (e.why != "unmatched_announcement" || it == all.stays.end()) return;
        it->second.asked = true;
        all.touched_.insert(e.stay);
    }
    void operator()(core::InboxCountedDown const& e) {
        auto& count = all.counts_[e.item];
        if (count > 0) --count;
        if (count == 0) all.inbox.erase(e.item);
    }
    void operator()(core::InboxSettled const& e) { all.inbox.erase(e.item); }
};

void Said::touch_person(core::PersonId person) {
    for (auto const record : records_of(reads_for(person))) {
        auto const& of = persons[record].stays;
        touched_.insert(of.begin(), of.end());
    }
}

core::PersonId Said::reads_for(core::PersonId person) const {
    for (auto it = persons.find(person); it != persons.end() && it->second.read_through;
         it = persons.find(person)) {
        person = it->second.read_through;
    }
    return person;
}

std::vector<core::PersonId> Said::records_of(core::PersonId person) const {
    std::vector<core::PersonId> records{person};
    for (std::size_t i = 0; i < records.size(); ++i) {
        auto const it = persons.find(records[i]);
        if (it == persons.end()) continue;
        records.insert(records.end(), it->second.reads.begin(), it->second.reads.end());
    }
    return records;
}

std::vector<Stay const*> Said::parts_of(Stay const& stay) const {
    std::vector<Stay const*> parts{&stay};
    for (auto const id : stay.joined) {
        if (stays.contains(id)) parts.push_back(&stays.at(id));
    }
    return parts;
}

std::set<core::StayId> Said::take_touched() {
    // A row tells of the person's other stays ("back after 12 d") and of what is joined into it.
    std::set<core::StayId> all;
    for (auto const id : std::exchange(touched_, {})) {
        all.insert(id);
        auto const it = stays.find(id);
        if (it == stays.end()) continue;
        if (it->second.joined_into) all.insert(it->second.joined_into);
        for (auto const record : records_of(reads_for(it->second.person))) {
            all.insert(persons.at(record).stays.begin(), persons.at(record).stays.end());
        }
    }
    return all;
}

void Said::add(core::Record const& record) {
    head = record.number.value();
    last_at = record.at;
    notes.add(record);
    Adder adder{*this, record};
    for (auto const& event : record.events) std::visit(adder, event);
    if (record.cause.kind != core::CauseKind::source) return;
    auto& source = sources[record.cause.source];
    source.last_heard = record.at;
    auto const& code = record.cause.outcome.code;
    ++(code == "inbox" ? source.inbox : code == "counted" ? source.counted : source.accepted);
}

}  // namespace washup::sim::naive
