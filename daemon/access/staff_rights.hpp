#pragma once
// What the person who signed in may do, by the role on the staff list and the site's [[staff_role]]
// tables. A key bounds what may ever reach a machine; this bounds who is in front of it. Pure.

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "config/keys/staff_roles.hpp"
#include "proto/base/result.hpp"

namespace washup::access {

using config::Deed;

class StaffRights {
  public:
    explicit StaffRights(std::vector<config::StaffRole> const& roles = {});

    // As the staff list writes the role: by code, words or another name, however it is spelt. One
    // that the site has not may nothing.
    bool knows(std::string_view role) const;
    std::set<Deed> deeds_of(std::string_view role) const;

    // Error::field = staff_role; the words say what this role is not for, and which roles are.
    Result<void> may(std::string_view role, Deed deed) const;
    // `owner` of the action they finish or move; empty: there is no such action.
    Result<void> may_touch(std::string_view role, std::string_view staff,
                           std::string_view owner) const;
    // A role that the staff list may give. Error::field = role.
    Result<void> is_role(std::string_view role) const;

  private:
    Error unknown(std::string_view role, char const* field) const;
    std::string who_may(Deed deed) const;

    std::vector<config::StaffRole> roles_;
    std::map<std::string, std::size_t, std::less<>> by_name_;  // folded, into roles_
};

}  // namespace washup::access
