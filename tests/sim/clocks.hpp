#pragma once
// What time it is in the simulated house: true time, and what the daemon's machine believes, which
// may drift, step, swing or be noisy. A run begins, by its seed, near one of the two nights on
// which London changes its clocks, near a midnight, or anywhere. Above rate 1 the daemon runs as in
// a demo and does not ask its machine.

#include <cstdint>
#include <string>

#include "proto/base/prng.hpp"
#include "proto/base/time.hpp"

namespace washup::sim {

class Clocks {
  public:
    enum class Shape { right, drift, step, swing, noise };

    // `calm`: rate 600 from New Year's Day, and a machine that is right.
    Clocks(Prng& chance, Duration of_run, bool calm);

    std::int64_t rate() const { return rate_; }
    Instant truth(SteadyInstant now) const;
    // As the daemon's machine tells it.
    Instant system(SteadyInstant now) const;
    // Somebody set the machine's clock right.
    void mend() { shape_ = Shape::right; }
    // By how much the daemon's time may be behind the truth in the course of a run, generously.
    Duration off_max(Duration of_run) const;
    std::string words() const;

  private:
    Duration off(SteadyInstant now) const;

    std::int64_t rate_ = 1;
    Instant begin_;
    Shape shape_ = Shape::right;
    std::int64_t size_ = 0;  // ppm of a drift; milliseconds of the others
    std::int64_t at_ms_ = 0, back_at_ms_ = 0;
    std::uint64_t noise_ = 0;
};

}  // namespace washup::sim
