#include "board/link/follower.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <condition_variable>
#include <future>
#include <map>
#include <mutex>
#include <thread>

#include "proto/link/address.hpp"
#include "proto/link/zmq_socket.hpp"
#include "proto/wire/envelope.hpp"
#include "proto/wire/feed_state.hpp"
#include "tests/support/free_ports.hpp"
#include "washup/v1/command.pb.h"
#include "washup/v1/common.pb.h"
#include "washup/v1/feed.pb.h"

namespace washup::board {
namespace {

// The two ports of a daemon that a follower of tier 1 talks to, over real sockets, in a thread.
class SmallDaemon {
  public:
    explicit SmallDaemon(std::uint16_t base)
        : control_(io_, context_, link::SocketType::router),
          feed_(io_, context_, link::SocketType::pub),
          timer_(io_) {
        EXPECT_TRUE(control_.bind(link::tcp_endpoint("127.0.0.1", link::control_port(base))));
        EXPECT_TRUE(feed_.bind(link::tcp_endpoint("127.0.0.1", link::feed_port(base, 1))));
        control_.on_message([this](std::string from, std::string frame) { heard(from, frame); });
        beat();
        thread_ = std::thread([this] { io_.run(); });
    }
    ~SmallDaemon() {
        io_.stop();
        thread_.join();
    }
    void change(std::string const& id, bool publish = true) {
        boost::asio::post(io_, [this, id, publish] {
            v1::Delta delta;
            delta.set_epoch("e1");
            delta.set_view(v1::VIEW_TIER_1);
            delta.set_from(head_);
            delta.set_to(++head_);
            auto* row = delta.add_rows();
            row->set_id(id);
            row->set_version(head_);
            row->mutable_stay()->mutable_ward()->set_state(v1::KNOWN);
            row->mutable_stay()->mutable_ward()->set_value("ward " + std::to_string(head_));
            rows_.put(*row);
            if (publish) feed_.try_send(wire::encode(wire::Kind::delta, delta));
        });
    }
    int snapshots() const { return snapshots_; }

  private:
    void beat() {
        v1::Heartbeat beat;
        beat.set_epoch("e1");
        beat.set_view(v1::VIEW_TIER_1);
        beat.set_head(head_);
        beat.set_fingerprint(wire::to_octets(rows_.fingerprint()));
        beat.set_daemon_time_ms(1'763'900'000'000);
        beat.set_rate(1);
        beat.set_clock_trusted(true);
        feed_.try_send(wire::encode(wire::Kind::heartbeat, beat));
        timer_.expires_after(std::chrono::milliseconds(50));
        timer_.async_wait([this](boost::system::error_code error) {
            if (!error) this->beat();
        });
    }
    void heard(std::string const& from, std::string const& bytes) {
        auto const frame = wire::decode(bytes);
        ASSERT_TRUE(frame);
        if (frame->kind == wire::Kind::snapshot_request) {
            ++snapshots_;
            v1::SnapshotChunk chunk;
            chunk.set_epoch("e1");
            chunk.set_view(v1::VIEW_TIER_1);
            chunk.set_head(head_);
            chunk.set_last(true);
            rows_.for_each([&](v1::Row const& row) { *chunk.add_rows() = row; });
            control_.try_send(from, wire::encode(wire::Kind::snapshot_chunk, chunk));
        } else if (frame->kind == wire::Kind::command) {
            v1::Command command;
            ASSERT_TRUE(wire::parse(*frame, command));
            if (command.reopen().why() == "refuse this frame") {
                auto const error = invalid("not today", "version");
                control_.try_send(from, wire::encode_refusal(error));
                return;
            }
            if (command.reopen().why() == "silence") return;
            v1::Answer answer;
            answer.set_command_id(command.id());
            answer.set_accepted(true);
            answer.set_record(77);
            control_.try_send(from, wire::encode(wire::Kind::answer, answer));
        } else if (frame->kind == wire::Kind::history_request) {
            v1::HistoryRequest request;
            ASSERT_TRUE(wire::parse(*frame, request));
            v1::History history;
            history.set_stay(request.stay());
            history.set_found(true);
            control_.try_send(from, wire::encode(wire::Kind::history, history));
        }
    }

    boost::asio::io_context io_{1};
    link::ZmqContext context_;
    link::ZmqSocket control_, feed_;
    boost::asio::steady_timer timer_;
    wire::FeedState rows_;
    std::uint64_t head_ = 0;
    std::atomic<int> snapshots_ = 0;
    std::thread thread_;
};

struct Board {
    explicit Board(std::uint16_t base, Duration answer_wait = seconds(10))
        : follower(options(base, answer_wait), [this] {
              std::lock_guard const lock(mutex);
              ++changes;
              changed.notify_all();
          }) {}
    static FollowerOptions options(std::uint16_t base, Duration answer_wait) {
        FollowerOptions options;
        options.base_port = base;
        options.answer_wait = answer_wait;
        return options;
    }
    // The limit only turns a hang into a failure.
    bool until(std::function<bool(Model const&)> const& done) {
        auto const end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
        while (!done(*follower.model())) {
            std::unique_lock lock(mutex);
            if (changed.wait_until(lock, end) == std::cv_status::timeout) return false;
        }
        return true;
    }
    bool until_following() {
        return until(
            [](Model const& m) { return m.complete && m.link.phase == LinkPhase::following; });
    }

    std::mutex mutex;
    std::condition_variable changed;
    int changes = 0;
    Follower follower;
};

v1::Command reopen(std::string const& why) {
    v1::Command command;
    command.mutable_reopen()->set_stay("A:1");
    command.mutable_reopen()->set_why(why);
    return command;
}

template <class Reply, class Ask>
Result<Reply> wait_for(Ask const& ask) {
    std::promise<Result<Reply>> promise;
    ask([&](Result<Reply> reply) { promise.set_value(std::move(reply)); });
    return promise.get_future().get();
}

TEST(Follower, IsEmptyAndSaysSoBeforeADaemonIsThere) {
    test_support::FreePorts const ports;
    Board board(ports.base());
    EXPECT_FALSE(board.follower.model()->complete);
    EXPECT_EQ(board.follower.model()->link.phase, LinkPhase::waiting);
}

TEST(Follower, ShowsTheSnapshotAndThenEachChange) {
    test_support::FreePorts const ports;
    SmallDaemon daemon(ports.base());
    daemon.change("1");
    Board board(ports.base());
    ASSERT_TRUE(board.until_following());
    EXPECT_EQ(board.follower.model()->stays.size(), 1u);
    auto const before = board.follower.model();
    daemon.change("2");
    EXPECT_TRUE(board.until([](Model const& m) { return m.stays.size() == 2; }));
    EXPECT_EQ(before->stays.size(), 1u);  // a model that was given out never changes
    EXPECT_EQ(board.follower.model()->head, 2u);
    EXPECT_EQ(daemon.snapshots(), 1);
}

TEST(Follower, MendsALostDeltaByItself) {
    test_support::FreePorts const ports;
    SmallDaemon daemon(ports.base());
    Board board(ports.base());
    ASSERT_TRUE(board.until_following());
    daemon.change("1", false);
    EXPECT_TRUE(board.until([](Model const& m) { return m.stays.size() == 1; }));
    EXPECT_TRUE(board.until_following());
}

TEST(Follower, FollowsAgainAfterTheDaemonWasAway) {
    test_support::FreePorts const ports;
    auto daemon = std::make_unique<SmallDaemon>(ports.base());
    daemon->change("1");
    Board board(ports.base());
    ASSERT_TRUE(board.until_following());
    daemon.reset();
    daemon = std::make_unique<SmallDaemon>(ports.base());
    for (int i = 0; i < 4; ++i) daemon->change("again");
    EXPECT_TRUE(board.until([](Model const& m) {
        return m.stays.contains("again") && m.link.phase == LinkPhase::following;
    }));
    EXPECT_FALSE(board.follower.model()->stays.contains("1"));
}

TEST(Follower, BringsACommandAndItsAnswer) {
    test_support::FreePorts const ports;
    SmallDaemon daemon(ports.base());
    Board board(ports.base());
    using Reply = std::shared_ptr<v1::Answer const>;
    auto const answer = wait_for<Reply>(
        [&](auto done) { board.follower.submit(reopen("a mistake"), std::move(done)); });
    ASSERT_TRUE(answer);
    EXPECT_EQ((*answer)->record(), 77u);
    EXPECT_EQ((*answer)->command_id().size(), 32u);
}

TEST(Follower, SaysWhenNobodyAnswersAndWhenTheFrameIsRefused) {
    test_support::FreePorts const ports;
    SmallDaemon daemon(ports.base());
    Board board(ports.base(), milliseconds(300));
    using Reply = std::shared_ptr<v1::Answer const>;
    auto const ask = [&](std::string const& why) {
        return wait_for<Reply>(
            [&](auto done) { board.follower.submit(reopen(why), std::move(done)); });
    };
    EXPECT_EQ(ask("silence").error().code, ErrorCode::unavailable);
    EXPECT_EQ(ask("refuse this frame").error().words, "not today");
    EXPECT_EQ(ask(std::string(wire::frame_bytes_max, 'x')).error().code, ErrorCode::too_large);
}

TEST(Follower, BringsAHistory) {
    test_support::FreePorts const ports;
    SmallDaemon daemon(ports.base());
    Board board(ports.base());
    using Reply = std::shared_ptr<v1::History const>;
    auto const history =
        wait_for<Reply>([&](auto done) { board.follower.ask_history("A:1", std::move(done)); });
    ASSERT_TRUE(history);
    EXPECT_EQ((*history)->stay(), "A:1");
}

}  // namespace
}  // namespace washup::board
