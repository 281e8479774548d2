#pragma once
// The roles of a site's staff list: what somebody who signed in may do, in the site's own words.
// It says what is allowed and asks nobody; which command is which deed is daemon/access.

#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "config/load/tree.hpp"

namespace washup::config {

// A number is a place in `all_deeds` and is stored nowhere.
enum class Deed {
    see,      // everything of a person: tier 3, histories, past minutes
    room,     // the room's view: names without identifiers, for one meeting
    plan,     // outcomes, dates, blockers, everybody's actions, capacity
    act,      // finish one's own actions, and move their deadlines
    correct,  // actual outcomes, endings, reopening, merges undone, the inbox
    staff,    // put somebody on the staff list, or into another role
    erase     // destroy the keys of a person's words
};
inline constexpr std::array<Deed, 7> all_deeds{Deed::see,     Deed::room,  Deed::plan, Deed::act,
                                               Deed::correct, Deed::staff, Deed::erase};
std::string_view to_words(Deed deed);  // "see"
std::optional<Deed> deed_named(std::string_view words);

inline constexpr std::size_t staff_roles_max = 100;
inline constexpr std::size_t staff_role_chars_max = 80;

struct StaffRole {
    std::string code;                // small letters, digits, _ and -
    std::string words;               // "social worker"
    std::vector<std::string> named;  // how else the staff list writes it
    std::set<Deed> may;              // none: signs in, and sees what the machine shows anyway
    friend bool operator==(StaffRole const&, StaffRole const&) = default;
};

// What two writings of one role have in common: small letters, a blank for _, - and blanks.
std::string folded_role(std::string_view text);

// Collects the roles of several files, and tells what two of them would be called.
class StaffRoleReader {
  public:
    void read(Table root);
    std::vector<StaffRole> const& roles() const { return roles_; }

  private:
    void read_one(Table table, Faults& faults);

    std::vector<StaffRole> roles_;
    std::map<std::string, Position> names_;  // folded
};

}  // namespace washup::config
