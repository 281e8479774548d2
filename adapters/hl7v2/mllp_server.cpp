#include "adapters/hl7v2/mllp_server.hpp"

#include <boost/asio/ip/address.hpp>
#include <chrono>
#include <vector>

#include "adapters/hl7v2/mllp_connection.hpp"
#include "proto/base/log.hpp"

namespace washup::hl7v2 {

using boost::asio::ip::tcp;

namespace {

constexpr auto pause_after_failed_accept = std::chrono::seconds{1};

}  // namespace

MllpServer::MllpServer(boost::asio::io_context& io, Intake& intake, ServerTimes times)
    : io_(io), intake_(intake), times_(times), acceptor_(io), drain_timer_(io), accept_again_(io) {}

MllpServer::~MllpServer() {
    for (auto const& connection : connections_) connection->abandon();
}

Result<std::uint16_t> MllpServer::listen(std::string const& host, std::uint16_t port) {
    boost::system::error_code error;
    tcp::resolver resolver{io_};
    auto const found = resolver.resolve(host, std::to_string(port), error);
    if (error || found.empty()) return io_error("no such host to listen on: " + host);
    auto const endpoint = found.begin()->endpoint();
    acceptor_.open(endpoint.protocol(), error);
    if (!error) acceptor_.set_option(tcp::acceptor::reuse_address{true}, error);
    if (!error) acceptor_.bind(endpoint, error);
    if (!error) acceptor_.listen(tcp::acceptor::max_listen_connections, error);
    if (error) {
        return io_error(host + ":" + std::to_string(port) +
                        " cannot be listened on: " + error.message());
    }
    accept();
    return acceptor_.local_endpoint().port();
}

void MllpServer::accept() {
    acceptor_.async_accept([this](boost::system::error_code error, tcp::socket socket) {
        if (error == boost::asio::error::operation_aborted || draining_) return;
        if (error) {
            // No descriptors left, for one: asked again at once it would fail again at once.
            log_warn("accept_failed", "why", error.message());
            accept_again_.expires_after(pause_after_failed_accept);
            accept_again_.async_wait([this](boost::system::error_code stopped) {
                if (!stopped && !draining_) accept();
            });
            return;
        }
        if (connections_.size() >= connections_max && !make_room()) {
            ++counts_.refused_connections;
            log_warn("connection_refused", "connections_max", connections_max);
        } else {
            auto const connection =
                std::make_shared<MllpConnection>(*this, std::move(socket), ++counts_.connections);
            connections_.insert(connection);
            connection->start();
        }
        accept();
    });
}

bool MllpServer::make_room() {
    std::shared_ptr<MllpConnection> oldest;
    for (auto const& connection : connections_) {
        if (connection->has_sent()) continue;
        if (!oldest || connection->number() < oldest->number()) oldest = connection;
    }
    if (!oldest) return false;
    ++counts_.refused_connections;
    log_warn("connection_gave_way", "connection", oldest->number(), "connections_max",
             connections_max);
    oldest->close();
    return true;
}

void MllpServer::changed() {
    // Going on may close a connection, which changes the set.
    std::vector<std::shared_ptr<MllpConnection>> const all{connections_.begin(),
                                                           connections_.end()};
    for (auto const& connection : all) connection->go_on();
}

void MllpServer::drain(Duration within, std::function<void()> done) {
    draining_ = true;
    drained_ = std::move(done);
    boost::system::error_code ignored;
    acceptor_.close(ignored);
    std::vector<std::shared_ptr<MllpConnection>> const all{connections_.begin(),
                                                           connections_.end()};
    for (auto const& connection : all) connection->drain();
    drain_timer_.expires_after(std::chrono::milliseconds(within.ms));
    drain_timer_.async_wait([this](boost::system::error_code error) {
        if (!error) finish_drain();
    });
    if (connections_.empty()) finish_drain();
}

void MllpServer::finish_drain() {
    drain_timer_.cancel();
    if (auto const done = std::exchange(drained_, nullptr)) done();
}

void MllpServer::closed(std::shared_ptr<MllpConnection> const& connection) {
    connections_.erase(connection);
    if (draining_ && connections_.empty()) finish_drain();
}

}  // namespace washup::hl7v2
