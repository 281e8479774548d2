// Makes a large journal as a hospital would have made it: the test hospital's messages and files
// through the real mappers, the real engine and the real journal, with checkpoints and images
// where the daemon would have put them; only the clock is not waited for.

#include <CLI/CLI.hpp>
#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <stdexcept>

#include <fmt/format.h>

#include "daemon/engine/engine.hpp"
#include "daemon/journal/sqlite_journal.hpp"
#include "daemon/settings/settings.hpp"
#include "daemon/shell/journal_watch.hpp"
#include "proto/base/clock.hpp"
#include "tests/bench/hospital_feed.hpp"

namespace {

using namespace washup;

// Records of one commit: more would be another daemon than the one under load.
constexpr std::size_t batch_records = 1000;

template <class T>
T must(Result<T> result, char const* what) {
    if (!result) throw std::runtime_error(fmt::format("{}: {}", what, result.error().words));
    return std::move(*result);
}

void must(Result<void> const& result, char const* what) {
    if (!result) throw std::runtime_error(fmt::format("{}: {}", what, result.error().words));
}

class Maker {
  public:
    Maker(std::string const& data_dir, std::string const& config_dir)
        : sealer_(must(journal::Sealer::open_or_make(data_dir), "site key")),
          journal_(must(journal::open_sqlite_journal({data_dir, sealer_.key_id_hex()}), "journal")),
          watch_(*journal_, {data_dir, sealer_}, {},
                 must(journal::CheckpointLog::open(data_dir, journal_->info()), "checkpoints")),
          engine_({}, sealer_, 1) {
        if (journal_->info().head) throw std::runtime_error("there is a journal already");
        config::Faults faults;
        auto settings = settings::load_settings(config_dir + "/site/demo.toml", faults);
        if (!settings) throw std::runtime_error("the site file has faults");
        settings_ = std::move(*settings);
        journal::JournalHandlers handlers;
        handlers.on_durable = [this](core::RecordNumber up_to, auto const&) {
            std::lock_guard const lock{mutex_};
            durable_ = up_to;
            changed_.notify_one();
        };
        handlers.on_failed = [](Error const& error) {
            std::fprintf(stderr, "make_journal: %s\n", error.words.c_str());
            std::_Exit(1);
        };
        journal_->start(std::move(handlers));
    }

    void begin(Instant at, bench::HospitalFeed const& feed) {
        step(engine::ConfigRead{settings_.config, settings_.digest}, at);
        for (auto const& hello : feed.hellos()) step(engine::HelloReceived{"feed", hello}, at);
        for (auto const& command : feed.staff()) step(engine::CommandReceived{"feed", command}, at);
    }
    void take(bench::Received const& received) {
        step(engine::RecordReceived{"feed", received.record}, received.at);
    }
    void end() {
        flush();
        watch_.look(engine_.state(), true);
        journal_->close();
    }
    core::State const& state() const { return engine_.state(); }

  private:
    void step(engine::Input const& input, Instant at) {
        engine_.step(input, at, actions_);
        for (auto& action : actions_) {
            if (auto* append = std::get_if<engine::Append>(&action)) {
                batch_.push_back(append->record);
                keys_.insert(keys_.end(), append->keys.begin(), append->keys.end());
            }
        }
        actions_.clear();
        last_at_ = at;
        if (batch_.size() >= batch_records) flush();
    }
    void flush() {
        if (!batch_.empty()) {
            auto const last = batch_.back()->number;
            must(journal_->append(std::exchange(batch_, {}), std::exchange(keys_, {})), "append");
            std::unique_lock lock{mutex_};
            changed_.wait(lock, [&] { return durable_ == last; });
        }
        engine_.step(engine::Durable{durable_}, last_at_, actions_);
        actions_.clear();
        watch_.look(engine_.state(), false);
    }
    settings::DaemonSettings settings_;
    journal::Sealer sealer_;
    std::unique_ptr<journal::Journal> journal_;
    shell::JournalWatch watch_;
    engine::Engine engine_;
    std::vector<engine::Action> actions_;
    std::vector<journal::SharedRecord> batch_;
    std::vector<journal::StoredKey> keys_;
    Instant last_at_;
    std::mutex mutex_;
    std::condition_variable changed_;
    core::RecordNumber durable_;
};

void run(std::string const& data_dir, std::uint64_t records, bench::FeedOptions const& options) {
    bench::HospitalFeed feed{options};
    Maker maker{data_dir, options.config_dir};
    maker.begin(options.start, feed);
    auto const begun = steady_now();
    auto said = begun;
    for (auto at = options.start; maker.state().head.value() < records; at = at + hours(1)) {
        for (auto const& received : feed.up_to(at)) {
            maker.take(received);
            if (maker.state().head.value() >= records) break;
        }
        auto const now = steady_now();
        if (now - said < seconds(2)) continue;
        said = now;
        std::fprintf(stderr, "make_journal: %s  %llu of %llu records, %.0f s\n",
                     to_iso(london_date(at)).c_str(),
                     static_cast<unsigned long long>(maker.state().head.value()),
                     static_cast<unsigned long long>(records),
                     static_cast<double>((now - begun).ms) / 1000);
    }
    maker.end();
    auto const& state = maker.state();
    fmt::print(R"({{"what": "made", "records": {}, "beds": {}, "stays": {}, "persons": {}, )"
               R"("first_ms": {}, "last_ms": {}, "seconds": {:.1f}, "fingerprint": "{}"}})"
               "\n",
               state.head.value(), options.beds, state.stays.size(), state.persons.size(),
               options.start.ms, state.last_at.ms,
               static_cast<double>((steady_now() - begun).ms) / 1000,
               to_hex(as_bytes(core::fingerprint(state))));
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{"make_journal: a journal of a hospital's traffic, made as fast as it goes."};
    std::string data;
    std::uint64_t records = 1'000'000;
    washup::bench::FeedOptions options;
    options.config_dir = WASHUP_SOURCE_DIR "/config";
    options.start = washup::london_time(washup::make_date(2025, 1, 6), 6, 0);
    app.add_option("--data", data, "data directory; has no journal yet")->required();
    app.add_option("--records", records, "how many")->capture_default_str();
    app.add_option("--beds", options.beds, "of the hospital")->capture_default_str();
    app.add_option("--seed", options.seed, "another seed, another hospital")->capture_default_str();
    CLI11_PARSE(app, argc, argv);
    try {
        run(data, records, options);
    } catch (std::exception const& error) {
        return std::fprintf(stderr, "make_journal: %s\n", error.what()), 1;
    }
    return 0;
}
