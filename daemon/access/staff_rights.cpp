#include "daemon/access/staff_rights.hpp"

#include <fmt/format.h>

#include <array>

namespace washup::access {
namespace {

// "the role therapist is not for ...".
constexpr std::array<char const*, config::all_deeds.size()> deed_phrases{
    "seeing names, notes and histories",
    "opening the room's view",
    "changing outcomes, dates, blockers, or other people's actions",
    "finishing actions",
    "putting endings, actual outcomes or the inbox right",
    "keeping the staff list",
    "erasing a person"};

}  // namespace

StaffRights::StaffRights(std::vector<config::StaffRole> const& roles) : roles_(roles) {
    for (std::size_t i = 0; i < roles_.size(); ++i) {
        by_name_.emplace(config::folded_role(roles_[i].code), i);
        by_name_.emplace(config::folded_role(roles_[i].words), i);
        for (auto const& name : roles_[i].named) by_name_.emplace(config::folded_role(name), i);
    }
}

bool StaffRights::knows(std::string_view role) const {
    return by_name_.contains(config::folded_role(role));
}

std::set<Deed> StaffRights::deeds_of(std::string_view role) const {
    auto const it = by_name_.find(config::folded_role(role));
    return it == by_name_.end() ? std::set<Deed>{} : roles_[it->second].may;
}

std::string StaffRights::who_may(Deed deed) const {
    std::vector<std::string_view> names;
    for (auto const& role : roles_) {
        if (role.may.contains(deed)) names.emplace_back(role.words);
    }
    return names.empty() ? "no role of this site is"
                         : fmt::format("for that it takes: {}", fmt::join(names, ", "));
}

Error StaffRights::unknown(std::string_view role, char const* field) const {
    std::vector<std::string_view> names;
    for (auto const& one : roles_) names.emplace_back(one.words);
    return refused(
        fmt::format("\"{}\" is no role of this site's staff_role tables, and so may "
                    "nothing; there are: {}",
                    role, names.empty() ? "none" : fmt::to_string(fmt::join(names, ", "))),
        field);
}

Result<void> StaffRights::may(std::string_view role, Deed deed) const {
    if (!knows(role)) return unknown(role, "staff_role");
    if (deeds_of(role).contains(deed)) return boost::system::in_place_value;
    return refused(fmt::format("the role {} is not for {}; {}", role,
                               deed_phrases[static_cast<std::size_t>(deed)], who_may(deed)),
                   "staff_role");
}

Result<void> StaffRights::may_touch(std::string_view role, std::string_view staff,
                                    std::string_view owner) const {
    if (!knows(role)) return unknown(role, "staff_role");
    auto const deeds = deeds_of(role);
    if (deeds.contains(Deed::plan)) return boost::system::in_place_value;
    if (!deeds.contains(Deed::act)) return may(role, Deed::act);
    // That there is none is said by whoever carries it out.
    if (owner.empty() || owner == staff) return boost::system::in_place_value;
    return refused(fmt::format("this action is not yours: the role {} is for one's own; {}", role,
                               who_may(Deed::plan)),
                   "staff_role");
}

Result<void> StaffRights::is_role(std::string_view role) const {
    if (knows(role)) return boost::system::in_place_value;
    return unknown(role, "role");
}

}  // namespace washup::access
