// What people ask of the daemon in the story: at the board, in the wash-up, in the weekly cycle.

#include "tests/support/daemon/story.hpp"

namespace washup::tests {
namespace {

char const* const teams[] = {"north", "south", "west"};  // the last is nobody's
char const* const cycles[] = {"weekly", "coast", "north", "site", "sunday", ""};
char const* const staff_ids[] = {"posei", "rlund"};
char const* const holders[] = {"nhs", "social_care", "disputed", "moon"};

void set(v1::Moment& moment, Instant at, bool date) {
    moment.set_at_ms(date ? london_midnight(london_date(at)).ms : at.ms);
    moment.set_precision(date ? v1::PRECISION_DATE : v1::PRECISION_MINUTE);
}

}  // namespace

// By a stay, or by a number of the person's own; some of them are of nobody here.
v1::Command Story::erase(v1::Command command) {
    auto& erase = *command.mutable_erase_person();
    auto const person = anybody();
    if (chance_.chance(500)) {
        erase.set_stay("RZZ:V" + std::to_string(person));
    } else if (chance_.chance(500)) {
        erase.mutable_identifier()->set_namespace_("RZZ");
        erase.mutable_identifier()->set_value("M" + std::to_string(person));
    } else {
        erase.mutable_identifier()->set_kind(v1::Identifier::NHS);
        erase.mutable_identifier()->set_value(nhs_number(person));
    }
    erase.set_why("asked for in writing");
    return command;
}

// The schedule, and who opens and closes: mostly they sit, so that there is something to be said.
void Story::meeting(v1::Command& command, std::string const& stay, Instant now) {
    std::string const team = teams[chance_.below(20) == 0 ? 2 : chance_.below(2)];
    auto const drawn = chance_.below(20);
    if (drawn < 5) {
        command.mutable_open_wash_up()->set_team(team);
        command.mutable_open_wash_up()->set_chair("posei");
    } else if (drawn < 6) {
        command.mutable_close_wash_up()->set_team(team);
    } else if (drawn < 8) {
        auto* cancel = command.mutable_cancel_wash_up();
        cancel->set_team(team);
        cancel->set_why("the room is flooded");
        if (chance_.chance(100)) set(*cancel->mutable_planned(), now + hours(3), false);
    } else if (drawn < 13) {
        command.mutable_discuss_stay()->set_stay(stay);
        if (chance_.chance(700)) command.mutable_discuss_stay()->set_note("daughter rings at noon");
    } else if (drawn < 16) {
        command.mutable_park_stay()->set_stay(stay);
        if (chance_.chance(800)) command.mutable_park_stay()->set_why("worker comes at ten");
    } else {
        auto* ask = command.mutable_ask_prompt();
        ask->set_stay(stay);
        ask->set_prompt(chance_.chance(500) ? "family_told" : "carer");
        if (chance_.chance(500)) ask->set_answer("yes");
        if (chance_.chance(500)) ask->set_managed_by("carers' support");
    }
}

void Story::cycle(v1::Command& command, std::string const& stay, Instant now) {
    auto const* const code = cycles[chance_.below(std::size(cycles))];
    auto const* const cause = chance_.chance(500)   ? "CP4:unknown:thanet"
                              : chance_.chance(800) ? "HP4:unknown:"
                                                    : "moon phase";
    switch (chance_.below(4)) {
        case 0: {
            auto* send = command.mutable_send_cause();
            send->set_cycle(code);
            if (chance_.chance(600)) {
                send->set_stay(stay);
            } else {
                send->set_cause(cause);
            }
            break;
        }
        case 1: {
            auto* decide = command.mutable_decide_in_cycle();
            decide->set_cycle(code);
            decide->set_cause(cause);
            decide->set_text("ask for two night sits");
            decide->set_owner(staff_ids[chance_.below(2)]);
            set(*decide->mutable_deadline(), now + hours(chance_.between(-10, 200)), true);
            break;
        }
        case 2: {
            auto* finish = command.mutable_finish_decision();
            finish->set_decision(1 + chance_.below(6));
            finish->set_state(chance_.chance(500) ? "done" : "not_done");
            if (chance_.chance(700)) finish->set_why("no answer yet");
            break;
        }
        default: {
            auto* answer = command.mutable_answer_cause();
            answer->set_cause(cause);
            answer->set_level(chance_.chance(800) ? "area" : "moon");
            answer->set_text("2 night sits from Thursday");
        }
    }
}

void Story::correct(v1::Command& command, std::string const& stay, Instant now) {
    auto* correct = command.mutable_correct_blocker();
    auto const on_board = blockers_ ? blockers_() : std::vector<SeenBlocker>{};
    correct->set_stay(stay);
    correct->set_blocker(1 + chance_.below(60));
    if (!on_board.empty()) {
        auto const& seen = on_board[chance_.below(on_board.size())];
        correct->set_stay("#" + std::to_string(seen.stay));
        correct->set_blocker(seen.blocker);
        if (seen.closed && chance_.chance(400)) return correct->set_open_again(true);
        if (seen.closed && chance_.chance(500)) {
            return set(*correct->mutable_closed_at(), now - hours(chance_.between(0, 40)), false);
        }
    }
    switch (chance_.below(3)) {
        case 0:
            correct->set_holder(holders[chance_.below(std::size(holders))]);
            break;
        case 1:
            set(*correct->mutable_opened_at(), now - hours(chance_.between(-2, 60)),
                chance_.chance(300));
            break;
        default:
            correct->set_reason(chance_.chance(500) ? "HP4" : "night_sitting");
    }
}

void Story::staff(v1::Command& command, Instant now) {
    auto const id = chance_.below(2);
    if (chance_.chance(600)) {
        auto* add = command.mutable_add_staff();
        add->set_id(staff_ids[id]);
        add->set_name(id == 0 ? "Peter Osei" : "Ruth Lund");
        add->set_role("social worker");
    } else if (chance_.chance(700)) {
        auto* away = command.mutable_set_away();
        away->set_staff(staff_ids[id]);
        if (chance_.chance(400)) return;  // back
        set(*away->mutable_from(), now - hours(chance_.between(0, 48)), true);
        set(*away->mutable_until(), now + hours(chance_.between(-10, 72)), true);
        if (chance_.chance(500)) away->set_deputy(staff_ids[1 - id]);
    } else {
        auto* hand_over = command.mutable_hand_over_actions();
        hand_over->set_from(staff_ids[id]);
        hand_over->set_to(staff_ids[1 - id]);
        hand_over->set_why("on leave from tomorrow");
    }
}

void Story::of_the_stay(v1::Command& command, std::string const& stay, Instant now) {
    switch (chance_.below(9)) {
        case 0: {
            auto* raise = command.mutable_raise_blocker();
            raise->set_stay(stay);
            raise->set_reason("night_sitting");
            break;
        }
        case 1: {
            auto* assign = command.mutable_assign_action();
            assign->set_stay(stay);
            assign->set_text("ring the daughter");
            assign->set_owner(staff_ids[chance_.below(2)]);
            set(*assign->mutable_deadline(), now + hours(chance_.between(1, 40)), false);
            break;
        }
        case 2: {
            command.mutable_reopen()->set_stay(stay);
            command.mutable_reopen()->set_why("transport failed");
            break;
        }
        case 3: {
            auto* record = command.mutable_record_milestone();
            record->set_stay(stay);
            record->set_name(chance_.chance(500)   ? "medicines_ready"
                             : chance_.chance(800) ? "first_visit_done"
                                                   : "moon_rise");
            if (chance_.chance(600))
                set(*record->mutable_at(), now - hours(chance_.between(-1, 40)), false);
            break;
        }
        case 4: {
            auto* set_field = command.mutable_set_field();
            set_field->set_stay(stay);
            if (chance_.chance(600)) {
                set_field->set_field(v1::FIELD_EXPECTED_DISCHARGE);
                set(*set_field->mutable_value()->mutable_moment(),
                    now + hours(chance_.between(1, 200)), true);
                break;
            }
            set_field->set_field(v1::FIELD_NAME);
            set_field->mutable_value()->set_text("ADAMS, Edith");
            break;
        }
        case 5: {
            command.mutable_confirm_field()->set_stay(stay);
            command.mutable_confirm_field()->set_field(v1::FIELD_NAME);
            break;
        }
        case 6: {
            command.mutable_undo_merge()->set_stay(stay);
            command.mutable_undo_merge()->set_why("two people after all");
            break;
        }
        case 7: {
            command.mutable_close_blocker()->set_stay(stay);
            command.mutable_close_blocker()->set_why("solved");
            break;
        }
        default:
            correct(command, stay, now);
    }
}

v1::Command Story::next_command(std::string id, Instant now) {
    v1::Command command;
    command.set_id(std::move(id));
    command.set_actor("chair");
    if (chance_.chance(options_.erase_permille)) return erase(std::move(command));
    auto const stay = "RZZ:V" + std::to_string(anybody());
    auto const drawn = chance_.below(20);
    if (drawn < 9) {
        of_the_stay(command, stay, now);
    } else if (drawn < 15) {
        meeting(command, stay, now);
    } else if (drawn < 17) {
        cycle(command, stay, now);
    } else if (drawn < 19) {
        staff(command, now);
    } else {
        command.mutable_settle_inbox()->set_item(1 + chance_.below(200));
        command.mutable_settle_inbox()->set_why("looked after");
    }
    return command;
}

}  // namespace washup::tests
