#pragma once
// What ZeroMQ sockets share: the library's I/O threads, and, on a daemon with keys, the thread that
// answers who may shake hands. Without a gate no socket can be bound with keys.

#include <cstddef>
#include <functional>
#include <memory>

#include "proto/link/zap.hpp"

namespace washup::link {

// Outlives its sockets; closing waits for them.
class ZmqContext {
  public:
    // Of each handshake that the gate did not admit, on the gate's own thread.
    using OnRefused = std::function<void(std::string const& door, Admission const& admission)>;

    explicit ZmqContext(int io_threads = 1);
    ~ZmqContext();
    ZmqContext(ZmqContext const&) = delete;
    ZmqContext& operator=(ZmqContext const&) = delete;

    // Before any socket is made with ServerKeys, once. `admit` and `refused` are called on a thread
    // of the context's own, so that a flood of strangers costs the loop nothing.
    void open_gate(Admit admit, OnRefused refused);
    bool has_gate() const;

  private:
    friend class ZmqSocket;
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace washup::link
