#include <fmt/format.h>

#include "adapters/hospital/model_impl.hpp"

namespace washup::hospital {

void Model::Impl::send(Adt adt) {
    if (!recording(adt.sent)) return;
    adt.control_id = fmt::format("WT{:07}", next_control++);
    out.push_back(
        Message{adt.sent, adt.control_id, adt.trigger, write_adt(adt), adt.person->number});
}

Adt Model::Impl::adt(Instant at, Stay const& stay, char const* trigger) const {
    Adt message;
    message.trigger = trigger;
    message.site = stay.place.site;
    message.sent = message.occurred = at;
    message.person = &people[stay.person];
    message.place = stay.place;
    message.visit = stay.visit;
    message.admission_method = stay.story.admission_method;
    message.specialty = stay.story.specialty;
    message.consultant = stay.story.consultant;
    message.admission_source = stay.story.admission_source;
    message.admitted = stay.admitted;
    return message;
}

void Model::Impl::step(Instant at, Stay& stay, std::size_t index) {
    auto const& due = stay.story.steps[index];
    switch (due.kind) {
        case StepKind::refer:
        case StepKind::outcomes:
        case StepKind::open_blocker:
        case StepKind::close_blocker:
        case StepKind::give_action:
        case StepKind::end_action:
        case StepKind::milestone:
        case StepKind::review:
            return hub_step(at, stay, due);
        case StepKind::leave:
            return leave(at, stay, index);
        default:
            return ward_step(at, stay, due);
    }
}

void Model::Impl::ward_step(Instant at, Stay& stay, Step const& due) {
    switch (due.kind) {
        case StepKind::admit:
            return send(adt(at, stay, "A01"));
        case StepKind::cancel_admit:
            return cancel_admit(at, stay);
        case StepKind::move:
            return move(at, stay);
        case StepKind::take_back_move:
            return take_back_move(at, stay);
        case StepKind::take_back_leave:
            return take_back_leave(at, stay);
        case StepKind::merge:
            return merge(at, stay);
        default:
            break;
    }
    if (stay.ended) return;
    auto message = adt(at, stay, due.kind == StepKind::pending_leave ? "A16" : "A08");
    if (due.kind == StepKind::expect || due.kind == StepKind::pending_leave) {
        stay.expected_discharge = due.date;
    } else if (due.kind == StepKind::optimise) {
        stay.optimised = at;
        message.medically_optimised = at;
    } else if (due.kind == StepKind::ready) {
        stay.ready_date = due.date;
        message.ready_date = hl7_date(due.date);
        message.pathway = fmt::format("P{}", stay.story.pathway);
    } else if (due.kind == StepKind::not_ready) {
        stay.ready_date.reset();
        message.ready_date = "\"\"";
    }
    message.expected_discharge = stay.expected_discharge;
    send(std::move(message));
}

void Model::Impl::move(Instant at, Stay& stay) {
    if (stay.ended) return;
    auto const bed = beds.take(chance, stay.site, stay.bed->ward);
    if (!bed) return;
    stay.bed_before = stay.bed;
    stay.place_before = stay.place;
    beds.free(*stay.bed);
    stay.bed = bed;
    stay.place = beds.place(*bed);
    auto message = adt(at, stay, "A02");
    message.prior = stay.place_before;
    send(std::move(message));
}

void Model::Impl::take_back_move(Instant at, Stay& stay) {
    if (stay.ended || !stay.bed_before || !beds.take_back(*stay.bed_before)) return;
    beds.free(*stay.bed);
    auto const taken_back = stay.place;
    stay.bed = stay.bed_before;
    stay.place = stay.place_before;
    stay.bed_before.reset();
    // A12: PV1-3 is where the person really is, PV1-6 the place that is taken back.
    auto message = adt(at, stay, "A12");
    message.prior = taken_back;
    send(std::move(message));
}

void Model::Impl::cancel_admit(Instant at, Stay& stay) {
    auto message = adt(at, stay, "A11");
    message.occurred = stay.admitted;  // EVN-6 names the fact that is taken back
    send(std::move(message));
    beds.free(*stay.bed);
    here.erase(stay.person);
    stay.ended = true;
    stay.left = at;
}

void Model::Impl::leave(Instant at, Stay& stay, std::size_t index) {
    auto message = adt(at, stay, "A03");
    message.discharged = at;
    message.discharge_method = stay.story.discharge_method;
    message.destination = stay.story.destination;
    if (stay.story.dies) {
        message.died = at;
        dead.insert(stay.person);
    }
    send(std::move(message));
    stay.ended = true;
    stay.left = at;
    auto const& steps = stay.story.steps;
    bool comes_back = false;
    for (auto later = index + 1; later < steps.size(); ++later) {
        comes_back = comes_back || steps[later].kind == StepKind::take_back_leave;
    }
    if (comes_back) return;  // the bed is still theirs
    beds.free(*stay.bed);
    here.erase(stay.person);
}

void Model::Impl::take_back_leave(Instant at, Stay& stay) {
    stay.ended = false;
    auto message = adt(at, stay, "A13");
    // Real feeds leave PV1-45 filled in an A13; a receiver must not believe it.
    message.discharged = stay.left;
    stay.left.reset();
    send(std::move(message));
}

void Model::Impl::merge(Instant at, Stay& stay) {
    auto& person = people[stay.person];
    auto const real = real_numbers.find(person.number);
    if (real == real_numbers.end()) return;
    auto const temporary = person.hospital_number;
    person.hospital_number = real->second;
    person.nhs_number = nhs_number_of(person.number * 387'491 + 500'017);
    real_numbers.erase(real);
    auto message = adt(at, stay, "A40");
    message.retired_number = temporary;
    send(std::move(message));
}

}  // namespace washup::hospital
