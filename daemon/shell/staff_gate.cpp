#include "daemon/shell/staff_gate.hpp"

#include "daemon/access/rights.hpp"
#include "daemon/core/reading.hpp"
#include "washup/v1/command.pb.h"

namespace washup::shell {

using access::Deed;

namespace {

// Whose action it is; empty: there is none of that number.
core::StaffId owner_of(core::State const& state, core::StayName const& name, std::uint64_t action) {
    auto const by_key = name.key ? state.stay_by_key.find(*name.key) : state.stay_by_key.end();
    auto const* const stay = state.stay(
        name.key ? (by_key == state.stay_by_key.end() ? core::StayId{} : by_key->second) : name.id);
    if (stay == nullptr) return {};
    for (auto const* part : core::parts_of(state, *stay)) {
        if (auto const* found = part->action(core::ActionId{action})) return found->owner;
    }
    return {};
}

}  // namespace

Deed deed_of(v1::Command const& command) {
    using What = v1::Command::WhatCase;
    switch (command.what_case()) {
        case What::kFinishAction:
        case What::kMoveDeadline:
            return Deed::act;
        case What::kSetField:
            return command.set_field().field() == v1::FIELD_ACTUAL_OUTCOME ? Deed::correct
                                                                           : Deed::plan;
        case What::kConfirmField:
            return command.confirm_field().field() == v1::FIELD_ACTUAL_OUTCOME ||
                           command.confirm_field().field() == v1::FIELD_ENDING
                       ? Deed::correct
                       : Deed::plan;
        case What::kReopen:
        case What::kUndoMerge:
        case What::kSettleInbox:
        // Somebody answers for a figure with their name.
        case What::kConfirmPeriod:
        case What::kConfirmMaturity:
            return Deed::correct;
        case What::kAddStaff:
        case What::kSetPin:
        case What::kSetAway:
            return Deed::staff;
        case What::kErasePerson:
            return Deed::erase;
        // One that is not known here is refused by whoever reads it.
        default:
            return Deed::plan;
    }
}

std::string role_of(core::State const& state, core::StaffId const& who) {
    auto const it = state.staff.find(who);
    return it == state.staff.end() ? std::string() : it->second.role;
}

Result<void> StaffGate::may_see(core::State const& state, core::StaffId const& who,
                                int view) const {
    return rights_.may(role_of(state, who), view == access::room_view ? Deed::room : Deed::see);
}

Result<void> StaffGate::may_command(core::State const& state, ingest::AliasHash const& hash,
                                    core::StaffId const& who, v1::Command const& command) const {
    auto const role = role_of(state, who);
    auto const deed = deed_of(command);
    if (command.has_add_staff() && command.add_staff().id() == who) {
        return refused("nobody changes their own entry; somebody else who keeps the list does",
                       "staff_role");
    }
    if (deed != Deed::act) return rights_.may(role, deed);
    auto const& stay = command.has_finish_action() ? command.finish_action().stay()
                                                   : command.move_deadline().stay();
    auto const action = command.has_finish_action() ? command.finish_action().action()
                                                    : command.move_deadline().action();
    return rights_.may_touch(role, who,
                             owner_of(state, ingest::read_stay_name(stay, hash), action));
}

std::vector<core::StaffId> StaffGate::change(core::State const& state,
                                             std::map<std::string, access::Session> const& sessions,
                                             std::vector<config::StaffRole> const& roles) {
    access::StaffRights next(roles);
    std::vector<core::StaffId> changed;
    for (auto const& [to, session] : sessions) {
        auto const role = role_of(state, session.staff);
        if (rights_.deeds_of(role) != next.deeds_of(role)) changed.push_back(session.staff);
    }
    rights_ = std::move(next);
    return changed;
}

}  // namespace washup::shell
