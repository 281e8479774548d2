#pragma once
// The test hospital at work: first the days of history, one after another and as fast as they are
// acknowledged, then along the daemon's clock. What happens is the model's; this sends it, drops
// the hub's files and tells how far it is.

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "adapters/hospital/daemon_client.hpp"
#include "adapters/hospital/mllp_client.hpp"
#include "adapters/hospital/model.hpp"
#include "proto/base/clock.hpp"

namespace washup::hospital {

struct HospitalOptions {
    link::Address mllp{"127.0.0.1", 2575};
    link::Address daemon;
    std::filesystem::path drop;
    int connections = 32;
    int history_days = 28;
    std::optional<Instant> start;  // an own clock instead of the daemon's
    double speed = 1.0;            // of the own clock
    ModelOptions model;            // times are filled in here
};

class Hospital {
  public:
    Hospital(boost::asio::io_context& io, HospitalOptions options,
             std::function<void(std::string const&)> say, std::function<void(Error)> on_trouble);

    void start();
    void stop();
    MllpCounts counts() const { return mllp_.counts(); }

  private:
    std::optional<Instant> now() const;
    void later(std::chrono::milliseconds wait, void (Hospital::*then)());
    void wait_for_daemon();
    void begin(Instant live_from);
    void next_day();
    void day_answered();
    void wait_for_hub();
    void go_live();
    void live();
    void tell_minute();
    Result<void> put_out(std::vector<Output> outputs);
    Result<void> drop_file(HubFile const& file);
    bool drop_taken() const;

    boost::asio::io_context& io_;
    HospitalOptions options_;
    std::function<void(std::string const&)> say_;
    std::function<void(Error)> on_trouble_;
    boost::asio::steady_timer timer_;
    MllpClient mllp_;
    std::unique_ptr<DaemonClient> daemon_;
    std::unique_ptr<Model> model_;
    std::optional<DaemonClock> own_clock_;
    std::vector<HubFile> files_of_day_;
    Instant history_until_, live_from_;
    SteadyInstant waiting_since_, told_;
    int day_ = 0;
    std::uint64_t files_ = 0;
    bool stopped_ = false;
};

}  // namespace washup::hospital
