#pragma once
// One client of the ingest port as fast as it gets: keeps so many records unanswered, and takes the
// time from each record's sending to its durable answer. A listener on the feed drains what is
// published meanwhile, so that publishing is paid for. Stops with words on anything but a good
// answer.

#include <cstdint>
#include <string>
#include <vector>

#include "tests/bench/frames.hpp"

namespace washup::bench {

struct Measure {
    std::uint64_t records = 0, published = 0;
    double seconds = 0;
    std::vector<double> ack_us;  // one per record, unsorted

    double per_second() const { return seconds > 0 ? static_cast<double>(records) / seconds : 0; }
    double ack_quantile(double q);  // sorts
    std::string json(std::string const& what, std::size_t in_flight);
};

class Feeder {
  public:
    Feeder(std::string const& host, unsigned ingest_port, unsigned feed_port, Load load);
    ~Feeder();
    Feeder(Feeder const&) = delete;
    Feeder& operator=(Feeder const&) = delete;

    // Sends the frames, the next sequences each, until they are all sent or the time is over; waits
    // for every answer. Sequences go on from one run to the next.
    Measure run(std::vector<std::string> const& frames, std::size_t in_flight,
                double seconds_limit);

  private:
    struct Impl;
    Impl* impl_;
};

}  // namespace washup::bench
