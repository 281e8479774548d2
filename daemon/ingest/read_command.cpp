#include <charconv>

#include "daemon/ingest/observe.hpp"
#include "daemon/ingest/read_meeting_command.hpp"
#include "daemon/ingest/values.hpp"
#include "washup/v1/command.pb.h"

namespace washup::ingest {
namespace {

std::optional<Moment> optional_moment(bool has, v1::Moment const& moment) {
    return has ? moment_of(moment) : std::nullopt;
}

Result<void> ok() {
    return boost::system::in_place_value;
}

core::SetField set_field(v1::SetField const& wire, core::Field field) {
    core::SetField set{field, value_of(wire.value()), text_of(wire.why()), {}};
    if (wire.check_seen()) set.seen = wire.seen();
    return set;
}

core::RaiseBlocker raise_blocker(v1::RaiseBlocker const& wire) {
    return {text_of(wire.reason()), text_of(wire.local_reason()), text_of(wire.holder()),
            text_of(wire.note()), optional_moment(wire.has_opened_at(), wire.opened_at())};
}

core::CorrectBlocker correct_blocker(v1::CorrectBlocker const& wire) {
    core::CorrectBlocker correct;
    correct.blocker = core::BlockerId{wire.blocker()};
    correct.reason = text_of(wire.reason());
    correct.local_reason = text_of(wire.local_reason());
    correct.holder = text_of(wire.holder());
    for (auto const& claim : wire.claims()) correct.claims.push_back(text_of(claim));
    if (wire.has_note()) correct.note = text_of(wire.note());
    if (wire.has_zone()) correct.zone = text_of(wire.zone());
    correct.opened_at = optional_moment(wire.has_opened_at(), wire.opened_at());
    correct.closed_at = optional_moment(wire.has_closed_at(), wire.closed_at());
    correct.open_again = wire.open_again();
    return correct;
}

core::AssignAction assign_action(v1::AssignAction const& wire) {
    return {text_of(wire.text()), text_of(wire.owner()),
            optional_moment(wire.has_deadline(), wire.deadline()),
            optional_moment(wire.has_agreed_at(), wire.agreed_at()),
            core::BlockerId{wire.blocker()}};
}

core::AddStaff add_staff(v1::AddStaff const& wire) {
    core::AddStaff add;
    add.id = text_of(wire.id());
    add.name = text_of(wire.name());
    add.role = text_of(wire.role());
    add.team = text_of(wire.team());
    if (wire.has_organisation()) add.organisation = text_of(wire.organisation());
    if (wire.has_email()) add.email = text_of(wire.email());
    if (wire.has_hours()) add.hours = text_of(wire.hours());
    return add;
}

// Commands about one stay: gives the stay's name as written; none = it is not one of these.
std::optional<std::string> read_about_stay(core::Command& c, v1::Command const& wire) {
    switch (wire.what_case()) {
        case v1::Command::kRaiseBlocker:
            c.what = raise_blocker(wire.raise_blocker());
            return wire.raise_blocker().stay();
        case v1::Command::kCloseBlocker: {
            auto const& w = wire.close_blocker();
            c.what = core::CloseBlocker{core::BlockerId{w.blocker()}, text_of(w.why()),
                                        optional_moment(w.has_closed_at(), w.closed_at())};
            return w.stay();
        }
        case v1::Command::kCorrectBlocker:
            c.what = correct_blocker(wire.correct_blocker());
            return wire.correct_blocker().stay();
        case v1::Command::kRecordMilestone: {
            auto const& w = wire.record_milestone();
            c.what = core::RecordMilestone{text_of(w.name()), optional_moment(w.has_at(), w.at())};
            return w.stay();
        }
        case v1::Command::kHandOverClock: {
            auto const& w = wire.hand_over_clock();
            c.what = core::HandOverClock{core::BlockerId{w.blocker()},
                                         optional_moment(w.has_at(), w.at())};
            return w.stay();
        }
        case v1::Command::kAssignAction:
            c.what = assign_action(wire.assign_action());
            return wire.assign_action().stay();
        case v1::Command::kFinishAction: {
            auto const& w = wire.finish_action();
            c.what = core::FinishAction{core::ActionId{w.action()}, text_of(w.state()),
                                        text_of(w.why())};
            return w.stay();
        }
        case v1::Command::kMoveDeadline: {
            auto const& w = wire.move_deadline();
            c.what = core::MoveDeadline{core::ActionId{w.action()},
                                        optional_moment(w.has_deadline(), w.deadline()),
                                        text_of(w.why())};
            return w.stay();
        }
        case v1::Command::kRequestService: {
            auto const& w = wire.request_service();
            c.what = core::RequestService{text_of(w.kind()), text_of(w.zone()),
                                          optional_moment(w.has_wanted_at(), w.wanted_at())};
            return w.stay();
        }
        case v1::Command::kAnswerRequest: {
            auto const& w = wire.answer_request();
            c.what = core::AnswerRequest{core::RequestId{w.request()}, text_of(w.how()),
                                         text_of(w.service()), text_of(w.why()),
                                         optional_moment(w.has_at(), w.at())};
            return w.stay();
        }
        case v1::Command::kReportDischarge: {
            auto const& w = wire.report_discharge();
            c.what = core::ReportDischarge{text_of(w.kind()), optional_moment(w.has_at(), w.at()),
                                           text_of(w.note()), text_of(w.reporter())};
            return w.stay();
        }
        case v1::Command::kReopen:
            c.what = core::Reopen{text_of(wire.reopen().why())};
            return wire.reopen().stay();
        case v1::Command::kUndoMerge:
            c.what = core::UndoMerge{text_of(wire.undo_merge().why())};
            return wire.undo_merge().stay();
        default:
            return {};
    }
}

Result<void> read_what(core::Command& c, v1::Command const& wire, AliasHash const& hash) {
    if (auto const stay = read_about_stay(c, wire)) {
        c.stay = read_stay_name(*stay, hash);
        return ok();
    }
    if (auto const stay = read_meeting_command(c, wire)) {
        c.stay = read_stay_name(*stay, hash);
        return ok();
    }
    switch (wire.what_case()) {
        case v1::Command::kSetField: {
            auto const field = field_of(wire.set_field().field());
            if (!field) return refused("no such field", "field");
            c.stay = read_stay_name(wire.set_field().stay(), hash);
            c.what = set_field(wire.set_field(), *field);
            return ok();
        }
        case v1::Command::kConfirmField: {
            auto const field = field_of(wire.confirm_field().field());
            if (!field) return refused("no such field", "field");
            c.stay = read_stay_name(wire.confirm_field().stay(), hash);
            c.what = core::ConfirmField{*field};
            return ok();
        }
        case v1::Command::kReportCapacity:
            c.what = core::ReportCapacity{counters_of(wire.report_capacity())};
            return ok();
        case v1::Command::kAddStaff:
            c.what = add_staff(wire.add_staff());
            return ok();
        case v1::Command::kSetPin:
            // The shell has put Argon2id's text in the PIN's place; a PIN itself goes no further.
            if (!wire.set_pin().pin().starts_with("$argon2id$")) {
                return refused("a PIN is not kept as it is", "pin");
            }
            c.what = core::SetPin{text_of(wire.set_pin().staff()), wire.set_pin().pin()};
            return ok();
        case v1::Command::kSettleInbox:
            c.what = core::SettleInbox{core::InboxId{wire.settle_inbox().item()},
                                       text_of(wire.settle_inbox().why())};
            return ok();
        case v1::Command::kReportFigure:
            c.what = figure_of(wire.report_figure());
            return ok();
        case v1::Command::kConfirmPeriod: {
            auto const& w = wire.confirm_period();
            c.what = core::ConfirmPeriod{text_of(w.measure()), text_of(w.scope()),
                                         optional_moment(w.has_from(), w.from()),
                                         optional_moment(w.has_until(), w.until())};
            return ok();
        }
        case v1::Command::kConfirmMaturity: {
            auto const& w = wire.confirm_maturity();
            c.what = core::ConfirmMaturity{text_of(w.team()), text_of(w.dimension()),
                                           text_of(w.level()), text_of(w.evidence())};
            return ok();
        }
        case v1::Command::kErasePerson: {
            auto const& w = wire.erase_person();
            core::ErasePerson erase;
            if (w.has_identifier()) erase.number = identifier_of(w.identifier(), hash).key;
            erase.why = text_of(w.why());
            c.stay = read_stay_name(w.stay(), hash);
            c.what = std::move(erase);
            return ok();
        }
        default:
            return refused("this daemon does not know that command", "what");
    }
}

}  // namespace

// "#17" is the internal id; anything else is authority:number, split at the first colon.
core::StayName read_stay_name(std::string const& given, AliasHash const& hash) {
    core::StayName name;
    name.as_given = text_of(given);
    std::string_view const text = name.as_given;
    if (text.starts_with('#')) {
        std::uint64_t id = 0;
        auto const* end = text.data() + text.size();
        auto const read = std::from_chars(text.data() + 1, end, id);
        if (read.ec == std::errc{} && read.ptr == end) name.id = core::StayId{id};
    } else if (auto const colon = text.find(':'); colon != std::string_view::npos) {
        name.key = hash("visit", text.substr(0, colon), text.substr(colon + 1));
    }
    return name;
}

Result<core::Command> read_command(v1::Command const& wire, AliasHash const& hash) {
    core::Command c;
    if (wire.id().size() > 64) return refused("a command id is at most 64 octets", "id");
    c.id = wire.id();
    c.actor = text_of(wire.actor());
    c.decided_by = text_of(wire.decided_by());
    c.entered_at = instant_of(wire.entered_at_ms());
    if (c.entered_at.ms != wire.entered_at_ms()) return refused("this is no time", "entered_at");
    if (auto const found = find_no_time(wire)) {
        return refused(found->said + " is no time",
                       found->field == "moment" ? "value" : found->field);
    }
    c.expires_at = Instant{wire.expires_at_ms()};
    if (auto const read = read_what(c, wire, hash); !read) return read.error();
    return c;
}

}  // namespace washup::ingest
