#include "daemon/journal/state_image.hpp"

#include <gtest/gtest.h>

#include <fmt/format.h>

#include <fstream>

#include "tests/unit/daemon/journal/fill.hpp"
#include "tests/unit/daemon/journal/scratch_dir.hpp"

namespace washup::journal {
namespace {

namespace fs = std::filesystem;
using core::RecordNumber;

core::State full_state(std::uint64_t first = 1) {
    return test::full_state(first);
}

TEST(StateImage, GivesBackEveryFieldAndEveryIndex) {
    auto const state = full_state();
    auto const decoded = decode_state(encode_state(state));
    ASSERT_TRUE(decoded) << decoded.error().words;
    EXPECT_EQ(core::fingerprint(*decoded), core::fingerprint(state));
    EXPECT_EQ(encode_state(*decoded), encode_state(state));
    EXPECT_EQ(decoded->config, state.config);
    EXPECT_EQ(decoded->person_by_key, state.person_by_key);
    EXPECT_EQ(decoded->stay_by_key, state.stay_by_key);
    EXPECT_EQ(decoded->waiting, state.waiting);
    EXPECT_EQ(decoded->deadlines, state.deadlines);
    EXPECT_EQ(decoded->command_order, state.command_order);
    EXPECT_EQ(decoded->announced, state.announced);
}

struct Kept {
    test::ScratchDir dir;
    Sealer sealer = Sealer::from_key(std::string(32, 'k'));
    StateImages images{dir.path(), sealer};

    ImageHead head(std::uint64_t number) {
        return {"epoch", RecordNumber{number}, Instant{1}, blake2b_128(std::to_string(number))};
    }
    void keep(std::uint64_t number) {
        auto state = full_state(number);
        state.head = RecordNumber{number};
        auto const done = images.keep(state, head(number));
        EXPECT_TRUE(done) << done.error().words;
    }
    // The record number of the newest image up to `up_to`; 0 when there is none.
    std::uint64_t newest(std::uint64_t up_to, std::uint64_t of_another_chain = 0) {
        auto const state = images.newest(RecordNumber{up_to}, [&](ImageHead const& found) {
            return found.number.value() != of_another_chain && found.epoch == "epoch" &&
                   found.chain == head(found.number.value()).chain;
        });
        return state ? state->head.value() : 0;
    }
    fs::path file(std::uint64_t number) {
        return dir.path() / "images" / fmt::format("{:012}.state", number);
    }
};

TEST(StateImages, GiveTheNewestOneThatIsNotAbove) {
    Kept kept;
    EXPECT_EQ(kept.newest(100), 0u);
    for (auto const number : {10u, 20u, 30u}) kept.keep(number);
    EXPECT_EQ(kept.newest(100), 30u);
    EXPECT_EQ(kept.newest(29), 20u);
    EXPECT_EQ(kept.newest(9), 0u);
}

TEST(StateImages, PassOverOneOfAnotherChain) {
    Kept kept;
    kept.keep(10);
    kept.keep(20);
    EXPECT_EQ(kept.newest(100, 20), 10u);
}

TEST(StateImages, PassOverOneWithAnyFlippedBit) {
    Kept kept;
    kept.keep(20);
    std::string whole;
    {
        std::ifstream file{kept.file(20), std::ios::binary};
        whole.assign(std::istreambuf_iterator<char>{file}, {});
    }
    for (std::size_t at = 0; at < whole.size(); at += 97) {
        auto damaged = whole;
        damaged[at] = static_cast<char>(damaged[at] ^ 1 << at % 8);
        std::ofstream{kept.file(20), std::ios::binary} << damaged;
        ASSERT_EQ(kept.newest(100), 0u) << "octet " << at;
    }
    std::ofstream{kept.file(20), std::ios::binary} << whole.substr(0, whole.size() / 2);
    EXPECT_EQ(kept.newest(100), 0u);
    std::ofstream{kept.file(20), std::ios::binary} << whole;
    EXPECT_EQ(kept.newest(100), 20u);
}

// The end of the file is persons whom no stay leads to.
TEST(StateImages, ShowTheHouseAndBringTheOthersOneByOne) {
    Kept kept;
    core::State state;
    state.head = RecordNumber{20};
    for (std::uint64_t id = 1; id <= 2 * part_persons_max; ++id) {
        state.persons[core::PersonId{id}].id = core::PersonId{id};
    }
    ASSERT_TRUE(kept.images.keep(state, kept.head(20)));
    auto const fits = [](ImageHead const&) { return true; };
    auto image = kept.images.newest_house(RecordNumber{20}, fits);
    ASSERT_TRUE(image);
    EXPECT_TRUE(image->state.persons.empty());
    for (auto const id : {core::PersonId{1}, core::PersonId{part_persons_max + 7}}) {
        ASSERT_TRUE(image->bring(id, image->state));
        EXPECT_EQ(image->state.persons.at(id).id, id);
    }
    ASSERT_TRUE(image->bring(core::PersonId{9'999}, image->state)) << "is not in it";
    EXPECT_EQ(image->state.persons.size(), 2u);

    auto const end = static_cast<std::streamoff>(fs::file_size(kept.file(20))) - 1;
    std::fstream file{kept.file(20), std::ios::in | std::ios::out | std::ios::binary};
    file.seekp(end).put('?');
    file.close();
    image = kept.images.newest_house(RecordNumber{20}, fits);
    ASSERT_TRUE(image) << "its house is as it was";
    EXPECT_TRUE(image->bring(core::PersonId{1}, image->state));
    EXPECT_FALSE(image->bring(core::PersonId{2 * part_persons_max}, image->state));
    EXPECT_EQ(kept.newest(20), 0u);
}

TEST(StateImages, AreOfNoUseUnderAnotherSiteKey) {
    Kept kept;
    kept.keep(20);
    auto const other = Sealer::from_key(std::string(32, 'x'));
    StateImages const images{kept.dir.path(), other};
    EXPECT_FALSE(images.newest(RecordNumber{100}, [](ImageHead const&) { return true; }));
}

TEST(StateImages, HoldNoOpenWords) {
    Kept kept;
    core::State state;
    core::Staff staff;
    staff.name.text = "Jo Doe";
    staff.name.box = kept.sealer.seal("Jo Doe");
    state.staff["jd"] = staff;
    EXPECT_EQ(encode_state(state).find("Jo Doe"), std::string::npos);
}

TEST(StateImages, KeepNoMoreThanImagesMax) {
    Kept kept;
    core::State const small;
    for (std::uint64_t number = 1; number <= images_max + 3; ++number) {
        ASSERT_TRUE(kept.images.keep(small, kept.head(number)));
    }
    EXPECT_FALSE(fs::exists(kept.file(3)));
    EXPECT_TRUE(fs::exists(kept.file(4)));
    EXPECT_TRUE(fs::exists(kept.file(images_max + 3)));
}

}  // namespace
}  // namespace washup::journal
