// washup-csv: takes the files a council drops, one observation a row, to the daemon.

#include <CLI/CLI.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <sstream>

#include "adapters/common/forget_shell.hpp"
#include "adapters/common/program.hpp"
#include "adapters/common/record_store.hpp"
#include "adapters/common/spool_arguments.hpp"
#include "adapters/csv/dry_run.hpp"
#include "adapters/csv/relay_shell.hpp"
#include "proto/base/clock.hpp"
#include "proto/base/log.hpp"
#include "proto/base/out_of_memory.hpp"

namespace {

namespace fs = std::filesystem;
using namespace washup;

constexpr int exit_config = 78;
constexpr Duration daemon_wait = seconds(30);  // of --once

constexpr char const* footer =
    R"(Files are taken when they are renamed into DIR, or have not changed for the settle time of
the profile. They are kept, sealed, in --data and moved to DIR/done/ (DIR/failed/ when nothing in
them can be read), with NAME.report.csv beside them when rows were not taken as they stand.

Exit codes: 0 done; 1 --dry-run found rows that cannot be mapped, or --once moved files to failed/;
--status: it spools, or rows wait and it does not run; 2 wrong use; 69 the daemon is away (--once,
30 s); 71 memory ended; 75 own trouble: disk, or the store is held by another washup-csv; 78 the
profile has faults.)";

struct Options {
    std::string drop, daemon = "127.0.0.1:7700", keys, source, profile = "csv_hub", config_dir;
    std::string data = "run/washup-csv", forget;
    std::vector<std::string> dry_run;
    bool once = false;
    int keep_raw_days = adapters::keep_raw_days_default;
    adapters::SpoolArguments spool;
};

// A path, or NAME.toml in --config, ./config/sources, the source tree of this build, /usr/share.
fs::path profile_file(Options const& options) {
    if (options.profile.find('/') != std::string::npos || options.profile.ends_with(".toml")) {
        return options.profile;
    }
    std::error_code fault;
    auto const program = fs::read_symlink("/proc/self/exe", fault);
    auto const file = options.profile + ".toml";
    std::vector<fs::path> places;
    if (!options.config_dir.empty()) places.push_back(fs::path{options.config_dir} / file);
    places.push_back(fs::path{"config/sources"} / file);
    places.push_back(program.parent_path() / "../../config/sources" / file);
    places.push_back(fs::path{"/usr/share/washup/sources"} / file);
    for (auto const& place : places) {
        if (fs::exists(place, fault)) return place;
    }
    return places.front();
}

int exit_of(Error const& error) {
    log_error("stopped", "why", error.words);
    return error.code == ErrorCode::invalid && error.field == "--drop" ? adapters::exit_usage
                                                                       : adapters::exit_temporary;
}

class Program {
  public:
    Program(Options const& options, csv::Profile const& profile)
        : options_(options), profile_(profile), timer_(io_) {}

    int run() {
        auto const daemon = adapters::daemon_address(options_.daemon, options_.keys);
        if (!daemon) {
            std::cerr << daemon.error().words << '\n';
            return adapters::exit_usage;
        }
        auto drop = csv::DropFolder::open(io_, options_.drop, profile_.settle);
        if (!drop) return exit_of(drop.error());
        auto store = adapters::RecordStore::open(options_.data);
        if (!store) return exit_of(store.error());
        adapters::IngestClientOptions client;
        client.host = daemon->host;
        client.ingest_port = daemon->port;
        client.keys = daemon->keys;
        client.source = options_.source.empty() ? profile_.source : options_.source;
        client.epoch = (*store)->epoch();
        client.profile = profile_.name + " (" + profile_.words + ")";
        csv::RelaySpool spool{options_.spool.options(),
                              adapters::StatusFile{options_.data, client.source}};
        // Who runs it once is told by its exit code what became of the files.
        if (options_.once) spool.options.after.reset();
        csv::Relay relay(io_, profile_, **drop, **store, client,
                         adapters::Retention{options_.keep_raw_days}, spool,
                         [this](Error const& trouble) { finish(exit_of(trouble)); });
        relay_ = &relay;
        if (auto started = relay.start(); !started) return exit_of(started.error());
        adapters::StopSignals signals(io_, [this] { finish(adapters::exit_ok); });
        signals_ = &signals;
        if (options_.once) watch_once();
        log_info("started", "drop", options_.drop, "source", client.source, "profile",
                 profile_.name);
        io_.run();
        auto const& counts = relay.counts();
        log_info("ended", "files", counts.files, "failed", counts.failed, "seen_before",
                 counts.seen_before, "rows", counts.rows, "accepted", counts.accepted, "inbox",
                 counts.inbox);
        return exit_code_;
    }

  private:
    void finish(int exit_code) {
        exit_code_ = exit_code;
        relay_->stop();
        timer_.cancel();
        signals_->release();
        io_.stop();
    }

    void watch_once() {
        auto const since = steady_now();
        relay_->on_progress([this] {
            if (!relay_->connected() || !relay_->idle()) return;
            finish(relay_->counts().failed > 0 ? adapters::exit_findings : adapters::exit_ok);
        });
        last_here_ = since;
        check_daemon();
    }

    void check_daemon() {
        timer_.expires_after(std::chrono::seconds(1));
        timer_.async_wait([this](boost::system::error_code fault) {
            if (fault) return;
            if (relay_->connected()) last_here_ = steady_now();
            if (steady_now() - last_here_ >= daemon_wait) {
                log_error("daemon_away", "daemon", options_.daemon);
                return finish(adapters::exit_daemon_away);
            }
            check_daemon();
        });
    }

    Options const& options_;
    csv::Profile const& profile_;
    boost::asio::io_context io_;
    boost::asio::steady_timer timer_;
    csv::Relay* relay_ = nullptr;
    adapters::StopSignals* signals_ = nullptr;
    SteadyInstant last_here_;
    int exit_code_ = adapters::exit_ok;
};

int dry_run(Options const& options, csv::Profile const& profile) {
    bool clean = true;
    for (auto const& name : options.dry_run) {
        std::ifstream in(name, std::ios::binary);
        std::stringstream octets;
        octets << in.rdbuf();
        if (!in) {
            std::cerr << name << ": cannot be read\n";
            clean = false;
            continue;
        }
        auto const result = csv::dry_run(profile, fs::path{name}.filename().string(), octets.str());
        std::cout << result.text;
        clean = clean && result.clean;
    }
    return clean ? adapters::exit_ok : adapters::exit_findings;
}

}  // namespace

int main(int argc, char** argv) {
    stop_when_memory_ends("washup-csv");
    Options options;
    CLI::App app{"washup-csv: hub events from dropped CSV files to washupd"};
    app.footer(footer);
    app.add_option("--drop", options.drop, "folder that files are dropped into");
    app.add_option("--daemon", options.daemon, "HOST:N, N the daemon's base port")
        ->capture_default_str();
    app.add_option("--keys", options.keys, link::keys_option_words)->envname(link::keys_variable);
    app.add_option("--source", options.source, "name of this source (default: the profile's)");
    app.add_option("--profile", options.profile, "name in config/sources, or a path")
        ->capture_default_str();
    app.add_option("--config", options.config_dir, "folder of profiles, looked into first");
    app.add_option("--data", options.data, "own store: sealed rows, answers")
        ->capture_default_str();
    app.add_option("--keep-raw-days", options.keep_raw_days,
                   "days until the rows of a file are forgotten here")
        ->capture_default_str()
        ->check(CLI::Range(1, adapters::keep_raw_days_max));
    app.add_option(
        "--forget", options.forget,
        "a person was erased: take every record, and every row in done/ and failed/, that "
        "holds a word of FILE (one a line, - standard input) out; while it is stopped");
    adapters::add_spool_arguments(app, options.spool, csv::rows_max);
    app.add_flag("--once", options.once, "process what is there, wait for the answers, end");
    app.add_option("--dry-run", options.dry_run, "map FILE... and print each row's outcome");
    try {
        app.parse(argc, argv);
    } catch (CLI::ParseError const& error) {
        return app.exit(error) == 0 ? washup::adapters::exit_ok : washup::adapters::exit_usage;
    }
    if (options.spool.status) return washup::adapters::print_status(options.data);
    if (!options.forget.empty()) {
        std::vector<fs::path> folders;
        for (auto const* aside : {"done", "failed"}) {
            if (!options.drop.empty()) folders.push_back(fs::path{options.drop} / aside);
        }
        return washup::adapters::forget_now(options.data, options.forget, folders);
    }
    if (options.dry_run.empty() && options.drop.empty()) {
        std::cerr << "--drop DIR or --dry-run FILE is needed; see --help\n";
        return washup::adapters::exit_usage;
    }
    if (!options.source.empty()) {
        if (auto fine = washup::adapters::check_source_name(options.source); !fine) {
            std::cerr << fine.error().words << '\n';
            return washup::adapters::exit_usage;
        }
    }
    washup::config::Faults faults;
    auto const profile = washup::csv::load_profile(profile_file(options), faults);
    if (!profile) {
        for (auto const& fault : faults.list()) std::cerr << to_text(fault) << '\n';
        return exit_config;
    }
    if (!options.dry_run.empty()) return dry_run(options, *profile);
    return Program(options, *profile).run();
}
