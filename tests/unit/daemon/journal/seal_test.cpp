#include "daemon/journal/seal.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <set>

#include "daemon/journal/codec.hpp"
#include "tests/unit/daemon/journal/fill.hpp"
#include "tests/unit/daemon/journal/scratch_dir.hpp"

namespace washup::journal {
namespace {

namespace fs = std::filesystem;

Sealer sealer_of(char octet) {
    return Sealer::from_key(std::string(Sealer::key_bytes, octet));
}

TEST(Seal, GivesBackTheWords) {
    auto const sealer = sealer_of('a');
    for (auto const& text : {std::string{"HARROWGATE, Edith"}, std::string(100000, 'w')}) {
        auto const box = sealer.seal(text);
        EXPECT_EQ(box.size(), text.size() + Sealer::overhead_bytes);
        EXPECT_EQ(box.find(text.substr(0, 8)), Bytes::npos);
        auto const opened = sealer.open(box);
        ASSERT_TRUE(opened) << opened.error().words;
        EXPECT_EQ(*opened, text);
    }
}

TEST(Seal, GivesAnEmptyBoxForEmptyWords) {
    auto const sealer = sealer_of('a');
    EXPECT_EQ(sealer.seal(""), "");
    EXPECT_EQ(*sealer.open(""), "");
}

TEST(Seal, GivesTheSameBoxForTheSameWordsAndAnotherNonceForOthers) {
    auto const sealer = sealer_of('a');
    std::set<Bytes> nonces;
    for (int i = 0; i < 1000; ++i) {
        auto const text = "note " + std::to_string(i);
        EXPECT_EQ(sealer.seal(text), sealer.seal(text));
        nonces.insert(sealer.seal(text).substr(9, 24));
    }
    EXPECT_EQ(nonces.size(), 1000u);
}

TEST(Seal, DetectsEveryFlippedBit) {
    auto const sealer = sealer_of('a');
    auto const box = sealer.seal("no further blockers");
    for (std::size_t bit = 0; bit < box.size() * 8; ++bit) {
        auto changed = box;
        changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << (bit % 8)));
        EXPECT_FALSE(sealer.open(changed)) << bit;
    }
    for (std::size_t size = 1; size < box.size(); ++size) {
        EXPECT_FALSE(sealer.open(std::string_view{box}.substr(0, size))) << size;
    }
}

TEST(Seal, SaysWhenABoxIsOfAnotherKey) {
    auto const opened = sealer_of('b').open(sealer_of('a').seal("words"));
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, ErrorCode::not_found);
    EXPECT_NE(sealer_of('a').key_id_hex(), sealer_of('b').key_id_hex());
    EXPECT_EQ(sealer_of('a').key_id_hex().size(), 16u);
}

TEST(Seal, AliasKeysKeepKindNameSpaceValueAndSiteApart) {
    auto const sealer = sealer_of('a');
    std::set<core::AliasKey> keys{
        sealer.alias_key("nhs", "", "9990000018"), sealer.alias_key("local", "", "9990000018"),
        sealer.alias_key("local", "RVV", "12"),    sealer.alias_key("local", "RVV1", "2"),
        sealer.alias_key("localR", "VV", "12"),    sealer_of('b').alias_key("local", "RVV", "12")};
    EXPECT_EQ(keys.size(), 6u);
    EXPECT_EQ(sealer.alias_key("nhs", "", "1"), sealer.alias_key("nhs", "", "1"));
}

// Puts words into every Sealed that the walk should find; describe() shows only the boxes, so the
// number of boxes written by the codec says how many there are.
TEST(Seal, SealsAndOpensEveryTextOfEveryEvent) {
    auto const sealer = sealer_of('a');
    core::FactObserved fact;
    fact.value.text.text = "HARROWGATE, Edith";
    core::BlockerOpened blocker;
    blocker.note.text = "family visits homes on Friday";
    blocker.as_given.text = "waiting for famly";
    core::ActionAssigned action;
    action.text.text = "ring the agency";
    action.owner_as_given.text = "Sister Bright";
    for (core::Event const& plain :
         {core::Event{fact}, core::Event{blocker}, core::Event{action}}) {
        auto event = plain;
        sealer.seal_event(event);
        core::Record record;
        record.events = {event};
        auto decoded = decode_record(encode_record(record));
        ASSERT_TRUE(decoded);
        EXPECT_NE(decoded->events[0], event) << "the words are not in the octets";
        EXPECT_EQ(sealer.open_event(decoded->events[0]), 0u);
        EXPECT_EQ(decoded->events[0], event);
        auto sealed_again = decoded->events[0];
        sealer.seal_event(sealed_again);
        EXPECT_EQ(sealed_again, event);
    }
}

TEST(Seal, FindsEverySealedFieldThatTheCodecWrites) {
    test::Filler filler{1};
    for (auto& event : test::every_kind(&filler)) {
        // The filled boxes are no boxes: every one of them counts as not to be opened.
        core::Record record;
        record.events = {event};
        auto const closed = sealer_of('a').open_event(event);
        auto const boxes = test::count_sealed(event);
        EXPECT_EQ(closed, boxes) << "kind " << event.index() + 1;
    }
}

TEST(Seal, LeavesTextEmptyAndCountsItWhenTheKeyIsGone) {
    core::Event event = core::StaffAdded{"s1", {"Sister Bright", ""}, "nurse", "t"};
    sealer_of('a').seal_event(event);
    auto lost = event;
    EXPECT_EQ(sealer_of('b').open_event(lost), 1u);
    EXPECT_EQ(std::get<core::StaffAdded>(lost).name.text, "");
    EXPECT_EQ(std::get<core::StaffAdded>(lost).name.box,
              std::get<core::StaffAdded>(event).name.box);
}

TEST(SiteKey, IsMadeOnceForItsOwnerAloneAndFoundAgain) {
    test::ScratchDir dir;
    auto const data = dir.path() / "data";
    auto const first = Sealer::open_or_make(data);
    ASSERT_TRUE(first) << first.error().words;
    struct stat info {};
    ASSERT_EQ(::stat((data / "site.key").c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 07777, 0600u);
    ASSERT_EQ(::stat(data.c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 07777, 0700u);
    auto const second = Sealer::open_or_make(data);
    ASSERT_TRUE(second);
    EXPECT_EQ(*second->open(first->seal("words")), "words");
    EXPECT_FALSE(fs::exists(data / "site.key.new"));
    test::ScratchDir other;
    EXPECT_NE(Sealer::open_or_make(other.path())->key_id_hex(), first->key_id_hex());
}

TEST(SiteKey, IsRefusedWhenOthersMayReadIt) {
    test::ScratchDir dir;
    ASSERT_TRUE(Sealer::open_or_make(dir.path()));
    for (auto const mode : {0640, 0604, 0620, 0601}) {
        ::chmod((dir.path() / "site.key").c_str(), static_cast<mode_t>(mode));
        auto const opened = Sealer::open_or_make(dir.path());
        ASSERT_FALSE(opened) << mode;
        EXPECT_EQ(opened.error().code, ErrorCode::refused);
        EXPECT_NE(opened.error().words.find("chmod 0600"), std::string::npos);
    }
    ::chmod((dir.path() / "site.key").c_str(), 0400);
    EXPECT_TRUE(Sealer::open_or_make(dir.path()));
}

TEST(SiteKey, IsRefusedWhenItIsDamagedOrNoPlainFile) {
    test::ScratchDir dir;
    auto const path = dir.path() / "site.key";
    ASSERT_TRUE(Sealer::open_or_make(dir.path()));
    std::string text;
    std::getline(std::ifstream{path}, text);
    for (auto const& bad : {std::string{}, text, text + "\n\n", "x" + text.substr(1) + "\n",
                            text.substr(0, text.size() - 1) + "g\n"}) {
        std::ofstream{path, std::ios::trunc} << bad;
        auto const opened = Sealer::open_or_make(dir.path());
        ASSERT_FALSE(opened) << bad.size();
        EXPECT_EQ(opened.error().words.find(text.substr(20)), std::string::npos) << "shows the key";
    }
    std::ofstream{path, std::ios::trunc} << text << "\n";
    EXPECT_TRUE(Sealer::open_or_make(dir.path()));
    fs::rename(path, dir.path() / "elsewhere");
    fs::create_symlink(dir.path() / "elsewhere", path);
    EXPECT_FALSE(Sealer::open_or_make(dir.path()));
}

TEST(SiteKey, IsNotMadeBesideAJournalThatAnotherKeySealed) {
    test::ScratchDir dir;
    std::ofstream{dir.path() / "journal.db"} << "a journal";
    auto const opened = Sealer::open_or_make(dir.path());
    ASSERT_FALSE(opened);
    EXPECT_NE(opened.error().words.find("backup"), std::string::npos);
    EXPECT_FALSE(fs::exists(dir.path() / "site.key"));
}

// Sets a variable of the environment for as long as it lives.
class Credentials {
  public:
    explicit Credentials(fs::path const& folder) {
        ::setenv("CREDENTIALS_DIRECTORY", folder.c_str(), 1);
    }
    ~Credentials() { ::unsetenv("CREDENTIALS_DIRECTORY"); }
};

TEST(SiteKey, ComesFromACredentialOfSystemdAndIsNotCopied) {
    test::ScratchDir given, data;
    auto const made = Sealer::open_or_make(given.path());
    ASSERT_TRUE(made);
    ::chmod((given.path() / "site.key").c_str(), 0440);  // as an access list shows
    Credentials const credentials{given.path()};
    auto const opened = Sealer::open_or_make(data.path());
    ASSERT_TRUE(opened) << opened.error().words;
    EXPECT_EQ(opened->key_id_hex(), made->key_id_hex());
    EXPECT_FALSE(fs::exists(data.path() / "site.key"));
}

TEST(SiteKey, OfAServiceWithOtherCredentialsIsThatOfItsDirectory) {
    test::ScratchDir given, data;
    Credentials const credentials{given.path()};
    EXPECT_TRUE(Sealer::open_or_make(data.path()));
    EXPECT_TRUE(fs::exists(data.path() / "site.key"));
}

TEST(SiteKey, ThatIsNamedWinsAndIsNeverMade) {
    test::ScratchDir named, given, data;
    auto const made = Sealer::open_or_make(named.path());
    ASSERT_TRUE(Sealer::open_or_make(given.path()));
    Credentials const credentials{given.path()};
    auto const opened = Sealer::open_or_make(data.path(), named.path() / "site.key");
    ASSERT_TRUE(opened) << opened.error().words;
    EXPECT_EQ(opened->key_id_hex(), made->key_id_hex());
    auto const missing = Sealer::open_or_make(data.path(), named.path() / "other.key");
    ASSERT_FALSE(missing);
    EXPECT_NE(missing.error().words.find("other.key is not there"), std::string::npos);
    EXPECT_FALSE(fs::exists(named.path() / "other.key"));
}

}  // namespace
}  // namespace washup::journal
