// The control port with somebody at it, over a real socket with CURVE, and time as an argument.
#include "daemon/shell/desk.hpp"

#include <gtest/gtest.h>

#include <future>

#include "proto/link/address.hpp"
#include "tests/support/free_ports.hpp"
#include "tests/support/log_sink.hpp"
#include "tests/support/temp_dir.hpp"
#include "washup/v1/command.pb.h"
#include "washup/v1/common.pb.h"

namespace washup::shell {
namespace {

using wire::Kind;

std::vector<config::StaffRole> const roles{
    {"chair", "chair", {}, {access::Deed::see, access::Deed::plan}}};

// A desk with one workstation, and who sits there.
struct Bench {
    Bench()
        : doors(io, access::KeyRing{{key}}, own),
          reception(doors),
          desk(io, doors, reception, house(), roles),
          client(io, context, link::SocketType::dealer,
                 link::SocketOptions{.keys = link::ClientKeys{"pc", pair, own.public_key}}) {
        EXPECT_TRUE(doors.bind("127.0.0.1", ports.base()));
        doors.control().on_message(
            [this](std::string from, std::string const& bytes) { desk.take(from, bytes); });
        client.on_message([this](std::string, std::string bytes) {
            auto const frame = wire::decode(bytes);
            ASSERT_TRUE(frame);
            heard.emplace_back(frame->kind, std::string(frame->payload));
        });
        EXPECT_TRUE(
            client.connect(link::tcp_endpoint("127.0.0.1", link::control_port(ports.base()))));
        desk_pin();
    }
    House house() {
        House house;
        house.command = [this](engine::CommandReceived) { ++carried_out; };
        house.reader = [](ReaderThread::Question) { return true; };
        house.past = [](PastThread::Question) { return true; };
        house.state = [this]() -> core::State const& { return state; };
        house.data_dir = folder.path();
        house.now = [this] { return now; };
        return house;
    }
    void desk_pin() {
        std::promise<std::string> made;
        PinThread pins;
        pins.make("4711", [&](std::string text) { made.set_value(std::move(text)); });
        state.staff["mary"] = {"mary", {}, "chair", {}, {made.get_future().get(), {}}};
    }
    template <class Done>
    bool until(Done const& done) {
        for (int i = 0; i < 2000; ++i) {
            if (done()) return true;
            io.run_one_for(std::chrono::milliseconds(10));
        }
        return false;
    }
    void send(Kind kind, google::protobuf::MessageLite const& message) {
        ASSERT_TRUE(until([&] { return client.try_send(wire::encode(kind, message)); }));
    }
    // The next message of that kind; what came before it is passed over.
    template <class Message>
    Message next(Kind kind) {
        Message message;
        EXPECT_TRUE(until([&] {
            while (!heard.empty() && heard.front().first != kind) heard.erase(heard.begin());
            return !heard.empty();
        })) << wire::to_words(kind);
        if (heard.empty()) return message;
        EXPECT_TRUE(message.ParseFromString(heard.front().second));
        heard.erase(heard.begin());
        return message;
    }
    void sign_in() {
        v1::SignIn in;
        in.set_staff("mary");
        in.set_pin("4711");
        send(Kind::sign_in, in);
        auto const answer = next<v1::SignInAnswer>(Kind::sign_in_answer);
        EXPECT_TRUE(answer.accepted()) << answer.code() << " " << answer.words();
    }
    void raise_blocker() {
        v1::Command command;
        command.set_id("c" + std::to_string(++commands));
        command.mutable_raise_blocker()->set_stay("#1");
        send(Kind::command, command);
    }

    test_support::CapturedLog log;
    test_support::TempDir folder;
    test_support::FreePorts ports;
    boost::asio::io_context io{1};
    link::KeyPair const own = link::make_key_pair(), pair = link::make_key_pair();
    config::KeyEntry const key{"pc", pair.public_key, config::Role::workstation, {}, 1, "x", {}};
    SteadyInstant now{1'000'000};
    core::State state;
    int carried_out = 0, commands = 0;
    std::vector<std::pair<Kind, std::string>> heard;
    Doors doors;
    Reception reception;
    Desk desk;
    link::ZmqContext context;
    link::ZmqSocket client;
};

TEST(Desk, RefusesTheCommandOfSomebodyWhoWasAwayTooLongAndSaysThatTheyAreOut) {
    Bench b;
    b.sign_in();
    b.raise_blocker();
    ASSERT_TRUE(b.until([&] { return b.carried_out == 1; }));
    b.now = b.now + (access::session_idle_max - milliseconds(1));
    b.raise_blocker();
    ASSERT_TRUE(b.until([&] { return b.carried_out == 2; })) << "and by that they are here again";
    // No beat comes meanwhile: the machine was asleep.
    b.now = b.now + access::session_idle_max;
    b.raise_blocker();
    EXPECT_EQ(b.next<v1::SessionEnded>(Kind::session_ended).why(), "idle");
    auto const answer = b.next<v1::Answer>(Kind::answer);
    EXPECT_FALSE(answer.accepted());
    EXPECT_EQ(answer.field(), "session");
    EXPECT_EQ(b.carried_out, 2);
}

TEST(Desk, ShowsNothingPersonalToSomebodyWhoWasAwayTooLong) {
    Bench b;
    b.sign_in();
    b.now = b.now + access::session_idle_max;
    v1::FollowRequest follow;
    follow.set_view(v1::VIEW_TIER_3);
    b.send(Kind::follow_request, follow);
    EXPECT_EQ(b.next<v1::SessionEnded>(Kind::session_ended).why(), "idle");
    EXPECT_EQ(b.next<v1::Refusal>(Kind::refusal).code(), "session");
}

TEST(Desk, TellsAMachineWhatItsKeyShowsWhileNobodyIsSignedIn) {
    Bench b;
    b.send(Kind::standing_request, v1::StandingRequest{});
    auto const standing = b.next<v1::Standing>(Kind::standing);
    EXPECT_EQ(standing.view(), v1::VIEW_TIER_1);
    EXPECT_TRUE(standing.people());
}

}  // namespace
}  // namespace washup::shell
