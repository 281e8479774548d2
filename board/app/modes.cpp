// Pictures and text, without a display.

#include "board/app/modes.hpp"

#include <sodium.h>

#include <csignal>
#include <cstdio>
#include <future>

#include "board/app/rotation.hpp"
#include "board/app/studio.hpp"
#include "board/app/watcher.hpp"
#include "board/link/pin_input.hpp"

namespace washup::board {
namespace {

volatile std::sig_atomic_t stop = 0;
void on_signal(int) {
    stop = 1;
}

int say(Error const& error, int code) {
    std::fprintf(stderr, "washup-board: %s\n", error.words.c_str());
    return code;
}

// Where tier 3 was asked for and nobody signed in, what is shown is the machine's own.
void say_whose(Options const& options, Look const& look) {
    if (look.model->person.state != PersonState::signed_out) return;
    std::fprintf(stderr,
                 "washup-board: nobody is signed in, so this is tier %d, which the key shows to "
                 "everybody; for tier %d sign in with --as ID\n",
                 look.model->tier, options.tier);
}

int no_picture(Options const& options, Look const& look) {
    if (look.link.phase == LinkPhase::refused) {
        std::fprintf(stderr, "washup-board: the daemon refuses this view: %s\n",
                     look.link.words.c_str());
        return exit_permission;
    }
    if (auto const& why = look.model->person.refused; !why.empty()) {
        std::fprintf(stderr, "washup-board: %s\n", why.c_str());
        return exit_permission;
    }
    std::fprintf(stderr, "washup-board: no picture from %s:%u within %g s (%s)\n",
                 options.daemon.host.c_str(), unsigned{options.daemon.port}, options.wait_s,
                 look.link.words.empty() ? "loading" : look.link.words.c_str());
    return exit_unavailable;
}

Duration seconds_of(double s) {
    return milliseconds(static_cast<std::int64_t>(s * 1000));
}

Rotation rotation_of(Options const& options, Sizes const& sizes) {
    Rotation rotation(options.pages, options.filter, sizes);
    rotation.choose_window(options.window);
    return rotation;
}

Result<void> write_page(Studio& studio, Look const& look, Rotation const& rotation,
                        std::string const& path) {
    auto const picture = studio.draw(make_page(*look.model, look.link, look.now, rotation.ui()));
    if (!picture) return picture.error();
    return write_png(*picture, path);
}

}  // namespace

Result<void> sign_in_as(Options const& options, Watcher& watcher) {
    if (options.as.empty()) return {};
    auto pin = options.pin_fd >= 0 ? pin_from(options.pin_fd)
                                   : pin_from_terminal("PIN of " + options.as + ": ");
    if (!pin) return pin.error();
    auto const told = std::make_shared<std::promise<Result<void>>>();
    auto answer = told->get_future();
    watcher.follower().sign_in(options.as, *pin, [told](Result<void> in) { told->set_value(in); });
    sodium_memzero(pin->data(), pin->size());
    return answer.get();  // the follower answers by itself when nobody does
}

bool stop_asked() {
    return stop != 0;
}

void watch_signals() {
    std::signal(SIGINT, on_signal);
    std::signal(SIGTERM, on_signal);
}

int run_snapshot(Options const& options) {
    auto studio = Studio::open(options.panel, options.fonts_folder);
    if (!studio) return say(studio.error(), exit_unavailable);
    Watcher watcher(options.daemon, options.tier, {});
    if (auto const in = sign_in_as(options, watcher); !in) return say(in.error(), exit_permission);
    bool const again = options.snapshot_every_s > 0;
    bool const there = watcher.wait_for_picture(seconds_of(options.wait_s), stop_asked);
    Look look = watcher.look();
    // One picture is of something; a running board also shows that the daemon is away.
    if (!there && (!again || look.link.phase == LinkPhase::refused)) {
        return no_picture(options, look);
    }
    if (!again) say_whose(options, look);
    Rotation rotation = rotation_of(options, (*studio)->sizes());
    rotation.tick(*look.model, look.now, look.steady_ms);
    while (true) {
        if (auto const written = write_page(**studio, look, rotation, options.snapshot); !written) {
            return say(written.error(), exit_io);
        }
        if (!again || stop_asked()) return exit_ok;
        std::int64_t const next_ms =
            look.steady_ms + static_cast<std::int64_t>(options.snapshot_every_s * 1000);
        while (look.steady_ms < next_ms && !stop_asked()) {
            watcher.wait(milliseconds(std::min<std::int64_t>(next_ms - look.steady_ms, 200)));
            look = watcher.look();
        }
        rotation.tick(*look.model, look.now, look.steady_ms);  // somebody may have left
        rotation.turn(*look.model, look.now, look.steady_ms);
    }
}

int run_dump(Options const& options) {
    Watcher watcher(options.daemon, options.tier, {});
    if (auto const in = sign_in_as(options, watcher); !in) return say(in.error(), exit_permission);
    bool const there = watcher.wait_for_picture(seconds_of(options.wait_s), stop_asked);
    Look const look = watcher.look();
    if (!there) return no_picture(options, look);
    say_whose(options, look);
    Rotation rotation = rotation_of(options, sizes_for(options.panel));
    rotation.tick(*look.model, look.now, look.steady_ms);
    if (options.everyone) {
        std::fputs(
            text_of_everyone(*look.model, look.now, resolved(options.filter, *look.model)).c_str(),
            stdout);
        return exit_ok;
    }
    for (std::size_t i = 0, n = rotation.sheets_a_round(); i < n; ++i) {
        if (i > 0) {
            std::fputs("\n", stdout);
            rotation.turn(*look.model, look.now, look.steady_ms);
        }
        std::fputs(text_of(make_page(*look.model, look.link, look.now, rotation.ui())).c_str(),
                   stdout);
    }
    return exit_ok;
}

}  // namespace washup::board
