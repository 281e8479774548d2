#include "daemon/ingest/read_meeting_command.hpp"

#include "daemon/ingest/values.hpp"
#include "washup/v1/command.pb.h"

namespace washup::ingest {
namespace {

std::optional<Moment> moment_if(bool has, v1::Moment const& moment) {
    return has ? moment_of(moment) : std::nullopt;
}

core::SetAway set_away(v1::SetAway const& w) {
    return {text_of(w.staff()), moment_if(w.has_from(), w.from()),
            moment_if(w.has_until(), w.until()), text_of(w.deputy())};
}

core::DecideInCycle decide_in_cycle(v1::DecideInCycle const& w) {
    return {text_of(w.cycle()), text_of(w.cause()), text_of(w.text()), text_of(w.owner()),
            moment_if(w.has_deadline(), w.deadline())};
}

// Those at a meeting about one person.
std::optional<std::string> read_over_a_stay(core::Command& c, v1::Command const& wire) {
    switch (wire.what_case()) {
        case v1::Command::kDiscussStay: {
            auto const& w = wire.discuss_stay();
            c.what = core::DiscussStay{core::MeetingId{w.meeting()}, text_of(w.note())};
            return w.stay();
        }
        case v1::Command::kParkStay: {
            auto const& w = wire.park_stay();
            c.what = core::ParkStay{core::MeetingId{w.meeting()}, text_of(w.why())};
            return w.stay();
        }
        case v1::Command::kAskPrompt: {
            auto const& w = wire.ask_prompt();
            c.what = core::AskPrompt{core::MeetingId{w.meeting()}, text_of(w.prompt()),
                                     text_of(w.answer()), text_of(w.managed_by())};
            return w.stay();
        }
        case v1::Command::kSendCause: {
            auto const& w = wire.send_cause();
            c.what = core::SendCause{core::BlockerId{w.blocker()}, text_of(w.cause()),
                                     text_of(w.cycle())};
            return w.stay();
        }
        default:
            return {};
    }
}

}  // namespace

std::optional<std::string> read_meeting_command(core::Command& c, v1::Command const& wire) {
    if (auto stay = read_over_a_stay(c, wire)) return stay;
    switch (wire.what_case()) {
        case v1::Command::kOpenWashUp:
            c.what = core::OpenWashUp{text_of(wire.open_wash_up().team()),
                                      text_of(wire.open_wash_up().chair())};
            return "";
        case v1::Command::kCloseWashUp:
            c.what = core::CloseWashUp{text_of(wire.close_wash_up().team()),
                                       core::MeetingId{wire.close_wash_up().meeting()}};
            return "";
        case v1::Command::kCancelWashUp: {
            auto const& w = wire.cancel_wash_up();
            c.what = core::CancelWashUp{text_of(w.team()), moment_if(w.has_planned(), w.planned()),
                                        text_of(w.why())};
            return "";
        }
        case v1::Command::kRestoreWashUp: {
            auto const& w = wire.restore_wash_up();
            c.what = core::RestoreWashUp{text_of(w.team()), moment_if(w.has_planned(), w.planned()),
                                         text_of(w.why())};
            return "";
        }
        case v1::Command::kSetAway:
            c.what = set_away(wire.set_away());
            return "";
        case v1::Command::kHandOverActions: {
            auto const& w = wire.hand_over_actions();
            c.what = core::HandOverActions{text_of(w.from()), text_of(w.to()), text_of(w.why())};
            return "";
        }
        case v1::Command::kDecideInCycle:
            c.what = decide_in_cycle(wire.decide_in_cycle());
            return "";
        case v1::Command::kFinishDecision: {
            auto const& w = wire.finish_decision();
            c.what = core::FinishDecision{core::DecisionId{w.decision()}, text_of(w.state()),
                                          text_of(w.why())};
            return "";
        }
        case v1::Command::kAnswerCause: {
            auto const& w = wire.answer_cause();
            c.what = core::AnswerCause{text_of(w.cause()), text_of(w.level()), text_of(w.text())};
            return "";
        }
        default:
            return {};
    }
}

}  // namespace washup::ingest
