#pragma once
// What stands upstream of an adapter and outlives it: a ward system with messages that nobody has
// acknowledged yet, or a hub with files in a drop folder. It sends what is not acknowledged, again
// and again, as the real ones do; it never forgets one.

#include <deque>
#include <functional>
#include <string>

#include "proto/base/time.hpp"
#include "washup/v1/ingest.pb.h"

namespace washup::sim {

// Messages under way without an acknowledgement: a ward system has a few connections.
inline constexpr std::size_t ward_window_max = 32;

// One thing to hand over: an HL7 message in its frame, a file, or what another adapter observes.
struct Parcel {
    std::string name;  // by which it is acknowledged: control id, file name
    std::string octets;
    v1::Observation observation;
};

class Ward {
  public:
    using Send = std::function<void(Parcel const& parcel)>;
    explicit Ward(Send send) : send_(std::move(send)) {}

    void add(Parcel parcel) { outbox_.push_back({std::move(parcel), {}, false}); }
    // Sends what is new, and again what was not acknowledged in time.
    void tick(SteadyInstant now);
    void acknowledged(std::string const& name);
    // The connection broke: nothing that was sent is certain.
    void broken();

    bool quiet() const { return outbox_.empty(); }
    // In the order of their making; a folder is read so.
    Parcel const* oldest() const { return outbox_.empty() ? nullptr : &outbox_.front().parcel; }
    std::uint64_t sent_again() const { return again_; }

  private:
    struct Waiting {
        Parcel parcel;
        SteadyInstant sent;
        bool under_way = false;
    };
    Send send_;
    std::deque<Waiting> outbox_;
    std::uint64_t again_ = 0;
};

}  // namespace washup::sim
