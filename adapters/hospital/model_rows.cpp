#include <fmt/format.h>

#include "adapters/hospital/model_impl.hpp"

namespace washup::hospital {
namespace {

std::string spaced(std::string const& number) {
    return number.substr(0, 3) + " " + number.substr(3, 3) + " " + number.substr(6);
}

}  // namespace

void Model::Impl::row_out(char const* kind, HubRow row) {
    files.add(kind, std::move(row));
}

HubRow Model::Impl::row(Instant at, Stay const& stay) const {
    return {{"Visit Number", stay.visit}, {"Updated", hub_time(at)}};
}

void Model::Impl::hub_step(Instant at, Stay& stay, Step const& due) {
    // Who left before the history began is nobody's here.
    if (stay.left && !recording(*stay.left)) return;
    switch (due.kind) {
        case StepKind::refer:
            if (!stay.ended) refer(at, stay);
            return;
        case StepKind::outcomes:
            return outcomes(at, stay, stay.story.outcomes[due.index]);
        case StepKind::open_blocker:
            stay.open_blockers.insert(due.index);
            return blocker(at, stay, stay.story.blockers[due.index], false);
        case StepKind::close_blocker:
            stay.open_blockers.erase(due.index);
            return blocker(at, stay, stay.story.blockers[due.index], true);
        case StepKind::give_action:
            stay.open_actions.insert(due.index);
            return action(at, stay, stay.story.actions[due.index], false);
        case StepKind::end_action:
            stay.open_actions.erase(due.index);
            return action(at, stay, stay.story.actions[due.index], true);
        case StepKind::milestone: {
            if (!recording(at)) return;
            auto out_row = row(at, stay);
            out_row["Milestone"] = due.words;
            out_row["Reached"] = hub_time(at);
            return row_out("milestones", std::move(out_row));
        }
        case StepKind::review: {
            if (!recording(at) || stay.ended) return;
            auto out_row = row(at, stay);
            out_row["Review"] = hub_date(due.date);
            return row_out("outcomes", std::move(out_row));
        }
        default:
            return;
    }
}

void Model::Impl::refer(Instant at, Stay& stay) {
    stay.referred = true;
    if (!recording(at)) return;
    auto const& person = people[stay.person];
    auto out_row = row(at, stay);
    out_row["Hospital Number"] = person.hospital_number;
    out_row["Council ID"] = person.council_number;
    out_row["Surname"] = person.family;
    out_row["Forename"] = person.given;
    out_row["Date of Birth"] = hub_date(person.birth);
    out_row["Postcode"] = person.postcode;
    // ZZ1 to ZZ7 are the hub's own council's; the rest comes from the next one.
    out_row["Council"] = person.postcode[2] < '8' ? "invented_bay" : "far_vale";
    out_row["Usual Residence"] = person.usual_residence;
    out_row["Referred"] = hub_time(at);
    out_row["Team"] = stay.team;
    out_row["Case Worker"] = stay.story.case_worker;
    out_row["Ideal Outcome"] = "Not known";
    if (!person.nhs_number.empty()) {
        // Now and then a spreadsheet has been between the hub and the drop.
        auto const style = chance.below(1000);
        out_row["NHS Number"] = style < 15    ? "9.99E+09"
                                : style < 400 ? spaced(person.nhs_number)
                                              : person.nhs_number;
    }
    if (chance.chance(8)) out_row["Referred"] = "31/11/" + hub_time(at).substr(6);
    row_out("referrals", std::move(out_row));
}

void Model::Impl::outcomes(Instant at, Stay& stay, PlannedOutcomes const& said) {
    if (!said.ideal.empty()) stay.known.ideal = said.ideal;
    if (!said.expected.empty()) stay.known.expected = said.expected;
    if (!recording(at)) return;
    if (said.ideal.empty() && said.expected.empty() && said.actual.empty()) return;
    auto out_row = row(at, stay);
    out_row["NHS Number"] = people[stay.person].nhs_number;
    out_row["Ideal Outcome"] = said.ideal;
    out_row["Expected Outcome"] = said.expected;
    out_row["Actual Outcome"] = said.actual;
    out_row["Pathway"] = said.actual.empty() ? "" : fmt::format("P{}", stay.story.pathway);
    row_out("outcomes", std::move(out_row));
}

void Model::Impl::blocker(Instant at, Stay const& stay, PlannedBlocker const& blocker,
                          bool closed) {
    if (!recording(at)) return;
    auto out_row = row(at, stay);
    out_row["Hospital Number"] = people[stay.person].hospital_number;
    out_row["Blocker Ref"] = blocker.reference;
    // Three in five by the published label, the others by our short code: both must find their way.
    auto const label = options.labels.find(blocker.reason);
    bool const by_label = label != options.labels.end() && blocker.reference.back() < '6';
    out_row["Reason"] = by_label ? label->second : blocker.reason;
    out_row["Local Reason"] = blocker.local_reason;
    out_row["Holder"] = blocker.holder;
    out_row["Opened"] = hub_time(blocker.opened);
    if (closed) {
        out_row["Closed"] = hub_time(blocker.closed);
        out_row["Closed Because"] = blocker.closed_why;
    }
    row_out("blockers", std::move(out_row));
}

void Model::Impl::action(Instant at, Stay const& stay, PlannedAction const& action, bool ended) {
    if (!recording(at)) return;
    auto out_row = row(at, stay);
    out_row["Action Ref"] = action.reference;
    out_row["Action"] = action.text;
    out_row["Owner"] = action.owner;
    if (action.deadline) out_row["Deadline"] = hub_moment(*action.deadline);
    out_row["State"] = ended ? action.end_state : "Open";
    if (ended) out_row["Why"] = action.why;
    out_row["Agreed"] = hub_time(action.agreed);
    out_row["For Blocker"] = action.blocker_reason;
    row_out("actions", std::move(out_row));
}

}  // namespace washup::hospital
