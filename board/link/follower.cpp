#include "board/link/follower.hpp"

#include <sodium.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <mutex>
#include <thread>

#include "board/link/requests.hpp"
#include "board/link/screen.hpp"
#include "board/link/sign_in.hpp"
#include "proto/base/clock.hpp"
#include "proto/base/log.hpp"
#include "proto/link/address.hpp"
#include "proto/link/random.hpp"
#include "proto/link/zmq_socket.hpp"
#include "proto/wire/envelope.hpp"
#include "washup/v1/command.pb.h"
#include "washup/v1/feed.pb.h"

namespace washup::board {
namespace {

constexpr auto tick_every = std::chrono::milliseconds(50);

void wipe(std::string& text) {
    sodium_memzero(text.data(), text.size());
    text.clear();
}

}  // namespace

bool is_settled(Model const& model, int tier) {
    auto const whose = model.person.state != PersonState::signed_in || model.tier == tier;
    return whose && model.complete && model.link.phase == LinkPhase::following;
}

struct Follower::Impl {
    using AnswerPtr = std::shared_ptr<v1::Answer const>;
    using HistoryPtr = std::shared_ptr<v1::History const>;

    Impl(FollowerOptions given, std::function<void()> change)
        : options(std::move(given)),
          on_change(std::move(change)),
          control(io, context, link::SocketType::dealer, link::SocketOptions{.keys = options.keys}),
          timer(io),
          personal(options.keys && options.tier >= 3),
          sign(personal),
          screen(personal ? std::optional{options.tier} : std::nullopt, Prng(link::random_seed())),
          commands(pending_commands_max, options.answer_wait, options.send_again_after),
          histories(pending_commands_max, options.answer_wait, options.send_again_after) {
        control.on_handshake_fault([this](link::HandshakeFault fault) { handshake_fault(fault); });
        connect(control, link::control_port(options.base_port));
        control.on_message([this](std::string, std::string frame) { control_frame(frame); });
        control.on_line_gone([this](int) {
            // What a person typed goes over the next one, once: it was never sent, or handed to one
            // that was just ending. The daemon's session is bound to its connection, so nothing is
            // done twice by it.
            auto const lost_twice = sign_in_sent && sign_in_again;
            if (std::exchange(sign_in_sent, false)) sign_in_again = true;
            auto const waits = !sign_in_frame.empty() && !lost_twice &&
                               sign.person().state != PersonState::signed_in;
            if (!waits) left("signed out: the connection ended");
            ask_standing_at = SteadyInstant{};  // the key list may say something else by now
        });
        // What this machine's key shows by itself is the daemon's to say.
        if (!personal) stand(options.tier);
        shown = std::make_shared<Model const>(as_of_now());
        tick();
        thread = std::thread([this] { io.run(); });
    }

    ~Impl() {
        io.stop();
        thread.join();
    }

    void connect(link::ZmqSocket& socket, unsigned port) {
        auto const connected = socket.connect(link::tcp_endpoint(options.host, port));
        if (connected) return;
        connect_fault = connected.error().words;
        log_error("daemon_address", "words", connect_fault);
    }

    // ---- What arrives ----
    // The socket knocks again by itself; until it comes in, the wall says why it is empty.
    void handshake_fault(link::HandshakeFault fault) {
        std::string words{link::to_words(fault, options.keys.has_value())};
        if (words == not_entered_words) return;
        not_entered_words = std::move(words);
        log_warn("daemon_not_entered", "words", not_entered_words);
        publish();
    }

    void stand(int tier) {
        if (screen.standing_view() == tier) return;
        log_info("standing", "tier", tier);
        not_entered_words.clear();  // of the feed of before
        screen.stand(tier);
        feed = std::make_unique<link::ZmqSocket>(io, context, link::SocketType::sub,
                                                 link::SocketOptions{.keys = options.keys});
        feed->on_handshake_fault([this](link::HandshakeFault fault) { handshake_fault(fault); });
        feed->on_message([this](std::string, std::string frame) { feed_frame(frame); });
        connect(*feed, link::feed_port(options.base_port, tier));
    }

    void feed_frame(std::string const& bytes) {
        not_entered_words.clear();
        auto const frame = wire::decode(bytes);
        if (!frame) return log_warn("feed_frame", "fault", frame.error().field);
        look_again(screen.from_feed(*frame, steady_now()));
    }

    void control_frame(std::string const& bytes) {
        auto const frame = wire::decode(bytes);
        if (!frame) return log_warn("control_frame", "fault", frame.error().field);
        if (frame->kind == wire::Kind::answer) {
            auto answer = std::make_shared<v1::Answer>();
            if (!wire::parse(*frame, *answer)) return;
            auto const id = answer->command_id();
            commands.answer(id, AnswerPtr(std::move(answer)));
        } else if (frame->kind == wire::Kind::history) {
            auto history = std::make_shared<v1::History>();
            if (!wire::parse(*frame, *history)) return;
            auto const stay = history->stay();
            histories.answer(stay, HistoryPtr(std::move(history)));
        } else if (frame->kind == wire::Kind::standing) {
            v1::Standing standing;
            if (!personal || !wire::parse(*frame, standing)) return;
            ask_standing_at.reset();
            if (standing.view() < 0 || standing.view() >= options.tier) return;
            stand(standing.view());
            publish();  // what it may not show any more is gone
        } else if (frame->kind == wire::Kind::sign_in_answer) {
            v1::SignInAnswer answer;
            if (wire::parse(*frame, answer)) entered(sign.answered(answer));
        } else if (frame->kind == wire::Kind::session_ended) {
            v1::SessionEnded ended;
            // Of the session before, to somebody who is just signing in again: they go on.
            if (sign.person().state != PersonState::signed_in) return;
            if (wire::parse(*frame, ended)) left(ended.words());
        } else if (frame->kind == wire::Kind::refusal) {
            v1::Refusal refusal;
            if (!wire::parse(*frame, refusal)) return;
            // It names no question, and one program's frames are all of one making: none of them
            // will fare better.
            Error const error{ErrorCode::refused, refusal.words(), refusal.code()};
            log_warn("control_refusal", "code", refusal.code());
            if (refusal.code() == "staff_role") {
                // The picture is not for this person; what they send may be.
                screen.refuse(refusal.words());
                histories.fail_all(error);
                return publish();
            }
            commands.fail_all(error);
            histories.fail_all(error);
        } else {
            look_again(screen.from_control(*frame, steady_now()));
        }
    }

    // ---- The person ----
    void entered(Result<void> const& in) {
        if (in) {
            screen.open();
            v1::FollowRequest follow;
            follow.set_view(static_cast<v1::View>(options.tier));
            control.try_send(wire::encode(wire::Kind::follow_request, follow));
        }
        publish();  // first the picture, then who asked: it looks at once
        tell_person(in);
    }
    void tell_person(Result<void> const& in) {
        sign_in_until.reset();
        wipe(sign_in_frame);
        if (auto const done = std::exchange(on_sign_in, {})) done(in);
    }
    // Names are not left on a wall for nobody.
    void left(std::string words) {
        if (!sign.ended(words)) return;
        screen.close();
        publish();
        Error const error{ErrorCode::refused, std::move(words), "session"};
        tell_person(error);
        histories.fail_all(error);
    }

    // ---- The machine and its picture ----
    void look_again(Change change) {
        dirty = dirty || change != Change::none;
        send_asks();
        auto const pause_over = steady_now() - published >= options.publish_pause;
        if (change == Change::now || (dirty && pause_over)) publish();
    }

    // The control connection may come up a moment after the feed's.
    void send_asks() {
        for (auto const view : screen.wanted()) {
            v1::SnapshotRequest request;
            request.set_view(static_cast<v1::View>(view));
            if (control.try_send(wire::encode(wire::Kind::snapshot_request, request))) {
                screen.asked(view);
            }
        }
    }

    Model as_of_now() const {
        auto now = screen.model();
        now.person = sign.person();
        now.person.refused = screen.refused_words();
        auto const& fault = !connect_fault.empty() ? connect_fault : not_entered_words;
        if (!fault.empty() && !now.complete) {
            now.link.phase = LinkPhase::refused;
            now.link.words = fault;
        }
        return now;
    }

    void publish() {
        dirty = false;
        published = steady_now();
        auto next = std::make_shared<Model const>(as_of_now());
        {
            std::lock_guard const lock(mutex);
            shown = std::move(next);
        }
        if (on_change) on_change();
    }

    void tick() {
        timer.expires_after(tick_every);
        timer.async_wait([this](boost::system::error_code error) {
            if (error) return;
            look_again(screen.tick(steady_now()));
            send_due();
            tick();
        });
    }

    // ---- Questions ----
    void send_due() {
        auto const now = steady_now();
        auto const send = [this](Bytes const& frame) { return control.try_send(frame); };
        if (personal && ask_standing_at && now >= *ask_standing_at &&
            send(wire::encode(wire::Kind::standing_request, v1::StandingRequest{}))) {
            ask_standing_at = now + options.send_again_after;
        }
        // What is handed over while a line is just ending can be lost without another word of it:
        // a PIN goes over a line that has answered, and is never sent twice over one.
        auto const line_answers = !ask_standing_at;
        if (line_answers && !sign_in_frame.empty() && !sign_in_sent)
            sign_in_sent = control.try_send(sign_in_frame);
        if (sign_in_until && now >= *sign_in_until) {
            sign.ended("the daemon did not answer");
            publish();
            tell_person(Error{ErrorCode::unavailable, "the daemon did not answer", {}});
        }
        commands.send_due(now, send);
        histories.send_due(now, send);
    }

    template <class Asked, class Done>
    void ask(Asked& asked, std::string const& key, Bytes frame, Done done) {
        if (asked.full()) {
            if (done) done(Error{ErrorCode::too_large, "too many questions are open here", {}});
            return;
        }
        asked.add(key, std::move(frame), std::move(done), steady_now());
        send_due();
    }

    FollowerOptions options;
    std::function<void()> on_change;
    boost::asio::io_context io{1};
    link::ZmqContext context;
    link::ZmqSocket control;
    std::unique_ptr<link::ZmqSocket> feed;  // of the standing view, once it is known
    boost::asio::steady_timer timer;
    bool personal;
    SignIn sign;
    Bytes sign_in_frame;  // holds a PIN until the daemon has answered, or answer_wait is over
    bool sign_in_sent = false, sign_in_again = false;
    std::optional<SteadyInstant> sign_in_until;
    OnSignIn on_sign_in;
    Screen screen;
    std::optional<SteadyInstant> ask_standing_at = SteadyInstant{};  // none: it is known
    Requests<AnswerPtr> commands;
    Requests<HistoryPtr> histories;
    bool dirty = false;
    SteadyInstant published;
    std::string connect_fault;
    std::string not_entered_words;  // why the last handshake failed; empty once a frame came

    mutable std::mutex mutex;
    std::shared_ptr<Model const> shown;
    std::thread thread;
};

Follower::Follower(FollowerOptions options, std::function<void()> on_change)
    : impl_(std::make_unique<Impl>(std::move(options), std::move(on_change))) {}

Follower::~Follower() = default;

std::shared_ptr<Model const> Follower::model() const {
    std::lock_guard const lock(impl_->mutex);
    return impl_->shown;
}

void Follower::submit(v1::Command const& command, OnAnswer done) {
    auto sent = command;
    if (sent.id().empty()) sent.set_id(link::random_id());
    boost::asio::post(impl_->io, [this, sent, done = std::move(done)]() mutable {
        if (!wire::fits_frame(sent)) {
            if (done) done(Error{ErrorCode::too_large, "the command is too long to send", {}});
            return;
        }
        impl_->ask(impl_->commands, sent.id(), wire::encode(wire::Kind::command, sent),
                   std::move(done));
    });
}

void Follower::sign_in(std::string const& staff, std::string const& pin, OnSignIn done) {
    boost::asio::post(impl_->io, [this, staff, pin = std::string(pin),
                                  done = std::move(done)]() mutable {
        auto& impl = *impl_;
        if (!impl.personal) {
            wipe(pin);
            return done(refused("nobody signs in without keys, or for a wall's view", "no_keys"));
        }
        impl.tell_person(Error{ErrorCode::refused, "another sign-in was begun", "busy"});
        impl.sign_in_frame = impl.sign.ask(staff, pin);
        impl.sign_in_sent = impl.sign_in_again = false;
        wipe(pin);
        impl.on_sign_in = std::move(done);
        impl.sign_in_until = steady_now() + impl.options.answer_wait;
        impl.send_due();
        impl.publish();
    });
}

void Follower::sign_out() {
    boost::asio::post(impl_->io, [this] {
        // Here at once, whatever becomes of the daemon's answer.
        impl_->control.try_send(wire::encode(wire::Kind::sign_out, v1::SignOut{}));
        impl_->left("signed out");
    });
}

void Follower::acted() {
    boost::asio::post(impl_->io, [this] {
        if (auto const frame = impl_->sign.acted(steady_now())) impl_->control.try_send(*frame);
    });
}

void Follower::ask_history(std::string const& stay, OnHistory done) {
    boost::asio::post(impl_->io, [this, stay, done = std::move(done)]() mutable {
        v1::HistoryRequest request;
        request.set_stay(stay);
        impl_->ask(impl_->histories, stay, wire::encode(wire::Kind::history_request, request),
                   std::move(done));
    });
}

}  // namespace washup::board
