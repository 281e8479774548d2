#include "daemon/engine/recover.hpp"

#include <gtest/gtest.h>

#include "daemon/journal/memory_journal.hpp"
#include "tests/support/core/ward.hpp"

namespace washup::engine {
namespace {

using namespace washup::tests;

// A stay whose words are sealed under `key`, in a journal.
struct House {
    journal::Sealer sealer = journal::Sealer::from_key(std::string(32, 'k'));
    std::unique_ptr<journal::MemoryJournal> journal;
    std::size_t records = 0;

    House() {
        Ward ward;
        ward.wait_until("2026-11-02T10:00");
        ward.receive(a01("V1", "M1", "2026-11-02T09:00").text(core::Field::name, "SPECIMEN, Ann"));
        ward.wait_until("2026-11-05T10:00");
        ward.receive(a02("V1", "M1", "2026-11-05T09:00", "KENT"));
        std::vector<journal::SharedRecord> written;
        for (auto record : ward.records()) {
            for (auto& event : record.events) sealer.seal_event(event);
            written.push_back(std::make_shared<core::Record const>(std::move(record)));
        }
        records = written.size();
        auto disk = std::make_shared<journal::MemoryDisk>();
        disk->epoch = "e";
        journal = *journal::MemoryJournal::open(disk);
        journal->start({});
        EXPECT_TRUE(journal->append(std::move(written)));
        journal->step();
    }
};

std::string name_in(core::State const& state) {
    for (auto const& [id, person] : state.persons) {
        auto const name = person.fields.find(core::Field::name);
        if (name != person.fields.end()) return name->second.facts.front().value.text.text;
    }
    return {};
}

TEST(Recover, OpensTheWordsThatAreLeftInTheEnd) {
    House house;
    auto const recovered = recover(*house.journal, house.sealer);
    ASSERT_TRUE(recovered) << recovered.error().words;
    EXPECT_EQ(recovered->state.head.value(), house.records);
    EXPECT_FALSE(name_in(recovered->state).empty());
    EXPECT_EQ(recovered->boxes_shut, 0u);
}

TEST(Recover, OpensTheWordsOfAnImageToo) {
    House house;
    auto image = recover(*house.journal, house.sealer, {}, core::RecordNumber{house.records - 1});
    ASSERT_TRUE(image);
    auto const words = name_in(image->state);
    for (auto& [id, person] : image->state.persons) {
        for (auto& [field, history] : person.fields) {
            for (auto& fact : history.facts) fact.value.text.text.clear();
        }
    }
    auto const recovered = recover(*house.journal, house.sealer, std::move(image->state));
    ASSERT_TRUE(recovered);
    EXPECT_EQ(recovered->from.value(), house.records - 1);
    EXPECT_EQ(name_in(recovered->state), words);
}

TEST(Recover, FoldsWithoutTheKeyAndCountsWhatStaysShut) {
    House house;
    auto const other = journal::Sealer::from_key(std::string(32, 'x'));
    auto const recovered = recover(*house.journal, other);
    ASSERT_TRUE(recovered);
    EXPECT_EQ(core::fingerprint(recovered->state),
              core::fingerprint(recover(*house.journal, house.sealer)->state));
    EXPECT_GT(recovered->boxes_shut, 0u);
    EXPECT_TRUE(name_in(recovered->state).empty());
}

}  // namespace
}  // namespace washup::engine
