#include "adapters/common/ingest_client.hpp"

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <vector>

#include "adapters/common/program.hpp"
#include "proto/link/zmq_socket.hpp"
#include "proto/wire/envelope.hpp"
#include "washup/v1/ingest.pb.h"

namespace washup::adapters {
namespace {

// The ingest port of a daemon, on the test's own loop.
struct IngestPort {
    explicit IngestPort(boost::asio::io_context& io, std::string const& at = "tcp://127.0.0.1:*")
        : socket(io, context, link::SocketType::router) {
        bound = static_cast<bool>(socket.bind(at));
        socket.on_message([this](std::string from, std::string bytes) { heard(from, bytes); });
    }
    void heard(std::string const& from, std::string const& bytes) {
        auto const frame = wire::decode(bytes);
        ASSERT_TRUE(frame);
        if (frame->kind == wire::Kind::source_hello) {
            v1::SourceHello hello;
            ASSERT_TRUE(wire::parse(*frame, hello));
            v1::SourceWelcome welcome;
            welcome.set_source(hello.source());
            welcome.set_epoch(hello.epoch());
            welcome.set_watermark(watermark);
            welcome.set_in_flight_max(4);
            welcome.set_daemon_time_ms(5000);
            if (!deaf) socket.try_send(from, wire::encode(wire::Kind::source_welcome, welcome));
            return;
        }
        v1::IngestRecord record;
        ASSERT_TRUE(wire::parse(*frame, record));
        if (deaf) return;
        if (record.sequence() == watermark + 1) ++watermark;
        v1::IngestAnswer answer;
        answer.set_source(record.source());
        answer.set_epoch(record.epoch());
        answer.set_sequence(record.sequence());
        socket.try_send(from, wire::encode(wire::Kind::ingest_answer, answer));
    }
    link::ZmqContext context;
    link::ZmqSocket socket;
    bool bound = false, deaf = false;
    std::uint64_t watermark = 0;
};

struct Adapter {
    Adapter(boost::asio::io_context& io, std::uint16_t port)
        : client(io, options(port),
                 {[this](std::uint64_t watermark) { welcomes.push_back(watermark); },
                  [this](v1::IngestAnswer const& answer) { answers.push_back(answer.sequence()); },
                  [this] { ++losses; }}) {}
    static IngestClientOptions options(std::uint16_t port) {
        IngestClientOptions options;
        options.ingest_port = port;
        options.source = "ward";
        options.epoch = random_id();
        return options;
    }
    void send(std::uint64_t sequence) {
        v1::IngestRecord record;
        record.set_source("ward");
        record.set_sequence(sequence);
        client.send(record);
    }
    std::vector<std::uint64_t> welcomes, answers;
    int losses = 0;
    IngestClient client;
};

bool run_until(boost::asio::io_context& io, std::function<bool()> const& done) {
    auto const end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!done()) {
        if (std::chrono::steady_clock::now() > end) return false;
        io.restart();
        io.run_one_for(std::chrono::milliseconds(50));
    }
    return true;
}

TEST(IngestClient, IsWelcomedAndHandsBackAnswersInOrder) {
    boost::asio::io_context io{1};
    IngestPort port(io);
    Adapter adapter(io, port.socket.port());
    EXPECT_EQ(adapter.client.window_left(), 0u);
    ASSERT_TRUE(run_until(io, [&] { return adapter.client.connected(); }));
    EXPECT_EQ(adapter.client.window_left(), 4u);
    EXPECT_GE(adapter.client.daemon_time()->ms, 5000);
    std::uint64_t next = 1;
    ASSERT_TRUE(run_until(io, [&] {
        while (next <= 50 && adapter.client.window_left() > 0) adapter.send(next++);
        return adapter.answers.size() == 50;
    }));
    for (std::uint64_t n = 0; n < 50; ++n) EXPECT_EQ(adapter.answers[n], n + 1);
    EXPECT_EQ(adapter.welcomes, std::vector<std::uint64_t>{0});
}

TEST(IngestClient, SaysLostAndSendsAgainToTheNextDaemon) {
    boost::asio::io_context io{1};
    auto port = std::make_unique<IngestPort>(io);
    auto const endpoint = port->socket.endpoint();
    Adapter adapter(io, port->socket.port());
    ASSERT_TRUE(run_until(io, [&] { return adapter.client.connected(); }));
    port->deaf = true;
    adapter.send(1);
    adapter.send(2);
    ASSERT_TRUE(run_until(io, [&] { return adapter.losses == 1; }));
    EXPECT_EQ(adapter.client.window_left(), 0u);
    port.reset();
    ASSERT_TRUE(run_until(io, [&] {
        port = std::make_unique<IngestPort>(io, endpoint);
        return port->bound;
    }));
    ASSERT_TRUE(run_until(io, [&] { return adapter.answers.size() == 2; }));
    EXPECT_EQ(adapter.welcomes.size(), 2u);
    EXPECT_EQ(port->watermark, 2u);
}

TEST(IngestClient, MayBeDestroyedByItsOwnHandler) {
    boost::asio::io_context io{1};
    IngestPort port(io);
    std::unique_ptr<IngestClient> client;
    client = std::make_unique<IngestClient>(
        io, Adapter::options(port.socket.port()),
        IngestClientHandlers{[&](std::uint64_t) { client.reset(); }, {}, {}});
    EXPECT_TRUE(run_until(io, [&] { return client == nullptr; }));
}

TEST(SourceName, IsShortAndPlain) {
    EXPECT_TRUE(check_source_name("ward_1-a"));
    EXPECT_TRUE(check_source_name(std::string(32, 'a')));
    for (auto const* bad : {"", "Ward", "a b", "é"}) EXPECT_FALSE(check_source_name(bad)) << bad;
    EXPECT_FALSE(check_source_name(std::string(33, 'a')));
}

TEST(RandomId, IsNeverTheSame) {
    EXPECT_EQ(random_id().size(), 32u);
    EXPECT_NE(random_id(), random_id());
}

}  // namespace
}  // namespace washup::adapters
