#pragma once
// Both neighbours of the adapter: a daemon that answers when it is told to, and a ward system on a
// socket. All on one io_context, so that a test drives everything by running it.

#include <gtest/gtest.h>

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "adapters/hl7v2/ack.hpp"
#include "adapters/hl7v2/mllp_server.hpp"
#include "proto/link/zmq_socket.hpp"
#include "proto/wire/envelope.hpp"
#include "tests/support/temp_dir.hpp"
#include "washup/v1/common.pb.h"
#include "washup/v1/ingest.pb.h"

namespace washup::hl7v2::testing {

// Runs until `done`, at most 20 s: a bound for a hanging test, not a wait.
inline bool run_until(boost::asio::io_context& io, std::function<bool()> const& done) {
    auto const end = steady_now() + seconds(20);
    while (!done()) {
        if (steady_now() > end) return false;
        io.restart();
        io.run_one_for(std::chrono::milliseconds(50));
    }
    return true;
}

// Whatever is ready now, until nothing has happened for a moment: for "and nothing else came".
inline void settle(boost::asio::io_context& io) {
    io.restart();
    io.run_for(std::chrono::milliseconds(200));
}

class FakeDaemon {
  public:
    FakeDaemon(boost::asio::io_context& io, std::uint16_t port)
        : socket_(io, context_, link::SocketType::router) {
        socket_.on_message([this](std::string peer, std::string frame) { heard(peer, frame); });
        EXPECT_TRUE(socket_.bind("tcp://127.0.0.1:" + std::to_string(port)));
    }
    std::uint16_t port() const { return socket_.port(); }

    // Answers everything it holds back and, from now on, at once.
    void answer_all() {
        answering_ = true;
        for (auto const& [record, outcome] : held_) answer(record, outcome);
        held_.clear();
    }
    void hold() { answering_ = false; }

    std::string refusal = "envelope";  // the code of what is refused
    bool deaf = false;  // loses every record, as if it died before it had stored them
    std::uint64_t watermark = 0, run = 0;
    std::uint32_t in_flight_max = 8192;
    std::function<v1::IngestAnswer::Outcome(v1::IngestRecord const&)> judge = [](auto const&) {
        return v1::IngestAnswer::ACCEPTED;
    };
    std::function<std::string(v1::IngestRecord const&)> code = [](auto const&) { return ""; };
    std::vector<v1::IngestRecord> records;  // new ones, in order
    std::string profile;

  private:
    void heard(std::string const& peer, std::string const& bytes) {
        peer_ = peer;
        auto const frame = wire::decode(bytes);
        ASSERT_TRUE(frame);
        if (frame->kind == wire::Kind::source_hello) {
            v1::SourceHello hello;
            ASSERT_TRUE(wire::parse(*frame, hello));
            profile = hello.profile();
            v1::SourceWelcome welcome;
            welcome.set_source(hello.source());
            welcome.set_epoch(hello.epoch());
            welcome.set_watermark(watermark);
            welcome.set_run(run);
            welcome.set_in_flight_max(in_flight_max);
            socket_.try_send(peer_, wire::encode(wire::Kind::source_welcome, welcome));
            return;
        }
        if (deaf) return;
        v1::IngestRecord record;
        ASSERT_TRUE(wire::parse(*frame, record));
        auto outcome = v1::IngestAnswer::ACCEPTED;
        if (record.sequence() > watermark) {
            ASSERT_EQ(record.sequence(), watermark + 1) << "a hole";
            outcome = judge(record);
            if (outcome != v1::IngestAnswer::REFUSED) watermark = record.sequence();
            records.push_back(record);
            judged_[record.sequence()] = {outcome, code(record)};
        }
        auto const& told = judged_[record.sequence()];
        outcome = told.first;
        held_.emplace_back(record, outcome);
        if (answering_) answer_all();
    }
    void answer(v1::IngestRecord const& record, v1::IngestAnswer::Outcome outcome) {
        v1::IngestAnswer answer;
        answer.set_source(record.source());
        answer.set_epoch(record.epoch());
        answer.set_sequence(record.sequence());
        answer.set_outcome(outcome);
        answer.set_code(judged_[record.sequence()].second);
        if (outcome == v1::IngestAnswer::REFUSED) answer.set_code(refusal);
        answer.set_record(1000 + record.sequence());
        socket_.try_send(peer_, wire::encode(wire::Kind::ingest_answer, answer));
    }

    link::ZmqContext context_;
    link::ZmqSocket socket_;
    std::string peer_;
    bool answering_ = true;
    std::map<std::uint64_t, std::pair<v1::IngestAnswer::Outcome, std::string>> judged_;
    std::vector<std::pair<v1::IngestRecord, v1::IngestAnswer::Outcome>> held_;
};

class Ward {
  public:
    Ward(boost::asio::io_context& io, std::uint16_t port, bool reads = true)
        : io_(io), socket_(io) {
        socket_.connect({boost::asio::ip::address_v4::loopback(), port});
        if (reads) read();
    }
    void read_now() { read(); }
    ~Ward() {
        boost::system::error_code ignored;
        socket_.close(ignored);
    }
    void send(std::string bytes) {
        auto const kept = std::make_shared<std::string>(std::move(bytes));
        boost::asio::async_write(socket_, boost::asio::buffer(*kept),
                                 [kept](boost::system::error_code, std::size_t) {});
    }
    // The next ack as "AA 7"; "closed" when the adapter closed; "silence" when neither comes.
    std::string ack() {
        run_until(io_, [&] { return closed_ || heard_.find("\x1c\r") != std::string::npos; });
        return take();
    }
    // What is there already.
    std::string take() {
        auto const end = heard_.find("\x1c\r");
        if (end == std::string::npos) return closed_ ? "closed" : "silence";
        auto const text = heard_.substr(0, end);
        heard_.erase(0, end + 2);
        auto const msa = text.substr(text.find("\rMSA|") + 5);
        auto const id = msa.substr(3);
        return msa.substr(0, 2) + " " + id.substr(0, id.find_first_of("|\r"));
    }
    bool closed() const { return closed_; }

  private:
    void read() {
        socket_.async_read_some(boost::asio::buffer(buffer_),
                                [this](boost::system::error_code error, std::size_t count) {
                                    if (error == boost::asio::error::operation_aborted) return;
                                    heard_.append(buffer_.data(), count);
                                    closed_ = closed_ || error;
                                    if (!error) read();
                                });
    }

    boost::asio::io_context& io_;
    boost::asio::ip::tcp::socket socket_;
    std::array<char, 65536> buffer_{};
    std::string heard_;
    bool closed_ = false;
};

// An adapter as main() puts it together.
struct Adapter {
    Adapter(boost::asio::io_context& io, std::filesystem::path const& folder,
            std::uint16_t daemon_port, std::string const& profile = {}, ServerTimes times = {},
            adapters::SpoolOptions spool = {}) {
        config::Faults faults;
        profiles = ProfileSet::load(WASHUP_SOURCE_DIR "/config/sources", faults);
        EXPECT_TRUE(faults.empty());
        auto store = adapters::RecordStore::open(folder);
        EXPECT_TRUE(store) << (store ? "" : store.error().words);
        auto waiting = (*store)->waiting();
        EXPECT_TRUE(waiting);
        keeper.emplace(io, std::move(*store), std::move(*waiting));
        IntakeOptions options;
        options.ingest_port = daemon_port;
        options.profile = profile;
        options.spool = spool;
        options.status = adapters::StatusFile{folder, "ward"};
        intake.emplace(io, options, profiles, *keeper);
        server.emplace(io, *intake, times);
        intake->on_change = [this] { server->changed(); };
        intake->on_fatal = [this](std::string const& words) { fatal = words; };
        auto const listening = server->listen("127.0.0.1", 0);
        EXPECT_TRUE(listening);
        port = *listening;
    }
    ProfileSet profiles;
    std::optional<RecordKeeper> keeper;
    std::optional<Intake> intake;
    std::optional<MllpServer> server;
    std::uint16_t port = 0;
    std::string fatal;
};

inline std::string a08(std::string const& id, std::string const& more = {}) {
    return "MSH|^~\\&|PAS|RZZ|W|H|20261101120000||ADT^A08|" + id +
           "|P|2.4\rEVN||20261101115900\rPID|1||A" + id +
           "^^^RZZ^MR||Marsh^Ada\rPV1|1|I|FORD^A^A3^RZZ01" + std::string(16, '|') + "V" + id +
           "\r" + more;
}

}  // namespace washup::hl7v2::testing
