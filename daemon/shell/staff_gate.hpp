#pragma once
// May this person do that? Joins who is signed in, the staff list and the stays in the State with
// what the site allows a role (access/staff_rights). It knows no socket and no key.

#include "daemon/access/sessions.hpp"
#include "daemon/access/staff_rights.hpp"
#include "daemon/core/state.hpp"
#include "daemon/ingest/observe.hpp"

namespace washup::v1 {
class Command;
}

namespace washup::shell {

// What a command does. Deed::act: somebody's action; who may `plan` does it of everybody's, who may
// `act` of their own.
access::Deed deed_of(v1::Command const& command);

class StaffGate {
  public:
    explicit StaffGate(std::vector<config::StaffRole> const& roles) : rights_(roles) {}

    // A personal view (tier 3, the room) or a history.
    Result<void> may_see(core::State const& state, core::StaffId const& who, int view) const;
    Result<void> may_command(core::State const& state, ingest::AliasHash const& hash,
                             core::StaffId const& who, v1::Command const& command) const;
    // Of somebody who is put on the list: a role that the site has.
    Result<void> may_be_given(std::string const& role) const { return rights_.is_role(role); }

    // The roles were read anew. Whoever of these may now do something else is to sign in again.
    std::vector<core::StaffId> change(core::State const& state,
                                      std::map<std::string, access::Session> const& sessions,
                                      std::vector<config::StaffRole> const& roles);

  private:
    access::StaffRights rights_;
};

// As the list has it now; empty: nobody of that id, or no role.
std::string role_of(core::State const& state, core::StaffId const& who);

}  // namespace washup::shell
