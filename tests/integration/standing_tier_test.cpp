// A workstation with a standing tier, on the real programs: what stands there names nobody, whoever
// signs in sees names, and when they are gone so are the names, and the wall is not empty.
#include <gtest/gtest.h>

#include <condition_variable>
#include <future>
#include <mutex>

#include "board/link/follower.hpp"
#include "proto/base/clock.hpp"
#include "proto/link/address.hpp"
#include "tests/support/long_run.hpp"
#include "tests/support/town/adt.hpp"
#include "tests/support/town/keyed_town.hpp"

namespace washup::integration {
namespace {

using board::Model;
using board::PersonState;
using test_support::eventually;

std::string const pin = "470119";

// The follower of a board, as `washup-board --tier 3` has it.
class Board {
  public:
    Board(KeyedTown const& town, std::string const& key)
        : follower_(options(town, key), [this] {
              std::lock_guard const lock(mutex_);
              if (follower_made_) look(*follower_.model());
              changed_.notify_all();
          }) {
        std::lock_guard const lock(mutex_);
        follower_made_ = true;
    }
    bool until(std::function<bool(Model const&)> const& done, Duration most = seconds(30)) {
        auto const end = steady_now() + most;
        while (!done(*model())) {
            if (steady_now() >= end) return false;
            std::unique_lock lock(mutex_);
            changed_.wait_for(lock, std::chrono::milliseconds(200));
        }
        return true;
    }
    std::shared_ptr<Model const> model() const { return follower_.model(); }
    Result<void> sign_in(std::string const& staff) {
        std::promise<Result<void>> told;
        follower_.sign_in(staff, pin, [&](Result<void> in) { told.set_value(in); });
        return told.get_future().get();
    }
    board::Follower& follower() { return follower_; }
    // Since the last call: pictures without anybody on them.
    int empty_pictures() {
        std::lock_guard const lock(mutex_);
        return std::exchange(empty_, 0);
    }

  private:
    static board::FollowerOptions options(KeyedTown const& town, std::string const& key) {
        auto const daemon = link::daemon_address(town.ports.daemon(), town.key(key));
        EXPECT_TRUE(daemon);
        board::FollowerOptions options;
        options.host = daemon->host;
        options.base_port = daemon->port;
        options.keys = daemon->keys;
        options.tier = 3;
        return options;
    }
    void look(Model const& model) { empty_ += model.stays.empty() ? 1 : 0; }

    std::mutex mutex_;
    std::condition_variable changed_;
    bool follower_made_ = false;
    int empty_ = 0;
    board::Follower follower_;
};

bool stands(Model const& model) {
    return model.person.state == PersonState::signed_out && board::is_settled(model, 3) &&
           !model.stays.empty();
}
bool is_hers(Model const& model) {
    return model.person.state == PersonState::signed_in && board::is_settled(model, 3);
}

// Every text that a stay's row holds of the person: a name, a number, a birth date.
bool names_anybody(Model const& model) {
    for (auto const& [id, stay] : model.stays) {
        auto const named = stay.name.known() || stay.nhs_number.known() ||
                           stay.birth_date.known() || !stay.identifiers.empty() ||
                           !stay.key.empty();
        if (named) return true;
    }
    return !model.staff.empty();
}

struct House : KeyedTown {
    House() {
        make("pc", {"--role", "workstation", "--tier", "1", "--approver", "the ward sister"});
        EXPECT_TRUE(start()) << daemon().err();
        EXPECT_EQ(feed_ward("ward").status, 0);
        hire("mary", pin);
    }
};

TEST(StandingTier, ShowsRowsWithoutNamesRisesToNamesAndFallsBackWithoutAnEmptyWall) {
    House town;
    Board wall{town, "pc"};
    ASSERT_TRUE(wall.until(stands)) << wall.model()->link.words;
    EXPECT_EQ(wall.model()->tier, 1);
    EXPECT_FALSE(names_anybody(*wall.model()));
    (void)wall.empty_pictures();

    ASSERT_TRUE(wall.sign_in("mary"));
    ASSERT_TRUE(wall.until(is_hers));
    ASSERT_EQ(wall.model()->stays.size(), 1u);
    auto const& hers = wall.model()->stays.begin()->second;
    EXPECT_NE(hers.name.value.find(family_of(7)), std::string::npos) << hers.name.value;
    EXPECT_EQ(hers.nhs_number.value, nhs_number_of(7));

    // By hand, by the operator, and by the machine's sleep: the same end.
    wall.follower().sign_out();
    ASSERT_TRUE(wall.until(stands));
    EXPECT_EQ(wall.model()->tier, 1);
    EXPECT_FALSE(names_anybody(*wall.model()));
    ASSERT_TRUE(wall.sign_in("mary"));
    ASSERT_TRUE(wall.until(is_hers));
    town.set_pin("mary", "80213");
    ASSERT_TRUE(wall.until(stands));
    EXPECT_EQ(wall.model()->person.words, "signed out: the PIN was changed");
    EXPECT_FALSE(names_anybody(*wall.model()));
    EXPECT_EQ(wall.empty_pictures(), 0) << "no picture in between had nobody on it";
}

TEST(StandingTier, IsCountsWhereTheListSaysNothingOfIt) {
    House town;
    town.make("bare", {"--role", "workstation"});
    auto const listed = [&] { return town.ctl("bare", {"status"}).status == 0; };
    ASSERT_TRUE(eventually(listed, seconds(20))) << town.daemon().err();
    auto const stays = town.ctl("bare", {"stays"});
    EXPECT_EQ(stays.status, 1);
    EXPECT_NE(stays.err.find("tier 0"), std::string::npos) << stays.err;
    auto const rows = town.ctl("pc", {"stays", "--wide"});
    EXPECT_EQ(rows.status, 0);
    EXPECT_NE(rows.out.find("#1"), std::string::npos) << rows.out;
    EXPECT_EQ(rows.out.find(family_of(7)), std::string::npos) << rows.out;
    EXPECT_NE(town.ctl_as("bare", "mary", pin, {"stays"}).out.find(key_of(7)), std::string::npos);
}

// The list says something else while the wall stands there.
TEST(StandingTier, FollowsTheKeyList) {
    House town;
    Board wall{town, "pc"};
    ASSERT_TRUE(wall.until(stands));
    auto const list = test_support::read_file(town.file("keys.toml"));
    auto lowered = list;
    auto const pc = lowered.find("name = \"pc\"");
    lowered.replace(lowered.find("tier = 1", pc), 8, "tier = 0");
    town.write("keys.toml", lowered);
    ASSERT_TRUE(wall.until([](Model const& m) { return m.tier == 0 && board::is_settled(m, 3); }));
    EXPECT_TRUE(wall.model()->stays.empty());
    town.write("keys.toml", list);
    EXPECT_TRUE(wall.until(stands));
}

// Two real minutes of nobody.
TEST(StandingTier, IsFallenBackToByItselfWhenNobodyDoesAnything) {
    if (!test_support::long_run()) GTEST_SKIP() << "with --long";
    House town;
    Board wall{town, "pc"};
    ASSERT_TRUE(wall.until(stands));
    ASSERT_TRUE(wall.sign_in("mary"));
    ASSERT_TRUE(wall.until(is_hers));
    EXPECT_FALSE(wall.until(stands, seconds(115)));
    ASSERT_TRUE(wall.until(stands, seconds(15)));
    EXPECT_EQ(wall.model()->person.words, "locked: nobody did anything here for 120 s");
    EXPECT_FALSE(names_anybody(*wall.model()));
}

}  // namespace
}  // namespace washup::integration
