#include "config/keys/key_list.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace washup::config {
namespace {

// Forty letters that are a key; `n` tells them apart.
std::string public_key(int n = 0) {
    return fmt::format("{:040}", n);
}

struct Read {
    std::vector<KeyEntry> keys;
    std::vector<std::string> faults;
};
Read read(std::string const& text) {
    Faults faults;
    auto tree = parse_tree(text, "k.toml", faults);
    KeyReader reader;
    reader.read(tree.root(faults));
    tree.report_unknown(faults);
    Read out{reader.keys(), {}};
    for (auto const& fault : faults.list()) out.faults.push_back(to_text(fault));
    return out;
}
using Lines = std::vector<std::string>;

TEST(KeyList, ReadsWhatItWrites) {
    std::vector<KeyEntry> keys;
    std::string text;
    for (auto const role : all_roles) {
        KeyEntry key{std::string(to_words(role)), public_key(static_cast<int>(keys.size())), role};
        if (role == Role::source) key.source = "ward";
        if (has_standing_tier(role)) {
            key.tier = standing_tier_max;
            key.approver = "The \"ward\" manager";
        }
        if (role == Role::bi) key.revoked = "2026-11-22";
        text += to_toml(key) + "\n";
        keys.push_back(key);
    }
    auto const got = read(text);
    EXPECT_EQ(got.faults, Lines{});
    EXPECT_EQ(got.keys, keys);
    for (auto const role : all_roles) EXPECT_EQ(role_named(to_words(role)), role);
}

TEST(KeyList, GivesWhoeverWalksPastNothingButCountsWhenNothingIsSaid) {
    for (auto const* role : {"display", "workstation", "operator", "auditor"}) {
        auto const got = read(fmt::format("[[key]]\nname = \"w\"\npublic = \"{}\"\nrole = \"{}\"\n",
                                          public_key(), role));
        EXPECT_EQ(got.faults, Lines{});
        ASSERT_EQ(got.keys.size(), 1u);
        EXPECT_EQ(got.keys[0].tier, 0);
    }
}

TEST(KeyList, AsksWhoAnswersForAStandingTierAboveCounts) {
    auto const faults = [](std::string const& more) {
        return read("[[key]]\nname = \"pc\"\npublic = \"" + public_key() +
                    "\"\nrole = \"workstation\"\n" + more)
            .faults;
    };
    EXPECT_EQ(faults("tier = 2\napprover = \"ward sister\"\n"), Lines{});
    Lines const nobody{
        "k.toml:5:8: a workstation above tier 0 needs an `approver` (the name or post "
        "of who answers for what it shows)"};
    EXPECT_EQ(faults("tier = 1\n"), nobody);
    EXPECT_EQ(faults("tier = 1\napprover = \"  \"\n"), nobody);
    EXPECT_EQ(faults("tier = 3\napprover = \"x\"\n"),
              Lines{"k.toml:5:8: `tier` is 3; it must lie between 0 and 2"});
    EXPECT_EQ(faults("tier = \"1\"\n").size(), 1u);
}

TEST(KeyList, TellsEveryFaultWithItsPlace) {
    auto const got = read(
        "[[key]]\nname = \"Ward 1\"\npublic = \"short\"\nrole = \"sorce\"\nsource = \"a\"\n"
        "[[key]]\nname = \"a\"\npublic = \"" +
        public_key() +
        "\"\nrole = \"source\"\ntier = 1\n"
        "[[key]]\nname = \"a\"\npublic = \"" +
        public_key() +
        "\"\nrole = \"display\"\ntier = 1\n"
        "[[key]]\nname = \"b\"\npublic = \"" +
        public_key(1) +
        "\"\nrole = \"bi\"\nsource = \"x\"\n"
        "revoked = \"yesterday\"\ncolour = 1\n"
        "[[key]]\nname = \"c\"\npublic = \"" +
        public_key(2) +
        "\"\nrole = \"source\"\n"
        "source = \"A b\"\n"
        "[[key]]\nname = \"d\"\npublic = \"" +
        public_key(3) + "\"\nrole = \"display\"\ntier = 3\n");
    EXPECT_EQ(got.faults,
              (Lines{"k.toml:2:8: \"Ward 1\" cannot be the name of a key (1 to 32 small letters, "
                     "digits, _ and -)",
                     "k.toml:3:10: this is no public key (the 40 letters that `washupctl keys` "
                     "prints)",
                     "k.toml:4:8: `role` cannot be \"sorce\" (did you mean `source`?)",
                     "k.toml:6:1: `source` is missing here",
                     "k.toml:10:8: `tier` is for display, workstation, operator and auditor only",
                     "k.toml:12:8: key \"a\" is there twice (the first is at k.toml:7)",
                     "k.toml:13:10: public key \"" + public_key() +
                         "\" is there twice (the first is at k.toml:8)",
                     "k.toml:15:8: a display above tier 0 needs an `approver` (the name or post "
                     "of who answers for what it shows)",
                     "k.toml:20:10: `source` is for the role source only",
                     "k.toml:21:11: \"yesterday\" is no date (write for example "
                     "\"2026-11-22\")",
                     "k.toml:22:1: unknown key `colour`",
                     "k.toml:27:10: \"A b\" cannot be the name of a source (1 to 32 small "
                     "letters, digits, _ and -)",
                     "k.toml:32:8: `tier` is 3; it must lie between 0 and 2"}));
}

TEST(KeyList, TakesKeysMaxAndRefusesOneMore) {
    std::string text;
    auto const one = [](std::size_t n) {
        return fmt::format("[[key]]\nname = \"k{}\"\npublic = \"{}\"\nrole = \"bi\"\n", n,
                           public_key(static_cast<int>(n)));
    };
    for (std::size_t n = 0; n < keys_max; ++n) text += one(n);
    EXPECT_EQ(read(text).faults, Lines{});
    auto const got = read(text + one(keys_max));
    ASSERT_EQ(got.faults.size(), 1u);
    EXPECT_NE(got.faults[0].find("one key more than the 1000"), std::string::npos);
}

TEST(KeyName, HasAtMostKeyNameCharsMax) {
    EXPECT_TRUE(is_key_name(std::string(key_name_chars_max, 'a')));
    EXPECT_FALSE(is_key_name(std::string(key_name_chars_max + 1, 'a')));
    EXPECT_FALSE(is_key_name(""));
    EXPECT_FALSE(is_key_name("Ward"));
}

TEST(Revoking, WritesOneLineAndLeavesTheRestAlone) {
    KeyEntry const a{"a", public_key(1), Role::bi}, b{"b", public_key(2), Role::bi};
    auto const text = "# name = \"b\"\n" + to_toml(a) + "# remark\n" + to_toml(b) + "# end";
    auto const got = revoke_in(text, "b", "2026-11-22");
    ASSERT_TRUE(got);
    EXPECT_EQ(got->find("revoked"), got->find("name = \"b\"\n", 14) + 11);
    auto again = *got;
    again.erase(again.find("revoked"), std::string("revoked = \"2026-11-22\"\n").size());
    EXPECT_EQ(again, text);
    EXPECT_FALSE(revoke_in(*got, "b", "2026-11-23")) << "it is revoked already";
    EXPECT_FALSE(revoke_in(text, "c", "2026-11-22"));
}

TEST(Revoking, RefusesAListInAShapeOfItsOwn) {
    auto const text =
        "key = [{ name = \"a\", public = \"" + public_key() + "\", role = \"bi\" }]\n";
    EXPECT_FALSE(revoke_in(text, "a", "2026-11-22"));
}

}  // namespace
}  // namespace washup::config
