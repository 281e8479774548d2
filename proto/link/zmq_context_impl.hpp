#pragma once
// Inside proto/link only: what zmq_context.cpp and zmq_socket.cpp know of each other and of the
// library.

#include <thread>
#include <zmq.hpp>

#include "proto/link/zmq_context.hpp"

namespace washup::link {

struct ZmqContext::Impl {
    explicit Impl(int io_threads) : context(io_threads) {}
    zmq::context_t context;
    std::thread gate;
};

// A signal that lands inside the library is no fault of the message: ask again.
template <class Call>
auto without_interruption(Call const& call) {
    for (;;) {
        try {
            return call();
        } catch (zmq::error_t const& error) {
            if (error.num() != EINTR) throw;
        }
    }
}

}  // namespace washup::link
