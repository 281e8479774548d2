#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "adapters/hospital/model.hpp"

namespace washup::hospital {
namespace {

struct Post {
    char const *name, *role;
};
constexpr std::array<Post, 18> posts = {{
    {"Priya Osei", "social worker"},
    {"Marek Dunn", "social worker"},
    {"Gwen Achebe", "senior social worker"},
    {"Tom Lidgate", "discharge coordinator"},
    {"Farida Noor", "occupational therapist"},
    {"Jess Pargeter", "physiotherapist"},
    {"Callum Okafor", "social worker"},
    {"Ines Duarte", "hub coordinator"},
    {"Ravi Menon", "brokerage officer"},
    {"Beth Harcourt", "social worker"},
    {"Sean Tully", "discharge coordinator"},
    {"Zofia Lewicka", "occupational therapist"},
    {"Nell Ashworth", "social worker"},
    {"Kwame Boadi", "senior social worker"},
    {"Lottie Vane", "housing officer"},
    {"Imran Sheikh", "brokerage officer"},
    {"Carys Pugh", "hub coordinator"},
    {"Dominic Faraday", "social worker"},
}};

}  // namespace

std::vector<StaffMember> make_staff(std::vector<Ward> const& wards) {
    std::vector<std::string> teams;
    for (auto const& ward : wards) {
        if (std::find(teams.begin(), teams.end(), ward.team) == teams.end()) {
            teams.push_back(ward.team);
        }
    }
    std::vector<StaffMember> staff;
    for (std::size_t i = 0; i < posts.size(); ++i) {
        staff.push_back({fmt::format("S{:03}", 101 + i), posts[i].name, posts[i].role,
                         teams[i % teams.size()]});
    }
    return staff;
}

}  // namespace washup::hospital
