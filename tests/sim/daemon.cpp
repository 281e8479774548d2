#include "tests/sim/daemon.hpp"

#include <algorithm>

#include "daemon/engine/recover.hpp"
#include "daemon/journal/memory_journal.hpp"
#include "daemon/journal/state_image.hpp"
#include "proto/base/check.hpp"
#include "proto/wire/envelope.hpp"
#include "tests/sim/plant_record.hpp"
#include "washup/v1/command.pb.h"
#include "washup/v1/ingest.pb.h"

namespace washup::sim {
namespace {

// Commits between two images of the State, on average: an image costs as much as there are stays.
std::uint64_t image_every(std::size_t stays) {
    return 100 + 10 * stays;
}
// A longer journal is folded from record 1 only now and then: the image is the usual way.
constexpr std::uint64_t whole_fold_max = 3'000;
// A tenth of the times that a planted fault could happen.
constexpr std::uint64_t plant_every = 10;

// The field numbers of event.proto's oneof.
std::string kinds_of(core::Record const& record) {
    std::string kinds;
    for (auto const& event : record.events) kinds += std::to_string(event.index() + 1) + ' ';
    return kinds;
}

}  // namespace

Daemon::Daemon(World world, std::unique_ptr<Disk> disk, journal::Sealer const& sealer,
               core::Config config, Ways ways)
    : world_(world),
      disk_(std::move(disk)),
      sealer_(sealer),
      config_(std::move(config)),
      ways_(std::move(ways)) {
    if (world_.plant == Plant::keep_keys) disk_->keep_keys();
}

// ---- Life ---------------------------------------------------------------------------------------

// From record 1, and from the last image if there is one: both must be the same fold.
std::optional<core::State> Daemon::recover() {
    auto& journal = disk_->journal();
    auto const head = journal.info().head.value();
    world_.checkers.durability.look(head);
    // Of a long journal only its end: the rest was looked at when it became durable.
    auto const long_one = head > whole_fold_max;
    core::RecordNumber const from{long_one ? std::min(head, durable_) : 1};
    auto const looked =
        head == 0 ? Result<void>{} : journal.read(from, [&](core::Record record) -> Result<void> {
            world_.checkers.durability.stored(record);
            world_.checkers.order.stored(record);
            world_.checkers.once_only.stored(record);
            world_.checkers.silence.heard(record, world_.network.now());
            world_.checkers.erased.stored(record);
            plant_in(record, world_.plant);
            world_.checkers.oracle.stored(std::move(record));
            return boost::system::in_place_value;
        });
    if (!looked) return std::nullopt;
    if (!engine::take_keys(journal, sealer_)) return std::nullopt;
    std::optional<core::State> from_image;
    if (!image_.empty()) {
        auto image = journal::decode_state(image_);
        WASHUP_CHECK(image.has_value(), "an image can be read");
        sealer_.open_state(*image);
        auto recovered = engine::recover(journal, sealer_, std::move(*image));
        if (!recovered) return std::nullopt;
        from_image = std::move(recovered->state);
        if (long_one && !world_.chance.chance(60)) return from_image;
    }
    auto whole = engine::recover(journal, sealer_);
    if (!whole) return std::nullopt;
    if (from_image && journal::encode_state(*from_image) != journal::encode_state(whole->state)) {
        world_.checkers.objections.add("oracle", "the fold from an image is another than from 1");
    }
    return std::move(whole->state);
}

Digest128 Daemon::fold_anew() {
    auto whole = engine::recover(disk_->journal(), sealer_);
    WASHUP_CHECK(whole.has_value(), "a journal that nobody damaged can be read");
    return core::fingerprint(whole->state);
}

void Daemon::look_for_erased() {
    auto& erased = world_.checkers.erased;
    erased.look("the engine", engine_->state());
    erased.look("the reader", reader_->state());
    erased.look(disk_->journal(), disk_->files(), journal::Sealer::from_key(site_key()));
}

void Daemon::start_later(char const* why) {
    world_.log.line(world_.network.now(), "daemon does not start: {}", why);
    ++refused_starts_;
    world_.network.after(seconds(world_.chance.between(1, 5)), [this] {
        disk_->mend();
        disk_->make_room();
        start();
    });
}

// Every flipped bit is seen, or nobody reads it; none is served.
void Daemon::look_at_flips() {
    for (auto const& words : disk_->flip_bits(sealer_, world_.chance).served) {
        world_.checkers.objections.add("durability", "a flipped bit was served: " + words);
    }
}

void Daemon::start() {
    ++life_;
    auto damage = Disk::Damage::none;
    if (world_.weather.faults && world_.chance.chance(world_.weather.bad_start_permille)) {
        damage = disk_->damage(world_.chance);
    }
    bool const damaged = damage != Disk::Damage::none;
    if (!damaged && world_.weather.faults) look_at_flips();
    if (auto const opened = disk_->open(); !opened) {
        WASHUP_CHECK(damaged, "a journal that nobody damaged can be opened");
        return start_later("the journal is refused");
    }
    auto state = recover();
    if (!state || damaged) {
        WASHUP_CHECK(damaged, "a journal that nobody damaged can be read");
        if (state && damage == Disk::Damage::must_be_seen) {
            world_.checkers.objections.add("durability", "a damaged journal was believed");
        }
        disk_->kill();
        return start_later("the journal is damaged");
    }
    durable_ = state->head.value();
    reader_ = std::make_unique<reader::Reader>(*state, disk_->journal().info().epoch);
    engine_ = std::make_unique<engine::Engine>(std::move(*state), sealer_,
                                               static_cast<std::uint64_t>(life_));
    world_.checkers.oracle.note(*reader_);
    if (durable_ <= whole_fold_max) look_for_erased();
    world_.checkers.freshness.published(durable_, world_.network.now());
    journal::JournalHandlers handlers;
    handlers.on_durable = [this](core::RecordNumber up_to,
                                 std::vector<journal::SharedRecord> records) {
        durable(up_to, records);
    };
    // Posted, as the shell does: the journal is still at work when it says so.
    handlers.on_failed = [this](Error) {
        world_.network.after({}, [this, life = life_] {
            if (life != life_) return;
            end(world_.chance.chance(500) ? End::power : End::killed, "the journal failed");
        });
    };
    disk_->journal().start(std::move(handlers));
    set_clock();
    world_.log.line(world_.network.now(), "daemon up, life {}, head {}", life_, durable_);
    hear(engine::ConfigRead{config_, blake2b_256("config")});
    hear(engine::ClockAdvanced{});
}

void Daemon::let_go() {
    engine_.reset();
    reader_.reset();
    committing_ = false;
    held_back_.reset();
    world_.checkers.order.forgotten();
}

void Daemon::end(End how, char const* why) {
    if (!up()) return;
    world_.log.line(world_.network.now(), "daemon down: {}", why);
    ++crashes_;
    if (how == End::stopped) disk_->close();  // the last answers still leave
    let_go();
    ++life_;
    if (how == End::power) disk_->cut_power(world_.chance);
    if (how == End::killed) disk_->kill();
    disk_->make_room();
    if (world_.plant == Plant::lose_durable && durable_ > 10) disk_->lose_last();
    ways_.went_down();
    world_.network.after(milliseconds(world_.chance.between(100, 8'000)), [this] { start(); });
}

// ---- Time ---------------------------------------------------------------------------------------

void Daemon::set_clock() {
    auto const now = world_.network.now();
    auto const last = engine_->state().last_at;
    auto const before = time();  // as the life before would have it
    anchor_ = world_.clocks.rate() == 1 ? std::max(world_.clocks.system(now), last)
              : last.ms != 0            ? last
                                        : world_.clocks.truth(now);
    anchored_ = now;
    adjustment_ = {};
    keeper_ = {};
    trusted_ = true;
    if (life_ > 1 && anchor_ < before) {
        world_.checkers.silence.stood_still(
            now, Duration{(before - anchor_).ms / world_.clocks.rate() + 1});
    }
}

Instant Daemon::time() const {
    auto const passed = (world_.network.now() - anchored_).ms * world_.clocks.rate();
    return anchor_ + Duration{passed} + adjustment_;
}

void Daemon::beat() {
    if (!awake()) return;
    if (world_.clocks.rate() == 1) {
        auto const before = time();
        auto const now = world_.network.now();
        auto const verdict = keeper_.check(before, world_.clocks.system(now), now.ms);
        adjustment_ = adjustment_ + verdict.adjust;
        trusted_ = verdict.trusted;
        if (verdict.stepped) {
            world_.log.line(now, "clock stepped by {} ms", verdict.adjust.ms);
            ++steps_;
            hear(engine::ClockJumped{before, time()});
        }
    }
    hear(engine::ClockAdvanced{});
    if (!up()) return;
    std::vector<reader::Outgoing> out;
    reader_->heartbeat(time(), static_cast<double>(world_.clocks.rate()), trusted_, out);
    for (auto& frame : out) ways_.show(std::move(frame));
    auto const queued = disk_->journal().queued();
    world_.checkers.bounds.look("answers that wait", engine_->waiting_answers(),
                                engine::waiting_answers_max);
    world_.checkers.bounds.look("records that wait for the disk", queued,
                                journal::MemoryJournalOptions{}.queued_records_max);
}

// ---- What comes in and goes out -----------------------------------------------------------------

void Daemon::note_asked(engine::Input const& input) {
    auto& order = world_.checkers.order;
    if (auto const* hello = std::get_if<engine::HelloReceived>(&input)) {
        order.asked(hello->from, "hello");
    } else if (auto const* record = std::get_if<engine::RecordReceived>(&input)) {
        order.asked(record->from, std::to_string(record->record->sequence()));
    } else if (auto const* command = std::get_if<engine::CommandReceived>(&input)) {
        order.asked(command->from, command->command->id());
    }
}

void Daemon::hear(engine::Input const& input) {
    if (!up()) return;
    note_asked(input);
    std::vector<engine::Action> actions;
    engine_->step(input, time(), actions);
    std::vector<journal::SharedRecord> batch;
    std::vector<journal::StoredKey> keys;
    for (auto& action : actions) {
        if (auto* append = std::get_if<engine::Append>(&action)) {
            batch.push_back(append->record);
            keys.insert(keys.end(), append->keys.begin(), append->keys.end());
        } else if (auto* send = std::get_if<engine::Send>(&action)) {
            say(*send);
        }
    }
    if (batch.empty()) return;
    world_.checkers.erased.made(keys);
    if (!disk_->journal().append(std::move(batch), std::move(keys)))
        return end(End::killed, "the journal takes nothing");
    commit_soon();
    if (world_.plant != Plant::answer_early) return;
    std::vector<engine::Action> early;
    engine_->step(engine::Durable{engine_->state().head}, time(), early);
    for (auto& action : early) {
        if (auto* send = std::get_if<engine::Send>(&action)) say(*send);
    }
}

// The disk works at its own pace; what was queued meanwhile goes into one commit.
void Daemon::commit_soon() {
    if (committing_) return;
    committing_ = true;
    auto& weather = world_.weather;
    auto const span = milliseconds(world_.chance.between(0, weather.commit_ms_max));
    auto const begins = std::max(world_.network.now(), asleep_until_);
    world_.network.at(begins + span, [this, &weather, life = life_] {
        if (life != life_ || !up()) return;
        committing_ = false;
        if (!awake()) return commit_soon();
        if (disk_->write() && weather.faults && world_.chance.chance(weather.crash_permille / 4)) {
            return end(End::power, "between write and sync");
        }
        disk_->sync();
        if (life == life_ && up() && disk_->journal().queued() > 0) commit_soon();
    });
}

void Daemon::durable(core::RecordNumber up_to, std::vector<journal::SharedRecord> const& records) {
    durable_ = up_to.value();
    auto const now = world_.network.now();
    // Through the octets on the disk, not by the records that were handed in.
    auto const read =
        disk_->journal().read(records.front()->number, up_to, [&](core::Record record) {
            world_.checkers.durability.stored(record);
            world_.checkers.order.stored(record);
            world_.checkers.once_only.stored(record);
            world_.checkers.silence.heard(record, now);
            world_.checkers.erased.stored(record);
            world_.log.line(now, "record {} {} {} {}", record.number.value(),
                            record.cause.source + record.cause.command_id, record.cause.trigger,
                            kinds_of(record));
            plant_in(record, world_.plant);
            world_.checkers.oracle.stored(std::move(record));
            return Result<void>{};
        });
    WASHUP_CHECK(read.has_value(), "what was just committed can be read");
    world_.log.line(now, "durable {}", durable_);
    std::vector<reader::Outgoing> out;
    reader_->apply(records, out);
    world_.checkers.oracle.note(*reader_);
    world_.checkers.freshness.published(durable_, now);
    if (world_.chance.below(image_every(reader_->state().stays.size())) == 0) {
        image_ = journal::encode_state(reader_->state());
    }
    for (auto& frame : out) {
        world_.checkers.durability.shown(reader_->state().head.value(), durable_);
        ways_.show(std::move(frame));
    }
    hear(engine::Durable{up_to});
}

void Daemon::snapshot(v1::View view, std::string const& to) {
    if (!up()) return;
    std::vector<reader::Outgoing> out;
    reader_->snapshot(view, to, out);
    for (auto& frame : out) ways_.show(std::move(frame));
}

void Daemon::say(engine::Send const& send) {
    bool const planted = ++planted_ % plant_every == 0 && durable_ > 10;
    if (world_.plant == Plant::swap_answers && planted && !held_back_) {
        held_back_ = send;
        return;
    }
    check_said(send);
    ways_.say(send.port, send.to, send.frame);
    if (!held_back_) return;
    auto const held = *std::exchange(held_back_, std::nullopt);
    check_said(held);
    ways_.say(held.port, held.to, held.frame);
}

void Daemon::check_said(engine::Send const& send) {
    auto& checkers = world_.checkers;
    checkers.bounds.frame(send.frame.size());
    auto const frame = wire::decode(send.frame);
    WASHUP_CHECK(frame.has_value(), "the daemon sends whole frames");
    if (frame->kind == wire::Kind::ingest_answer) {
        v1::IngestAnswer answer;
        WASHUP_CHECK(wire::parse(*frame, answer).has_value(), "of their kind");
        checkers.order.answered(send.to, std::to_string(answer.sequence()),
                                answer.code() == "busy");
        if (answer.outcome() == v1::IngestAnswer::REFUSED) return;
        checkers.durability.answered(answer.source(), answer.epoch(), answer.sequence(),
                                     answer.record(), durable_);
    } else if (frame->kind == wire::Kind::answer) {
        v1::Answer answer;
        WASHUP_CHECK(wire::parse(*frame, answer).has_value(), "of their kind");
        checkers.order.answered(send.to, answer.command_id());
        if (answer.accepted()) {
            checkers.durability.accepted(answer.command_id(), answer.record(), durable_);
        }
    } else {
        checkers.order.answered(send.to, "hello");
    }
}

}  // namespace washup::sim
