// washupd: the single writer. Reads like a list: settings, key, journal, replay, serve.

#include <signal.h>
#include <sodium.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <atomic>
#include <cstdio>
#include <filesystem>
#include <future>
#include <iostream>

#include "daemon/journal/key_file.hpp"
#include "daemon/journal/sqlite_journal.hpp"
#include "daemon/journal/state_image.hpp"
#include "daemon/shell/daemon.hpp"
#include "daemon/shell/doors.hpp"
#include "daemon/shell/journal_tool.hpp"
#include "daemon/shell/look_through.hpp"
#include "proto/base/log.hpp"
#include "proto/base/out_of_memory.hpp"

namespace {

using namespace washup;

int fail(char const* event, Error const& error, int exit_code) {
    log_error(event, "words", error.words);
    return exit_code;
}

// What clients know this daemon by; made at the first time of asking.
Result<link::KeyPair> own_pair(std::string const& data_dir) {
    auto const secret = journal::open_or_make_wire_key(data_dir);
    if (!secret) return secret.error();
    return link::key_pair_of(*secret);
}

int print_public_key(std::string const& file, std::string data) {
    if (data.empty()) {
        config::Faults faults;
        auto const settings = settings::load_settings(file, faults);
        if (!settings) return settings::check_config(file, std::cerr);
        data = settings->data_dir;
    }
    auto const pair = own_pair(data);
    if (!pair) {
        fmt::print(stderr, "washupd: {}\n", pair.error().words);
        return shell::exit_io;
    }
    fmt::print("{}\n", pair->public_key);
    return shell::exit_ok;
}

struct Folded {
    engine::Recovered engine;
    reader::Reader reader;
};

Result<Folded> fold_journal(journal::Journal& journal, journal::Sealer const& sealer,
                            std::string const& data_dir) {
    journal::StateImages const images{data_dir, sealer};
    auto recovered = engine::fold(journal, images.newest(journal.info().head, journal), {});
    if (!recovered) return recovered.error();
    auto& state = recovered->state;
    // Beside the rest, because it takes as long: it looks at boxes, and the rest makes words of
    // them and a second fold.
    auto fingerprint =
        std::async(std::launch::async, [&] { return core::fingerprint(std::as_const(state)); });
    recovered->boxes_shut = sealer.open_state(state);
    reader::Reader reader{state, journal.info().epoch};
    log_info("recovered", "records", state.head.value(), "from_image", recovered->from.value(),
             "stays", state.stays.size(), "fingerprint", to_hex(as_bytes(fingerprint.get())),
             "boxes_shut", recovered->boxes_shut);
    return Folded{std::move(*recovered), std::move(reader)};
}

int serve(std::string const& file, std::string const& data, int port) {
    shell::hold_stop_signals();
    config::Faults faults;
    auto settings = settings::load_settings(file, faults);
    if (!settings) return settings::check_config(file, std::cerr);
    if (!data.empty()) settings->data_dir = data;
    if (port != 0) settings->base_port = static_cast<std::uint16_t>(port);
    if (!settings::is_loopback(settings->bind_host) && settings->keys.empty()) {
        return fail("refused", refused("listening beyond this machine needs keys"),
                    shell::exit_config);
    }
    shell::raise_open_files();
    std::error_code made;
    std::filesystem::create_directories(settings->data_dir, made);
    std::filesystem::permissions(settings->data_dir, std::filesystem::perms::owner_all, made);

    auto sealer = journal::Sealer::open_or_make(settings->data_dir, settings->site_key);
    if (!sealer) return fail("key_refused", sealer.error(), shell::exit_io);
    journal::SqliteJournalOptions options;
    options.data_dir = settings->data_dir;
    options.key_id = sealer->key_id_hex();
    auto journal = journal::open_sqlite_journal(options);
    if (!journal) return fail("journal_refused", journal.error(), shell::exit_io);
    auto checkpoints = journal::CheckpointLog::open(settings->data_dir, (*journal)->info());
    if (!checkpoints) return fail("key_refused", checkpoints.error(), shell::exit_io);
    if (auto const keys = engine::take_keys(**journal, *sealer); !keys) {
        return fail("key_refused", keys.error(), shell::exit_io);
    }
    auto folded = fold_journal(**journal, *sealer, settings->data_dir);
    if (!folded) return fail("journal_unreadable", folded.error(), shell::exit_io);
    std::optional<link::KeyPair> own_keys;
    if (!settings->keys.empty()) {
        auto pair = own_pair(settings->data_dir);
        if (!pair) return fail("key_refused", pair.error(), shell::exit_io);
        own_keys = std::move(*pair);
    }
    auto const data_dir = settings->data_dir;
    shell::Daemon daemon{std::move(*settings),      std::move(*sealer),
                         std::move(*journal),       std::move(*checkpoints),
                         std::move(folded->engine), std::move(folded->reader),
                         std::move(own_keys)};
    std::atomic<bool> unsound = false;
    shell::LookThrough const look{
        data_dir, daemon.past_index(), [&](journal::VerifyReport const& report) {
            log_error("journal_unsound", "words", report.fault->words, "good_before", report.good,
                      "next",
                      "stopping; `washupd journal export` saves the good records before it");
            unsound = true;
            ::kill(::getpid(), SIGTERM);  // a clean stop: what is queued is committed and answered
        }};
    auto const code = daemon.run();
    return unsound ? shell::exit_io : code;
}

}  // namespace

int main(int argc, char** argv) {
    stop_when_memory_ends("washupd");
    CLI::App app{
        "washupd: keeps the live state of every hospital stay and publishes it to the boards."};
    app.footer(
        "Exit codes: 0 stopped on request, 69 a port is taken, 71 memory ended, 74 journal or key\n"
        "failed, 78 a fault in the configuration.\n"
        "Ports: N ingest, N+1 control, N+2 feed, N+10..12 walls.");
    app.set_version_flag("--version", "washupd 0.1.0");
    std::string file, data, checked;
    int port = 0;
    app.add_option("--config", file, "the site file; config/site/demo.toml is enough to start");
    app.add_option("--data", data, "data directory (instead of the site file's)");
    app.add_option("--port", port, "base port (instead of the site file's)")
        ->check(CLI::Range(1024, 65000));
    auto* check =
        app.add_subcommand("check-config", "report every fault of a site file; touches nothing");
    check->add_option("FILE", checked, "the site file")->required();
    auto* public_key = app.add_subcommand(
        "public-key", "print what clients know this daemon by; made where there is none");
    public_key->fallthrough();
    shell::JournalTool journal_tool{app};
    app.require_subcommand(0, 1);
    try {
        app.parse(argc, argv);
    } catch (CLI::ParseError const& error) {
        return app.exit(error) == 0 ? 0 : 2;
    }
    if (sodium_init() < 0) {
        std::fputs("washupd: libsodium does not start\n", stderr);
        return shell::exit_io;
    }
    if (journal_tool.chosen()) return journal_tool.run();
    if (*check) return settings::check_config(checked, std::cout);
    if (*public_key && !(file.empty() && data.empty())) return print_public_key(file, data);
    if (file.empty()) {
        std::fputs("washupd: --config FILE is needed; see --help\n", stderr);
        return 2;
    }
    return serve(file, data, port);
}
