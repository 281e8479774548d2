// Keys of persons: each record's words under the key of whom they are about, and nothing of a
// destroyed key left in any file once the journal has told it durable, whatever failed before.

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "daemon/core/apply.hpp"
#include "daemon/journal/copies.hpp"
#include "daemon/journal/erasures.hpp"
#include "daemon/journal/seal.hpp"
#include "daemon/journal/sqlite_journal.hpp"
#include "daemon/journal/verify.hpp"
#include "tests/support/sqlite/failing_vfs.hpp"
#include "tests/unit/daemon/journal/scratch_dir.hpp"
#include "tests/unit/daemon/journal/told.hpp"

namespace washup::journal {
namespace {

namespace fs = std::filesystem;
using test::read_all;
using test::ScratchDir;
using test::Told;

core::Record name_of(std::uint64_t number, std::uint64_t person, std::string const& name) {
    core::Record record;
    record.number = core::RecordNumber{number};
    record.at = Instant{1'700'000'000'000 + static_cast<std::int64_t>(number)};
    core::FactObserved fact;
    fact.person = core::PersonId{person};
    fact.field = core::Field::name;
    fact.value.text.text = name;
    record.events = {core::PersonRegistered{fact.person}, fact};
    return record;
}

core::Record erasure_of(std::uint64_t number, std::vector<Bytes> keys) {
    core::Record record;
    record.number = core::RecordNumber{number};
    record.at = Instant{1'700'000'000'000 + static_cast<std::int64_t>(number)};
    record.events = {core::PersonErased{{core::PersonId{1}}, {}, std::move(keys), "asked", {}}};
    return record;
}

std::string opened_name(core::Record record, Sealer const& sealer) {
    for (auto& event : record.events) sealer.open_event(event);
    return std::get<core::FactObserved>(record.events.at(1)).value.text.text;
}

bool any_file_holds(fs::path const& dir, std::string const& octets) {
    for (auto const& entry : fs::recursive_directory_iterator(dir)) {
        if (!entry.is_regular_file()) continue;
        std::ifstream in{entry.path(), std::ios::binary};
        std::string const bytes{std::istreambuf_iterator<char>{in}, {}};
        if (bytes.find(octets) != std::string::npos) return true;
    }
    return false;
}

// A journal with the names of persons 1 and 2, and what sealed them.
struct House {
    explicit House(char const* vfs = nullptr) : vfs_(vfs) {}
    Sealer sealer = Sealer::from_key(std::string(32, 'k'));
    ScratchDir dir;
    core::State state;
    std::vector<StoredKey> made;

    Result<std::unique_ptr<Journal>> open() {
        return open_sqlite_journal({dir.path(), sealer.key_id_hex(), 1000, vfs_});
    }
    // True when all was told durable.
    bool write_names(Journal& journal, Told& told) {
        journal.start(told.handlers());
        for (std::uint64_t n = 1; n <= 2; ++n) {
            auto record = name_of(n, n, n == 1 ? "ADAMS, Edith" : "BAKER, Tom");
            auto keys = sealer.seal_record(record, state);
            made.insert(made.end(), keys.begin(), keys.end());
            if (!journal.append({test::shared(record)}, keys) || !told.wait_for(n)) return false;
        }
        return told.failures().empty();
    }
    bool erase_first(Journal& journal, Told& told) {
        auto const ids = sealer.person_keys().destroy({owner_of(core::PersonId{1})});
        if (!journal.append({test::shared(erasure_of(3, ids))}, {}) || !told.wait_for(3))
            return false;
        return told.failures().empty();
    }

  private:
    char const* vfs_;
};

TEST(PersonKeys, WordsOfTwoPersonsLieUnderTwoKeys) {
    House house;
    auto first = name_of(1, 1, "SAME, Name");
    auto second = name_of(2, 2, "SAME, Name");
    ASSERT_EQ(house.sealer.seal_record(first, house.state).size(), 1u);
    ASSERT_EQ(house.sealer.seal_record(second, house.state).size(), 1u);
    EXPECT_NE(std::get<core::FactObserved>(first.events[1]).value.text.box,
              std::get<core::FactObserved>(second.events[1]).value.text.box);
    auto again = name_of(3, 1, "SAME, Name");
    EXPECT_TRUE(house.sealer.seal_record(again, house.state).empty()) << "the key is there already";
    EXPECT_EQ(std::get<core::FactObserved>(first.events[1]).value.text.box,
              std::get<core::FactObserved>(again.events[1]).value.text.box);
    house.sealer.person_keys().destroy({owner_of(core::PersonId{1})});
    EXPECT_EQ(opened_name(first, house.sealer), "");
    EXPECT_EQ(opened_name(second, house.sealer), "SAME, Name");
}

TEST(PersonKeys, WordsUnderADestroyedKeyAreGoneAtOnce) {
    House house;
    house.sealer.person_keys().destroy({owner_of(core::PersonId{7})});
    auto late = name_of(1, 7, "LATE, Word");
    EXPECT_TRUE(house.sealer.seal_record(late, house.state).empty()) << "no key is kept for them";
    EXPECT_EQ(opened_name(late, house.sealer), "");
}

TEST(PersonKeys, KeysComeBackFromTheJournalAndOpenTheWords) {
    House house;
    {
        auto const journal = house.open();
        Told told;
        ASSERT_TRUE(house.write_names(**journal, told));
    }
    auto const journal = house.open();
    auto const other = Sealer::from_key(std::string(32, 'k'));
    auto const keys = (*journal)->keys();
    ASSERT_TRUE(keys);
    EXPECT_EQ(keys->size(), 2u);
    auto const back = read_all(**journal);
    EXPECT_EQ(opened_name(back.records[0], other), "") << "the site's key alone opens no person";
    ASSERT_TRUE(other.take_keys(*keys));
    EXPECT_EQ(opened_name(back.records[0], other), "ADAMS, Edith");
    auto const stranger = Sealer::from_key(std::string(32, 'x'));
    auto const refused = stranger.take_keys(*keys);
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().words.find("person 1"), std::string::npos);
}

TEST(PersonKeys, AKeyThatWasMovedToAnothersRowIsRefused) {
    House house;
    auto const journal = house.open();
    Told told;
    ASSERT_TRUE(house.write_names(**journal, told));
    auto swapped = house.made;
    std::swap(swapped[0].wrapped, swapped[1].wrapped);
    EXPECT_FALSE(house.sealer.take_keys(swapped));
}

TEST(PersonKeys, NothingOfADestroyedKeyIsLeftInAnyFileOnceItIsToldDurable) {
    House house;
    auto journal = house.open();
    Told told;
    ASSERT_TRUE(house.write_names(**journal, told));
    ASSERT_TRUE(any_file_holds(house.dir.path(), house.made[0].wrapped));
    ASSERT_TRUE(house.erase_first(**journal, told));
    // The daemon runs on: nothing was closed.
    EXPECT_FALSE(any_file_holds(house.dir.path(), house.made[0].wrapped));
    EXPECT_TRUE(any_file_holds(house.dir.path(), house.made[1].wrapped));
    auto const keys = (*journal)->keys();
    ASSERT_TRUE(keys);
    EXPECT_TRUE(keys->at(0).destroyed());
    EXPECT_FALSE(keys->at(1).destroyed());
    (*journal)->close();
    auto const report = verify({house.dir.path() / "journal.db", {}, {}});
    ASSERT_TRUE(report);
    EXPECT_TRUE(report->sound());
    EXPECT_EQ(report->good, 3u);
}

TEST(PersonKeys, AReaderOfTheLogDelaysItsEmptyingAndTheNextCommitMakesItGood) {
    House house;
    auto journal = house.open();
    Told told;
    ASSERT_TRUE(house.write_names(**journal, told));
    bool erased = false;
    // A visit holds the log as long as it lasts, as a backup does.
    auto const read = (*journal)->read(core::RecordNumber{1}, [&](core::Record) -> Result<void> {
        erased = erased || house.erase_first(**journal, told);
        return {};
    });
    ASSERT_TRUE(read);
    ASSERT_TRUE(erased) << "an erasure does not wait for ever";
    ASSERT_TRUE((*journal)->append(test::shared_records(4, 4)));
    ASSERT_TRUE(told.wait_for(4));
    EXPECT_FALSE(any_file_holds(house.dir.path(), house.made[0].wrapped));
}

TEST(PersonKeys, AFailureAtAnyCallNeverTellsAnErasureThatDidNotHappen) {
    test_support::failing_vfs::enable();
    auto const calm = [] {
        test_support::failing_vfs::heal();
        test_support::failing_vfs::forget();
    };
    int told_in_vain = 0, rounds = 0;
    for (bool const for_ever : {false, true}) {
        for (int n = 1;; ++n, ++rounds) {
            House house{test_support::failing_vfs::name};
            bool erased = false;
            test_support::failing_vfs::fail_nth(n, for_ever);
            if (auto journal = house.open(); journal) {
                Told told;
                erased = house.write_names(**journal, told) && house.erase_first(**journal, told);
            }
            auto const reached = test_support::failing_vfs::failed();
            calm();
            auto const left =
                !house.made.empty() && any_file_holds(house.dir.path(), house.made[0].wrapped);
            if (erased && left) ++told_in_vain;
            auto const journal = house.open();
            ASSERT_TRUE(journal) << n << ": " << journal.error().words;
            auto const keys = (*journal)->keys();
            ASSERT_TRUE(keys) << n;
            if (erased) {
                EXPECT_TRUE(keys->at(0).destroyed()) << n;
            }
            if (!reached) break;
        }
    }
    EXPECT_EQ(told_in_vain, 0);
    EXPECT_GT(rounds, 20) << "the loop reached the calls";
}

TEST(PersonKeys, ACopyOfBeforeIsRestoredWithoutTheErasedWords) {
    House house;
    house.sealer = *Sealer::open_or_make(house.dir.path());
    ScratchDir shelf;
    auto const copy = shelf.path() / "copy.db";
    std::string list;
    {
        auto journal = house.open();
        Told told;
        ASSERT_TRUE(house.write_names(**journal, told));
        ASSERT_TRUE(backup(house.dir.path(), copy));
        ASSERT_TRUE(house.erase_first(**journal, told));
        auto const printed = list_erasures(house.dir.path());
        ASSERT_TRUE(printed);
        list = *printed;
    }
    EXPECT_NE(list.find(to_hex(house.made[0].id) + " person 1"), std::string::npos);
    EXPECT_EQ(list.find(to_hex(house.made[1].id)), std::string::npos);
    ScratchDir again;
    fs::copy_file(house.dir.path() / "site.key", again.path() / "site.key");
    auto const restored = restore(copy, again.path(), list);
    ASSERT_TRUE(restored) << restored.error().words;
    EXPECT_TRUE(restored->sound());
    EXPECT_FALSE(any_file_holds(again.path(), house.made[0].wrapped));
    auto const sealer = Sealer::open_or_make(again.path());
    auto const journal = open_sqlite_journal({again.path(), sealer->key_id_hex()});
    ASSERT_TRUE(sealer->take_keys(*(*journal)->keys()));
    auto const back = read_all(**journal);
    ASSERT_EQ(back.records.size(), 2u);
    EXPECT_EQ(opened_name(back.records[0], *sealer), "");
    EXPECT_EQ(opened_name(back.records[1], *sealer), "BAKER, Tom");
}

TEST(PersonKeys, AListOfAnotherJournalOrNoListIsRefused) {
    House house;
    house.sealer = *Sealer::open_or_make(house.dir.path());
    ScratchDir shelf, again;
    {
        auto journal = house.open();
        Told told;
        ASSERT_TRUE(house.write_names(**journal, told));
        ASSERT_TRUE(backup(house.dir.path(), shelf.path() / "copy.db"));
    }
    fs::copy_file(house.dir.path() / "site.key", again.path() / "site.key");
    auto const copy = shelf.path() / "copy.db";
    auto const foreign = restore(copy, again.path(), "washup-erasures 1 0123\n");
    ASSERT_FALSE(foreign);
    EXPECT_NE(foreign.error().words.find("is of journal 0123"), std::string::npos);
    auto const broken = restore(copy, again.path(), "washup-erasures 1 0123\nerased zz person 1\n");
    ASSERT_FALSE(broken);
    EXPECT_NE(broken.error().words.find("line 2"), std::string::npos);
    EXPECT_FALSE(fs::exists(again.path() / "journal.db"));
}

}  // namespace
}  // namespace washup::journal
