#pragma once
// The shell around the spool: a timer for it, lines in the log, the file that `--status` reads, and
// the words that `washupctl sources` shows. It decides nothing. One thread: the io_context's.

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "adapters/common/spool.hpp"
#include "adapters/common/status_shell.hpp"

namespace washup::adapters {

class SpoolShell {
  public:
    SpoolShell(boost::asio::io_context& io, SpoolOptions options,
               std::vector<WaitingRecord> const& left, StatusFile status);

    // Everything kept up to here may be acknowledged upstream.
    std::function<void(std::uint64_t up_to)> on_acknowledge;
    // words() changed.
    std::function<void()> on_words;

    bool room(std::uint64_t bytes, std::uint64_t records = 1) const {
        return spool_.room(bytes, records);
    }
    bool spooling() const { return spool_.spooling(); }
    bool may_acknowledge(std::uint64_t sequence) const { return spool_.may_acknowledge(sequence); }
    SpoolState state() const { return spool_.state(); }

    void reserve(std::uint64_t bytes) { step(SpoolReserved{bytes}); }
    void release(std::uint64_t bytes) { step(SpoolReleased{bytes}); }
    // The record that room was reserved for.
    void kept(WaitingRecord const& record) { step(SpoolKept{record}); }
    void answered(std::uint64_t up_to) { step(SpoolAnswered{up_to}); }
    void noted(std::uint64_t up_to) { step(SpoolNoted{up_to}); }
    void welcomed(std::uint64_t watermark);
    void lost();
    // Something was offered that there is no room for.
    void refused();

    // "spooling since 22 Nov 09:14, 1204 to send"; empty while it follows the daemon. Changes
    // seldom, because the daemon writes each change down.
    std::string const& words() const { return words_; }
    void stop();

  private:
    void step(SpoolInput const& input);
    void say(SpoolActions const& actions);
    void arm();
    void tick();
    void set_words(std::string words);

    Spool spool_;
    StatusFile status_;
    boost::asio::steady_timer due_, second_;
    std::string words_;
    SteadyInstant said_;
    bool daemon_there_ = false, said_full_ = false, stopped_ = false;
};

}  // namespace washup::adapters
