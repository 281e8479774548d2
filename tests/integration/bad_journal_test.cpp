// What a journal can come back as: newer, cut, with a hole, changed, another's, unreadable. Each is
// refused by washupd and by its tools with what is wrong, where and what to do; nothing is repaired
// in silence, and the good records before the damage can always be saved.
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

#include <functional>

#include "tests/support/town/bad_journal.hpp"
#include "tests/support/town/town.hpp"

namespace washup::integration {
namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

constexpr std::uint64_t half = 70;
constexpr int io = 74, unsound = 1;
constexpr auto everything = ~std::uint64_t{0};
constexpr auto some = everything - 1;

// What one program is expected to end with, and to say.
struct Expected {
    int status = 0;
    Words words{};
};

struct Case {
    char const* name;
    std::function<void(BadJournal&)> damage;
    Expected serve;   // status 0: it starts, says so, and is stopped
    Expected verify;  // washupd journal verify
    // Records that `export` saves; 0: it saves none and says why; everything: all of them; some:
    // neither none nor all.
    std::uint64_t saved = 0;
};

// The last record, made one that only a newer version can read.
void newer_record(BadJournal& bad) {
    bad.change_and_chain(good_journal().records, "\xfa\x01\x01x");
    bad.put("checkpoints.log", "");
    bad.put("journal.head", "");
    fs::remove_all(bad.data() / "images");
}

std::string cut_to(std::string const& bytes, std::size_t part, std::size_t of) {
    return bytes.substr(0, bytes.size() / of * part);
}

std::vector<Case> newer_and_damaged() {
    auto const last = good_journal().records;
    auto const hole = "the journal has no record 70: 71 comes in its place";
    auto const from_backup = "restore it from the backup";
    return {
        {"a newer format",
         [](auto& bad) { bad.sql("UPDATE meta SET value = '3' WHERE name = 'format'"); },
         {io, {"has format 3, and this version knows 2", "Start that version again"}},
         {io, {"has format 3, and this version knows 2", "Start that version again"}}},
        {"a newer kind of record",
         newer_record,
         {io, {fmt::format("record {}: field 31", last), "a newer one wrote this record"}},
         {unsound, {fmt::format("BAD from record {}", last), "a newer one wrote this record"}},
         last - 1},
        {"cut in the middle",
         [](auto& bad) { bad.put("journal.db", cut_to(bad.content("journal.db"), 1, 2)); },
         {io, {"journal.db", "damaged or cut", "washupd journal export"}},
         {unsound, {"BAD from record", "the file is cut: it has", "the backup"}},
         some},
        {"cut in its first page",
         [](auto& bad) { bad.put("journal.db", bad.content("journal.db").substr(0, 100)); },
         {io, {"journal.db", "damaged or cut"}},
         {io, {"journal.db", "damaged or cut"}}},
        {"a hole",
         [](auto& bad) {
             bad.sql("DELETE FROM record WHERE number = 70");
             fs::remove_all(bad.data() / "images");
         },
         {io, {hole, from_backup}},
         {unsound, {"BAD from record 70", hole, from_backup, "69 records before it are good"}},
         half - 1},
        {"a hole before an image",
         [](auto& bad) { bad.sql("DELETE FROM record WHERE number = 70"); },
         {io, {"event=journal_unsound", hole, from_backup, "washupd journal export"}},
         {unsound, {"BAD from record 70"}},
         half - 1},
        {"a changed record",
         [](auto& bad) { bad.sql("UPDATE record SET at = at + 1 WHERE number = 70"); },
         {io, {"event=journal_unsound", "record 70 of the journal is damaged", from_backup}},
         {unsound, {"BAD from record 70", "its digest does not fit"}},
         half - 1},
        {"a changed record and the chain made anew",
         [](auto& bad) {
             bad.change_and_chain(half, std::string{"\x1a\x00", 2});  // an empty cause more
             bad.put("journal.head", "");
             fs::remove_all(bad.data() / "images");
         },
         {io, {"event=journal_refused", "not the one that its signed checkpoint names"}},
         {unsound, {"BAD from record"}},
         some},  // a checkpoint witnessed the first records, and the next one all of them
        {"a restored older copy",
         [](auto& bad) { bad.sql("DELETE FROM record WHERE number > 70"); },
         {io, {"the journal ends at record 70", "take journal.head away only when"}},
         {unsound, {"the journal ends at record 70", "are gone"}},
         half},
    };
}

std::vector<Case> no_journals() {
    return {
        {"a directory",
         [](auto& bad) {
             fs::remove(bad.db());
             fs::create_directory(bad.db());
         },
         {io, {"journal.db", "directory"}},
         {io, {"journal.db is a directory", "from the backup"}}},
        {"no octets",
         [](auto& bad) { bad.put("journal.db", ""); },
         {io, {"journal.db is empty", "were durable", "Restore it from the backup"}},
         {io, {"journal.db is empty (0 octets)", "restore it from the backup"}}},
        {"an SQLite file of another program",
         [](auto& bad) {
             fs::remove(bad.db());
             bad.sql("CREATE TABLE notes (words TEXT)");
         },
         {io, {"SQLite file of another program", "from the backup"}},
         {io, {"SQLite file of another program", "from the backup"}}},
        {"a text",
         [](auto& bad) { bad.put("journal.db", std::string(9000, 'x')); },
         {io, {"journal.db is no journal", "from the backup"}},
         {io, {"journal.db is no journal", "from the backup"}}},
    };
}

Expected const good{0, {"all good", "0 records unwitnessed"}};

std::vector<Case> keys() {
    auto const key = "washup-site-key 1 " + std::string(64, 'a') + "\n";
    return {
        {"another key",
         [key](auto& bad) { bad.put("site.key", key); },
         {io, {"sealed under key", "put the old site.key back"}},
         good,
         everything},
        {"no key",
         [](auto& bad) { fs::remove(bad.data() / "site.key"); },
         {io, {"site.key is missing beside a journal", "put it back from the backup"}},
         good,
         everything},
        {"a key that others may read",
         [](auto& bad) { ::chmod((bad.data() / "site.key").c_str(), 0644); },
         {io, {"may be read by others", "chmod 0600"}},
         good,
         everything},
        {"an empty key",
         [](auto& bad) { bad.put("site.key", ""); },
         {io, {"site.key holds no key", "put it back from the backup"}},
         good,
         everything},
    };
}

std::vector<Case> files_beside() {
    return {
        {"a damaged witness",
         [](auto& bad) { bad.flip("journal.head", 40); },
         {0, {"event=witness_unreadable"}},
         good,
         everything},
        {"a witness of another journal",
         [](auto& bad) {
             bad.sql(
                 "UPDATE meta SET value = '0123456789abcdef0123456789abcdef' "
                 "WHERE name = 'epoch'");
         },
         {io, {"journal.head is the witness of another journal", "take journal.head away"}},
         good,
         everything},
        {"a damaged image",
         [](auto& bad) {
             for (auto const& image : fs::directory_iterator(bad.data() / "images")) {
                 bad.flip("images/" + image.path().filename().string(), 500);
             }
         },
         {0,
          {"event=image_passed_over", "is damaged", "from_image=0",
           "fingerprint=" + good_journal().fingerprint}},
         good,
         everything},
        {"checkpoints of another journal",
         [](auto& bad) {
             auto text = bad.content("checkpoints.log");
             auto const origin = text.substr(20, 32);
             for (auto at = text.find(origin); at != std::string::npos; at = text.find(origin)) {
                 text.replace(at, 32, std::string(32, 'f'));
             }
             bad.put("checkpoints.log", text);
         },
         {0, {"event=checkpoint_doubtful"}},
         {unsound, {"checkpoints: line 1", "records unwitnessed"}},
         everything},
        {"a damaged line of checkpoints",
         [](auto& bad) { bad.flip("checkpoints.log", 60); },
         {0, {"event=checkpoint_doubtful"}},
         {unsound, {"checkpoints: line 1"}},
         everything},
        {"checkpoints that are a directory",
         [](auto& bad) {
             fs::remove(bad.data() / "checkpoints.log");
             fs::create_directory(bad.data() / "checkpoints.log");
         },
         {io, {"checkpoints.log", "directory"}},
         {io, {"checkpoints.log", "directory"}}},
    };
}

void expect(test_support::Finished const& done, Expected const& expected, char const* what) {
    auto const said = done.out + done.err;
    EXPECT_EQ(done.status, expected.status) << what << ": " << said;
    for (auto const& words : expected.words) {
        EXPECT_NE(said.find(words), std::string::npos)
            << what << " does not say \"" << words << "\": " << said;
    }
    EXPECT_EQ(said.find("SPECIMEN"), std::string::npos) << what << " tells a name: " << said;
}

// A copy that was saved is a whole journal for a daemon that has its key.
void expect_restorable(std::string const& copy, std::uint64_t records) {
    BadJournal home;
    for (auto const* gone : {"images", "journal.db", "journal.head", "checkpoints.log"}) {
        fs::remove_all(home.data() / gone);
    }
    auto const restored = home.tool({"restore", copy});
    EXPECT_EQ(restored.status, 0) << restored.out << restored.err;
    auto const verified = home.tool({"verify"});
    auto const words = fmt::format("{} records, all good", records);
    EXPECT_NE(verified.out.find(words), std::string::npos) << verified.out << verified.err;
}

// All that washupd and its tools do with it, on one copy; the journal is the same afterwards.
void try_case(Case const& one) {
    SCOPED_TRACE(one.name);
    BadJournal bad;
    one.damage(bad);
    bool const file = fs::is_regular_file(bad.db());
    auto const before = file ? bad.content("journal.db") : std::string{};

    expect(bad.tool({"verify"}), one.verify, "verify");
    auto const copy = (bad.folder() / "copy.db").string();
    auto const exported = bad.tool({"export", copy});
    if (one.saved == 0) {
        EXPECT_EQ(exported.status, io) << exported.out << exported.err;
        EXPECT_FALSE(fs::exists(copy));
    } else {
        EXPECT_EQ(exported.status, one.verify.status == 0 ? 0 : unsound) << exported.err;
        auto const told = exported.out.find(" records copied to " + copy);
        ASSERT_NE(told, std::string::npos) << exported.out << exported.err;
        auto const line = exported.out.rfind('\n', told) + 1;  // npos + 1 = 0
        auto const records = std::stoull(exported.out.substr(line, told - line));
        if (one.saved == some) {
            EXPECT_GT(records, 0u);
            EXPECT_LT(records, good_journal().records);
        } else {
            EXPECT_EQ(records, one.saved == everything ? good_journal().records : one.saved);
        }
        expect_restorable(copy, records);
    }
    auto const kept = (bad.folder() / "backup.db").string();
    auto const backup = bad.tool({"backup", kept});
    EXPECT_EQ(fs::exists(kept),
              backup.status == 0 || backup.out.find("copied to") != std::string::npos)
        << backup.out << backup.err;
    EXPECT_NE(backup.status, 2) << backup.err;
    EXPECT_FALSE(fs::exists(kept + ".part"));
    EXPECT_FALSE(fs::exists(copy + ".part"));
    for (auto const* verb : {"stats", "checkpoints"}) {
        auto const done = bad.tool({verb});
        EXPECT_TRUE(done.status == 0 || done.status == io) << verb << done.out << done.err;
        EXPECT_TRUE(done.status == 0 || !done.err.empty()) << verb;
    }
    if (file) {
        EXPECT_TRUE(bad.content("journal.db") == before) << "a tool changed the journal";
    }
    expect(bad.serve("event=looked_through"), one.serve, "washupd");
    if (file && one.serve.status != 0) {
        EXPECT_TRUE(bad.content("journal.db") == before ||
                    one.serve.words.front() == "event=journal_unsound")
            << "washupd changed the journal that it refused";
    }
}

TEST(BadJournal, NewerOrDamagedIsRefusedAndItsGoodRecordsAreSaved) {
    for (auto const& one : newer_and_damaged()) try_case(one);
}

TEST(BadJournal, WhatIsNoJournalIsRefused) {
    for (auto const& one : no_journals()) try_case(one);
}

TEST(BadJournal, KeysAndFilesBesideItAreJudged) {
    for (auto const& one : keys()) try_case(one);
    for (auto const& one : files_beside()) try_case(one);
}

// By another user, who may read it and not write: as root everything may be written.
TEST(BadJournal, ThatCanOnlyBeReadIsRefusedForWritingAndVerified) {
    BadJournal bad;
    auto const nobody = ::geteuid() == 0 ? 65534u : ::geteuid();
    if (::geteuid() == 0) {
        bad.prefix = {"setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"};
        for (auto const& entry : fs::recursive_directory_iterator(bad.folder())) {
            ASSERT_EQ(::chown(entry.path().c_str(), nobody, nobody), 0);
        }
        ASSERT_EQ(::chown(bad.folder().c_str(), nobody, nobody), 0);
    }
    ASSERT_EQ(::chmod(bad.db().c_str(), 0400), 0);
    expect(bad.tool({"verify"}), {0, {"all good"}}, "verify");
    expect(bad.serve("event=ready"), {io, {"journal.db", "Permission denied"}}, "washupd");
    ASSERT_EQ(::chmod(bad.data().c_str(), 0500), 0);
    expect(bad.serve("event=ready"), {io, {"Permission denied"}}, "washupd");
    expect(bad.tool({"verify"}), {0, {"all good"}}, "verify in a folder that can only be read");
    ::chmod(bad.data().c_str(), 0700);
}

}  // namespace
}  // namespace washup::integration
