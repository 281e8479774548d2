#include "adapters/hospital/model.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "adapters/hospital/chances.hpp"
#include "adapters/hospital/model_impl.hpp"

namespace washup::hospital {
namespace {

// Long enough for the stays of people with the longest delays to be under way when history starts.
constexpr int warm_up_days = 75;
constexpr int people_who_may_return = 400;

}  // namespace

Model::Impl::Impl(ModelOptions given)
    : options(std::move(given)),
      chance(options.seed),
      beds(options.wards, options.beds),
      services(chance),
      staff(make_staff(options.wards)) {
    for (auto const& member : staff) staff_by_team[member.team].push_back(member);
    auto const first = london_date(options.history_start) - warm_up_days;
    put(london_time(first, 0, 5), {.kind = DueKind::day});
    put(options.history_start, {.kind = DueKind::history_start});
}

std::vector<StaffMember> const& Model::Impl::staff_of(std::string const& team) const {
    auto const found = staff_by_team.find(team);
    return found == staff_by_team.end() ? staff : found->second;
}

void Model::Impl::play_until(Instant now) {
    while (!due_.empty() && due_.begin()->first.first <= now.ms) {
        auto const [key, due] = std::move(*due_.begin());
        due_.erase(due_.begin());
        play(Instant{key.first}, due);
    }
}

void Model::Impl::play(Instant at, Due const& due) {
    switch (due.kind) {
        case DueKind::day:
            return day(at);
        case DueKind::arrival:
            return arrival(at, due);
        case DueKind::step: {
            auto const stay = stays.find(due.stay);
            if (stay != stays.end()) step(at, stay->second, due.index);
            return;
        }
        case DueKind::history_start:
            return history_start(at);
        case DueKind::drop:
            return drop(at);
        case DueKind::capacity:
            if (recording(at)) services.count(chance, at, files);
            return;
        case DueKind::outpatient:
            return outpatient(at);
        case DueKind::person_update:
            return person_update(at);
    }
}

void Model::Impl::day(Instant at) {
    auto const today = london_date(at);
    put(london_time(today + 1, 0, 5), {.kind = DueKind::day});
    auto const usual = beds.count() * (weekday(today) > 5 ? 185 : 225) / 1000;
    auto const arrivals = usual + static_cast<int>(chance.between(-usual / 7, usual / 7));
    auto const any_minute = [&] {
        auto minute = chance.between(6, 1439);
        if (minute < 420 && chance.chance(600)) minute += 540;  // nights are quieter
        return london_time(today, static_cast<int>(minute / 60), static_cast<int>(minute % 60),
                           static_cast<int>(chance.between(0, 59)));
    };
    auto const& wards = beds.wards();
    for (int i = 0; i < arrivals; ++i) {
        put(any_minute(),
            {.kind = DueKind::arrival, .site = wards[chance.below(wards.size())].site});
    }
    for (int i = 0; i < beds.count() / 15; ++i) put(any_minute(), {.kind = DueKind::outpatient});
    for (int i = 0; i < beds.count() / 18; ++i) put(any_minute(), {.kind = DueKind::person_update});
    put(london_time(today, 8, 0), {.kind = DueKind::capacity});
    put(london_time(today, 14, 0), {.kind = DueKind::capacity});
    // What ended long ago is not needed again.
    std::erase_if(stays, [&](auto const& entry) {
        return entry.second.left && at - *entry.second.left > hours(24 * 5);
    });
}

std::size_t Model::Impl::find_person(Instant at, int pathway) {
    if (chance.chance(60) && !people.empty()) {
        auto const recent = std::min<std::size_t>(people.size(), people_who_may_return);
        auto const back = people.size() - 1 - chance.below(recent);
        if (!here.contains(back) && !dead.contains(back)) return back;
    }
    bool const old = pathway > 0 ? chance.chance(940) : chance.chance(380);
    people.push_back(
        make_person(chance, static_cast<std::uint32_t>(people.size() + 1), london_date(at), old));
    return people.size() - 1;
}

void Model::Impl::arrival(Instant at, Due due) {
    auto const bed = beds.take_on_arrival(chance, due.site);
    if (!bed) {
        // No bed: they wait downstairs, and at last go to another hospital.
        if (++due.tries < 20) put(at + minutes(45), due);
        return;
    }
    auto const pathway = draw_pathway(chance);
    Stay stay;
    stay.id = next_stay++;
    stay.person = find_person(at, pathway);
    stay.visit = fmt::format("V{:06}", 200'000 + stay.id);
    stay.site = due.site;
    stay.admitted = at;
    stay.bed = bed;
    stay.place = beds.place(*bed);
    stay.team = beds.wards()[bed->ward].team;
    auto& person = people[stay.person];
    here.insert(stay.person);
    StoryTeller teller{chance, staff_of(stay.team), next_reference};
    stay.story = teller.tell(person, pathway, at);
    if (stay.story.merges) {
        real_numbers.emplace(person.number, person.hospital_number);
        person.hospital_number = fmt::format("TMP{}", stay.id);
    }
    auto const id = stay.id;
    stays.emplace(id, std::move(stay));
    auto const& steps = stays.at(id).story.steps;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        put(std::max(steps[i].at, at), {.kind = DueKind::step, .stay = id, .index = i});
    }
}

void Model::Impl::history_start(Instant at) {
    for (auto& [id, stay] : stays) {
        if (stay.ended) continue;
        auto message = adt(at, stay, "A08");
        message.expected_discharge = stay.expected_discharge;
        message.medically_optimised = stay.optimised;
        if (stay.ready_date) message.ready_date = hl7_date(*stay.ready_date);
        send(std::move(message));
        if (!stay.referred) continue;
        auto const known = stay.known;
        refer(at, stay);
        outcomes(at, stay, known);
        for (auto const index : stay.open_blockers) {
            blocker(at, stay, stay.story.blockers[index], false);
        }
        for (auto const index : stay.open_actions) {
            action(at, stay, stay.story.actions[index], false);
        }
    }
    services.count(chance, at, files);
    put(at + minutes(1), {.kind = DueKind::drop});
}

void Model::Impl::drop(Instant at) {
    for (auto& file : files.take(at)) out.push_back(Drop{at, std::move(file)});
    if (at >= options.live_from) return put(at + minutes(15), {.kind = DueKind::drop});
    auto const today = london_date(at);
    auto next = london_time(today + 1, 12, 5);
    for (auto const hour : {20, 12}) {
        if (auto const candidate = london_time(today, hour, 5); candidate > at) next = candidate;
    }
    put(std::min(next, options.live_from), {.kind = DueKind::drop});
}

void Model::Impl::outpatient(Instant at) {
    // Somebody for a clinic: no stay of ours, and the adapter must say so.
    auto const person = make_person(chance, 250'000 + ++outpatients, london_date(at), false);
    auto const& ward = beds.wards()[chance.below(beds.wards().size())];
    Adt message;
    message.trigger = "A04";
    message.person = &person;
    message.patient_class = chance.chance(500) ? "O" : "E";
    message.site = ward.site;
    message.sent = message.occurred = at;
    message.place = {"CLINIC", "", "", ward.site};
    message.visit = fmt::format("O{:06}", outpatients);
    send(std::move(message));
}

void Model::Impl::person_update(Instant at) {
    if (people.empty()) return;
    auto const& person = people[chance.below(people.size())];
    Adt message;
    message.trigger = "A31";
    message.person = &person;
    message.patient_class = "N";
    message.site = beds.wards().front().site;
    message.sent = message.occurred = at;
    send(std::move(message));
}

Model::Model(ModelOptions options) : impl_(std::make_unique<Impl>(std::move(options))) {}
Model::~Model() = default;

std::vector<Output> Model::step(Instant now) {
    impl_->play_until(now);
    return std::move(impl_->out);
}

Instant Model::next_due() const {
    return Instant{impl_->due_.begin()->first.first};
}

std::vector<StaffMember> const& Model::staff() const {
    return impl_->staff;
}

Census Model::census() const {
    Census census;
    census.beds = impl_->beds.count();
    for (auto const& [id, stay] : impl_->stays) {
        if (stay.ended) continue;
        ++census.in_bed;
        census.on_list += stay.referred ? 1 : 0;
        census.ready += stay.ready_date ? 1 : 0;
    }
    return census;
}

}  // namespace washup::hospital
