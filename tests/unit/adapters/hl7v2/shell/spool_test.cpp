// The adapter while its daemon is away: what stands in its store is acknowledged, and arrives.
#include <gtest/gtest.h>

#include "tests/unit/adapters/hl7v2/shell/ward_and_daemon.hpp"

namespace washup::hl7v2 {
namespace {

using namespace testing;

class SpoolOfHl7 : public ::testing::Test {
  protected:
    // A daemon that was never there; its port is known.
    SpoolOfHl7() : port_(FakeDaemon{io_, 0}.port()) {}

    Adapter& adapter(adapters::SpoolOptions spool = {.after = milliseconds(20)},
                     ServerTimes times = {}) {
        adapter_.reset();
        adapter_.emplace(io_, folder_.path() / "store", port_, "", times, spool);
        return *adapter_;
    }
    void daemon_comes() { daemon_ = std::make_unique<FakeDaemon>(io_, port_); }
    bool daemon_has(std::size_t count) {
        return run_until(io_, [&] { return daemon_->records.size() >= count; });
    }
    void expect_in_order(std::size_t count) {
        ASSERT_TRUE(daemon_has(count));
        settle(io_);
        ASSERT_EQ(daemon_->records.size(), count);
        for (std::size_t i = 0; i < count; ++i) {
            ASSERT_EQ(daemon_->records[i].record_name(), std::to_string(i + 1));
        }
    }

    boost::asio::io_context io_;
    test_support::TempDir folder_;
    std::uint16_t port_;
    std::unique_ptr<FakeDaemon> daemon_;
    std::optional<Adapter> adapter_;
};

TEST_F(SpoolOfHl7, AcknowledgesFromItsStoreWhileTheDaemonIsAway) {
    Ward ward{io_, adapter().port};
    ward.send(framed(a08("1")) + framed(a08("2")));
    EXPECT_EQ(ward.ack(), "AA 1");
    EXPECT_EQ(ward.ack(), "AA 2");
    ward.send(framed(a08("3")) + framed(a08("2")));
    EXPECT_EQ(ward.ack(), "AA 3");
    EXPECT_EQ(ward.ack(), "AA 2") << "a resend is known and gets its answer again";
    EXPECT_EQ(adapter_->intake->counts().spooled, 4u);
    EXPECT_EQ(adapter_->intake->spool().waiting, 3u);
    daemon_comes();
    expect_in_order(3);
    EXPECT_TRUE(run_until(io_, [&] { return adapter_->intake->spool().waiting == 0; }));
    ward.send(framed(a08("4")) + framed(a08("1")));
    EXPECT_EQ(ward.ack(), "AA 4");
    EXPECT_EQ(ward.ack(), "AA 1");
    EXPECT_FALSE(adapter_->intake->spool().spooling);
    EXPECT_EQ(adapter_->intake->counts().spooled, 4u) << "the daemon's answer counts again";
}

TEST_F(SpoolOfHl7, WaitsTheConfiguredTimeForTheDaemon) {
    Ward ward{io_, adapter({.after = seconds(60)}).port};
    ward.send(framed(a08("1")));
    settle(io_);
    EXPECT_EQ(ward.take(), "silence");
    daemon_comes();
    EXPECT_EQ(ward.ack(), "AA 1");
    EXPECT_EQ(adapter_->intake->counts().spooled, 0u);
}

TEST_F(SpoolOfHl7, SendsInOrderWhatAnEarlierRunHadAcknowledged) {
    {
        Ward ward{io_, adapter().port};
        ward.send(framed(a08("1")) + framed(a08("2")));
        EXPECT_EQ(ward.ack(), "AA 1");
        EXPECT_EQ(ward.ack(), "AA 2");
    }
    Ward ward{io_, adapter().port};
    EXPECT_EQ(adapter_->intake->spool().waiting, 2u);
    ward.send(framed(a08("3")));
    EXPECT_EQ(ward.ack(), "AA 3");
    daemon_comes();
    expect_in_order(3);
}

TEST_F(SpoolOfHl7, SaysAeAndKeepsNothingWhenItIsFull) {
    ServerTimes times;
    times.answer_within = milliseconds(500);
    Ward ward{io_, adapter({.after = milliseconds(20), .records_max = 2}, times).port};
    ward.send(framed(a08("1")) + framed(a08("2")) + framed(a08("3")) + framed(a08("4")));
    EXPECT_EQ(ward.ack(), "AA 1");
    EXPECT_EQ(ward.ack(), "AA 2");
    EXPECT_EQ(ward.ack(), "AE 3");
    EXPECT_TRUE(adapter_->intake->spool().full);
    EXPECT_EQ(adapter_->intake->spool().waiting, 2u);
    EXPECT_EQ(ward.ack(), "AE 4");
    daemon_comes();
    EXPECT_TRUE(daemon_has(2));
    ward.send(framed(a08("3")));
    EXPECT_EQ(ward.ack(), "AA 3");
}

// The daemon took what was spooled and its answers were lost with it: that fills the store still.
TEST_F(SpoolOfHl7, HoldsNoMoreThanItsBoundWhenAnswersAreLostAndItStartsAgain) {
    ServerTimes times;
    times.answer_within = milliseconds(60);
    adapters::SpoolOptions const two{.after = milliseconds(20), .records_max = 2};
    {
        Ward ward{io_, adapter(two, times).port};
        ward.send(framed(a08("1")) + framed(a08("2")));
        EXPECT_EQ(ward.ack(), "AA 1");
        EXPECT_EQ(ward.ack(), "AA 2");
        daemon_comes();
        daemon_->hold();
        EXPECT_TRUE(daemon_has(2));
        daemon_.reset();
        daemon_comes();
        daemon_->watermark = 2;
        daemon_->run = 1;
        daemon_->deaf = true;
        EXPECT_TRUE(run_until(io_, [&] { return adapter_->intake->spool().waiting == 0; }));
        ward.send(framed(a08("3")));
        EXPECT_EQ(ward.ack(), "AE 3") << "there is no room for it";
        daemon_.reset();
    }
    Ward ward{io_, adapter(two, times).port};
    EXPECT_EQ(adapter_->intake->spool().waiting, 2u);
    daemon_comes();
    daemon_->watermark = 2;
    EXPECT_TRUE(run_until(io_, [&] { return !adapter_->intake->spool().full; }))
        << "it asks again for the answers, and they make room";
    ward.send(framed(a08("3")));
    EXPECT_EQ(ward.ack(), "AA 3");
}

TEST_F(SpoolOfHl7, CountsOctetsToo) {
    ServerTimes times;
    times.answer_within = milliseconds(60);
    auto const max = 2 * a08("1").size() + 1;
    Ward ward{io_, adapter({.after = milliseconds(20), .bytes_max = max}, times).port};
    ward.send(framed(a08("1")) + framed(a08("2")) + framed(a08("3")));
    EXPECT_EQ(ward.ack(), "AA 1");
    EXPECT_EQ(ward.ack(), "AA 2");
    EXPECT_EQ(ward.ack(), "AE 3");
    EXPECT_EQ(adapter_->intake->spool().waiting, 2u);
    EXPECT_LE(adapter_->intake->spool().bytes, max);
}

TEST_F(SpoolOfHl7, GivesBackTheOldestOfferWhenItsBoundIsReached) {
    adapter({.after = milliseconds(20), .records_max = 1});
    std::size_t given_back = 0, taken = 0;
    for (std::size_t i = 0; i < offered_max + 3; ++i) {
        auto const raw = a08(std::to_string(i + 1));
        adapter_->intake->take(raw, *read_header(raw),
                               [&](Taken const& told) { ++(told.durable ? taken : given_back); });
    }
    EXPECT_EQ(given_back, 2u) << "one is kept, offered_max wait";
    EXPECT_TRUE(run_until(io_, [&] { return taken == 1; }));
    daemon_comes();
    EXPECT_TRUE(run_until(io_, [&] { return taken == offered_max + 1; })) << taken;
}

TEST_F(SpoolOfHl7, ReadsFromTheStoreWhatItDoesNotHoldInMemory) {
    Ward ward{io_, adapter().port};
    auto const count = mapped_max + 200;
    std::string frames;
    for (std::size_t i = 1; i <= count; ++i) frames += framed(a08(std::to_string(i)));
    ward.send(frames);
    for (std::size_t i = 1; i <= count; ++i) ASSERT_EQ(ward.ack(), "AA " + std::to_string(i));
    daemon_comes();
    expect_in_order(count);
}

// Found by a slow machine: the spool began while a message was being taken, the acknowledgement it
// set free made the server take the next one, and that one was kept first.
TEST_F(SpoolOfHl7, KeepsTheOrderWhenTheSpoolBeginsWhileAMessageIsTaken) {
    adapter({.after = milliseconds(1)});
    int next = 1;
    auto const take = [&] {
        auto const raw = a08(std::to_string(next++));
        adapter_->intake->take(raw, *read_header(raw), [](Taken const&) {});
    };
    take();
    ASSERT_TRUE(run_until(io_, [&] { return adapter_->intake->spool().waiting == 1; }));
    adapter_->intake->on_change = [&] {
        if (next == 3) take();
    };
    auto const due = steady_now() + milliseconds(2);
    while (steady_now() < due) continue;  // the loop does not turn, so no timer came first
    take();
    EXPECT_TRUE(run_until(io_, [&] { return adapter_->intake->spool().waiting == 3; }));
    daemon_comes();
    expect_in_order(3);
}

TEST_F(SpoolOfHl7, TellsTheDaemonThatItSpooled) {
    Ward ward{io_, adapter().port};
    ward.send(framed(a08("1")));
    EXPECT_EQ(ward.ack(), "AA 1");
    daemon_comes();
    daemon_->hold();
    ASSERT_TRUE(run_until(io_, [&] {
        return daemon_->profile.starts_with("spooling since ") &&
               daemon_->profile.find(", 1 to send; default") != std::string::npos;
    })) << daemon_->profile;
    daemon_->answer_all();
    EXPECT_TRUE(run_until(io_, [&] { return daemon_->profile == "default (no profile named)"; }));
}

TEST_F(SpoolOfHl7, SaysItsStateInAFileBesideTheStore) {
    auto const folder = folder_.path() / "store";
    Ward ward{io_, adapter().port};
    ward.send(framed(a08("1")));
    EXPECT_EQ(ward.ack(), "AA 1");
    adapter_->intake->stop();
    auto const said = test_support::read_file(folder / "status");
    EXPECT_NE(said.find("source=ward\ndaemon=away\nstate=spooling\n"), std::string::npos) << said;
    EXPECT_NE(said.find("\nwaiting=1\n"), std::string::npos) << said;
    adapter_.reset();
    auto const status = adapters::read_status(folder);
    ASSERT_TRUE(status);
    EXPECT_TRUE(status->text.starts_with("running=no\n")) << status->text;
    EXPECT_NE(status->text.find("\nwaiting=1\n"), std::string::npos) << status->text;
    EXPECT_FALSE(status->well);
    EXPECT_FALSE(adapters::read_status(folder_.path() / "nowhere"));
}

}  // namespace
}  // namespace washup::hl7v2
