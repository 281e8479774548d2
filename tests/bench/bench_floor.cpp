// The floor: the least that any program of this shape must do, and nothing of ours. A ROUTER takes
// the same frames, appends what is there to a file, syncs once for all of it, then answers each and
// publishes each. No decision, no state, no schema on its side but the sequence for the answer.

#include <fcntl.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <atomic>
#include <cstdio>
#include <exception>
#include <stdexcept>
#include <thread>
#include <vector>
#include <zmq.hpp>

#include "proto/base/clock.hpp"
#include "proto/link/random.hpp"
#include "proto/wire/envelope.hpp"
#include "tests/bench/feeder.hpp"
#include "washup/v1/ingest.pb.h"

namespace {

using namespace washup;

unsigned port_of(zmq::socket_t const& socket) {
    auto const endpoint = socket.get(zmq::sockopt::last_endpoint);
    return static_cast<unsigned>(std::stoul(endpoint.substr(endpoint.rfind(':') + 1)));
}

class Floor {
  public:
    explicit Floor(std::string const& file)
        : router_(context_, zmq::socket_type::router), pub_(context_, zmq::socket_type::pub) {
        fd_ = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600);
        if (fd_ < 0) throw std::runtime_error("cannot make " + file);
        for (auto* socket : {&router_, &pub_}) {
            socket->set(zmq::sockopt::linger, 0);
            socket->bind("tcp://127.0.0.1:*");
        }
        router_.set(zmq::sockopt::rcvtimeo, 50);
    }
    ~Floor() { ::close(fd_); }
    Floor(Floor const&) = delete;
    Floor& operator=(Floor const&) = delete;

    unsigned ingest_port() const { return port_of(router_); }
    unsigned feed_port() const { return port_of(pub_); }

    void serve(std::atomic<bool> const& ending) {
        while (!ending) {
            zmq::message_t from, frame;
            if (!router_.recv(from)) continue;
            batch_.clear();
            bytes_.clear();
            do {
                if (!router_.recv(frame)) break;
                take(std::move(from), std::move(frame));
            } while (router_.recv(from, zmq::recv_flags::dontwait));
            settle();
        }
    }

  private:
    struct Waiting {
        zmq::message_t from, frame;
        std::uint64_t sequence;
    };

    void take(zmq::message_t from, zmq::message_t frame) {
        auto const decoded = wire::decode(frame.to_string_view());
        if (!decoded) throw std::runtime_error("no frame");
        if (decoded->kind == wire::Kind::source_hello) {
            v1::SourceWelcome welcome;
            welcome.set_watermark(watermark_);
            welcome.set_in_flight_max(1u << 20);
            send(from, wire::encode(wire::Kind::source_welcome, welcome));
            return;
        }
        bytes_.append(decoded->payload);
        ++watermark_;
        batch_.push_back({std::move(from), std::move(frame), watermark_});
    }

    void settle() {
        if (batch_.empty()) return;
        if (::write(fd_, bytes_.data(), bytes_.size()) != static_cast<ssize_t>(bytes_.size()) ||
            ::fdatasync(fd_) != 0) {
            throw std::runtime_error("the disk does not take it");
        }
        for (auto& waiting : batch_) {
            v1::IngestAnswer answer;
            answer.set_sequence(waiting.sequence);
            answer.set_record(waiting.sequence);
            send(waiting.from, wire::encode(wire::Kind::ingest_answer, answer));
            pub_.send(std::move(waiting.frame), zmq::send_flags::none);
        }
    }

    void send(zmq::message_t& to, std::string const& frame) {
        zmq::message_t copy;
        copy.copy(to);
        router_.send(std::move(copy), zmq::send_flags::sndmore);
        router_.send(zmq::buffer(frame), zmq::send_flags::none);
    }

    zmq::context_t context_;
    zmq::socket_t router_, pub_;
    int fd_ = -1;
    std::uint64_t watermark_ = 0;
    std::vector<Waiting> batch_;
    std::string bytes_;
};

void measure(std::string const& file, double seconds_each, std::uint64_t records,
             std::vector<std::size_t> const& windows) {
    Floor floor{file};
    auto const ingest = floor.ingest_port();
    auto const feed = floor.feed_port();
    std::atomic<bool> ending = false;
    std::exception_ptr broken;
    std::thread server{[&] {
        try {
            floor.serve(ending);
        } catch (...) {
            broken = std::current_exception();
        }
    }};
    try {
        bench::Load const load{"bench", link::random_id(), system_now() - hours(6)};
        bench::Feeder feeder{"127.0.0.1", ingest, feed, load};
        std::uint64_t next = 1;
        for (auto const window : windows) {
            auto const frames = bench::make_frames(load, next, window == 1 ? records / 4 : records);
            auto result = feeder.run(frames, window, seconds_each);
            next += result.records;
            std::puts(result.json("floor", window).c_str());
        }
    } catch (...) {
        ending = true;
        server.join();
        if (broken) std::rethrow_exception(broken);
        throw;
    }
    ending = true;
    server.join();
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{"bench_floor: what the sockets and the disk alone allow on this machine."};
    std::string file;
    double seconds_each = 4;
    std::uint64_t records = 200'000;
    std::vector<std::size_t> windows{256, 1};
    app.add_option("--file", file, "made, and on the disk to be measured")->required();
    app.add_option("--seconds", seconds_each, "at most, for each phase");
    app.add_option("--records", records, "at most, for a phase");
    app.add_option("--in-flight", windows, "unanswered at a time, one phase each");
    CLI11_PARSE(app, argc, argv);
    try {
        measure(file, seconds_each, records, windows);
    } catch (std::exception const& error) {
        return std::fprintf(stderr, "bench_floor: %s\n", error.what()), 1;
    }
    return 0;
}
