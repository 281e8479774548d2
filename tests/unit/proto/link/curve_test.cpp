// Sockets with keys, on the loopback: who comes in, who does not, and how that is told.
#include <gtest/gtest.h>

#include <atomic>
#include <mutex>

#include "proto/link/zmq_socket.hpp"
#include "tests/unit/proto/link/link_bench.hpp"

namespace washup::link {
namespace {

struct Gate {
    KeyPair daemon = make_key_pair();
    ClientKeys ward{"ward", make_key_pair(), daemon.public_key};
    std::atomic<int> refused{0};
    std::mutex mutex;
    std::string listed = ward.own.public_key;
    Bench b;  // last: its thread asks what stands above

    Gate() {
        b.context.open_gate(
            [this](std::string_view door, std::string_view key) {
                std::lock_guard const lock(mutex);
                if (key != listed) return Admission{false, {}, "unknown"};
                if (door != "ingest") return Admission{false, "ward", "role"};
                return Admission{true, "ward", {}};
            },
            [this](std::string const&, Admission const&) { ++refused; });
    }
    void list(KeyPair const& pair) {
        std::lock_guard const lock(mutex);
        listed = pair.public_key;
    }
    SocketOptions server(std::string const& door = "ingest") {
        SocketOptions options;
        options.server = ServerKeys{daemon.secret_key, door};
        return options;
    }
    SocketOptions client(ClientKeys const& keys) {
        SocketOptions options;
        options.keys = keys;
        options.knock_again_ms = 20;
        return options;
    }
};

TEST(Curve, CarriesFramesWithTheNameOfTheirKey) {
    Gate g;
    ZmqSocket router(g.b.io, g.b.context, SocketType::router, g.server());
    ASSERT_TRUE(router.bind(any_port));
    ZmqSocket dealer(g.b.io, g.b.context, SocketType::dealer, g.client(g.ward));
    ASSERT_TRUE(dealer.connect(router.endpoint()));
    std::string name, heard, answered;
    router.on_message([&](std::string who, std::string frame) {
        name = router.sender();
        heard = frame;
        router.try_send(who, "answer");
    });
    dealer.on_message([&](std::string, std::string frame) { answered = frame; });
    ASSERT_TRUE(g.b.say(dealer, "question"));
    ASSERT_TRUE(g.b.until([&] { return !answered.empty(); }));
    EXPECT_EQ(heard, "question");
    EXPECT_EQ(name, "ward");
    EXPECT_EQ(g.refused, 0);
}

// Both kinds of door: one that is spoken to, and one that is only listened to.
TEST(Curve, HangsUpTheLineOfAKeyAndTellsThatItHasGone) {
    for (auto const [door, visitor] : {std::pair{SocketType::router, SocketType::dealer},
                                       std::pair{SocketType::pub, SocketType::sub}}) {
        Gate g;
        ZmqSocket listener(g.b.io, g.b.context, door, g.server());
        std::string name;
        int line = -1, gone = -1, gone_count = 0;
        listener.on_line_gone([&](int which) {
            gone = which;
            ++gone_count;
        });
        listener.on_message([&](std::string, std::string) {
            name = listener.sender();
            line = listener.line();
        });
        ASSERT_TRUE(listener.bind(any_port));
        ZmqSocket client(g.b.io, g.b.context, visitor, g.client(g.ward));
        ASSERT_TRUE(client.connect(listener.endpoint()));
        if (visitor == SocketType::dealer) ASSERT_TRUE(g.b.say(client, "here"));
        ASSERT_TRUE(g.b.until([&] { return line >= 0; }));
        EXPECT_EQ(name, "ward");
        auto const first = line;
        listener.hang_up(first);
        ASSERT_TRUE(g.b.until([&] { return gone_count > 0; }));
        EXPECT_EQ(gone, first);
        // It comes again by itself, and is asked for its key again.
        g.list(make_key_pair());
        ASSERT_TRUE(g.b.until([&] { return g.refused > 0; }));
    }
}

TEST(Curve, LetsAFrameOfAFullMebibyteThroughItsCipher) {
    Gate g;
    ZmqSocket router(g.b.io, g.b.context, SocketType::router, g.server());
    ASSERT_TRUE(router.bind(any_port));
    ZmqSocket dealer(g.b.io, g.b.context, SocketType::dealer, g.client(g.ward));
    ASSERT_TRUE(dealer.connect(router.endpoint()));
    std::size_t heard = 0;
    router.on_message([&](std::string, std::string frame) { heard = frame.size(); });
    ASSERT_TRUE(g.b.say(dealer, std::string(1024 * 1024, 'x')));
    ASSERT_TRUE(g.b.until([&] { return heard != 0; }));
    EXPECT_EQ(heard, 1024u * 1024);
}

TEST(Curve, TurnsAwayAnUnknownKeyAndTellsBothSides) {
    Gate g;
    ZmqSocket router(g.b.io, g.b.context, SocketType::router, g.server());
    ASSERT_TRUE(router.bind(any_port));
    int heard = 0, told = 0;
    router.on_message([&](std::string, std::string) { ++heard; });
    ClientKeys const stranger{"ward", make_key_pair(), g.daemon.public_key};
    ZmqSocket dealer(g.b.io, g.b.context, SocketType::dealer, g.client(stranger));
    dealer.on_handshake_fault([&](HandshakeFault fault) {
        if (fault == HandshakeFault::refused) ++told;
    });
    ASSERT_TRUE(dealer.connect(router.endpoint()));
    ASSERT_TRUE(g.b.until([&] { return g.refused > 0 && told > 0; }));
    EXPECT_FALSE(dealer.try_send("let me in"));
    EXPECT_EQ(heard, 0);
}

TEST(Curve, TurnsAwayAKnownKeyAtAnotherDoor) {
    Gate g;
    ZmqSocket feed(g.b.io, g.b.context, SocketType::pub, g.server("feed"));
    ASSERT_TRUE(feed.bind(any_port));
    ZmqSocket listener(g.b.io, g.b.context, SocketType::sub, g.client(g.ward));
    int heard = 0;
    listener.on_message([&](std::string, std::string) { ++heard; });
    ASSERT_TRUE(listener.connect(feed.endpoint()));
    ASSERT_TRUE(g.b.until([&] {
        feed.try_send("news");
        return g.refused > 1;  // it has tried again since
    }));
    EXPECT_EQ(heard, 0);
}

// An operator lists the key a minute after the adapter was started.
TEST(Curve, LetsAKeyInThatWasListedMeanwhile) {
    Gate g;
    auto const listed_later = make_key_pair();
    ZmqSocket router(g.b.io, g.b.context, SocketType::router, g.server());
    std::string heard;
    router.on_message([&](std::string, std::string frame) { heard = frame; });
    ASSERT_TRUE(router.bind(any_port));
    ClientKeys const keys{"ward", listed_later, g.daemon.public_key};
    ZmqSocket dealer(g.b.io, g.b.context, SocketType::dealer, g.client(keys));
    ASSERT_TRUE(dealer.connect(router.endpoint()));
    ASSERT_TRUE(g.b.until([&] { return g.refused > 0; }));
    g.list(listed_later);
    ASSERT_TRUE(g.b.say(dealer, "here I am"));
    EXPECT_TRUE(g.b.until([&] { return heard == "here I am"; }));
}

// The library's I/O thread once waited for ever for the reader of a closed socket's last event.
TEST(Curve, ServesOthersAfterASocketWithFaultsHasClosed) {
    Gate g;
    for (int round = 0; round < 20; ++round) {
        ZmqSocket router(g.b.io, g.b.context, SocketType::router, g.server());
        int faults = 0;
        router.on_handshake_fault([&](HandshakeFault) { ++faults; });
        ASSERT_TRUE(router.bind(any_port));
        auto options = g.client(g.ward);
        if (round % 2 == 0) options.keys.reset();
        ZmqSocket dealer(g.b.io, g.b.context, SocketType::dealer, options);
        ASSERT_TRUE(dealer.connect(router.endpoint()));
        if (round % 2 == 0) {
            ASSERT_TRUE(g.b.until([&] { return faults > round / 4; }, 5)) << round;
        } else {
            ASSERT_TRUE(g.b.say(dealer, "x")) << round;
        }
    }
}

TEST(Curve, HearsNobodyWithoutKeysAndCountsThem) {
    Gate g;
    ZmqSocket router(g.b.io, g.b.context, SocketType::router, g.server());
    int faults = 0, heard = 0;
    router.on_handshake_fault([&](HandshakeFault) { ++faults; });
    router.on_message([&](std::string, std::string) { ++heard; });
    ASSERT_TRUE(router.bind(any_port));
    ZmqSocket plain(g.b.io, g.b.context, SocketType::dealer);
    ASSERT_TRUE(plain.connect(router.endpoint()));
    ASSERT_TRUE(g.b.until([&] { return faults > 0; }));
    EXPECT_FALSE(plain.try_send("hello"));
    EXPECT_EQ(heard, 0);
}

TEST(Curve, IsNotTakenInByAnotherDaemon) {
    Gate g;
    ZmqSocket router(g.b.io, g.b.context, SocketType::router, g.server());
    ASSERT_TRUE(router.bind(any_port));
    auto keys = g.ward;
    keys.daemon = make_key_pair().public_key;  // the one it trusts is another
    int faults = 0;
    router.on_handshake_fault([&](HandshakeFault) { ++faults; });
    ZmqSocket dealer(g.b.io, g.b.context, SocketType::dealer, g.client(keys));
    ASSERT_TRUE(dealer.connect(router.endpoint()));
    ASSERT_TRUE(g.b.until([&] { return faults > 0; }));
    EXPECT_FALSE(dealer.try_send("secret"));
}

TEST(Curve, SpeaksToNoDaemonWithoutKeys) {
    Gate g;
    ZmqSocket router(g.b.io, g.b.context, SocketType::router);
    int heard = 0, faults = 0;
    router.on_message([&](std::string, std::string) { ++heard; });
    router.on_handshake_fault([&](HandshakeFault) { ++faults; });
    ASSERT_TRUE(router.bind(any_port));
    ZmqSocket dealer(g.b.io, g.b.context, SocketType::dealer, g.client(g.ward));
    ASSERT_TRUE(dealer.connect(router.endpoint()));
    ASSERT_TRUE(g.b.until([&] { return faults > 0; }));
    EXPECT_FALSE(dealer.try_send("secret"));
    EXPECT_EQ(heard, 0);
}

}  // namespace
}  // namespace washup::link
