#include "adapters/hospital/mllp_client.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <deque>

#include "proto/base/log.hpp"

namespace washup::hospital {
namespace {

namespace asio = boost::asio;
using Tcp = asio::ip::tcp;
using Fault = boost::system::error_code;

// Longer than the 30 s after which an adapter without a daemon answers AE.
constexpr auto ack_wait = std::chrono::seconds(40);
constexpr auto pause_after_trouble = std::chrono::milliseconds(500);

}  // namespace

Ack read_ack(std::string const& message) {
    auto const at = message.find("\rMSA|");
    if (at == std::string::npos) return {};
    auto const rest = message.substr(at + 5, message.find('\r', at + 5) - at - 5);
    auto const bar = rest.find('|');
    if (bar == std::string::npos) return {rest, {}};
    return {rest.substr(0, bar), rest.substr(bar + 1, rest.find('|', bar + 1) - bar - 1)};
}

class MllpClient::Connection : public std::enable_shared_from_this<MllpClient::Connection> {
  public:
    Connection(asio::io_context& io, std::string host, std::uint16_t port)
        : host_(std::move(host)),
          port_(std::to_string(port)),
          resolver_(io),
          socket_(io),
          timer_(io) {}

    void connect();
    void send(Message message) {
        queue_.push_back(std::move(message));
        send_front();
    }
    void stop() {
        stopped_ = true;
        Fault ignored;
        socket_.close(ignored);
        timer_.cancel();
        resolver_.cancel();
    }

    std::deque<Message> queue_;
    MllpCounts counts_;
    std::function<void()> answered_;
    bool connected_ = false;

  private:
    void send_front();
    void read();
    void heard(std::size_t size);
    void take(Ack const& ack);
    void answered_front();
    void again(bool reconnect);
    void wait(std::chrono::steady_clock::duration time, void (Connection::*then)());
    void silence() {
        log_warn("no_ack", "control_id", queue_.empty() ? "" : queue_.front().control_id);
        ++counts_.sent_again;
        again(true);
    }
    void go_on() {
        if (connected_) {
            send_front();
        } else {
            connect();
        }
    }

    std::string host_, port_;
    Tcp::resolver resolver_;
    Tcp::socket socket_;
    asio::steady_timer timer_;
    std::string frame_, heard_;
    std::array<char, 8 << 10> buffer_{};
    bool in_flight_ = false, stopped_ = false;
};

void MllpClient::Connection::connect() {
    auto const self = shared_from_this();
    resolver_.async_resolve(host_, port_, [self](Fault fault, Tcp::resolver::results_type found) {
        if (self->stopped_) return;
        if (fault) return self->again(true);
        asio::async_connect(self->socket_, found, [self](Fault refused, Tcp::endpoint const&) {
            if (self->stopped_) return;
            if (refused) return self->again(true);
            Fault ignored;
            self->socket_.set_option(Tcp::no_delay(true), ignored);
            self->connected_ = true;
            self->heard_.clear();
            self->read();
            self->send_front();
        });
    });
}

void MllpClient::Connection::wait(std::chrono::steady_clock::duration time,
                                  void (Connection::*then)()) {
    auto const self = shared_from_this();
    timer_.expires_after(time);
    timer_.async_wait([self, then](Fault fault) {
        if (!fault && !self->stopped_) (self.get()->*then)();
    });
}

void MllpClient::Connection::send_front() {
    if (!connected_ || in_flight_ || queue_.empty()) return;
    in_flight_ = true;
    frame_ = '\x0B' + queue_.front().text + "\x1C\x0D";
    auto const self = shared_from_this();
    asio::async_write(socket_, asio::buffer(frame_), [self](Fault fault, std::size_t) {
        if (fault && !self->stopped_ && self->connected_) self->again(true);
    });
    wait(ack_wait, &Connection::silence);
}

void MllpClient::Connection::read() {
    auto const self = shared_from_this();
    socket_.async_read_some(asio::buffer(buffer_), [self](Fault fault, std::size_t size) {
        if (self->stopped_) return;
        if (fault) {
            if (self->connected_) self->again(true);
            return;
        }
        self->heard(size);
        if (self->connected_) self->read();
    });
}

void MllpClient::Connection::heard(std::size_t size) {
    heard_.append(buffer_.data(), size);
    for (auto end = heard_.find('\x1C'); end != std::string::npos; end = heard_.find('\x1C')) {
        auto const ack = read_ack(heard_.substr(0, end));
        heard_.erase(0, end + 1);
        take(ack);
    }
    if (heard_.size() > ack_bytes_max) again(true);
}

void MllpClient::Connection::take(Ack const& ack) {
    if (queue_.empty() || !in_flight_ || ack.control_id != queue_.front().control_id) {
        // A late ack of an earlier try must not be taken for this one's.
        ++counts_.strange_acks;
        return;
    }
    if (ack.code == "AA" || ack.code == "CA") {
        ++counts_.acknowledged;
        return answered_front();
    }
    if (ack.code == "AR" || ack.code == "CR") {
        ++counts_.rejected;
        log_warn("message_rejected", "control_id", ack.control_id, "trigger",
                 queue_.front().trigger);
        return answered_front();
    }
    ++counts_.sent_again;
    again(false);
}

void MllpClient::Connection::answered_front() {
    timer_.cancel();
    in_flight_ = false;
    queue_.pop_front();
    if (queue_.empty()) {
        if (answered_) answered_();
    } else {
        send_front();
    }
}

void MllpClient::Connection::again(bool reconnect) {
    in_flight_ = false;
    if (reconnect) {
        connected_ = false;
        Fault ignored;
        socket_.close(ignored);
    }
    wait(pause_after_trouble, &Connection::go_on);
}

MllpClient::MllpClient(asio::io_context& io, std::string host, std::uint16_t port,
                       int connections) {
    for (int i = 0; i < connections; ++i) {
        auto const connection = std::make_shared<Connection>(io, host, port);
        connection->answered_ = [this] {
            if (waiting() == 0 && on_all_answered_) on_all_answered_();
        };
        connection->connect();
        connections_.push_back(connection);
    }
}

MllpClient::~MllpClient() {
    stop();
}

void MllpClient::send(Message message) {
    connections_[message.lane % connections_.size()]->send(std::move(message));
}

std::size_t MllpClient::waiting() const {
    std::size_t waiting = 0;
    for (auto const& connection : connections_) waiting += connection->queue_.size();
    return waiting;
}

MllpCounts MllpClient::counts() const {
    MllpCounts sum;
    for (auto const& connection : connections_) {
        sum.acknowledged += connection->counts_.acknowledged;
        sum.rejected += connection->counts_.rejected;
        sum.sent_again += connection->counts_.sent_again;
        sum.strange_acks += connection->counts_.strange_acks;
    }
    return sum;
}

bool MllpClient::connected() const {
    for (auto const& connection : connections_) {
        if (!connection->connected_) return false;
    }
    return true;
}

void MllpClient::on_all_answered(std::function<void()> handler) {
    on_all_answered_ = std::move(handler);
}

void MllpClient::stop() {
    for (auto const& connection : connections_) {
        connection->answered_ = {};
        connection->stop();
    }
}

}  // namespace washup::hospital
