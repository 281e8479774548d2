#include "board/app/options.hpp"

#include <CLI/CLI.hpp>
#include <cstdio>

#include "board/theme/fonts.hpp"

namespace washup::board {
namespace {

constexpr char const* footer =
    "Keys: 1 wash-up, 2 flow, arrows turn the page, space holds it, w changes the flow's window,\n"
    "f full screen, Enter signs in, l signs out, q leaves. Any key holds the page for a minute; "
    "the head shows the "
    "seconds.\n"
    "\n"
    "Exit codes: 0 done; 2 the command line is wrong; 69 no display, no typeface, or no picture\n"
    "from the daemon in time; 74 a picture could not be written; 77 the daemon refuses the view.";

// "1920x1080".
bool parse_size(std::string const& text, Panel& panel) {
    int width = 0, height = 0, read = 0;
    if (std::sscanf(text.c_str(), "%dx%d%n", &width, &height, &read) != 2) return false;
    if (static_cast<std::size_t>(read) != text.size()) return false;
    if (width < 320 || height < 180 || width > 8192 || height > 8192) return false;
    panel.width_px = static_cast<float>(width);
    panel.height_px = static_cast<float>(height);
    return true;
}

bool is_loopback(std::string const& host) {
    return host == "localhost" || host == "::1" || host == "[::1]" || host.starts_with("127.");
}

struct Raw {
    std::string daemon = "127.0.0.1:7700", keys, page, size;
};

void add_options(CLI::App& app, Options& options, Raw& raw) {
    app.add_option("--daemon", raw.daemon, "HOST:N, the daemon and its base port")
        ->capture_default_str();
    app.add_option("--keys", raw.keys, link::keys_option_words)->envname(link::keys_variable);
    app.add_option("--tier", options.tier,
                   "privacy tier: 1 for a wall (initials, roles); 3 names everything and is "
                   "given on this machine, or to whoever signs in; until then it "
                   "is the key's own")
        ->check(CLI::IsMember({1, 3}))
        ->capture_default_str();
    app.add_option("--page", raw.page, "stay on one page; without it they rotate")
        ->check(CLI::IsMember({"wash-up", "flow"}));
    app.add_option("--team", options.filter.team, "only this team (code or name)");
    app.add_option("--ward", options.filter.ward, "only this ward");
    app.add_option("--site", options.filter.site, "only this site");
    app.add_option("--window", options.window, "of the flow page: now, or 7, 28, 91 days")
        ->check(CLI::IsMember({"now", "7", "28", "91"}))
        ->capture_default_str();
    app.add_option("--panel-inches", options.panel.inches, "diagonal of the panel")
        ->check(CLI::Range(5.0f, 200.0f))
        ->capture_default_str();
    app.add_option("--distance-m", options.panel.distance_m, "how far its readers stand")
        ->check(CLI::Range(0.3f, 30.0f))
        ->capture_default_str();
    app.add_option("--size", raw.size, "WxH of the picture or window, such as 1920x1080");
    app.add_flag("--fullscreen", options.fullscreen, "fill the display");
    app.add_option("--snapshot", options.snapshot,
                   "write a PNG here and leave; needs no display or GPU");
    app.add_option("--snapshot-every", options.snapshot_every_s,
                   "with --snapshot: write it again every so many seconds, page by page")
        ->check(CLI::Range(0.2, 3600.0));
    app.add_flag("--dump", options.dump, "print the pages as text and leave");
    app.add_flag("--everyone", options.everyone, "with --dump: everybody, on the wall or not");
    app.add_option("--wait", options.wait_s,
                   "seconds to wait for the first picture, with --snapshot or --dump")
        ->check(CLI::Range(0.0, 3600.0))
        ->capture_default_str();
    app.add_option("--as", options.as,
                   "with a key, --tier 3: sign in as this staff id; the window asks by itself");
    app.add_option("--pin-fd", options.pin_fd, "take the PIN from this descriptor")
        ->check(CLI::Range(0, 1023));
    app.add_option("--fonts", options.fonts_folder, "folder of the Inter typeface")
        ->default_val(fonts_folder_default);
}

std::string fault_of(Options& options, Raw const& raw) {
    auto const daemon = link::daemon_address(raw.daemon, raw.keys);
    if (!daemon) return daemon.error().words;
    options.daemon = *daemon;
    if (!raw.size.empty() && !parse_size(raw.size, options.panel)) {
        return "--size: " + raw.size + " is not WxH between 320x180 and 8192x8192";
    }
    options.size_given = !raw.size.empty();
    if (auto const page = page_named(raw.page)) options.pages = {*page};
    if (options.tier == 3 && !options.daemon.keys && !is_loopback(options.daemon.host)) {
        return "--tier 3 is given on the daemon's own machine only, or to a key";
    }
    if (options.snapshot_every_s > 0 && options.snapshot.empty()) {
        return "--snapshot-every needs --snapshot";
    }
    if (options.everyone && !options.dump) return "--everyone needs --dump";
    return {};
}

}  // namespace

Parsed parse_options(int argc, char const* const* argv) {
    Options options;
    Raw raw;
    CLI::App app{
        "washup-board: the wall board. Follows a daemon and shows who waits, for what, "
        "and what needs an answer now."};
    app.footer(footer);
    add_options(app, options, raw);
    try {
        app.parse(argc, argv);
    } catch (CLI::ParseError const& error) {
        return {std::nullopt, app.exit(error) == 0 ? exit_ok : exit_usage};
    }
    if (std::string const fault = fault_of(options, raw); !fault.empty()) {
        std::fprintf(stderr, "washup-board: %s\n", fault.c_str());
        return {std::nullopt, exit_usage};
    }
    return {std::move(options), exit_ok};
}

}  // namespace washup::board
