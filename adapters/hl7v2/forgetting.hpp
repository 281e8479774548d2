#pragma once
// Raw messages are forgotten when their time is over: asks once a minute whether a day has turned,
// and says in the log what went. The store destroys the keys, on its own thread.

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>

#include "adapters/common/retention.hpp"
#include "adapters/hl7v2/record_keeper.hpp"

namespace washup::hl7v2 {

class Forgetting {
  public:
    Forgetting(boost::asio::io_context& io, RecordKeeper& keeper, adapters::Retention retention,
               std::function<Instant()> now);
    void start();

  private:
    void look();

    RecordKeeper& keeper_;
    adapters::Retention retention_;
    std::function<Instant()> now_;
    boost::asio::steady_timer timer_;
};

}  // namespace washup::hl7v2
