#include "daemon/shell/daemon.hpp"

#include <signal.h>

#include <google/protobuf/arena.h>

#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>

#include "daemon/engine/clock_keeper.hpp"
#include "daemon/engine/engine.hpp"
#include "daemon/shell/desk.hpp"
#include "daemon/shell/doors.hpp"
#include "daemon/shell/journal_watch.hpp"
#include "daemon/shell/key_watch.hpp"
#include "daemon/shell/past_thread.hpp"
#include "daemon/shell/reader_thread.hpp"
#include "proto/base/clock.hpp"
#include "proto/base/log.hpp"
#include "proto/link/random.hpp"
#include "proto/wire/envelope.hpp"
#include "washup/v1/ingest.pb.h"

namespace washup::shell {

namespace net = boost::asio;
using access::Door;
using engine::Action;
using engine::Input;
using link::ZmqSocket;

namespace {

// Records of one turn that are handed over before its end, so that the disk works meanwhile.
constexpr std::size_t hand_over_at = 64;

google::protobuf::ArenaOptions const parts_of_a_message = [] {
    google::protobuf::ArenaOptions options;
    options.start_block_size = 4096;  // larger records take a second piece
    return options;
}();

sigset_t stop_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    return signals;
}

Instant anchor_of(settings::DaemonSettings const& settings, core::State const& state) {
    if (settings.clock_rate == 1 && !settings.clock_start)
        return std::max(system_now(), state.last_at);
    // A demo goes on from the last journaled instant.
    if (state.head) return state.last_at;
    return settings.clock_start.value_or(system_now());
}

}  // namespace

struct Daemon::Impl {
    using Deliver = std::function<void(std::vector<reader::Outgoing>)>;

    Impl(settings::DaemonSettings given, journal::Sealer given_sealer,
         std::unique_ptr<journal::Journal> given_journal, journal::CheckpointLog checkpoints,
         engine::Recovered recovered, reader::Reader given_reader,
         std::optional<link::KeyPair> own_keys)
        : settings(std::move(given)),
          sealer(std::move(given_sealer)),
          journal(std::move(given_journal)),
          hash([this](auto kind, auto space, auto number) {
              return sealer.alias_key(kind, space, number);
          }),
          clock(anchor_of(settings, recovered.state), settings.clock_rate),
          follows_system(settings.clock_rate == 1 && !settings.clock_start),
          keys(settings.site_file),
          doors(io, access::KeyRing{settings.keys}, std::move(own_keys)),
          desk(io, doors, reception, house(), settings.staff_roles),
          watch(*journal, {settings.data_dir, sealer}, recovered.from, std::move(checkpoints)),
          past(*journal, sealer, {settings.data_dir, sealer}, past_index, deliver_here()),
          reader(
              std::move(given_reader), deliver_here(),
              [this](auto const& state, bool stopping) { watch.look(state, stopping); },
              [this](auto const& wanted, Instant at) { return past.ask(as_of(wanted, at)); }),
          engine(std::move(recovered.state), sealer, link::random_seed()) {}

    // ---- time
    Instant now() const { return clock.now() + adjustment; }
    void beat() {
        auto trusted = true;
        if (follows_system) {
            auto const before = now();
            auto const verdict = keeper.check(before, system_now(), steady_now().ms);
            adjustment = adjustment + verdict.adjust;
            trusted = verdict.trusted;
            if (verdict.stepped) {
                log_warn("clock_stepped", "ms", verdict.adjust.ms);
                step(engine::ClockJumped{before, now()});
            }
        }
        doors.hang_up_rest();
        look_at_keys();
        desk.beat();
        doors.tell_turned_away();
        reception.tell();
        reader.ask(ReaderThread::Beat{now(), settings.clock_rate, trusted});
        step(engine::ClockAdvanced{});
        beat_timer.expires_after(std::chrono::seconds(1));
        beat_timer.async_wait([this](auto error) {
            if (!error) beat();
        });
    }
    // A deadline between two beats; in a demo that runs fast this is most of them.
    void wake_at(Instant at) {
        auto const ms = static_cast<double>((at - now()).ms) / settings.clock_rate;
        if (ms > 1000) return;  // the beat looks again before that
        wake_timer.expires_after(std::chrono::milliseconds(
            std::max<std::int64_t>(1, static_cast<std::int64_t>(ms) + 1)));
        wake_timer.async_wait([this](auto error) {
            if (!error) step(engine::ClockAdvanced{});
        });
    }

    // ---- engine in, engine out
    void step(Input const& input) {
        if (exit_code) return;
        std::vector<Action> actions;
        engine.step(input, now(), actions);
        for (auto& action : actions) {
            if (auto* append = std::get_if<engine::Append>(&action)) {
                decided.push_back(std::move(append->record));
                std::move(append->keys.begin(), append->keys.end(), std::back_inserter(new_keys));
            } else if (auto* send = std::get_if<engine::Send>(&action)) {
                auto& socket =
                    send->port == engine::Port::ingest ? doors.ingest() : doors.control();
                if (!socket.try_send(send->to, send->frame)) ++unsent;  // it is gone; it asks again
            } else if (auto* wake = std::get_if<engine::WakeAt>(&action)) {
                wake_at(wake->at);
            }
        }
        if (decided.empty()) return;
        decided.size() < hand_over_at ? hand_over_soon() : hand_over();
    }
    // What one turn of the loop decides goes to the journal together: a few commits instead of many
    // small ones. A record that comes alone waits for the end of its turn and nothing else.
    void hand_over_soon() {
        if (std::exchange(handing_over, true)) return;
        net::post(io, [this] {
            handing_over = false;
            hand_over();
        });
    }
    void hand_over() {
        if (decided.empty() || exit_code) return;
        auto const taken = journal->append(std::exchange(decided, {}), std::exchange(new_keys, {}));
        if (!taken) fail(taken.error());
    }
    void deliver(std::vector<reader::Outgoing> const& frames) {
        for (auto const& out : frames) desk.give(out);
    }
    Deliver deliver_here() {
        return [this](auto frames) {
            net::post(io, [this, frames = std::move(frames)] { deliver(frames); });
        };
    }
    static PastThread::Question as_of(ReaderThread::ReportWanted const& wanted, Instant at) {
        return PastThread::ReportWanted{{at, engine::KnownBy::then, wanted.to, wanted.personal},
                                        wanted.report};
    }
    House house() {
        return {[this](engine::CommandReceived command) { step(std::move(command)); },
                [this](auto question) { return reader.ask(std::move(question)); },
                [this](auto question) { return past.ask(std::move(question)); },
                [this]() -> core::State const& { return engine.state(); },
                hash,
                settings.data_dir};
    }

    // ---- frames in
    template <class Received, class Message>
    void on_source(std::string from, wire::Frame const& frame) {
        auto const& key = doors.ingest().sender();
        // A record has many parts: they are made in one piece of memory and go with it.
        auto const parts = std::make_shared<google::protobuf::Arena>(parts_of_a_message);
        std::shared_ptr<Message> const message{
            parts, google::protobuf::Arena::CreateMessage<Message>(parts.get())};
        if (!reception.parsed(Door::ingest, from, frame, *message)) return;
        if (auto const may = doors.ring().may_speak_as(key, message->source()); !may)
            return reception.refuse(Door::ingest, from, may.error());
        step(Received{std::move(from), message, doors.ring().name_of(key)});
    }
    void on_ingest(std::string from, std::string const& bytes) {
        if (draining) return;
        auto const frame = reception.admitted(Door::ingest, from, bytes);
        if (!frame) return;
        if (frame->kind == wire::Kind::source_hello) {
            on_source<engine::HelloReceived, v1::SourceHello>(std::move(from), *frame);
        } else if (frame->kind == wire::Kind::ingest_record) {
            on_source<engine::RecordReceived, v1::IngestRecord>(std::move(from), *frame);
        } else {
            reception.refuse(Door::ingest, from,
                             invalid("this kind does not belong on the ingest port", "kind"));
        }
    }
    void on_control(std::string from, std::string const& bytes) {
        if (!draining) desk.take(std::move(from), bytes);
    }

    // ---- keys
    void look_at_keys() {
        if (!doors.ring().has_keys()) return;
        auto news = keys.look();
        if (!news) return;
        desk.keys_fault(news->fault);
        if (!news->fault.empty()) {
            log_error("keys_unchanged", "fault", news->fault, "next",
                      "the list of before counts until this is mended");
            return;
        }
        if (news->staff_roles != settings.staff_roles) {
            settings.staff_roles = news->staff_roles;
            desk.staff_roles(news->staff_roles);
            log_info("staff_roles_read", "roles", news->staff_roles.size());
        }
        if (news->keys == settings.keys) return;
        settings.keys = news->keys;
        auto const gone = doors.change_ring(access::KeyRing{news->keys, true});
        desk.keys_gone(gone);
        log_info("keys_read", "keys", doors.ring().size(), "revoked", doors.ring().revoked(),
                 "changed", gone.size());
    }

    // ---- life
    Result<void> bind() {
        doors.on_control_gone([this](int line) { desk.line_gone(line); });
        if (auto bound = doors.bind(settings.bind_host, settings.base_port); !bound) return bound;
        doors.ingest().on_message(
            [this](std::string from, std::string frame) { on_ingest(std::move(from), frame); });
        doors.control().on_message(
            [this](std::string from, std::string frame) { on_control(std::move(from), frame); });
        return boost::system::in_place_value;
    }
    void start_journal() {
        journal::JournalHandlers handlers;
        handlers.on_durable = [this](core::RecordNumber up_to,
                                     std::vector<journal::SharedRecord> records) {
            // Who waits for an answer comes before the walls, and finds on them what it is about.
            reader.records(records);
            net::post(io, [this, up_to] { step(engine::Durable{up_to}); });
            past_index.add(records);
            reader.go_on();
        };
        handlers.on_failed = [this](Error error) { net::post(io, [this, error] { fail(error); }); };
        journal->start(std::move(handlers));
    }
    // Never a false acknowledgement: after a failed commit nothing more is answered.
    void fail(Error const& error) {
        if (exit_code) return;
        log_error("journal_failed", "words", error.words, "next",
                  "stopping; nothing more is acknowledged");
        exit_code = exit_io;
        io.stop();
    }
    void drain() {
        if (draining) return;
        draining = true;
        desk.stop();
        log_info("stopping", "waiting_answers", engine.waiting_answers());
        beat_timer.cancel();
        wake_timer.cancel();
        past.stop();
        hand_over();
        journal->close();  // commits what is queued; its on_durable posts the last answers
        net::post(io, [this] {
            reader.stop();
            net::post(io, [this] {
                if (!exit_code) exit_code = exit_ok;
                io.stop();
            });
        });
    }

    settings::DaemonSettings settings;
    journal::Sealer sealer;
    std::unique_ptr<journal::Journal> journal;
    ingest::AliasHash hash;
    DaemonClock clock;
    Duration adjustment;
    bool follows_system;
    engine::ClockKeeper keeper;
    net::io_context io{1};
    KeyWatch keys;
    Doors doors;
    Reception reception{doors};
    Desk desk;
    net::steady_timer beat_timer{io}, wake_timer{io};
    JournalWatch watch;
    SharedPastIndex past_index;
    PastThread past;
    ReaderThread reader;  // it asks the past
    engine::Engine engine;
    std::vector<journal::SharedRecord> decided;  // in this turn, not yet with the journal
    std::vector<journal::StoredKey> new_keys;    // for them
    bool handing_over = false;
    std::uint64_t unsent = 0;
    bool draining = false;
    std::optional<int> exit_code;
};

Daemon::Daemon(settings::DaemonSettings settings, journal::Sealer sealer,
               std::unique_ptr<journal::Journal> journal, journal::CheckpointLog checkpoints,
               engine::Recovered recovered, reader::Reader reader,
               std::optional<link::KeyPair> own_keys)
    : impl_(std::make_unique<Impl>(std::move(settings), std::move(sealer), std::move(journal),
                                   std::move(checkpoints), std::move(recovered), std::move(reader),
                                   std::move(own_keys))) {}

Daemon::~Daemon() = default;

SharedPastIndex& Daemon::past_index() {
    return impl_->past_index;
}

void hold_stop_signals() {
    auto const signals = stop_signals();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

int Daemon::run() {
    auto& d = *impl_;
    if (auto const remembered = d.desk.remember_failures(); !remembered) {
        log_error("refused", "words", remembered.error().words);
        return exit_io;
    }
    if (auto const bound = d.bind(); !bound) {
        log_error("bind_failed", "words", bound.error().words);
        return exit_unavailable;
    }
    d.start_journal();
    net::signal_set signals{d.io, SIGTERM, SIGINT};
    signals.async_wait([&](auto error, int) {
        if (!error) d.drain();
    });
    auto const held = stop_signals();
    pthread_sigmask(SIG_UNBLOCK, &held, nullptr);
    d.step(engine::ConfigRead{d.settings.config, d.settings.digest});
    d.step(engine::KeysRead{});
    d.beat();
    log_info("ready", "host", d.settings.bind_host, "port", d.settings.base_port, "epoch",
             d.journal->info().epoch, "head", d.engine.state().head.value(), "keys",
             d.doors.ring().size(), "public_key", d.doors.public_key());
    d.io.run();
    d.journal->close();
    d.reader.stop();
    return d.exit_code.value_or(exit_ok);
}

}  // namespace washup::shell
