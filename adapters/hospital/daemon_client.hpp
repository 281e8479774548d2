#pragma once
// What the test hospital needs of the daemon: its time, from the heartbeat of the feed, and the
// staff list, by AddStaff on the control port. Patients' data goes by HL7 and CSV and never through
// here.

#include <boost/asio/io_context.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "adapters/hospital/story.hpp"
#include "proto/base/time.hpp"
#include "proto/link/address.hpp"

namespace washup::hospital {

class DaemonClient {
  public:
    DaemonClient(boost::asio::io_context& io, link::Address daemon);
    ~DaemonClient();

    // The daemon's time now: its last word, moved on at its rate. Nothing until the first
    // heartbeat.
    std::optional<Instant> now() const;
    double rate() const;
    bool heard_lately() const;  // in the last 3 s
    // Asks for each until it is answered; `done` gets how many were accepted and how many refused.
    void add_staff(std::vector<StaffMember> const& staff, std::function<void(int, int)> done);
    void stop();

  private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace washup::hospital
