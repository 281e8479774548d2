#include "adapters/hospital/hospital_shell.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include "proto/base/log.hpp"

namespace washup::hospital {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;

constexpr milliseconds poll{100}, live_step{200};
// The hub's files of a day are given this long to be taken, so that a day's facts arrive together.
constexpr Duration hub_patience = washup::seconds(3);

std::string thousands(std::uint64_t number) {
    auto text = std::to_string(number);
    for (auto at = text.size(); at > 3;) text.insert(at -= 3, ",");
    return text;
}

}  // namespace

Hospital::Hospital(boost::asio::io_context& io, HospitalOptions options,
                   std::function<void(std::string const&)> say,
                   std::function<void(Error)> on_trouble)
    : io_(io),
      options_(std::move(options)),
      say_(std::move(say)),
      on_trouble_(std::move(on_trouble)),
      timer_(io),
      mllp_(io, options_.mllp.host, options_.mllp.port, options_.connections) {}

void Hospital::start() {
    if (options_.start) {
        own_clock_.emplace(*options_.start, options_.speed);
        return begin(*options_.start);
    }
    daemon_ = std::make_unique<DaemonClient>(io_, options_.daemon);
    waiting_since_ = told_ = steady_now();
    wait_for_daemon();
}

void Hospital::stop() {
    stopped_ = true;
    timer_.cancel();
    mllp_.stop();
    if (daemon_) daemon_->stop();
}

std::optional<Instant> Hospital::now() const {
    if (own_clock_) return own_clock_->now();
    return daemon_->now();
}

void Hospital::later(milliseconds wait, void (Hospital::*then)()) {
    timer_.expires_after(wait);
    timer_.async_wait([this, then](boost::system::error_code fault) {
        if (!fault && !stopped_) (this->*then)();
    });
}

void Hospital::wait_for_daemon() {
    if (auto const time = now()) {
        say_(fmt::format("daemon time {}, {}x", to_rfc3339(*time), daemon_->rate()));
        return begin(*time);
    }
    if (steady_now() - told_ > washup::seconds(5)) {
        told_ = steady_now();
        say_("waiting for the daemon's heartbeat");
    }
    later(poll, &Hospital::wait_for_daemon);
}

void Hospital::begin(Instant live_from) {
    live_from_ = live_from;
    auto model = options_.model;
    model.live_from = live_from;
    model.history_start = london_midnight(london_date(live_from) - options_.history_days);
    history_until_ = model.history_start;
    model_ = std::make_unique<Model>(std::move(model));
    mllp_.on_all_answered([this] { day_answered(); });
    if (!daemon_) return next_day();
    daemon_->add_staff(model_->staff(), [this](int accepted, int refused) {
        say_(fmt::format("staff list: {} added, {} refused", accepted, refused));
    });
    next_day();
}

void Hospital::next_day() {
    // The clock runs on while history is sent: the last piece is what has become due meanwhile.
    auto const time = now().value_or(live_from_);
    if (history_until_ >= time - washup::minutes(1) || day_ > options_.history_days) {
        return go_live();
    }
    history_until_ = std::min(time, london_midnight(london_date(history_until_) + 1));
    ++day_;
    if (auto done = put_out(model_->step(history_until_)); !done) return on_trouble_(done.error());
    if (mllp_.waiting() == 0) day_answered();
}

void Hospital::day_answered() {
    if (stopped_ || day_ == 0 || day_ > options_.history_days + 1) return;
    for (auto const& file : files_of_day_) {
        if (auto done = drop_file(file); !done) return on_trouble_(done.error());
    }
    files_of_day_.clear();
    say_(fmt::format("history: day {} of {}, {} messages acknowledged",
                     std::min(day_, options_.history_days), options_.history_days,
                     thousands(mllp_.counts().acknowledged)));
    waiting_since_ = steady_now();
    wait_for_hub();
}

void Hospital::wait_for_hub() {
    if (drop_taken() || steady_now() - waiting_since_ > hub_patience) return next_day();
    later(milliseconds(20), &Hospital::wait_for_hub);
}

void Hospital::go_live() {
    mllp_.on_all_answered({});
    day_ = options_.history_days + 2;
    auto const census = model_->census();
    say_(
        fmt::format("history sent: {} in {} beds, {} on the social-work list, {} ready and still "
                    "here; now live",
                    census.in_bed, census.beds, census.on_list, census.ready));
    told_ = steady_now();
    live();
}

void Hospital::live() {
    if (!mllp_.full()) {
        if (auto const time = now()) {
            if (auto done = put_out(model_->step(*time)); !done) return on_trouble_(done.error());
            for (auto const& file : files_of_day_) {
                if (auto done = drop_file(file); !done) return on_trouble_(done.error());
            }
            files_of_day_.clear();
        }
    }
    if (steady_now() - told_ >= washup::seconds(60)) {
        told_ = steady_now();
        tell_minute();
    }
    later(live_step, &Hospital::live);
}

void Hospital::tell_minute() {
    auto const census = model_->census();
    auto const counts = mllp_.counts();
    auto const time = now().value_or(live_from_);
    say_(fmt::format(
        "{} {}: {} messages acknowledged, {} waiting, {} rejected, {} files; {} of {} "
        "beds, {} ready and still here{}",
        to_iso(london_date(time)), clock_time(time), thousands(counts.acknowledged),
        mllp_.waiting(), counts.rejected, files_, census.in_bed, census.beds, census.ready,
        daemon_ && !daemon_->heard_lately() ? "; no heartbeat from the daemon" : ""));
}

Result<void> Hospital::put_out(std::vector<Output> outputs) {
    for (auto& output : outputs) {
        if (auto* const message = std::get_if<Message>(&output)) {
            mllp_.send(std::move(*message));
        } else {
            files_of_day_.push_back(std::move(std::get<Drop>(output).file));
        }
    }
    return {};
}

// Written under another name and renamed into place, as a careful sender does.
Result<void> Hospital::drop_file(HubFile const& file) {
    auto const half = options_.drop / ("." + file.name + ".tmp");
    {
        std::ofstream out(half, std::ios::binary | std::ios::trunc);
        out << file.octets;
        out.flush();
        if (!out) return io_error("cannot write in " + options_.drop.string());
    }
    std::error_code fault;
    fs::rename(half, options_.drop / file.name, fault);
    if (fault) return io_error("cannot rename in " + options_.drop.string());
    ++files_;
    return {};
}

bool Hospital::drop_taken() const {
    std::error_code fault;
    for (auto const& entry : fs::directory_iterator(options_.drop, fault)) {
        if (entry.path().extension() == ".csv") return false;
    }
    return true;
}

}  // namespace washup::hospital
