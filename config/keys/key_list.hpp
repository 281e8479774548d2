#pragma once
// The key list of a site: whose public key is whose, and in which role it comes. It says who
// somebody is; what a role may do is daemon/access.

#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/load/tree.hpp"

namespace washup::config {

// A number is a place in `all_roles` and is stored nowhere.
enum class Role {
    source,       // an adapter: speaks for one source
    display,      // a wall: its tier, and nothing else
    workstation,  // where people of the ward and the team work
    operator_,    // whoever runs the daemon
    area,         // a daemon of an area
    county,       // a daemon of the county
    sender,       // delivers alarms
    paper,        // prints the sheet for when everything is down
    bi,           // takes counts for reports
    auditor       // reads everything and changes nothing
};
inline constexpr std::array<Role, 10> all_roles{
    Role::source, Role::display, Role::workstation, Role::operator_, Role::area,
    Role::county, Role::sender,  Role::paper,       Role::bi,        Role::auditor};
std::string_view to_words(Role role);  // "operator"
std::optional<Role> role_named(std::string_view words);

inline constexpr std::size_t keys_max = 1000;
inline constexpr std::size_t key_name_chars_max = 32;
// Tier 3 is nobody's who only looks: people sign in for it.
inline constexpr int standing_tier_max = 2;

struct KeyEntry {
    std::string name;        // small letters, digits, _ and -; journaled with what it asked for
    std::string public_key;  // 40 letters
    Role role = Role::display;
    std::string source;    // of role source: the name it may speak for
    int tier = 0;          // what it shows while nobody is signed in; a display for ever
    std::string approver;  // who answers for a tier above 0
    std::string revoked;   // a date; the name and the key stay, and come in no more
    friend bool operator==(KeyEntry const&, KeyEntry const&) = default;
};

// Where people may sign in.
bool is_for_people(Role role);
// What a machine of this role shows to whoever walks past is said by its `tier`.
bool has_standing_tier(Role role);

// Small letters, digits, _ and -, at most 32: a key's name, and a source's.
bool is_key_name(std::string_view text);

// Collects the keys of several files, and tells what stands twice.
class KeyReader {
  public:
    void read(Table root);
    std::vector<KeyEntry> const& keys() const { return keys_; }

  private:
    void read_one(Table table, Faults& faults);
    void once(std::map<std::string, Position>& places, Placed const& what, char const* kind,
              Faults& faults);

    std::vector<KeyEntry> keys_;
    std::map<std::string, Position> names_, publics_;
};

// The table as a person would write it into the site file.
std::string to_toml(KeyEntry const& key);

// The text of a key list with `revoked` written into the key of that name; nothing when it has no
// such key or it is revoked already. Leaves every other octet alone.
std::optional<std::string> revoke_in(std::string const& text, std::string_view name,
                                     std::string_view date);

}  // namespace washup::config
