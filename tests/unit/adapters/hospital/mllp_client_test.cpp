#include "adapters/hospital/mllp_client.hpp"

#include <gtest/gtest.h>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>

namespace washup::hospital {
namespace {

namespace asio = boost::asio;
using Tcp = asio::ip::tcp;

// A receiver that answers each frame by `answer` (an empty one: not at all) on one connection after
// another.
class Receiver {
  public:
    Receiver(asio::io_context& io, std::function<std::string(std::string const&)> answer)
        : acceptor_(io, {asio::ip::address_v4::loopback(), 0}),
          socket_(io),
          answer_(std::move(answer)) {
        accept();
    }
    std::uint16_t port() const { return acceptor_.local_endpoint().port(); }
    std::vector<std::string> heard;  // control ids
    void hang_up() {
        boost::system::error_code ignored;
        socket_.close(ignored);
    }

  private:
    void accept() {
        acceptor_.async_accept([this](boost::system::error_code fault, Tcp::socket socket) {
            if (fault) return;
            socket_ = std::move(socket);
            buffer_.clear();
            read();
            accept();
        });
    }
    void read() {
        asio::async_read_until(socket_, asio::dynamic_buffer(buffer_), "\x1C\x0D",
                               [this](boost::system::error_code fault, std::size_t size) {
                                   if (fault) return;
                                   auto const frame = buffer_.substr(0, size);
                                   buffer_.erase(0, size);
                                   auto const id = frame.substr(frame.find("WT"), 9);
                                   heard.push_back(id);
                                   auto const text = answer_(id);
                                   boost::system::error_code ignored;
                                   if (!text.empty())
                                       asio::write(socket_, asio::buffer(text), ignored);
                                   read();
                               });
    }
    Tcp::acceptor acceptor_;
    Tcp::socket socket_;
    std::string buffer_;
    std::function<std::string(std::string const&)> answer_;
};

std::string ack(std::string const& code, std::string const& id) {
    return "\x0BMSH|^~\\&|X\rMSA|" + code + "|" + id + "\r\x1C\x0D";
}

Message message(int number) {
    auto const id = "WT000000" + std::to_string(number);
    return {Instant{}, id, "A01", "MSH|^~\\&|" + id + "\r", 1};
}

void run_until(asio::io_context& io, std::function<bool()> const& done) {
    // The limit is only so that a broken client fails instead of hanging.
    for (int turns = 0; turns < 200 && !done(); ++turns) io.run_one_for(std::chrono::seconds(1));
    ASSERT_TRUE(done());
}

TEST(HospitalMllpClient, SendsOneAtATimeAndInOrder) {
    asio::io_context io;
    Receiver receiver(io, [](std::string const& id) { return ack("AA", id); });
    MllpClient client(io, "127.0.0.1", receiver.port(), 1);
    for (int i = 1; i <= 5; ++i) client.send(message(i));
    run_until(io, [&] { return client.waiting() == 0; });
    EXPECT_EQ(client.counts().acknowledged, 5u);
    EXPECT_EQ(receiver.heard, (std::vector<std::string>{"WT0000001", "WT0000002", "WT0000003",
                                                        "WT0000004", "WT0000005"}));
}

TEST(HospitalMllpClient, SendsAgainAfterTroubleAndGoesOnAfterARejection) {
    asio::io_context io;
    int errors = 1;
    Receiver receiver(io, [&](std::string const& id) {
        if (id == "WT0000001" && errors-- > 0) return ack("AE", id);
        return ack(id == "WT0000002" ? "AR" : "AA", id);
    });
    MllpClient client(io, "127.0.0.1", receiver.port(), 1);
    for (int i = 1; i <= 3; ++i) client.send(message(i));
    run_until(io, [&] { return client.waiting() == 0; });
    EXPECT_EQ(client.counts().acknowledged, 2u);
    EXPECT_EQ(client.counts().rejected, 1u);
    EXPECT_EQ(client.counts().sent_again, 1u);
    EXPECT_EQ(receiver.heard.size(), 4u);
}

TEST(HospitalMllpClient, DoesNotTakeAnAckMeantForAnother) {
    asio::io_context io;
    Receiver receiver(io,
                      [](std::string const& id) { return ack("AA", "WT0000099") + ack("AA", id); });
    MllpClient client(io, "127.0.0.1", receiver.port(), 1);
    client.send(message(1));
    run_until(io, [&] { return client.waiting() == 0; });
    EXPECT_EQ(client.counts().acknowledged, 1u);
    EXPECT_EQ(client.counts().strange_acks, 1u);
}

TEST(HospitalMllpClient, ConnectsAgainAndRepeatsWhatWasNotAnswered) {
    asio::io_context io;
    Receiver* at = nullptr;
    int losses = 1;
    Receiver receiver(io, [&](std::string const& id) {
        if (losses-- > 0) {
            at->hang_up();
            return std::string{};
        }
        return ack("AA", id);
    });
    at = &receiver;
    MllpClient client(io, "127.0.0.1", receiver.port(), 1);
    client.send(message(1));
    run_until(io, [&] { return client.waiting() == 0; });
    EXPECT_EQ(receiver.heard, (std::vector<std::string>{"WT0000001", "WT0000001"}));
    EXPECT_EQ(client.counts().acknowledged, 1u);
}

TEST(HospitalMllpClient, LeavesAPeerThatSendsMoreThanAckBytesMax) {
    asio::io_context io;
    int floods = 1;
    Receiver receiver(io, [&](std::string const& id) {
        if (floods-- > 0) return std::string(ack_bytes_max + 1, 'x');
        return ack("AA", id);
    });
    MllpClient client(io, "127.0.0.1", receiver.port(), 1);
    client.send(message(1));
    run_until(io, [&] { return client.waiting() == 0; });
    EXPECT_EQ(receiver.heard.size(), 2u);
}

TEST(HospitalMllpClient, SaysWhenMessagesWaitingMaxIsReached) {
    asio::io_context io;
    Receiver receiver(io, [](std::string const&) { return std::string{}; });
    MllpClient client(io, "127.0.0.1", receiver.port(), 3);
    for (std::size_t i = 1; i < messages_waiting_max; ++i) {
        auto one = message(1);
        one.lane = static_cast<std::uint32_t>(i);
        client.send(std::move(one));
    }
    EXPECT_FALSE(client.full());
    client.send(message(2));
    EXPECT_TRUE(client.full());
}

}  // namespace
}  // namespace washup::hospital
