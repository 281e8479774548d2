// Each checker sees the fault that was put in for it, and a house without one is left alone.

#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>

#include <gtest/gtest.h>
#include <sodium.h>

#include "proto/base/log.hpp"
#include "tests/sim/house.hpp"

namespace washup::sim {
namespace {

struct Planted {
    Plant plant;
    char const* checker;
    std::int64_t seconds_of_faults = 40;
};

std::string words_of(House const& house) {
    std::string words = house.summary();
    for (auto const& objection : house.objections().all()) {
        words += "\n" + objection.checker + ": " + objection.words;
    }
    return words;
}

class PlantedFault : public testing::TestWithParam<Planted> {};

TEST_P(PlantedFault, IsSeenByItsChecker) {
    ASSERT_GE(sodium_init(), 0);
    set_log_level(LogLevel::error);
    // The same faults of the weather that a healthy house stands in these seeds.
    std::string all;
    for (std::uint64_t seed = 1; seed <= 8; ++seed) {
        HouseOptions options;
        options.seed = seed;
        options.faults_for = seconds(GetParam().seconds_of_faults);
        options.plant = GetParam().plant;
        House house{options};
        if (house.run()) continue;
        for (auto const& objection : house.objections().all()) {
            if (objection.checker == GetParam().checker) return;
        }
        all += words_of(house) + "\n";
    }
    ADD_FAILURE() << GetParam().checker << " saw nothing. " << all;
}

INSTANTIATE_TEST_SUITE_P(
    House, PlantedFault,
    testing::Values(
        Planted{Plant::lose_durable, "durability"}, Planted{Plant::answer_early, "durability"},
        Planted{Plant::acknowledge_early, "durability"}, Planted{Plant::forget_index, "once_only"},
        Planted{Plant::swap_answers, "order"}, Planted{Plant::repeat_content, "once_only"},
        Planted{Plant::alter_row, "oracle"}, Planted{Plant::forget_row, "oracle"},
        Planted{Plant::freeze_feed, "freshness"}, Planted{Plant::large_frame, "bounds"},
        Planted{Plant::hide_source, "silence"}, Planted{Plant::never_heal, "convergence"},
        Planted{Plant::untold_breach, "oracle"}, Planted{Plant::early_breach, "oracle"},
        Planted{Plant::unsaid_milestone, "oracle"}, Planted{Plant::unsaid_word, "oracle", 120},
        Planted{Plant::alter_frozen, "oracle", 120}, Planted{Plant::keep_keys, "erased"},
        Planted{Plant::keep_signed_in, "sign_in", 120},
        Planted{Plant::never_lock, "sign_in", 300}));

TEST(House, StandsWithoutAPlantedFault) {
    ASSERT_GE(sodium_init(), 0);
    for (std::uint64_t seed = 1; seed <= 4; ++seed) {
        HouseOptions options;
        options.seed = seed;
        options.faults_for = seconds(40);
        House house{options};
        EXPECT_TRUE(house.run()) << words_of(house);
    }
}

// In seed 3684 a store is thrown away that owes nothing to anybody, and the next thing that the
// ward would have sent was a message which it had the answer to: no index was left that knew it.
// In seed 412 the daemon is killed between somebody's third wrong PIN and its being kept. It was
// told to nobody, so who types the next is not early.
TEST(House, StandsInTheSeedsInWhichItsOwnStoryOrCheckersWereWrong) {
    ASSERT_GE(sodium_init(), 0);
    for (auto const seed : {3684U, 412U}) {
        HouseOptions options;
        options.seed = seed;
        House house{options};
        EXPECT_TRUE(house.run()) << words_of(house);
    }
}

std::string log_of(std::uint64_t seed, bool sqlite) {
    HouseOptions options;
    options.seed = seed;
    options.faults_for = seconds(40);
    options.sqlite = sqlite;
    options.log = Log::To::memory;
    House house{options};
    house.run();
    return house.log() + house.summary();
}

// Of a process of its own: other addresses, another heap, another salt of whatever has one.
std::string log_of_another_process(std::uint64_t seed, bool sqlite) {
    auto* const file = std::tmpfile();
    auto const child = fork();
    if (child == 0) {
        auto const log = log_of(seed, sqlite);
        std::fwrite(log.data(), 1, log.size(), file);
        std::fflush(file);
        _exit(0);
    }
    int status = 1;
    EXPECT_EQ(waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
    std::rewind(file);
    std::string log;
    for (int c = std::fgetc(file); c != EOF; c = std::fgetc(file)) log += static_cast<char>(c);
    std::fclose(file);
    return log;
}

TEST(House, GivesTheSameLogForTheSameSeedInAnyProcess) {
    ASSERT_GE(sodium_init(), 0);
    for (auto const seed : {3U, 4U}) {
        for (bool const sqlite : {false, true}) {
            auto const first = log_of(seed, sqlite);
            EXPECT_GT(first.size(), 1'000U);
            EXPECT_TRUE(first == log_of(seed, sqlite)) << "seed " << seed;
            EXPECT_TRUE(first == log_of_another_process(seed, sqlite)) << "seed " << seed;
        }
    }
    EXPECT_NE(log_of(3, false), log_of(4, false));
}

}  // namespace
}  // namespace washup::sim
