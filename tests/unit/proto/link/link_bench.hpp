#pragma once
// A loop for the tests of sockets.

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <functional>
#include <string>

#include "proto/link/zmq_socket.hpp"

namespace washup::link {

inline constexpr char const* any_port = "tcp://127.0.0.1:*";

// Loopback sockets on one loop. `until` runs the loop until something is true; the limit is only
// there so that a lost message fails the test and does not hang it.
struct Bench {
    boost::asio::io_context io{1};
    ZmqContext context;

    bool until(std::function<bool()> const& done, int limit_s = 20) {
        auto const end = std::chrono::steady_clock::now() + std::chrono::seconds(limit_s);
        while (!done()) {
            if (std::chrono::steady_clock::now() > end) return false;
            io.restart();
            io.run_one_for(std::chrono::milliseconds(50));
        }
        return true;
    }
    bool say(ZmqSocket& socket, std::string const& frame, std::string const& to = {}) {
        return until([&] { return socket.try_send(to, frame); });
    }
};

}  // namespace washup::link
