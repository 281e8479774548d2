#include "tests/bench/feeder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <stdexcept>
#include <thread>
#include <zmq.hpp>

#include "proto/link/address.hpp"
#include "proto/wire/envelope.hpp"
#include "washup/v1/ingest.pb.h"

namespace washup::bench {
namespace {

using Clock = std::chrono::steady_clock;

double us_between(Clock::time_point from, Clock::time_point to) {
    return std::chrono::duration<double, std::micro>(to - from).count();
}

[[noreturn]] void stop(std::string const& words) {
    throw std::runtime_error(words);
}

}  // namespace

double Measure::ack_quantile(double q) {
    if (ack_us.empty()) return 0;
    std::sort(ack_us.begin(), ack_us.end());
    return ack_us[static_cast<std::size_t>(q * static_cast<double>(ack_us.size() - 1))];
}

std::string Measure::json(std::string const& what, std::size_t in_flight) {
    return fmt::format(R"({{"what": "{}", "in_flight": {}, "records": {}, "seconds": {:.3f}, )"
                       R"("events_per_s": {:.0f}, "ack_us_p50": {:.0f}, "ack_us_p99": {:.0f}, )"
                       R"("ack_us_max": {:.0f}, "published": {}}})",
                       what, in_flight, records, seconds, per_second(), ack_quantile(0.5),
                       ack_quantile(0.99), ack_quantile(1), published);
}

struct Feeder::Impl {
    Impl(std::string const& host, unsigned ingest_port, unsigned feed_port, Load given)
        : load(std::move(given)), dealer(context, zmq::socket_type::dealer) {
        dealer.set(zmq::sockopt::linger, 0);
        dealer.connect(link::tcp_endpoint(host, ingest_port));
        listener = std::thread{
            [this, endpoint = link::tcp_endpoint(host, feed_port)] { listen(endpoint); }};
    }
    ~Impl() {
        ending = true;
        listener.join();
    }

    void listen(std::string const& endpoint) {
        zmq::socket_t sub{context, zmq::socket_type::sub};
        sub.set(zmq::sockopt::linger, 0);
        sub.set(zmq::sockopt::subscribe, "");
        sub.set(zmq::sockopt::rcvtimeo, 50);
        sub.connect(endpoint);
        while (!ending) {
            zmq::message_t message;
            if (sub.recv(message)) ++published;
        }
    }

    // Says hello until welcomed; the window is what both sides allow.
    std::size_t greet(std::size_t in_flight) {
        auto const deadline = Clock::now() + std::chrono::seconds(30);
        dealer.set(zmq::sockopt::rcvtimeo, 500);
        while (Clock::now() < deadline) {
            dealer.send(zmq::buffer(hello_frame(load)));
            zmq::message_t message;
            while (dealer.recv(message)) {
                auto const frame = wire::decode(message.to_string_view());
                v1::SourceWelcome welcome;
                if (!frame || frame->kind != wire::Kind::source_welcome) continue;
                if (!wire::parse(*frame, welcome)) stop("a welcome that cannot be read");
                if (welcome.watermark() + 1 != next) stop("the daemon stands at another sequence");
                return std::min<std::size_t>(in_flight, welcome.in_flight_max());
            }
        }
        stop("no welcome within 30 s");
    }

    // True when it was an answer to a record.
    bool take(zmq::message_t const& message, Measure& measure, std::uint64_t first,
              std::vector<Clock::time_point> const& sent) {
        auto const frame = wire::decode(message.to_string_view());
        if (!frame) stop("an answer that is no frame");
        if (frame->kind == wire::Kind::source_welcome) return false;
        v1::IngestAnswer answer;
        if (frame->kind != wire::Kind::ingest_answer || !wire::parse(*frame, answer)) {
            stop("something else than an answer");
        }
        if (answer.outcome() != v1::IngestAnswer::ACCEPTED || answer.duplicate()) {
            stop(fmt::format("record {} was not accepted: {} {} {}", answer.sequence(),
                             answer.code(), answer.field(), answer.words()));
        }
        measure.ack_us.push_back(us_between(sent[answer.sequence() - first], Clock::now()));
        return true;
    }

    Load load;
    std::uint64_t next = 1;
    zmq::context_t context;
    zmq::socket_t dealer;
    std::thread listener;
    std::atomic<bool> ending = false;
    std::atomic<std::uint64_t> published = 0;
};

Feeder::Feeder(std::string const& host, unsigned ingest_port, unsigned feed_port, Load load)
    : impl_(new Impl(host, ingest_port, feed_port, std::move(load))) {}
Feeder::~Feeder() {
    delete impl_;
}

Measure Feeder::run(std::vector<std::string> const& frames, std::size_t in_flight,
                    double seconds_limit) {
    auto& dealer = impl_->dealer;
    auto const window = impl_->greet(in_flight);
    auto const first = impl_->next;
    auto const published_before = impl_->published.load();
    Measure measure;
    measure.ack_us.reserve(frames.size());
    std::vector<Clock::time_point> sent(frames.size());
    std::size_t sending = 0;
    auto const begin = Clock::now();
    auto const end = begin + std::chrono::duration<double>(seconds_limit);
    auto greeted = begin;
    for (;;) {
        auto const now = Clock::now();
        auto const more = sending < frames.size() && now < end;
        while (more && sending < frames.size() && sending - measure.ack_us.size() < window) {
            sent[sending] = Clock::now();
            dealer.send(zmq::buffer(frames[sending++]));
        }
        if (!more && measure.ack_us.size() == sending) break;
        if (now - greeted > std::chrono::seconds(1)) {  // the sign of life
            dealer.send(zmq::buffer(hello_frame(impl_->load)));
            greeted = now;
        }
        dealer.set(zmq::sockopt::rcvtimeo, 10'000);
        zmq::message_t message;
        if (!dealer.recv(message)) stop("no answer within 10 s");
        do {
            impl_->take(message, measure, first, sent);
        } while (dealer.recv(message, zmq::recv_flags::dontwait));
    }
    measure.records = sending;
    measure.seconds = us_between(begin, Clock::now()) / 1e6;
    measure.published = impl_->published.load() - published_before;
    impl_->next += sending;
    return measure;
}

}  // namespace washup::bench
