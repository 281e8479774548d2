#pragma once
// Order: every question of an asker is answered, and the answers leave in the order in which the
// questions came ("busy" alone may jump the queue: it speaks of no record). Records follow each
// other without a hole and never go back in time; the sequences of a source rise by one.

#include <cstdint>
#include <deque>
#include <map>
#include <string>

#include "daemon/core/record.hpp"
#include "tests/sim/checkers/objections.hpp"

namespace washup::sim {

class Order {
  public:
    explicit Order(Objections& objections) : objections_(objections) {}

    // `asker` is a connection, `what` a name of the question: a sequence, "hello", a command's id.
    void asked(std::string const& asker, std::string what);
    void answered(std::string const& asker, std::string const& what, bool busy = false);
    // The daemon went down: it owes nothing any more.
    void forgotten() { owed_.clear(); }
    // To the adapter, out of its session, which must put them in order.
    void told(std::string const& session, std::uint64_t sequence);
    // Every durable record; again at a start.
    void stored(core::Record const& record);

  private:
    Objections& objections_;
    std::map<std::string, std::deque<std::string>> owed_;
    std::map<std::string, std::uint64_t> told_;
    std::uint64_t last_ = 0;
    Instant last_at_;
    std::map<std::pair<std::string, std::string>, std::uint64_t> sequences_;
};

}  // namespace washup::sim
