// washup-hospital: a test hospital that speaks HL7 v2 over MLLP and drops the hub's CSV files.

#include <CLI/CLI.hpp>
#include <boost/asio/io_context.hpp>
#include <iostream>

#include "adapters/common/program.hpp"
#include "adapters/hospital/hospital_shell.hpp"
#include "adapters/hospital/town.hpp"
#include "adapters/hospital/write_out.hpp"
#include "proto/base/log.hpp"

namespace {

namespace fs = std::filesystem;
using namespace washup;

constexpr int exit_config = 78;

constexpr char const* footer =
    R"(Everybody in it is invented; NHS numbers are from the 999 range. The same seed, times and
wards give the same messages. Time is the daemon's, from its heartbeat, unless --start gives
another.

Exit codes: 0 stopped; 2 wrong use; 75 the drop folder cannot be written; 78 the site file cannot
be read.)";

struct Options {
    std::string mllp = "127.0.0.1:2575", daemon = "127.0.0.1:7700", keys, drop, config, write,
                start;
    std::uint64_t seed = 1;
    double speed = 1.0;
    int beds = 180, history_days = 28, connections = 32, days = 7;
};

// The source tree this program was built from, or where it was installed.
fs::path config_root(Options const& options) {
    if (!options.config.empty()) return options.config;
    std::error_code fault;
    if (fs::exists("config/site/demo.toml", fault)) return "config";
    auto const program = fs::read_symlink("/proc/self/exe", fault);
    auto const beside = program.parent_path() / "../../config";
    return fs::exists(beside, fault) ? beside : fs::path{"/usr/share/washup"};
}

int write_files(Options const& options, hospital::ModelOptions model, Instant start) {
    model.history_start = start;
    model.live_from = start + hours(24 * options.days);
    auto const written = hospital::write_out(std::move(model), options.days, options.write);
    if (!written) {
        std::cerr << written.error().words << '\n';
        return adapters::exit_temporary;
    }
    std::cout << written->messages << " messages and " << written->files << " hub files of "
              << options.days << " days in " << options.write << '\n';
    return adapters::exit_ok;
}

int run(Options const& options, hospital::ModelOptions model, std::optional<Instant> start) {
    auto const mllp = adapters::parse_address(options.mllp);
    auto const daemon = adapters::daemon_address(options.daemon, options.keys);
    if (!mllp || !daemon || options.drop.empty()) {
        std::cerr << (!mllp     ? "--mllp: " + mllp.error().words
                      : !daemon ? daemon.error().words
                                : std::string{"--drop DIR is needed; see --help"})
                  << '\n';
        return adapters::exit_usage;
    }
    hospital::HospitalOptions given;
    given.mllp = *mllp;
    given.daemon = *daemon;
    given.drop = options.drop;
    given.connections = options.connections;
    given.history_days = options.history_days;
    given.start = start;
    given.speed = options.speed;
    given.model = std::move(model);
    std::error_code fault;
    fs::create_directories(given.drop, fault);
    boost::asio::io_context io;
    int exit_code = adapters::exit_ok;
    hospital::Hospital hospital(
        io, std::move(given), [](std::string const& line) { std::cout << line << std::endl; },
        [&](Error const& trouble) {
            log_error("stopped", "why", trouble.words);
            exit_code = adapters::exit_temporary;
            io.stop();
        });
    adapters::StopSignals signals(io, [&] { io.stop(); });
    hospital.start();
    io.run();
    hospital.stop();
    auto const counts = hospital.counts();
    log_info("ended", "acknowledged", counts.acknowledged, "rejected", counts.rejected,
             "sent_again", counts.sent_again, "strange_acks", counts.strange_acks);
    return exit_code;
}

}  // namespace

int main(int argc, char** argv) {
    Options options;
    CLI::App app{"washup-hospital: a test hospital for Washup"};
    app.footer(footer);
    app.add_option("--mllp", options.mllp, "HOST:PORT of washup-hl7")->capture_default_str();
    app.add_option("--drop", options.drop, "folder that washup-csv watches");
    app.add_option("--daemon", options.daemon, "HOST:N, N the daemon's base port")
        ->capture_default_str();
    app.add_option("--keys", options.keys, link::keys_option_words)->envname(link::keys_variable);
    app.add_option("--seed", options.seed, "another seed, another hospital")->capture_default_str();
    app.add_option("--beds", options.beds, "over all wards")
        ->capture_default_str()
        ->check(CLI::Range(8, 1200));
    app.add_option("--history-days", options.history_days, "sent first, as fast as acknowledged")
        ->capture_default_str()
        ->check(CLI::Range(0, 365));
    app.add_option("--connections", options.connections, "MLLP connections at a time")
        ->capture_default_str()
        ->check(CLI::Range(1, 64));
    app.add_option("--config", options.config, "folder that holds site/demo.toml and vocab/");
    app.add_option("--start", options.start, "own clock from this time instead of the daemon's");
    app.add_option("--speed", options.speed, "of the own clock of --start")
        ->capture_default_str()
        ->check(CLI::Range(0.01, 3600.0));
    app.add_option("--write", options.write,
                   "write the messages and files to this folder, and end");
    app.add_option("--days", options.days, "of --write")
        ->capture_default_str()
        ->check(CLI::Range(1, 365));
    try {
        app.parse(argc, argv);
    } catch (CLI::ParseError const& error) {
        return app.exit(error) == 0 ? washup::adapters::exit_ok : washup::adapters::exit_usage;
    }
    std::optional<washup::Instant> start;
    if (!options.start.empty()) {
        auto const moment = washup::parse_moment(options.start);
        if (!moment) {
            std::cerr << "--start: " << moment.error().words << '\n';
            return washup::adapters::exit_usage;
        }
        start = moment->at;
    }
    washup::config::Faults faults;
    auto const root = config_root(options);
    auto const town =
        washup::hospital::load_town(root / "site/demo.toml", root / "vocab/reasons.toml", faults);
    if (!faults.empty()) {
        for (auto const& fault : faults.list()) std::cerr << to_text(fault) << '\n';
        return exit_config;
    }
    washup::hospital::ModelOptions model;
    model.seed = options.seed;
    model.beds = options.beds;
    model.wards = town.wards;
    model.labels = town.labels;
    if (!options.write.empty()) {
        auto const usual = washup::london_midnight(washup::make_date(2026, 11, 2));
        return write_files(options, std::move(model), start.value_or(usual));
    }
    return run(options, std::move(model), start);
}
