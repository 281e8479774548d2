#include "config/keys/staff_roles.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace washup::config {
namespace {

struct Read {
    std::vector<StaffRole> roles;
    std::vector<std::string> faults;
};
Read read(std::string const& text) {
    Faults faults;
    auto tree = parse_tree(text, "r.toml", faults);
    StaffRoleReader reader;
    reader.read(tree.root(faults));
    tree.report_unknown(faults);
    Read out{reader.roles(), {}};
    for (auto const& fault : faults.list()) out.faults.push_back(to_text(fault));
    return out;
}
using Lines = std::vector<std::string>;

TEST(StaffRoles, AreReadWithWhatTheyMay) {
    auto const got = read(
        "[[staff_role]]\ncode = \"chair\"\nwords = \"chair\"\nnamed = [\"Team Manager\"]\n"
        "may = [\"see\", \"room\"]\n"
        "[[staff_role]]\ncode = \"area\"\nwords = \"area manager\"\nmay = []\n");
    EXPECT_EQ(got.faults, Lines{});
    ASSERT_EQ(got.roles.size(), 2u);
    EXPECT_EQ(got.roles[0],
              (StaffRole{"chair", "chair", {"Team Manager"}, {Deed::see, Deed::room}}));
    EXPECT_TRUE(got.roles[1].may.empty());
    for (auto const deed : all_deeds) EXPECT_EQ(deed_named(to_words(deed)), deed);
}

TEST(StaffRoles, TellEveryFaultWithItsPlace) {
    auto const got = read(
        "[[staff_role]]\ncode = \"Chair\"\nwords = \"chair\"\nmay = [\"se\", \"act\", \"act\"]\n"
        "[[staff_role]]\ncode = \"social_worker\"\nwords = \"social worker\"\n"
        "[[staff_role]]\ncode = \"b\"\nwords = \"Social-Worker\"\nmay = []\nmax = 3\n");
    Lines const expected{
        "r.toml:2:8: \"Chair\" cannot be the code of a role (1 to 32 small letters, digits, _ and "
        "-)",
        "r.toml:4:8: there is nothing called \"se\" to allow (did you mean `see`?)",
        "r.toml:4:21: \"act\" is there twice",
        "r.toml:5:1: a role needs `may` (a list; an empty one lets its people see what the machine "
        "shows anyway)",
        "r.toml:10:9: two roles would be called \"Social-Worker\" (the first is at r.toml:6)",
        "r.toml:12:1: unknown key `max` (did you mean `may`?)"};
    EXPECT_EQ(got.faults, expected);
}

TEST(StaffRoles, AreNoMoreThanStaffRolesMaxAndNoLongerThanTheirLetters) {
    std::string text;
    for (std::size_t i = 0; i <= staff_roles_max; ++i) {
        text += fmt::format("[[staff_role]]\ncode = \"r{0}\"\nwords = \"role {0}\"\nmay = []\n", i);
    }
    auto const got = read(text);
    EXPECT_EQ(got.roles.size(), staff_roles_max);
    ASSERT_EQ(got.faults.size(), 1u);
    EXPECT_NE(got.faults[0].find("one role more than the 100"), std::string::npos);

    auto const called = [](std::size_t letters) {
        return read("[[staff_role]]\ncode = \"r\"\nmay = []\nwords = \"" +
                    std::string(letters, 'x') + "\"\n")
            .faults.size();
    };
    EXPECT_EQ(called(staff_role_chars_max), 0u);
    EXPECT_EQ(called(staff_role_chars_max + 1), 1u);
    EXPECT_EQ(called(0), 1u);
}

}  // namespace
}  // namespace washup::config
