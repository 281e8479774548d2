#include "tests/sim/house.hpp"

#include <fmt/format.h>

#include "proto/base/check.hpp"
#include "proto/wire/envelope.hpp"
#include "tests/sim/checkers.hpp"

namespace washup::sim {

// 20 November 2026: the run passes midnights, and rows and sums with them.
constexpr Instant begin{1'795'168'800'000};
// One simulated second stands for this much of the ward's time: a run sees weeks.
constexpr std::int64_t ward_rate = 600;
// Commits between two images of the State, on average.
constexpr std::uint64_t image_every = 100;

House::House(std::uint64_t seed, bool verbose)
    : chance_(seed),
      verbose_(verbose),
      weather_(draw_weather(chance_)),
      network_(Prng{chance_.next()}),
      story_(Prng{chance_.next()}),
      sealer_(journal::Sealer::from_key(std::string(32, 'k'))),
      disk_(std::make_shared<journal::MemoryDisk>()) {
    disk_->epoch = "e" + std::to_string(seed);
    int link = 1;
    for (auto const* name : {"ward", "hub"}) {
        sources_.push_back(Source{name, nullptr, {}, link++, 0});
        wire::SourceSessionOptions options;
        options.source = name;
        options.epoch = "s1";
        sources_.back().session = std::make_unique<wire::SourceSession>(options);
    }
    for (auto const view : {v1::VIEW_TIER_1, v1::VIEW_TIER_3}) {
        wire::ReplicaOptions options;
        options.view = view;
        boards_.push_back(
            Board{view, std::make_unique<wire::Replica>(options, Prng{chance_.next()}), link++});
    }
    note(fmt::format("weather delay={} loss={} crash={} relink={} commit={}", weather_.delay_ms_max,
                     weather_.feed_loss_permille, weather_.crash_permille,
                     weather_.restart_permille, weather_.commit_ms_max));
}

void House::note(std::string const& what) {
    if (verbose_) fmt::print("{:>9} {:>6} {}\n", network_.now().ms, disk_->records.size(), what);
}

Instant House::daemon_time() const {
    return begin + Duration{network_.now().ms * ward_rate};
}

// From record 1, and from the last image if there is one: both must be the same fold.
core::State House::recover() {
    auto whole = engine::recover(*journal_, sealer_);
    WASHUP_CHECK(whole.has_value(), "what was committed can be read");
    if (image_.empty()) return std::move(whole->state);
    auto image = journal::decode_state(image_);
    WASHUP_CHECK(image.has_value(), "an image can be read");
    sealer_.open_state(*image);
    auto from_image = engine::recover(*journal_, sealer_, std::move(*image));
    WASHUP_CHECK(from_image.has_value(), "the journal goes on from an image");
    if (journal::encode_state(from_image->state) != journal::encode_state(whole->state)) {
        break_promise(fmt::format("the fold from the image of record {} is another than from 1",
                                  from_image->from.value()));
    }
    return std::move(from_image->state);
}

void House::start_daemon() {
    ++life_;
    auto opened = journal::MemoryJournal::open(disk_);
    WASHUP_CHECK(opened.has_value(), "nobody else holds the disk");
    journal_ = std::move(*opened);
    auto state = recover();
    reader_ = std::make_unique<reader::Reader>(state, disk_->epoch);
    engine_ = std::make_unique<engine::Engine>(std::move(state), sealer_, ++runs_);
    journal::JournalHandlers handlers;
    handlers.on_durable = [this](core::RecordNumber up_to,
                                 std::vector<journal::SharedRecord> records) {
        std::vector<reader::Outgoing> out;
        reader_->apply(records, out);
        if (chance_.below(image_every) == 0) image_ = journal::encode_state(reader_->state());
        deliver(std::move(out));
        step(engine::Durable{up_to});
    };
    handlers.on_failed = [this](Error) { crash_daemon(); };
    journal_->start(std::move(handlers));
    up_ = true;
    committing_ = false;
    note(fmt::format("daemon up, life {}, head {}", life_, engine_->state().head.value()));
    step(engine::ConfigRead{tests::Story::config(), blake2b_256("config")});
    step(engine::ClockAdvanced{});
}

void House::crash_daemon() {
    if (!up_) return;
    up_ = false;
    ++crashes_;
    journal_->crash(static_cast<std::size_t>(chance_.below(4)));
    note("daemon crashed");
    network_.after(milliseconds(chance_.between(100, 8000)), [this] {
        engine_.reset();
        reader_.reset();
        journal_.reset();
        start_daemon();
    });
}

void House::step(engine::Input const& input) {
    if (!up_) return;
    std::vector<engine::Action> actions;
    engine_->step(input, daemon_time(), actions);
    std::vector<core::Record> batch;
    for (auto& action : actions) {
        if (auto* append = std::get_if<engine::Append>(&action)) {
            batch.push_back(*append->record);
        } else if (auto* send = std::get_if<engine::Send>(&action)) {
            if (send->port == engine::Port::control) {
                network_.send(0, weather_, [this, frame = send->frame] { on_answer(frame); });
                continue;
            }
            for (auto& source : sources_) {
                auto const name = source.name + "/" + std::to_string(source.generation);
                if (name != send->to) continue;
                network_.send(
                    source.link, weather_, [this, &source, to = send->to, frame = send->frame] {
                        // A connection that was made anew hears nothing of the old one.
                        if (to != source.name + "/" + std::to_string(source.generation)) return;
                        wire::SourceActions out;
                        source.session->step(wire::SourceHeard{frame}, network_.now(), out);
                        take(source, out);
                    });
            }
        }
    }
    if (batch.empty()) return;
    WASHUP_CHECK(journal_->append(std::move(batch)).has_value(), "the queue has room");
    commit_soon();
}

// The disk works at its own pace; what was queued meanwhile goes into one commit.
void House::commit_soon() {
    if (committing_) return;
    committing_ = true;
    network_.after(milliseconds(chance_.between(0, weather_.commit_ms_max)), [this, life = life_] {
        if (life != life_ || !up_) return;
        committing_ = false;
        if (journal_->write() && weather_.faults && chance_.chance(weather_.crash_permille / 4)) {
            return crash_daemon();  // between write and sync: the torn end
        }
        journal_->sync();
        if (up_ && journal_->queued() > 0) commit_soon();
    });
}

void House::deliver(std::vector<reader::Outgoing> frames) {
    for (auto& out : frames) {
        for (std::size_t i = 0; i < boards_.size(); ++i) {
            auto& board = boards_[i];
            auto arrive = [this, &board, frame = out.frame] { to_board(board, frame); };
            if (out.feed && *out.feed == board.view) {
                network_.send_lossy(board.link, weather_, std::move(arrive));
            } else if (!out.feed && out.to == std::to_string(i)) {
                network_.send(board.link + 100, weather_, std::move(arrive));
            }
        }
    }
}

void House::to_board(Board& board, std::string const& bytes) {
    auto const frame = wire::decode(bytes);
    WASHUP_CHECK(frame.has_value(), "the daemon sends whole frames");
    wire::ReplicaActions actions;
    v1::Heartbeat beat;
    v1::Delta delta;
    v1::SnapshotChunk chunk;
    if (frame->kind == wire::Kind::heartbeat && wire::parse(*frame, beat)) {
        board.replica->step(&beat, network_.now(), actions);
    } else if (frame->kind == wire::Kind::delta && wire::parse(*frame, delta)) {
        board.replica->step(&delta, network_.now(), actions);
    } else if (frame->kind == wire::Kind::snapshot_chunk && wire::parse(*frame, chunk)) {
        board.replica->step(&chunk, network_.now(), actions);
    }
    take(board, actions);
}

void House::take(Board& board, wire::ReplicaActions const& actions) {
    if (!actions.ask_snapshot) return;
    auto const index = static_cast<std::size_t>(&board - boards_.data());
    network_.send(board.link + 200, weather_, [this, view = board.view, index] {
        if (!up_) return;
        std::vector<reader::Outgoing> out;
        reader_->snapshot(view, std::to_string(index), out);
        deliver(std::move(out));
    });
}

void House::take(Source& source, wire::SourceActions const& actions) {
    auto const from = source.name + "/" + std::to_string(source.generation);
    for (auto const& bytes : actions.send) {
        network_.send(source.link + 300, weather_, [this, from, life = life_, bytes] {
            if (life != life_ || !up_) return;  // it was under way when the daemon went down
            auto const frame = wire::decode(bytes);
            if (frame->kind == wire::Kind::source_hello) {
                auto hello = std::make_shared<v1::SourceHello>();
                if (wire::parse(*frame, *hello)) step(engine::HelloReceived{from, hello});
            } else {
                auto record = std::make_shared<v1::IngestRecord>();
                if (wire::parse(*frame, *record)) step(engine::RecordReceived{from, record});
            }
        });
    }
    for (auto const& answer : actions.answers) {
        if (answer->outcome() == v1::IngestAnswer::REFUSED) continue;
        auto const [it, fresh] =
            promises_.acked.try_emplace({answer->source(), answer->sequence()}, answer->record());
        if (!fresh && it->second != answer->record()) {
            break_promise(fmt::format("{} {} was answered with record {} and then {}", source.name,
                                      answer->sequence(), it->second, answer->record()));
        }
    }
    if (actions.welcomed) tick_source(source);
}

void House::tick_source(Source& source) {
    wire::SourceActions out;
    source.session->step(wire::SourceTick{}, network_.now(), out);
    while (source.session->window_left() > 0 &&
           source.session->next_sequence() <= source.store.size()) {
        auto const& record = source.store[source.session->next_sequence() - 1];
        source.session->step(wire::SourceSubmit{&record}, network_.now(), out);
    }
    take(source, out);
}

void House::ask_command() {
    auto const id = "c" + std::to_string(next_command_++);
    v1::Command const command = story_.next_command(id, daemon_time());
    unanswered_commands_[id] = wire::encode(wire::Kind::command, command);
}

void House::on_answer(std::string const& bytes) {
    auto const frame = wire::decode(bytes);
    v1::Answer answer;
    if (!frame || frame->kind != wire::Kind::answer || !wire::parse(*frame, answer)) return;
    unanswered_commands_.erase(answer.command_id());
    if (!answer.accepted()) return;
    auto const [it, fresh] =
        promises_.accepted_commands.try_emplace(answer.command_id(), answer.record());
    if (!fresh && it->second != answer.record()) {
        break_promise(fmt::format("command {} was accepted at {} and at {}", answer.command_id(),
                                  it->second, answer.record()));
    }
}

// What happens once in every simulated second.
void House::second() {
    if (weather_.faults) {
        for (auto& source : sources_) {
            auto const count = chance_.below(8);
            for (std::uint64_t i = 0; i < count; ++i) {
                v1::IngestRecord record;
                record.set_source(source.name);
                record.set_epoch("s1");
                record.set_sequence(source.store.size() + 1);
                *record.mutable_observation() = source.name == "ward"
                                                    ? story_.next_ward(daemon_time())
                                                    : story_.next_hub(daemon_time());
                source.store.push_back(std::move(record));
            }
            if (chance_.chance(weather_.restart_permille)) {
                ++source.generation;
                note(source.name + " connects anew");
            }
        }
        if (chance_.chance(300)) ask_command();
        if (chance_.chance(weather_.crash_permille)) crash_daemon();
    }
    for (auto& source : sources_) tick_source(source);
    for (auto const& [id, bytes] : unanswered_commands_) {  // the same id until it is answered
        network_.send(400, weather_, [this, bytes, life = life_] {
            if (life != life_ || !up_) return;
            auto command = std::make_shared<v1::Command>();
            auto const frame = wire::decode(bytes);
            if (wire::parse(*frame, *command)) step(engine::CommandReceived{"board", command});
        });
    }
    if (up_) {
        step(engine::ClockAdvanced{});
        std::vector<reader::Outgoing> out;
        reader_->heartbeat(daemon_time(), 1, true, out);
        deliver(std::move(out));
    }
    for (auto& board : boards_) {
        wire::ReplicaActions actions;
        board.replica->step(wire::ReplicaTick{}, network_.now(), actions);
        take(board, actions);
    }
}

bool House::run(int minutes) {
    start_daemon();
    auto const seconds_in_all = minutes * 60;
    for (int s = 0; s < seconds_in_all && promises_.broken.empty(); ++s) {
        second();
        network_.run(network_.now() + seconds(1));
        if (s % 20 == 0) check_boards(false);
    }
    weather_.faults = false;
    weather_.delay_ms_max = 20;
    weather_.commit_ms_max = 20;
    note("healed");
    // Everything that is down comes up and everybody hears of everything within two minutes.
    for (int s = 0; s < 120 && promises_.broken.empty(); ++s) {
        second();
        network_.run(network_.now() + seconds(1));
    }
    check_journal();
    check_boards(true);
    return promises_.broken.empty();
}

void House::check_journal() {
    auto const records = read_records(*disk_);
    for (auto& words : check_durability(records, promises_)) break_promise(std::move(words));
    for (auto& words : check_once_only(records)) break_promise(std::move(words));
    for (auto const& source : sources_) {
        if (source.session->connected() &&
            source.session->next_sequence() == source.store.size() + 1)
            continue;
        break_promise(fmt::format("{} did not get rid of its records after everything was healed",
                                  source.name));
    }
    if (!unanswered_commands_.empty()) break_promise("a command was never answered");
    if (up_ && engine_->state().head == reader_->state().head &&
        core::fingerprint(engine_->state()) != core::fingerprint(reader_->state())) {
        break_promise("the two folds differ");
    }
}

void House::check_boards(bool must_be_live) {
    for (auto const& board : boards_) {
        auto const live = board.replica->state() == wire::ReplicaState::live;
        if (must_be_live && !live) break_promise("a board is not live after everything was healed");
        if (!live) continue;
        for (auto& words : check_oracle(*disk_, sealer_, board.view, *board.replica)) {
            break_promise(std::move(words));
        }
    }
}

std::string House::summary() const {
    std::uint64_t asked = 0;
    for (auto const& board : boards_) asked += board.replica->snapshots_asked();
    return fmt::format("records={} acked={} commands={} crashes={} snapshots={}",
                       disk_->records.size(), promises_.acked.size(),
                       promises_.accepted_commands.size(), crashes_, asked);
}

}  // namespace washup::sim
