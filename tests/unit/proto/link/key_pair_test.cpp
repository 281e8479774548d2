#include "proto/link/key_pair.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "proto/base/z85.hpp"
#include "tests/support/temp_dir.hpp"

namespace washup::link {
namespace {

TEST(KeyPair, ReadsBackEveryKeyItWrites) {
    for (int i = 0; i < 100; ++i) {
        auto const pair = make_key_pair();
        EXPECT_TRUE(is_key(pair.public_key)) << pair.public_key;
        EXPECT_EQ(to_z85(*from_z85(pair.public_key)), pair.public_key);
    }
}

TEST(KeyPair, OfASecretIsAlwaysTheSame) {
    auto const pair = make_key_pair();
    EXPECT_EQ(key_pair_of(*from_z85(pair.secret_key)).public_key, pair.public_key);
    EXPECT_NE(make_key_pair().public_key, pair.public_key);
}

ClientKeys some_keys() {
    return {"ward", make_key_pair(), make_key_pair().public_key};
}

TEST(KeyFile, GivesBackWhatWasWritten) {
    auto const keys = some_keys();
    auto const read = parse_key_file(key_file_text(keys));
    ASSERT_TRUE(read) << read.error().words;
    EXPECT_EQ(read->name, "ward");
    EXPECT_EQ(read->own.public_key, keys.own.public_key);
    EXPECT_EQ(read->own.secret_key, keys.own.secret_key);
    EXPECT_EQ(read->daemon, keys.daemon);
}

TEST(KeyFile, SaysWhichLineIsWrongAndRepeatsNoneOfIt) {
    auto const keys = some_keys();
    auto const words = [&](std::string const& text) {
        auto const read = parse_key_file(text);
        EXPECT_FALSE(read);
        if (read) return std::string{};
        EXPECT_EQ(read.error().words.find(keys.own.secret_key), std::string::npos);
        return read.error().words;
    };
    auto const whole = key_file_text(keys);
    EXPECT_EQ(words(""), "it has no line `public`");
    EXPECT_EQ(words("secret " + keys.own.secret_key), "line 1 is not: word = \"value\"");
    EXPECT_EQ(words("secret = \"" + keys.own.secret_key), "line 1 is not: word = \"value\"");
    EXPECT_EQ(words(whole + "colour = \"red\"\n"),
              "line 7 is none of name, public, secret, daemon");
    EXPECT_EQ(words(whole + "name = \"b\"\n"), "line 7 says `name` a second time");
    EXPECT_EQ(words("public = \"short\"\nsecret = \"short\"\ndaemon = \"short\"\n"),
              "`public` is not a key of 40 letters");
    auto other = keys;
    other.own.public_key = make_key_pair().public_key;
    EXPECT_EQ(words(key_file_text(other)), "`public` and `secret` are no pair");
}

TEST(KeyFile, IsForItsOwnerAlone) {
    test_support::TempDir folder;
    auto const file = folder.file("ward.key");
    auto const keys = some_keys();
    ASSERT_TRUE(write_key_file(file, keys));
    struct stat info {};
    ASSERT_EQ(::stat(file.c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777, 0600u);
    EXPECT_TRUE(read_key_file(file));
    EXPECT_FALSE(write_key_file(file, keys)) << "a key that is there was written over";

    ASSERT_EQ(::chmod(file.c_str(), 0640), 0);
    auto const open = read_key_file(file);
    ASSERT_FALSE(open);
    EXPECT_EQ(open.error().code, ErrorCode::refused);
    EXPECT_NE(open.error().words.find("chmod 0600"), std::string::npos);
}

TEST(KeyFile, IsNoneWhenItIsMissingOrAboveKeyFileBytesMax) {
    test_support::TempDir folder;
    EXPECT_EQ(read_key_file(folder.file("none")).error().code, ErrorCode::not_found);
    auto const large = folder.write("large", std::string(key_file_bytes_max + 1, '#'));
    ASSERT_EQ(::chmod(large.c_str(), 0600), 0);
    EXPECT_EQ(read_key_file(large).error().code, ErrorCode::too_large);
    auto const just = folder.write("just", std::string(key_file_bytes_max, '#'));
    ASSERT_EQ(::chmod(just.c_str(), 0600), 0);
    EXPECT_EQ(read_key_file(just).error().code, ErrorCode::invalid);
    EXPECT_FALSE(read_key_file(folder.path().string()));
}

TEST(KeyFile, IsNotNeededByAProgramWithoutOne) {
    auto const none = keys_for("");
    ASSERT_TRUE(none);
    EXPECT_FALSE(*none);
    EXPECT_FALSE(keys_for("/nowhere/at/all"));
}

}  // namespace
}  // namespace washup::link
