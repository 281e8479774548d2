#include "daemon/shell/doors.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <utility>

#include "proto/base/check.hpp"
#include "proto/base/log.hpp"
#include "proto/link/address.hpp"

namespace washup::shell {
namespace {

using access::Door;
using link::HandshakeFault;
using link::SocketType;

// What a closing socket may still take to hand over the last answers.
constexpr int linger_ms = 500;

unsigned port_of(Door door, unsigned base) {
    switch (door) {
        case Door::ingest:
            return base;
        case Door::control:
            return link::control_port(base);
        default:
            return link::feed_port(base, static_cast<int>(door) - static_cast<int>(Door::tier_0));
    }
}

// The gate tells of its own refusals, with the key.
std::optional<char const*> why_of(HandshakeFault fault) {
    switch (fault) {
        case HandshakeFault::broken:
            return "broken_off";
        case HandshakeFault::protocol:
            return "not_curve";
        case HandshakeFault::refused:
            break;
    }
    return std::nullopt;
}

}  // namespace

void raise_open_files() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    if (::setrlimit(RLIMIT_NOFILE, &limit) != 0) log_warn("open_files", "limit", "unchanged");
}

void TurnedAway::note(std::string const& door, std::string const& why, std::string const& key) {
    std::lock_guard const lock(mutex_);
    auto& count = counts_[{door, why}];
    ++count.all;
    count.key = key;
}

void TurnedAway::tell(std::string_view event) {
    std::lock_guard const lock(mutex_);
    for (auto& [where, count] : counts_) {
        if (count.all == count.told) continue;
        log_warn(event, "door", where.first, "why", where.second, "key", count.key, "new",
                 count.all - count.told, "count", count.all);
        count.told = count.all;
    }
}

std::uint64_t TurnedAway::count() const {
    std::lock_guard const lock(mutex_);
    std::uint64_t sum = 0;
    for (auto const& [where, count] : counts_) sum += count.all;
    return sum;
}

std::map<std::pair<std::string, std::string>, TurnedAway::Count> TurnedAway::counts() const {
    std::lock_guard const lock(mutex_);
    return counts_;
}

Doors::Doors(boost::asio::io_context& io, access::KeyRing ring, std::optional<link::KeyPair> own)
    : io_(io),
      ring_(std::make_shared<access::KeyRing const>(std::move(ring))),
      own_(own.value_or(link::KeyPair{})) {
    WASHUP_CHECK(ring_->has_keys() == own.has_value(), "keys on the list need one of our own");
    if (!own) return;
    context_.open_gate([this](auto door, auto key) { return ring_of_gate()->admit(door, key); },
                       [this](std::string const& door, link::Admission const& admission) {
                           turned_away_.note(door, admission.why, admission.name);
                       });
}

std::shared_ptr<access::KeyRing const> Doors::ring_of_gate() const {
    std::lock_guard const lock(ring_mutex_);
    return ring_;
}

Result<void> Doors::open(Door door, std::string const& endpoint) {
    link::SocketOptions options;
    options.linger_ms = linger_ms;
    std::string const name{access::to_words(door)};
    if (ring_->has_keys()) options.server = link::ServerKeys{own_.secret_key, name};
    auto const type =
        door == Door::ingest || door == Door::control ? SocketType::router : SocketType::pub;
    auto& socket = sockets_[static_cast<std::size_t>(door)];
    socket = std::make_unique<link::ZmqSocket>(io_, context_, type, options);
    socket->on_handshake_fault([this, name](HandshakeFault fault) {
        if (auto const why = why_of(fault)) turned_away_.note(name, *why);
    });
    socket->on_line_gone([this, door](int line) { line_gone(door, line); });
    // A feed is not spoken to; who listens is noted.
    if (type == SocketType::pub && ring_->has_keys()) {
        socket->on_message(
            [this, door](std::string const&, std::string const&) { note_line(door); });
    }
    return socket->bind(endpoint);
}

Result<void> Doors::bind(std::string const& host, unsigned base_port) {
    for (auto const door : access::all_doors) {
        if (door == Door::tier_3 && ring_->has_keys()) continue;
        auto const bound = open(door, link::tcp_endpoint(host, port_of(door, base_port)));
        if (!bound) return bound;
    }
    return boost::system::in_place_value;
}

void Doors::note_line(Door door) {
    if (!ring_->has_keys()) return;
    auto& socket = *sockets_[static_cast<std::size_t>(door)];
    // Admitted by an older list, and not on the line when the newer one came.
    if (!ring_->may_enter(socket.sender(), door)) {
        return socket.hang_up(socket.line());
    }
    lines_[static_cast<std::size_t>(door)].insert_or_assign(socket.line(), socket.sender());
}

void Doors::line_gone(Door door, int line) {
    lines_[static_cast<std::size_t>(door)].erase(line);
    if (door != Door::control) return;
    leaving_.erase(line);
    if (control_gone_) control_gone_(line);
}

std::vector<std::string> Doors::change_ring(access::KeyRing ring) {
    std::vector<std::string> gone;
    for (auto const& key : ring_->keys()) {
        if (!ring.holds_as(*ring_, key)) gone.push_back(key);
    }
    {
        auto next = std::make_shared<access::KeyRing const>(std::move(ring));
        std::lock_guard const lock(ring_mutex_);
        ring_.swap(next);
    }
    // After the gate knows the new list: whoever comes again meets it. A key that may enter as
    // before and is another one otherwise is hung up too: its program learns by that that it is.
    std::set<std::string, std::less<>> const changed(gone.begin(), gone.end());
    for (auto const door : access::all_doors) {
        auto const at = static_cast<std::size_t>(door);
        for (auto const& [line, key] : lines_[at]) {
            if (!changed.contains(key)) continue;
            if (door == Door::control) {
                leaving_.insert(line);
            } else {
                sockets_[at]->hang_up(line);
            }
        }
    }
    return gone;
}

void Doors::hang_up_rest() {
    for (auto const line : std::exchange(leaving_, {})) control().hang_up(line);
}

}  // namespace washup::shell
