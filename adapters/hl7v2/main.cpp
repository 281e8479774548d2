// washup-hl7: HL7 v2 over MLLP, or from files, to the daemon.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <iostream>

#include "adapters/common/forget_shell.hpp"
#include "adapters/common/program.hpp"
#include "adapters/common/spool_arguments.hpp"
#include "adapters/hl7v2/file_feed.hpp"
#include "adapters/hl7v2/forgetting.hpp"
#include "adapters/hl7v2/mllp_server.hpp"
#include "adapters/hl7v2/run_again.hpp"
#include "proto/base/clock.hpp"
#include "proto/base/log.hpp"
#include "proto/base/out_of_memory.hpp"

namespace {

using namespace washup;
namespace fs = std::filesystem;

struct Options {
    std::string listen = "127.0.0.1:2575";
    std::vector<std::string> files;
    std::string daemon = "127.0.0.1:7700";
    std::string keys;
    std::string source = "ward";
    std::string profile;
    std::string profiles;
    std::string data = "run/washup-hl7", forget;
    bool dry_run = false;
    int daemon_within_s = 10;
    int keep_raw_days = adapters::keep_raw_days_default;
    adapters::SpoolArguments spool;
};

constexpr char const* footer = R"(Exit codes:
  0   stopped by a signal, or every message of the files was taken
  1   something in the files is no HL7 message, or could not be stored; --status: it spools, or
      records wait and no washup-hl7 runs
  2   wrong options, or a fault in a profile
  69  the daemon does not answer (--file)
  71  memory ended
  74  the store failed
  75  the data folder is in use by another washup-hl7)";
constexpr int exit_store_failed = 74;

// Beside the program's sources when it runs from a build, beside it in share when installed.
fs::path profiles_folder(std::string const& given) {
    if (!given.empty()) return given;
    std::error_code error;
    for (fs::path const& folder : {fs::path{"config/sources"}, fs::path{WASHUP_CONFIG_DIR}}) {
        if (fs::is_regular_file(folder / "default.toml", error)) return folder;
    }
    auto const self = fs::read_symlink("/proc/self/exe", error);
    return self.parent_path().parent_path() / "share/washup/sources";
}

bool load_profiles(Options const& options, hl7v2::ProfileSet& out) {
    config::Faults faults;
    out = hl7v2::ProfileSet::load(profiles_folder(options.profiles), faults);
    for (auto const& fault : faults.list()) std::cerr << config::to_text(fault) << '\n';
    if (!faults.empty()) return false;
    if (options.profile.empty() || out.find(options.profile)) return true;
    std::cerr << "no profile is named " << options.profile << "; there are:";
    for (auto const& name : out.names()) std::cerr << ' ' << name;
    std::cerr << '\n';
    return false;
}

struct Program {
    Options const& options;
    hl7v2::ProfileSet const& profiles;
    adapters::Address daemon, listen;
    std::vector<fs::path> files;

    int run();
    hl7v2::IntakeOptions intake_options() const;
};

hl7v2::IntakeOptions Program::intake_options() const {
    hl7v2::IntakeOptions out;
    out.daemon_host = daemon.host;
    out.ingest_port = daemon.port;
    out.keys = daemon.keys;
    out.source = options.source;
    out.profile = options.profile;
    out.spool = options.spool.options();
    // Who gives a file is told what became of each message: only the daemon knows.
    if (!files.empty()) out.spool.after.reset();
    out.status = adapters::StatusFile{options.data, options.source};
    return out;
}

int Program::run() {
    auto store = adapters::RecordStore::open(options.data);
    if (!store) {
        std::cerr << options.data << ": " << store.error().words << '\n';
        return store.error().code == ErrorCode::unavailable ? adapters::exit_temporary
                                                            : exit_store_failed;
    }
    auto const again = hl7v2::run_again(**store, profiles, options.profile);
    if (!again) {
        std::cerr << options.data << ": " << again.error().words << '\n';
        return exit_store_failed;
    }
    log_info("set_aside", "run_again", again->again, "waiting", again->waiting, "forgotten",
             again->forgotten);
    auto waiting = (*store)->waiting();
    if (!waiting) {
        std::cerr << options.data << ": " << waiting.error().words << '\n';
        return exit_store_failed;
    }
    boost::asio::io_context io{1};
    int exit_code = adapters::exit_ok;
    hl7v2::RecordKeeper keeper{io, std::move(*store), std::move(*waiting)};
    hl7v2::Intake intake{io, intake_options(), profiles, keeper};
    hl7v2::Forgetting forgetting{io, keeper, adapters::Retention{options.keep_raw_days},
                                 system_now};
    hl7v2::MllpServer server{io, intake};
    hl7v2::FileFeed feed{io, intake, files, seconds(options.daemon_within_s)};
    adapters::StopSignals signals{io, [&] {
                                      log_info("stopping", "under_way", intake.under_way());
                                      if (!files.empty()) return io.stop();
                                      server.drain(seconds(5), [&] { io.stop(); });
                                  }};
    intake.on_fatal = [&](std::string const& words) {
        log_error("cannot_go_on", "words", words);
        exit_code = exit_store_failed;
        if (!files.empty()) return io.stop();
        server.drain(seconds(2), [&] { io.stop(); });  // so that its senders hear AE
    };
    if (files.empty()) {
        auto const port = server.listen(listen.host, listen.port);
        if (!port) {
            std::cerr << port.error().words << '\n';
            return adapters::exit_usage;
        }
        intake.on_change = [&] { server.changed(); };
        fmt::print("washup-hl7 listens on {}:{}, source {}, daemon {}:{}, data {}\n", listen.host,
                   *port, options.source, daemon.host, daemon.port, options.data);
        std::fflush(stdout);
    } else {
        intake.on_change = [&] { feed.changed(); };
        feed.start([&](int code) {
            exit_code = code;
            io.stop();
        });
    }
    forgetting.start();
    io.run();
    intake.stop();
    keeper.stop();
    log_info("stopped", "messages", intake.counts().messages, "durable", intake.counts().durable,
             "spooled", intake.counts().spooled, "duplicates", intake.counts().duplicates,
             "unreadable", intake.counts().unreadable);
    return exit_code;
}

void add_options(CLI::App& app, Options& options) {
    auto* listen = app.add_option("--listen", options.listen, "take MLLP connections here")
                       ->capture_default_str();
    app.add_option("--file", options.files,
                   "take the messages of files or folders instead, and print one line each")
        ->excludes(listen);
    app.add_option("--daemon", options.daemon, "the daemon, HOST:N")->capture_default_str();
    app.add_option("--source", options.source, "the source's name at the daemon")
        ->capture_default_str();
    app.add_option("--profile", options.profile,
                   "read every message by this profile; without it by its sender");
    app.add_option("--profiles", options.profiles, "folder of profiles (config/sources)");
    app.add_option("--keys", options.keys, link::keys_option_words)->envname(link::keys_variable);
    app.add_option("--data", options.data, "folder of the raw messages, sealed")
        ->capture_default_str();
    app.add_option("--keep-raw-days", options.keep_raw_days,
                   "days until a raw message is forgotten; set aside ones wait 100 days at least")
        ->capture_default_str()
        ->check(CLI::Range(1, adapters::keep_raw_days_max));
    app.add_option("--forget", options.forget,
                   "a person was erased: forget every message that holds a word of FILE (one a "
                   "line, - standard input); while it is stopped");
    adapters::add_spool_arguments(app, options.spool);
    app.add_option("--daemon-within", options.daemon_within_s,
                   "seconds to wait for the daemon (--file)")
        ->capture_default_str()
        ->check(CLI::Range(1, 3600));
    app.add_flag("--dry-run", options.dry_run,
                 "with --file: say what each message would do; no daemon, nothing kept");
    app.footer(footer);
}

}  // namespace

int main(int argc, char** argv) {
    stop_when_memory_ends("washup-hl7");
    Options options;
    CLI::App app{"HL7 v2 (MLLP or files) to the washup daemon", "washup-hl7"};
    add_options(app, options);
    try {
        app.parse(argc, argv);
    } catch (CLI::ParseError const& error) {
        return app.exit(error) == 0 ? 0 : adapters::exit_usage;
    }
    if (options.spool.status) return adapters::print_status(options.data);
    if (!options.forget.empty()) return adapters::forget_now(options.data, options.forget, {});
    hl7v2::ProfileSet profiles;
    if (!load_profiles(options, profiles)) return adapters::exit_usage;
    auto const daemon = adapters::daemon_address(options.daemon, options.keys);
    auto const listen = adapters::parse_address(options.listen);
    auto const source = adapters::check_source_name(options.source);
    auto const files = hl7v2::files_of(options.files);
    std::string fault;
    if (!daemon) fault = daemon.error().words;
    if (!listen) fault = listen.error().words;
    if (!source) fault = source.error().words;
    if (!files) fault = files.error().words;
    if (fault.empty() && options.dry_run && options.files.empty()) {
        fault = "--dry-run needs --file";
    }
    if (!fault.empty()) {
        std::cerr << fault << '\n';
        return adapters::exit_usage;
    }
    if (options.dry_run) return hl7v2::dry_run(*files, profiles, options.profile, stdout);
    return Program{options, profiles, *daemon, *listen, *files}.run();
}
