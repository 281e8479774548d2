#pragma once
// What every adapter program has in common: a clean stop on SIGINT or SIGTERM, and random ids. It
// is not a framework: main() stays the program.

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <functional>
#include <string>

#include "proto/base/result.hpp"
#include "proto/link/address.hpp"
#include "proto/link/random.hpp"

namespace washup::adapters {

// Exit codes of the adapters (sysexits.h where it has a word).
inline constexpr int exit_ok = 0;
inline constexpr int exit_findings = 1;
inline constexpr int exit_usage = 2;
inline constexpr int exit_daemon_away = 69;
inline constexpr int exit_temporary = 75;

using link::Address;
using link::daemon_address;  // --daemon and --keys
using link::parse_address;   // "HOST:N"
using link::random_id;       // the epoch of an adapter's store

// Calls `on_stop` at the first SIGINT or SIGTERM; a second one ends the process at once. Holds the
// io_context's work while it lives: call release() when the program is done by itself.
class StopSignals {
  public:
    StopSignals(boost::asio::io_context& io, std::function<void()> on_stop);
    bool stopping() const { return stopping_; }
    void release() { signals_.cancel(); }

  private:
    void wait();
    boost::asio::signal_set signals_;
    std::function<void()> on_stop_;
    bool stopping_ = false;
};

// A source's name: [a-z0-9_-]{1,32}.
Result<void> check_source_name(std::string const& name);

}  // namespace washup::adapters
