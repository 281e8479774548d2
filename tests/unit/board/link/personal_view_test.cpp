// Tier 3 with keys, over real sockets with CURVE: the rows come with the session and go with it.
#include <gtest/gtest.h>

#include <atomic>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <condition_variable>
#include <functional>
#include <future>
#include <mutex>
#include <thread>

#include "board/link/follower.hpp"
#include "proto/link/address.hpp"
#include "proto/link/zmq_socket.hpp"
#include "proto/wire/envelope.hpp"
#include "proto/wire/feed_state.hpp"
#include "tests/support/free_ports.hpp"
#include "washup/v1/command.pb.h"
#include "washup/v1/feed.pb.h"

namespace washup::board {
namespace {

using wire::Kind;

// As much of a daemon with keys as a board sees: a beat for everybody, rows for whoever signed in.
class KeyedDaemon {
  public:
    explicit KeyedDaemon(std::uint16_t base) : timer_(io_) {
        context_.open_gate(
            [](auto, auto key) {
                return link::Admission{true, std::string(key), {}};
            },
            [](auto const&, auto const&) {});
        auto const open = [&](auto& socket, link::SocketType type, char const* door,
                              unsigned port) {
            link::SocketOptions options;
            options.server = link::ServerKeys{pair.secret_key, door};
            socket = std::make_unique<link::ZmqSocket>(io_, context_, type, options);
            EXPECT_TRUE(socket->bind(link::tcp_endpoint("127.0.0.1", port)));
        };
        open(control_, link::SocketType::router, "control", link::control_port(base));
        open(feed_, link::SocketType::pub, "tier_1", link::feed_port(base, 1));
        control_->on_message([this](std::string from, std::string frame) {
            line_ = control_->line();
            heard(from, frame);
        });
        v1::Row row;
        row.set_id("1");
        row.set_version(1);
        row.mutable_stay()->set_initials("E. S.");
        wall_rows_.put(row);
        row.mutable_stay()->mutable_name()->set_state(v1::KNOWN);
        row.mutable_stay()->mutable_name()->set_value("SPECIMEN");
        rows_.put(row);
        beat();
        thread_ = std::thread([this] { io_.run(); });
    }
    ~KeyedDaemon() {
        io_.stop();
        thread_.join();
    }
    void end_session(std::string const& why) {
        boost::asio::post(io_, [this, why] {
            v1::SessionEnded ended;
            ended.set_words(why);
            control_->try_send(follower_, wire::encode(Kind::session_ended, ended));
            // What was under way all the same.
            control_->try_send(follower_, chunk(v1::VIEW_TIER_3));
            follower_.clear();
        });
    }
    // The end of the session of before is told when the next sign-in has come, and is not answered.
    void end_session_before_the_next_answer() {
        boost::asio::post(io_, [this] { late_end_ = true; });
    }
    void hang_up() {
        boost::asio::post(io_, [this] {
            follower_.clear();
            control_->hang_up(line_);
        });
    }
    link::KeyPair const pair = link::make_key_pair();
    std::atomic<int> acted = 0;
    std::atomic<bool> role_sees_nothing = false;
    std::atomic<int> standing_tier = 1;
    std::atomic<int> sign_ins_lost = 0;  // so many end the connection they came by

  private:
    void beat() {
        v1::Heartbeat beat;
        beat.set_epoch("e1");
        beat.set_head(1);
        beat.set_daemon_time_ms(1'763'900'000'000);
        beat.set_rate(1);
        beat.set_clock_trusted(true);
        beat.set_view(v1::VIEW_TIER_1);
        beat.set_fingerprint(wire::to_octets(wall_rows_.fingerprint()));
        feed_->try_send(wire::encode(Kind::heartbeat, beat));
        if (!follower_.empty()) {
            beat.set_view(v1::VIEW_TIER_3);
            beat.set_fingerprint(wire::to_octets(rows_.fingerprint()));
            control_->try_send(follower_, wire::encode(Kind::heartbeat, beat));
        }
        timer_.expires_after(std::chrono::milliseconds(50));
        timer_.async_wait([this](boost::system::error_code error) {
            if (!error) this->beat();
        });
    }
    Bytes chunk(v1::View view) const {
        v1::SnapshotChunk chunk;
        chunk.set_epoch("e1");
        chunk.set_view(view);
        chunk.set_head(1);
        chunk.set_last(true);
        auto const& rows = view == v1::VIEW_TIER_3 ? rows_ : wall_rows_;
        rows.for_each([&](v1::Row const& row) { *chunk.add_rows() = row; });
        return wire::encode(Kind::snapshot_chunk, chunk);
    }
    void heard(std::string const& from, std::string const& bytes) {
        auto const frame = wire::decode(bytes);
        ASSERT_TRUE(frame);
        if (frame->kind == Kind::sign_in && sign_ins_lost > 0) {
            --sign_ins_lost;
            control_->hang_up(line_);
        } else if (frame->kind == Kind::sign_in) {
            v1::SignIn asked;
            ASSERT_TRUE(wire::parse(*frame, asked));
            if (std::exchange(late_end_, false)) {
                v1::SessionEnded ended;
                ended.set_words("signed out");
                control_->try_send(from, wire::encode(Kind::session_ended, ended));
            }
            v1::SignInAnswer answer;
            answer.set_accepted(asked.pin() == "4711");
            answer.set_staff(asked.staff());
            if (!answer.accepted()) {
                answer.set_code("no_match");
                answer.set_words("these do not go together");
            }
            control_->try_send(from, wire::encode(Kind::sign_in_answer, answer));
        } else if (frame->kind == Kind::follow_request && role_sees_nothing) {
            control_->try_send(from, wire::encode_refusal(refused("not for you", "staff_role")));
        } else if (frame->kind == Kind::command) {
            v1::Command command;
            ASSERT_TRUE(wire::parse(*frame, command));
            v1::Answer answer;
            answer.set_command_id(command.id());
            answer.set_accepted(true);
            control_->try_send(from, wire::encode(Kind::answer, answer));
        } else if (frame->kind == Kind::follow_request) {
            follower_ = from;
        } else if (frame->kind == Kind::standing_request) {
            v1::Standing standing;
            standing.set_view(static_cast<v1::View>(standing_tier.load()));
            standing.set_people(true);
            control_->try_send(from, wire::encode(Kind::standing, standing));
        } else if (frame->kind == Kind::snapshot_request) {
            v1::SnapshotRequest request;
            ASSERT_TRUE(wire::parse(*frame, request));
            control_->try_send(from, chunk(request.view()));
        } else if (frame->kind == Kind::person_acted) {
            ++acted;
        }
    }

    boost::asio::io_context io_{1};
    link::ZmqContext context_;
    std::unique_ptr<link::ZmqSocket> control_, feed_;
    boost::asio::steady_timer timer_;
    wire::FeedState rows_, wall_rows_;
    std::string follower_;  // how the one who follows is answered
    int line_ = -1;
    bool late_end_ = false;
    std::thread thread_;
};

struct Desk {
    Desk()
        : daemon(ports.base()), follower(options(), [this] {
              std::lock_guard const lock(mutex);
              changed.notify_all();
          }) {}
    FollowerOptions options() const {
        FollowerOptions options;
        options.base_port = ports.base();
        options.tier = 3;
        options.keys = link::ClientKeys{"pc", link::make_key_pair(), daemon.pair.public_key};
        return options;
    }
    // The limit only turns a hang into a failure.
    bool until(std::function<bool(Model const&)> const& done) {
        for (int changes = 0; !done(*follower.model()); ++changes) {
            if (changes == 400) return false;  // there is one with each beat, 20 in a second
            std::unique_lock lock(mutex);
            changed.wait_for(lock, std::chrono::milliseconds(50));
        }
        return true;
    }
    Result<void> sign_in(std::string const& pin) {
        std::promise<Result<void>> told;
        follower.sign_in("mary", pin, [&](Result<void> in) { told.set_value(in); });
        return told.get_future().get();
    }
    bool until_signed_out() {
        return until([](Model const& m) {
            return m.person.state == PersonState::signed_out && m.tier == 1 &&
                   m.link.phase == LinkPhase::following;
        });
    }
    bool until_following() {
        return until([](Model const& m) {
            return m.person.state == PersonState::signed_in && is_settled(m, 3);
        });
    }
    // The wall's row, without the name.
    bool names_nobody() const {
        auto const model = follower.model();
        return model->tier == 1 && model->stays.size() == 1 &&
               model->stays.at("1").initials == "E. S." && model->stays.at("1").name.value.empty();
    }

    test_support::FreePorts ports;
    KeyedDaemon daemon;
    std::mutex mutex;
    std::condition_variable changed;
    Follower follower;
};

TEST(PersonalView, IsTheStandingTiersBeforeSomebodySignsIn) {
    Desk d;
    ASSERT_TRUE(d.until_signed_out());
    EXPECT_TRUE(d.names_nobody());
    EXPECT_TRUE(d.follower.model()->complete);
    auto const wrong = d.sign_in("9999");
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.error().words, "these do not go together");
    ASSERT_TRUE(d.until_signed_out());
    EXPECT_EQ(d.follower.model()->person.words, "these do not go together");
}

TEST(PersonalView, ComesWithTheSessionAndIsTakenAwayWithIt) {
    Desk d;
    ASSERT_TRUE(d.sign_in("4711"));
    ASSERT_TRUE(d.until_following());
    EXPECT_EQ(d.follower.model()->person.staff, "mary");
    EXPECT_EQ(d.follower.model()->stays.at("1").name.value, "SPECIMEN");
    d.follower.acted();
    EXPECT_TRUE(d.until([&](Model const&) { return d.daemon.acted > 0; }));
    d.daemon.end_session("locked: nobody did anything");
    ASSERT_TRUE(d.until_signed_out());
    auto const after = d.follower.model();
    EXPECT_TRUE(d.names_nobody()) << "no name is left for whoever walks past, and no empty wall";
    EXPECT_EQ(after->person.words, "locked: nobody did anything");
    EXPECT_EQ(after->person.staff, "mary");
    // And back.
    ASSERT_TRUE(d.sign_in("4711"));
    ASSERT_TRUE(d.until_following());
    EXPECT_EQ(d.follower.model()->stays.size(), 1u);
}

TEST(PersonalView, IsTakenAwayWhenTheConnectionEndsOrThePersonLeaves) {
    Desk d;
    ASSERT_TRUE(d.sign_in("4711"));
    ASSERT_TRUE(d.until_following());
    d.daemon.hang_up();
    ASSERT_TRUE(d.until_signed_out());
    EXPECT_TRUE(d.names_nobody());
    EXPECT_EQ(d.follower.model()->person.words, "signed out: the connection ended");
    ASSERT_TRUE(d.sign_in("4711")) << "over the next one, also when the last is only just ending";
    ASSERT_TRUE(d.until_following());
    d.follower.sign_out();
    ASSERT_TRUE(d.until_signed_out());
    EXPECT_TRUE(d.names_nobody());
}

// The daemon's word that the last session ended may come while the next one is being asked for.
TEST(PersonalView, IsNotLostByTheEndOfTheSessionBefore) {
    Desk d;
    ASSERT_TRUE(d.sign_in("4711"));
    ASSERT_TRUE(d.until_following());
    d.follower.sign_out();
    d.daemon.end_session_before_the_next_answer();
    EXPECT_TRUE(d.sign_in("4711"));
    EXPECT_TRUE(d.until_following());
}

// A machine that is given another tier is told at the next connection.
TEST(PersonalView, StandsOnWhatTheKeyListSaysByTheNextConnection) {
    Desk d;
    ASSERT_TRUE(d.until_signed_out());
    d.daemon.standing_tier = 0;
    d.daemon.hang_up();
    EXPECT_TRUE(d.until([](Model const& m) { return m.tier == 0 && m.stays.empty(); }));
    d.daemon.standing_tier = 1;
    d.daemon.hang_up();
    ASSERT_TRUE(d.until_signed_out());
    EXPECT_TRUE(d.names_nobody());
}

// Nobody types a PIN again because a connection ended just then; nor is it sent for ever.
TEST(PersonalView, IsAskedForOnceMoreWhenTheConnectionTakesTheSignInWithIt) {
    Desk d;
    ASSERT_TRUE(d.until_signed_out());
    d.daemon.sign_ins_lost = 1;
    ASSERT_TRUE(d.sign_in("4711"));
    ASSERT_TRUE(d.until_following());
    d.follower.sign_out();
    ASSERT_TRUE(d.until_signed_out());
    d.daemon.sign_ins_lost = 2;
    auto const lost = d.sign_in("4711");
    ASSERT_FALSE(lost);
    EXPECT_EQ(lost.error().words, "signed out: the connection ended");
    EXPECT_EQ(d.daemon.sign_ins_lost, 0);
}

TEST(PersonalView, SaysWhenItIsNotForTheirRoleAndTakesTheirCommands) {
    Desk d;
    d.daemon.role_sees_nothing = true;
    ASSERT_TRUE(d.sign_in("4711"));
    ASSERT_TRUE(d.until([](Model const& m) { return !m.person.refused.empty(); }));
    EXPECT_EQ(d.follower.model()->person.refused, "not for you");
    EXPECT_TRUE(d.until([&](Model const&) { return d.names_nobody(); }));
    EXPECT_EQ(d.follower.model()->person.state, PersonState::signed_in);
    std::promise<bool> done;
    d.follower.submit(v1::Command{}, [&](auto answer) { done.set_value(answer.has_value()); });
    EXPECT_TRUE(done.get_future().get());
    d.daemon.role_sees_nothing = false;
    ASSERT_TRUE(d.sign_in("4711"));
    EXPECT_TRUE(d.until_following());
}

TEST(PersonalView, IsNothingThatAWallSignsInFor) {
    test_support::FreePorts ports;
    FollowerOptions options;
    options.base_port = ports.base();
    Follower follower(options, [] {});
    std::promise<Result<void>> told;
    follower.sign_in("mary", "4711", [&](Result<void> in) { told.set_value(in); });
    auto const no = told.get_future().get();
    ASSERT_FALSE(no);
    EXPECT_EQ(no.error().field, "no_keys");
    EXPECT_EQ(follower.model()->person.state, PersonState::not_asked);
}

}  // namespace
}  // namespace washup::board
