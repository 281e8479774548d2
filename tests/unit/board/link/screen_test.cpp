// What a board shows while nobody is signed in, while somebody is, and after it: without sockets.
#include "board/link/screen.hpp"

#include <gtest/gtest.h>

#include "proto/wire/feed_state.hpp"
#include "washup/v1/feed.pb.h"

namespace washup::board {
namespace {

using wire::Kind;

v1::Row row_of(std::string const& id, std::string const& name) {
    v1::Row row;
    row.set_id(id);
    row.set_version(1);
    row.mutable_stay()->set_initials("E. A.");
    if (!name.empty()) {
        row.mutable_stay()->mutable_name()->set_state(v1::KNOWN);
        row.mutable_stay()->mutable_name()->set_value(name);
    }
    return row;
}

// The daemon's side of one view.
struct Told {
    explicit Told(int view, std::string const& name = {}) : view(static_cast<v1::View>(view)) {
        for (auto const* id : {"1", "2"}) rows.put(row_of(id, name));
    }
    Bytes beat() const {
        v1::Heartbeat beat;
        beat.set_epoch("e1");
        beat.set_view(view);
        beat.set_head(head);
        beat.set_fingerprint(wire::to_octets(rows.fingerprint()));
        beat.set_daemon_time_ms(1'763'900'000'000);
        beat.set_rate(1);
        return wire::encode(Kind::heartbeat, beat);
    }
    Bytes chunk() const {
        v1::SnapshotChunk chunk;
        chunk.set_epoch("e1");
        chunk.set_view(view);
        chunk.set_head(head);
        chunk.set_last(true);
        rows.for_each([&](v1::Row const& row) { *chunk.add_rows() = row; });
        return wire::encode(Kind::snapshot_chunk, chunk);
    }
    // Somebody else comes in.
    Bytes delta(std::string const& id, std::string const& name = {}) {
        v1::Delta delta;
        delta.set_epoch("e1");
        delta.set_view(view);
        delta.set_from(head);
        delta.set_to(++head);
        *delta.add_rows() = row_of(id, name);
        rows.put(delta.rows(0));
        return wire::encode(Kind::delta, delta);
    }
    v1::View view;
    std::uint64_t head = 7;
    wire::FeedState rows;
};

struct Bench {
    explicit Bench(std::optional<int> personal = 3) : screen(personal, Prng(1)) {}
    Change feed(Bytes const& bytes) { return screen.from_feed(*wire::decode(bytes), now); }
    Change control(Bytes const& bytes) { return screen.from_control(*wire::decode(bytes), now); }
    // Until the view asks, and then what the daemon gives it.
    void give(Told const& told) {
        for (int i = 0; i < 20 && !wants(told.view); ++i) pass(milliseconds(50));
        ASSERT_TRUE(wants(told.view));
        screen.asked(told.view);
        EXPECT_FALSE(wants(told.view));
        control(told.chunk());
    }
    bool wants(int view) const {
        auto const views = screen.wanted();
        return std::find(views.begin(), views.end(), view) != views.end();
    }
    void pass(Duration time) {
        now = now + time;
        screen.tick(now);
    }
    void stand(Told const& told) {
        screen.stand(told.view);
        EXPECT_EQ(feed(told.beat()), Change::now);
        give(told);
    }
    void sign_in(Told const& told) {
        screen.open();
        control(told.beat());
        give(told);
    }
    Model const& model() const { return screen.model(); }
    // No name in any row, and no row of another tier.
    void expect_nobody_named() const {
        EXPECT_EQ(model().tier, 1);
        for (auto const& [id, stay] : model().stays) EXPECT_EQ(stay.name.value, "") << id;
    }

    SteadyInstant now{1'000'000};
    Screen screen;
};

TEST(Screen, IsEmptyAndSaysSoBeforeTheDaemonSaysWhatItsKeyShows) {
    Bench b;
    EXPECT_FALSE(b.model().complete);
    EXPECT_EQ(b.model().link.phase, LinkPhase::waiting);
    EXPECT_EQ(b.feed(Told{0}.beat()), Change::none) << "not of a view that is followed";
    EXPECT_FALSE(b.screen.standing_view());
    b.pass(seconds(60));
    EXPECT_TRUE(b.screen.wanted().empty());
}

TEST(Screen, ShowsTheStandingTierWhileNobodyIsSignedIn) {
    Bench b;
    b.stand(Told{1});
    EXPECT_EQ(b.model().link.phase, LinkPhase::following);
    EXPECT_EQ(b.model().stays.size(), 2u);
    b.expect_nobody_named();
    // Rows with names that come all the same are nobody's.
    EXPECT_EQ(b.control(Told(3, "SPECIMEN").beat()), Change::none);
    EXPECT_EQ(b.control(Told(3, "SPECIMEN").chunk()), Change::none);
    b.expect_nobody_named();
}

TEST(Screen, RisesToThePersonsViewOnceItIsWholeAndNotBefore) {
    Bench b;
    Told const mary{3, "SPECIMEN"};
    b.stand(Told{1});
    b.screen.open();
    EXPECT_EQ(b.model().tier, 1) << "the wall is not empty while the names are on their way";
    EXPECT_EQ(b.model().stays.size(), 2u);
    EXPECT_EQ(b.control(mary.beat()), Change::now);
    EXPECT_EQ(b.model().tier, 1);
    b.give(mary);
    EXPECT_EQ(b.model().tier, 3);
    EXPECT_EQ(b.model().link.phase, LinkPhase::following);
    EXPECT_EQ(b.model().stays.at("1").name.value, "SPECIMEN");
}

TEST(Screen, FallsBackAtOnceToAStandingViewThatNeverStoppedBeingRight) {
    Bench b;
    Told wall{1}, mary{3, "SPECIMEN"};
    b.stand(wall);
    b.sign_in(mary);
    // Somebody comes in meanwhile: both views are told.
    EXPECT_EQ(b.feed(wall.delta("3")), Change::soon);
    EXPECT_EQ(b.control(mary.delta("3", "SPECIMEN")), Change::soon);
    EXPECT_EQ(b.model().stays.at("3").name.value, "SPECIMEN");
    b.screen.close();
    EXPECT_EQ(b.model().stays.size(), 3u) << "no snapshot was needed for it";
    b.expect_nobody_named();
    EXPECT_TRUE(b.model().complete);
    EXPECT_EQ(b.model().link.phase, LinkPhase::following);
    EXPECT_EQ(b.model().head, wall.head);
    // What was under way changes nothing.
    EXPECT_EQ(b.control(mary.delta("4", "SPECIMEN")), Change::none);
    EXPECT_EQ(b.control(mary.chunk()), Change::none);
    b.expect_nobody_named();
    // The next person begins with nothing of the last one's.
    b.screen.open();
    b.expect_nobody_named();
    b.pass(seconds(1));
    EXPECT_FALSE(b.screen.shows_personal());
}

TEST(Screen, MarksTheStandingViewWhenItsFeedHasGoneAndKeepsItsRows) {
    Bench b;
    b.stand(Told{1});
    b.sign_in(Told{3, "SPECIMEN"});
    b.pass(seconds(4));
    b.screen.close();
    EXPECT_EQ(b.model().stays.size(), 2u);
    EXPECT_EQ(b.model().link.phase, LinkPhase::catching_up);
    b.expect_nobody_named();
}

TEST(Screen, SaysWhyAPersonSeesNoMoreThanTheMachineShows) {
    Bench b;
    b.stand(Told{1});
    b.screen.open();
    b.screen.refuse("not for your role");
    EXPECT_EQ(b.screen.refused_words(), "not for your role");
    EXPECT_EQ(b.control(Told(3, "SPECIMEN").beat()), Change::none);
    EXPECT_EQ(b.model().stays.size(), 2u);
    b.screen.close();
    EXPECT_EQ(b.screen.refused_words(), "");
}

TEST(Screen, ForgetsWhatALoweredTierDoesNotShow) {
    Bench b;
    b.stand(Told{2, "SPECIMEN"});
    EXPECT_EQ(b.model().stays.at("1").name.value, "SPECIMEN");
    b.screen.stand(2);
    EXPECT_EQ(b.model().stays.size(), 2u) << "told again, nothing changes";
    b.screen.stand(1);
    EXPECT_TRUE(b.model().stays.empty());
    b.stand(Told{1});
    b.expect_nobody_named();
}

TEST(Screen, OfAWallHasOneViewForEver) {
    Bench b{std::nullopt};
    b.stand(Told{1});
    b.screen.open();
    EXPECT_EQ(b.control(Told(3, "SPECIMEN").chunk()), Change::none);
    EXPECT_FALSE(b.screen.shows_personal());
    b.expect_nobody_named();
}

}  // namespace
}  // namespace washup::board
