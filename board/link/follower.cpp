#include "board/link/follower.hpp"

#include <sodium.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <mutex>
#include <thread>

#include "board/link/link_phase.hpp"
#include "board/link/requests.hpp"
#include "board/link/sign_in.hpp"
#include "board/model/project.hpp"
#include "proto/base/clock.hpp"
#include "proto/base/log.hpp"
#include "proto/link/address.hpp"
#include "proto/link/random.hpp"
#include "proto/link/zmq_socket.hpp"
#include "proto/wire/envelope.hpp"
#include "proto/wire/replica.hpp"
#include "washup/v1/command.pb.h"
#include "washup/v1/feed.pb.h"

namespace washup::board {
namespace {

constexpr auto tick_every = std::chrono::milliseconds(50);

void wipe(std::string& text) {
    sodium_memzero(text.data(), text.size());
    text.clear();
}

wire::ReplicaOptions replica_options(FollowerOptions const& options) {
    wire::ReplicaOptions replica;
    replica.view = options.tier;
    return replica;
}

}  // namespace

struct Follower::Impl {
    using AnswerPtr = std::shared_ptr<v1::Answer const>;
    using HistoryPtr = std::shared_ptr<v1::History const>;

    Impl(FollowerOptions given, std::function<void()> change)
        : options(std::move(given)),
          on_change(std::move(change)),
          feed(io, context, link::SocketType::sub, link::SocketOptions{.keys = options.keys}),
          control(io, context, link::SocketType::dealer, link::SocketOptions{.keys = options.keys}),
          timer(io),
          personal(options.keys && options.tier >= 3),
          sign(personal),
          replica(replica_options(options), Prng(link::random_seed())),
          commands(pending_commands_max, options.answer_wait, options.send_again_after),
          histories(pending_commands_max, options.answer_wait, options.send_again_after) {
        work.tier = options.tier;
        auto const not_entered = [this](link::HandshakeFault fault) { handshake_fault(fault); };
        feed.on_handshake_fault(not_entered);
        control.on_handshake_fault(not_entered);
        auto const base = options.base_port;
        // Signed out, the beat of the counts' feed says that the daemon is there, and its time.
        connect(feed, link::feed_port(base, personal ? 0 : options.tier));
        connect(control, link::control_port(base));
        feed.on_message([this](std::string, std::string frame) { feed_frame(frame); });
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
        });
        shown = std::make_shared<Model const>(work);
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

    void feed_frame(std::string const& bytes) {
        not_entered_words.clear();
        auto const frame = wire::decode(bytes);
        if (!frame) return log_warn("feed_frame", "fault", frame.error().field);
        if (!personal) return view_frame(*frame);
        v1::Heartbeat beat;
        auto const shown_here =
            sign.person().state == PersonState::signed_in && view_refused_words.empty();
        if (shown_here || frame->kind != wire::Kind::heartbeat || !wire::parse(*frame, beat)) {
            return;
        }
        apply_heartbeat(work, beat, steady_now().ms);
        publish();
    }

    void view_frame(wire::Frame const& frame_of_view) {
        auto const* const frame = &frame_of_view;
        if (frame->kind == wire::Kind::heartbeat) {
            v1::Heartbeat beat;
            if (!wire::parse(*frame, beat) || beat.view() != options.tier) return;
            step(&beat);
            apply_heartbeat(work, beat, steady_now().ms);
            publish();  // each second a sign of life, whatever else happened
        } else if (frame->kind == wire::Kind::delta) {
            v1::Delta delta;
            if (wire::parse(*frame, delta)) step(&delta);
        }
    }

    void control_frame(std::string const& bytes) {
        auto const frame = wire::decode(bytes);
        if (!frame) return log_warn("control_frame", "fault", frame.error().field);
        auto const nobody = personal && sign.person().state != PersonState::signed_in;
        if (frame->kind == wire::Kind::snapshot_chunk) {
            if (nobody) return;
            v1::SnapshotChunk chunk;
            if (wire::parse(*frame, chunk)) step(&chunk);
        } else if (frame->kind == wire::Kind::answer) {
            auto answer = std::make_shared<v1::Answer>();
            if (!wire::parse(*frame, *answer)) return;
            auto const id = answer->command_id();
            commands.answer(id, AnswerPtr(std::move(answer)));
        } else if (frame->kind == wire::Kind::history) {
            auto history = std::make_shared<v1::History>();
            if (!wire::parse(*frame, *history)) return;
            auto const stay = history->stay();
            histories.answer(stay, HistoryPtr(std::move(history)));
        } else if (frame->kind == wire::Kind::heartbeat || frame->kind == wire::Kind::delta) {
            // What was under way when the session ended is not shown.
            if (personal && !nobody) view_frame(*frame);
        } else if (frame->kind == wire::Kind::sign_in_answer) {
            v1::SignInAnswer answer;
            if (wire::parse(*frame, answer)) entered(sign.answered(answer));
        } else if (frame->kind == wire::Kind::session_ended) {
            v1::SessionEnded ended;
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
                view_refused_words = refusal.words();
                histories.fail_all(error);
                return publish();
            }
            commands.fail_all(error);
            histories.fail_all(error);
        }
    }

    // ---- The person ----
    void entered(Result<void> const& in) {
        if (in) {
            view_refused_words.clear();
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
        view_refused_words.clear();
        replica = wire::Replica(replica_options(options), Prng(link::random_seed()));
        ask_wanted = false;
        clear_rows(work);
        publish();
        Error const error{ErrorCode::refused, std::move(words), "session"};
        tell_person(error);
        histories.fail_all(error);
    }

    // ---- The machine and its picture ----
    void step(wire::ReplicaInput const& input) {
        wire::ReplicaActions did;
        replica.step(input, steady_now(), did);
        ask_wanted = ask_wanted || did.ask_snapshot;
        if (did.reset) {
            clear_rows(work);
            replica.rows().for_each([this](v1::Row const& row) { apply_row(work, row); });
        }
        for (auto const& [kind, id] : did.changed) {
            if (auto const row = replica.rows().find(kind, id)) {
                apply_row(work, *row);
            } else {
                v1::RowName name;
                name.set_kind(kind);
                name.set_id(id);
                remove_row(work, name);
            }
        }
        if (did.state_changed) log_info("feed", "state", wire::to_words(replica.state()));
        dirty = dirty || did.rows_changed() || did.state_changed || work.head != replica.head();
        send_ask();
        if (dirty && steady_now() - published >= options.publish_pause) publish();
    }

    // The control connection may come up a moment after the feed's.
    void send_ask() {
        if (!ask_wanted) return;
        v1::SnapshotRequest request;
        request.set_view(static_cast<v1::View>(options.tier));
        ask_wanted = !control.try_send(wire::encode(wire::Kind::snapshot_request, request));
    }

    void publish() {
        dirty = false;
        published = steady_now();
        work.complete = replica.complete();
        work.head = replica.head();
        auto const& fault = !connect_fault.empty()       ? connect_fault
                            : !not_entered_words.empty() ? not_entered_words
                                                         : view_refused_words;
        auto const out = !fault.empty() && !replica.complete();
        work.person = sign.person();
        auto const nobody = work.person.state == PersonState::signed_out ||
                            work.person.state == PersonState::checking;
        work.link.phase = out      ? LinkPhase::refused
                          : nobody ? LinkPhase::signed_out
                                   : phase_of(replica);
        work.link.words = out ? fault : nobody ? work.person.words : replica.refused_words();
        auto next = std::make_shared<Model const>(work);
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
            step(wire::ReplicaTick{});
            send_due();
            tick();
        });
    }

    // ---- Questions ----
    void send_due() {
        auto const now = steady_now();
        auto const send = [this](Bytes const& frame) { return control.try_send(frame); };
        if (!sign_in_frame.empty() && !sign_in_sent) sign_in_sent = control.try_send(sign_in_frame);
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
    link::ZmqSocket feed, control;
    boost::asio::steady_timer timer;
    bool personal;
    SignIn sign;
    Bytes sign_in_frame;  // holds a PIN until the daemon has answered, or answer_wait is over
    bool sign_in_sent = false, sign_in_again = false;
    std::optional<SteadyInstant> sign_in_until;
    OnSignIn on_sign_in;
    wire::Replica replica;
    Requests<AnswerPtr> commands;
    Requests<HistoryPtr> histories;
    Model work;
    bool ask_wanted = false, dirty = false;
    SteadyInstant published;
    std::string connect_fault;
    std::string view_refused_words;  // why whoever signed in does not see it
    std::string not_entered_words;   // why the last handshake failed; empty once a frame came

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
