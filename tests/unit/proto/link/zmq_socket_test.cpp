#include "proto/link/zmq_socket.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/asio/ip/tcp.hpp>
#include <cerrno>

#include <algorithm>
#include <chrono>
#include <optional>
#include <vector>

#include "tests/unit/proto/link/link_bench.hpp"

namespace washup::link {
namespace {

TEST(ZmqSocket, CarriesAFrameAndItsAnswer) {
    Bench b;
    ZmqSocket router(b.io, b.context, SocketType::router);
    ASSERT_TRUE(router.bind(any_port));
    ASSERT_NE(router.port(), 0);
    ZmqSocket dealer(b.io, b.context, SocketType::dealer);
    ASSERT_TRUE(dealer.connect(router.endpoint()));

    std::string heard, answered;
    router.on_message([&](std::string who, std::string frame) {
        heard = frame;
        EXPECT_TRUE(router.try_send(who, "answer"));
    });
    dealer.on_message([&](std::string who, std::string frame) {
        EXPECT_EQ(who, "");
        answered = frame;
    });
    ASSERT_TRUE(b.say(dealer, "question"));
    ASSERT_TRUE(b.until([&] { return !answered.empty(); }));
    EXPECT_EQ(heard, "question");
    EXPECT_EQ(answered, "answer");
}

TEST(ZmqSocket, DeliversABurstOf20000InOrder) {
    Bench b;
    SocketOptions wide;
    wide.send_hwm = wide.receive_hwm = 30'000;
    ZmqSocket router(b.io, b.context, SocketType::router, wide);
    ASSERT_TRUE(router.bind(any_port));
    ZmqSocket dealer(b.io, b.context, SocketType::dealer, wide);
    ASSERT_TRUE(dealer.connect(router.endpoint()));
    int next = 0;
    bool ordered = true;
    router.on_message([&](std::string, std::string frame) {
        ordered = ordered && frame == std::to_string(next);
        ++next;
    });
    for (int i = 0; i < 20'000; ++i) ASSERT_TRUE(b.say(dealer, std::to_string(i)));
    ASSERT_TRUE(b.until([&] { return next == 20'000; })) << next;
    EXPECT_TRUE(ordered);
}

// A send just after a message arrived swallows the descriptor's signal; without asking again the
// message would lie there for ever.
TEST(ZmqSocket, HearsAMessageWhoseSignalASendSwallowed) {
    Bench b;
    ZmqSocket router(b.io, b.context, SocketType::router);
    ASSERT_TRUE(router.bind(any_port));
    ZmqSocket dealer(b.io, b.context, SocketType::dealer);
    ASSERT_TRUE(dealer.connect(router.endpoint()));
    std::optional<std::string> peer;
    router.on_message([&](std::string who, std::string) { peer = who; });
    ASSERT_TRUE(b.say(dealer, "hello"));
    ASSERT_TRUE(b.until([&] { return peer.has_value(); }));

    int heard = 0;
    dealer.on_message([&](std::string, std::string) { ++heard; });
    for (int round = 1; round <= 50; ++round) {
        ASSERT_TRUE(router.try_send(*peer, "news"));
        // The loop is busy elsewhere while the message arrives; then it sends before it waits.
        auto const busy = std::chrono::steady_clock::now() + std::chrono::milliseconds(3);
        while (std::chrono::steady_clock::now() < busy) {
        }
        ASSERT_TRUE(dealer.try_send("something of its own"));
        ASSERT_TRUE(b.until([&] { return heard == round; }, 5)) << "round " << round;
    }
}

// A burst gives the loop's other work its turn after every burst_max messages.
TEST(ZmqSocket, YieldsAfterBurstMaxMessages) {
    Bench b;
    SocketOptions options;
    options.burst_max = 10;
    ZmqSocket router(b.io, b.context, SocketType::router, options);
    ASSERT_TRUE(router.bind(any_port));
    ZmqSocket dealer(b.io, b.context, SocketType::dealer);
    ASSERT_TRUE(dealer.connect(router.endpoint()));
    int heard = 0, in_a_row = 0, longest = 0;
    router.on_message([&](std::string, std::string) {
        ++heard;
        longest = std::max(longest, ++in_a_row);
    });
    for (int i = 0; i < 500; ++i) ASSERT_TRUE(b.say(dealer, "x"));
    ASSERT_TRUE(b.until([&] {
        in_a_row = 0;  // comes after every single piece of the loop's work
        return heard == 500;
    }));
    EXPECT_LE(longest, 10);
    EXPECT_GT(longest, 0);
}

TEST(ZmqSocket, PublishesToEverySubscriber) {
    Bench b;
    ZmqSocket pub(b.io, b.context, SocketType::pub);
    ASSERT_TRUE(pub.bind(any_port));
    int first = 0, second = 0;
    ZmqSocket one(b.io, b.context, SocketType::sub), two(b.io, b.context, SocketType::sub);
    one.on_message([&](std::string, std::string) { ++first; });
    two.on_message([&](std::string, std::string) { ++second; });
    ASSERT_TRUE(one.connect(pub.endpoint()));
    ASSERT_TRUE(two.connect(pub.endpoint()));
    EXPECT_TRUE(b.until([&] {
        pub.try_send("beat");
        return first > 0 && second > 0;
    }));
}

TEST(ZmqSocket, SaysNoWhenThePeerIsNotThere) {
    Bench b;
    ZmqSocket router(b.io, b.context, SocketType::router);
    ASSERT_TRUE(router.bind(any_port));
    EXPECT_FALSE(router.try_send("nobody", "x"));
    ZmqSocket dealer(b.io, b.context, SocketType::dealer);
    EXPECT_FALSE(dealer.try_send("x"));  // not even connected: nothing waits for a later daemon
}

TEST(ZmqSocket, SaysNoWhenTheQueueIsFull) {
    Bench b;
    SocketOptions narrow;
    narrow.send_hwm = 10;
    narrow.receive_hwm = 10;
    ZmqSocket router(b.io, b.context, SocketType::router, narrow);
    ASSERT_TRUE(router.bind(any_port));
    ZmqSocket dealer(b.io, b.context, SocketType::dealer, narrow);
    ASSERT_TRUE(dealer.connect(router.endpoint()));
    ASSERT_TRUE(b.say(dealer, "hello"));
    std::string const frame(100'000, 'x');  // nobody runs the loop, so nobody reads
    int sent = 0;
    while (sent < 100'000 && dealer.try_send(frame)) ++sent;
    EXPECT_LT(sent, 1000);
}

TEST(ZmqSocket, TellsWhyItCannotListen) {
    Bench b;
    ZmqSocket first(b.io, b.context, SocketType::router),
        second(b.io, b.context, SocketType::router);
    ASSERT_TRUE(first.bind(any_port));
    auto const bound = second.bind(first.endpoint());
    ASSERT_FALSE(bound);
    EXPECT_NE(bound.error().words.find("cannot listen at tcp://127.0.0.1:"), std::string::npos);
    EXPECT_FALSE(first.connect("nonsense"));
}

TEST(ZmqSocket, ConnectsAgainByItself) {
    Bench b;
    auto router = std::make_unique<ZmqSocket>(b.io, b.context, SocketType::router);
    ASSERT_TRUE(router->bind(any_port));
    auto const endpoint = router->endpoint();
    ZmqSocket dealer(b.io, b.context, SocketType::dealer);
    ASSERT_TRUE(dealer.connect(endpoint));
    ASSERT_TRUE(b.say(dealer, "one"));
    router.reset();
    ASSERT_TRUE(b.until([&] { return !dealer.try_send("into the void"); }));
    router = std::make_unique<ZmqSocket>(b.io, b.context, SocketType::router);
    ASSERT_TRUE(b.until([&] { return static_cast<bool>(router->bind(endpoint)); }));
    std::string heard;
    router->on_message([&](std::string, std::string frame) { heard = frame; });
    ASSERT_TRUE(b.say(dealer, "two"));
    ASSERT_TRUE(b.until([&] { return !heard.empty(); }));
    EXPECT_EQ(heard, "two");
}

TEST(ZmqSocket, MayBeDestroyedByItsOwnHandler) {
    Bench b;
    ZmqSocket router(b.io, b.context, SocketType::router);
    ASSERT_TRUE(router.bind(any_port));
    auto dealer = std::make_unique<ZmqSocket>(b.io, b.context, SocketType::dealer);
    ASSERT_TRUE(dealer->connect(router.endpoint()));
    router.on_message([&](std::string who, std::string) {
        for (int i = 0; i < 3; ++i) router.try_send(who, "x");
    });
    dealer->on_message([&](std::string, std::string) { dealer.reset(); });
    ASSERT_TRUE(b.say(*dealer, "hello"));
    EXPECT_TRUE(b.until([&] { return dealer == nullptr; }));
}

// One octet above the frame's bound is still refused in words; far above it the door shuts.
TEST(ZmqSocket, HasAMessageBytesMaxOfAMebibyteAndALittle) {
    SocketOptions const usual;
    EXPECT_GT(usual.message_bytes_max, 1024 * 1024 + 33);  // what CURVE adds
    EXPECT_LE(usual.message_bytes_max, 1024 * 1024 + 1024);
    EXPECT_EQ(usual.handshake_max_ms, 5000);
    EXPECT_LE(usual.reconnect_max_ms, 10'000);
}

// A plain TCP socket, as a stranger has it.
class Stranger {
  public:
    explicit Stranger(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(port);
        to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        EXPECT_EQ(::connect(socket_, reinterpret_cast<sockaddr*>(&to), sizeof to), 0);
    }
    ~Stranger() { ::close(socket_); }
    bool was_hung_up() const {
        char octet = 0;
        for (;;) {  // the greeting of the other side comes first
            auto const got = ::recv(socket_, &octet, 1, MSG_DONTWAIT);
            if (got == 0 || (got < 0 && errno == ECONNRESET)) return true;
            if (got < 0) return false;
        }
    }

  private:
    int socket_;
};

TEST(ZmqSocket, HangsUpOnWhoIsNotDoneWithinHandshakeMaxMs) {
    Bench b;
    SocketOptions options;
    options.handshake_max_ms = 100;
    ZmqSocket router(b.io, b.context, SocketType::router, options);
    int faults = 0;
    router.on_handshake_fault([&](HandshakeFault) { ++faults; });
    ASSERT_TRUE(router.bind(any_port));
    Stranger const silent{router.port()};
    EXPECT_TRUE(b.until([&] { return silent.was_hung_up(); }));
    EXPECT_TRUE(b.until([&] { return faults > 0; }));
}

// Often enough to be back soon, and never so often that a house of boards is a flood.
TEST(ZmqSocket, KnocksAgainBetweenReconnectMsAndReconnectMaxMs) {
    Bench b;
    boost::asio::ip::tcp::acceptor door{b.io, {boost::asio::ip::address_v4::loopback(), 0}};
    int knocks = 0;
    std::function<void()> const turn_away = [&] {
        door.async_accept([&](boost::system::error_code error, boost::asio::ip::tcp::socket) {
            if (error) return;
            ++knocks;  // and the connection is closed again
            turn_away();
        });
    };
    turn_away();
    SocketOptions options;
    options.reconnect_ms = 40;
    options.reconnect_max_ms = 80;
    auto const begun = std::chrono::steady_clock::now();
    ZmqSocket dealer(b.io, b.context, SocketType::dealer, options);
    ASSERT_TRUE(dealer.connect("tcp://127.0.0.1:" + std::to_string(door.local_endpoint().port())));
    EXPECT_TRUE(b.until([&] { return knocks >= 6; })) << "it does not give up";
    auto const took = std::chrono::steady_clock::now() - begun;
    EXPECT_GE(took, std::chrono::milliseconds(options.reconnect_ms) * 4);
}

// A connection beyond backlog_max waits with the kernel of its own machine; it is not lost.
TEST(ZmqSocket, TakesMoreConnectionsThanBacklogMax) {
    Bench b;
    SocketOptions options;
    options.backlog_max = 4;
    ZmqSocket router(b.io, b.context, SocketType::router, options);
    ASSERT_TRUE(router.bind(any_port));
    int heard = 0;
    router.on_message([&](std::string, std::string) { ++heard; });
    std::vector<std::unique_ptr<ZmqSocket>> dealers;
    for (int i = 0; i < 5; ++i) {
        dealers.push_back(std::make_unique<ZmqSocket>(b.io, b.context, SocketType::dealer));
        ASSERT_TRUE(dealers.back()->connect(router.endpoint()));
    }
    for (auto& dealer : dealers) ASSERT_TRUE(b.say(*dealer, "x"));
    EXPECT_TRUE(b.until([&] { return heard == 5; })) << heard;
}

// A message above message_bytes_max costs its sender the connection; the others notice nothing.
TEST(ZmqSocket, DropsTheConnectionOfASenderBeyondTheLimit) {
    Bench b;
    SocketOptions small;
    small.message_bytes_max = 1000;
    ZmqSocket router(b.io, b.context, SocketType::router, small);
    ASSERT_TRUE(router.bind(any_port));
    std::vector<std::string> heard;
    router.on_message([&](std::string, std::string frame) { heard.push_back(frame); });
    ZmqSocket good(b.io, b.context, SocketType::dealer), bad(b.io, b.context, SocketType::dealer);
    ASSERT_TRUE(good.connect(router.endpoint()));
    ASSERT_TRUE(bad.connect(router.endpoint()));
    ASSERT_TRUE(b.say(bad, std::string(2000, 'x')));
    ASSERT_TRUE(b.say(good, "small"));
    ASSERT_TRUE(b.say(bad, "after"));
    ASSERT_TRUE(b.until([&] { return heard.size() == 1; }));
    EXPECT_EQ(heard[0].size() < 2000, true);
}

}  // namespace
}  // namespace washup::link
