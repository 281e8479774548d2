// kill -9 at random while messages come in. What was acknowledged must be there afterwards, once.
#include <gtest/gtest.h>

#include <fmt/format.h>

#include <memory>
#include <set>

#include "proto/base/prng.hpp"
#include "tests/integration/same_state.hpp"
#include "tests/support/long_run.hpp"
#include "tests/support/town/adt.hpp"
#include "tests/support/town/town.hpp"

namespace washup::integration {
namespace {

using test_support::eventually;
using test_support::long_count;
using test_support::rest;

// A ward system with one connection and one message in flight, which sends again until it is told
// AA: after an AE, after silence, after a lost connection.
class WardSystem {
  public:
    explicit WardSystem(std::uint16_t port, int first_person)
        : port_(port), person_(first_person) {}

    // Puts the next message on the wire, or the unanswered one again.
    void send() {
        if (!client_ || !client_->connected()) client_ = std::make_unique<MllpClient>(port_);
        if (!client_->send(framed(message()))) client_.reset();
    }
    // True once the message in flight is acknowledged, however often it takes to send it.
    bool served() {
        auto const told = [&] {
            if (acknowledged()) return true;
            send();
            return false;
        };
        return eventually(told, seconds(120));
    }
    std::set<int> const& people() const { return people_; }

  private:
    // Waits longer than the adapter does before it says AE; a lost connection ends the wait at
    // once.
    bool acknowledged() {
        auto const ack = client_ ? client_->receive(seconds(40)) : std::nullopt;
        if (!ack || ack_code(*ack) != "AA") {
            client_
                .reset();  // a late ack of the first try must not be taken for that of the second
            return false;
        }
        EXPECT_EQ(ack_of(*ack), control_id());
        people_.insert(person_);
        person_ += 10;  // the next message is about somebody else
        return true;
    }
    std::string control_id() const { return fmt::format("K{}", person_); }
    // The same words each time: a resend is the same message, not a new one about the same thing.
    std::string const& message() {
        if (held_for_ != person_) {
            held_ = text_of({.control_id = control_id(), .person = person_});
            held_for_ = person_;
        }
        return held_;
    }

    std::uint16_t port_;
    int person_, held_for_ = 0;
    std::string held_;
    std::unique_ptr<MllpClient> client_;
    std::set<int> people_;
};

void expect_each_once(Town const& town, std::set<int> const& people) {
    // Where a commit took longer than `--spool-after`, the adapter has acknowledged by itself.
    auto const all = people.size();
    EXPECT_TRUE(eventually([&] { return town.taken_from("ward") >= all; }, seconds(60)));
    std::multiset<std::string> keys;
    for (auto const& row : town.stays()) keys.insert(std::string{row.at("key").as_string()});
    for (auto const person : people) {
        EXPECT_EQ(keys.count(key_of(person)), 1u) << key_of(person) << " was acknowledged";
    }
    EXPECT_EQ(keys.size(), people.size());
    EXPECT_EQ(town.taken_from("ward"), all) << "a record was applied twice, or lost";
}

// Four of them: 1,000 SIGKILLs in all under WASHUP_LONG=1, a tenth else.
std::uint64_t const kills_of_each = long_count(250);

enum class Victim { daemon, adapter, either };

void feed_while_killing(Victim victim, std::uint64_t seed) {
    SCOPED_TRACE(fmt::format("seed {}", seed));
    Prng chance{seed};
    Town town;
    ASSERT_TRUE(town.start_daemon()) << town.daemon().err();
    ASSERT_TRUE(town.start_hl7()) << town.hl7().err();
    std::vector<std::unique_ptr<WardSystem>> wards;
    for (int i = 1; i <= 3; ++i) wards.push_back(std::make_unique<WardSystem>(town.hl7_port(), i));

    auto const kills = kills_of_each;
    for (std::uint64_t kill = 0; kill < kills; ++kill) {
        auto const calm_rounds = chance.below(6);
        for (std::uint64_t round = 0; round < calm_rounds; ++round) {
            for (auto& ward : wards) ward->send();
            for (auto& ward : wards) ASSERT_TRUE(ward->served()) << town.hl7().err();
        }
        for (auto& ward : wards) ward->send();
        rest(milliseconds(static_cast<std::int64_t>(chance.below(12))));
        bool const at_daemon =
            victim == Victim::daemon || (victim == Victim::either && chance.chance(500));
        if (at_daemon) {
            town.kill_daemon();
            ASSERT_TRUE(town.start_daemon()) << town.daemon().err();
        } else {
            town.hl7().kill_9();
            ASSERT_TRUE(town.start_hl7()) << town.hl7().err();
        }
        for (auto& ward : wards) ASSERT_TRUE(ward->served()) << town.hl7().err();
    }
    std::set<int> people;
    for (auto const& ward : wards) people.insert(ward->people().begin(), ward->people().end());
    EXPECT_GE(people.size(), kills * 3);
    expect_each_once(town, people);

    auto const before = town.heartbeat();
    ASSERT_GE(before.head, people.size());
    town.kill_daemon();
    ASSERT_TRUE(town.start_daemon()) << town.daemon().err();
    expect_same(town.heartbeat(), before);
    expect_each_once(town, people);
}

TEST(KillNine, OfTheDaemonLosesAndDoublesNothing) {
    feed_while_killing(Victim::daemon, 1);
}

TEST(KillNine, OfTheAdapterLosesAndDoublesNothing) {
    feed_while_killing(Victim::adapter, 2);
}

TEST(KillNine, OfEitherLosesAndDoublesNothing) {
    feed_while_killing(Victim::either, 3);
}

// The daemon is away half of the time, and whoever is there is killed at any moment: while the
// spool fills, while it empties, in the middle of a start. The wards notice nothing but lost
// connections.
TEST(KillNine, OfEitherWhileTheSpoolFillsAndEmptiesLosesAndDoublesNothing) {
    Prng chance{4};
    Town town;
    town.hl7_words = {"--spool-after", "0.05"};
    ASSERT_TRUE(town.start_hl7()) << town.hl7().err();
    std::vector<std::unique_ptr<WardSystem>> wards;
    for (int i = 1; i <= 3; ++i) wards.push_back(std::make_unique<WardSystem>(town.hl7_port(), i));
    std::unique_ptr<Process> daemon;  // not waited for: it may be killed while it starts
    for (std::uint64_t kill = 0; kill < kills_of_each;) {
        auto const rounds = chance.below(8);
        for (std::uint64_t round = 0; round < rounds; ++round) {
            for (auto& ward : wards) ward->send();
            for (auto& ward : wards) ASSERT_TRUE(ward->served()) << town.hl7().err();
        }
        for (auto& ward : wards) ward->send();
        rest(milliseconds(static_cast<std::int64_t>(chance.below(30))));
        if (chance.chance(500)) {
            town.hl7().kill_9();
            ASSERT_TRUE(town.start_hl7()) << town.hl7().err();
            ++kill;
        } else if (daemon) {
            daemon->kill_9();
            daemon.reset();
            ++kill;
        } else {
            daemon = std::make_unique<Process>(town.daemon_command());
        }
        for (auto& ward : wards) ASSERT_TRUE(ward->served()) << town.hl7().err();
    }
    daemon.reset();
    ASSERT_TRUE(town.start_daemon()) << town.daemon().err();
    std::set<int> people;
    for (auto const& ward : wards) people.insert(ward->people().begin(), ward->people().end());
    expect_each_once(town, people);
}

}  // namespace
}  // namespace washup::integration
