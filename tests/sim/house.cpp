#include "tests/sim/house.hpp"

#include <fmt/format.h>

#include "proto/base/check.hpp"
#include "proto/wire/envelope.hpp"
#include "tests/sim/progress.hpp"
#include "washup/v1/command.pb.h"
#include "washup/v1/feed.pb.h"

namespace washup::sim {
namespace {

// Real seconds: at rate 600 this is 3 h 20 min of the ward.
constexpr Duration expected_within = seconds(20);
// Some forty persons a year ask for it.
constexpr std::uint64_t calm_erase_permille = 2;
// Hours. A hospital is counted anew each day and not each hour, because that costs as much as it
// has stays; what a record touches is compared at each step all the same.
constexpr std::size_t small_house = 300;
std::int64_t recount_every(std::size_t stays) {
    return stays <= small_house ? 1 : 24;
}
std::int64_t rebuild_every(std::size_t stays) {
    return stays <= small_house ? 1 + static_cast<std::int64_t>(stays) / 30 : 24 * 14;
}

core::Config config_at(std::int64_t rate) {
    auto config = tests::Story::config();
    for (auto& source : config.sources) {
        source.expected_within = Duration{expected_within.ms * rate};
    }
    return config;
}

Profiles load_profiles() {
    config::Faults faults;
    auto hl7 = hl7v2::ProfileSet::load(WASHUP_SOURCE_DIR "/config/sources", faults);
    auto csv = csv::load_profile(WASHUP_SOURCE_DIR "/config/sources/csv_hub.toml", faults);
    WASHUP_CHECK(faults.empty() && csv, "the shipped profiles are right");
    return {std::move(hl7), std::move(*csv)};
}

tests::Hl7StoryOptions story_options(HouseOptions const& options) {
    tests::Hl7StoryOptions story;
    if (options.hours > 0) {
        story.beds = 300;
        story.odd_permille = 10;
        story.messages_a_stay = 35;
    }
    return story;
}

}  // namespace

House::House(HouseOptions options)
    : options_(options),
      chance_(options.seed),
      log_(options.log),
      weather_(options.hours > 0 ? healed({}) : draw_weather(chance_)),
      clocks_(chance_, options.faults_for, options.hours > 0),
      network_(Prng{chance_.next()}),
      sealer_(journal::Sealer::from_key(site_key())),
      checkers_(sealer_, expected_within, clocks_.off_max(options.faults_for)),
      world_{chance_, weather_, network_, clocks_, checkers_, log_, options.plant},
      profiles_(load_profiles()),
      story_(Prng{chance_.next()}, {options.hours > 0 ? calm_erase_permille : 60}),
      csv_story_(Prng{chance_.next()}),
      hl7_story_(Prng{chance_.next()}, story_options(options)) {
    make_parties();
}

House::~House() = default;

void House::make_parties() {
    hl7_ = options_.hours > 0 || chance_.chance(500);
    csv_ = options_.hours > 0 || chance_.chance(500);
    auto disk = options_.sqlite ? make_sqlite_disk() : make_memory_disk("e1");
    Daemon::Ways ways;
    ways.say = [this](auto port, auto const& to, Bytes frame) { say(port, to, std::move(frame)); };
    ways.show = [this](reader::Outgoing out) { show(std::move(out)); };
    ways.went_down = [this] {  // every connection breaks
        for (auto& source : sources_) {
            for (auto const way : ways_of(*source)) network_.cut(way);
        }
        for (auto& board : boards_) {
            for (auto const way : ways_of(*board)) network_.cut(way);
        }
        network_.cut(command_way_);
        network_.cut(answer_way_);
    };
    daemon_ = std::make_unique<Daemon>(world_, std::move(disk), sealer_, config_at(clocks_.rate()),
                                       std::move(ways));
    make_desk();
    for (auto const* name : {"ward", "hub"}) {
        auto const index = sources_.size();
        sources_.push_back(std::make_unique<Source>(
            world_, name, profiles_, [this] { return ward_time(); },
            [this, index](std::string const& from, Bytes frame) {
                network_.send(sources_[index]->way_in, [this, from, frame = std::move(frame)] {
                    auto const decoded = wire::decode(frame);
                    if (decoded->kind == wire::Kind::source_hello) {
                        auto hello = std::make_shared<v1::SourceHello>();
                        WASHUP_CHECK(wire::parse(*decoded, *hello).has_value(), "of its kind");
                        daemon_->hear(engine::HelloReceived{from, hello});
                    } else {
                        auto record = std::make_shared<v1::IngestRecord>();
                        WASHUP_CHECK(wire::parse(*decoded, *record).has_value(), "of its kind");
                        daemon_->hear(engine::RecordReceived{from, record});
                    }
                });
            }));
        sources_.back()->way_in = network_.new_way();
        sources_.back()->way_out = network_.new_way();
        sources_.back()->ward_way_in = network_.new_way();
        sources_.back()->ward_way_out = network_.new_way();
    }
    auto const boards = options_.hours > 0 ? 1 : 2 + chance_.below(2);
    for (std::size_t i = 0; i < boards; ++i) {
        auto const view = options_.hours > 0 ? v1::VIEW_TIER_2
                          : i < 2            ? (i == 0 ? v1::VIEW_TIER_1 : v1::VIEW_TIER_3)
                                  : (chance_.chance(500) ? v1::VIEW_TIER_0 : v1::VIEW_TIER_2);
        boards_.push_back(
            std::make_unique<Board>(world_, fmt::format("board-{}", i), view, [this, i, view] {
                network_.send(boards_[i]->ask_way,
                              [this, i, view] { daemon_->snapshot(view, std::to_string(i)); });
            }));
        for (auto* way : {&boards_[i]->feed_way, &boards_[i]->ask_way, &boards_[i]->answer_way}) {
            *way = network_.new_way();
        }
    }
    command_way_ = network_.new_way();
    answer_way_ = network_.new_way();
}

// ---- What the daemon sends ----------------------------------------------------------------------

void House::say(engine::Port port, std::string const& to, Bytes frame) {
    if (port == engine::Port::control) {
        network_.send(answer_way_, [this, frame = std::move(frame)] { on_answer(frame); });
        return;
    }
    for (auto& held : sources_) {
        auto& source = *held;
        if (to != source.connection()) continue;
        network_.send(source.way_out,
                      [&source, to, frame = std::move(frame)] { source.hear(to, frame); });
        return;
    }
}

void House::show(reader::Outgoing out) {
    auto const frame = wire::decode(out.frame);
    if (frame->kind == wire::Kind::delta) {
        v1::Delta delta;
        WASHUP_CHECK(wire::parse(*frame, delta).has_value(), "of its kind");
        bool const planted = delta.rows_size() > 0 && ++planted_ % 20 == 0;
        if (planted && options_.plant == Plant::alter_row) {
            delta.mutable_rows(0)->set_version(delta.rows(0).version() + 1);
        }
        if (planted && options_.plant == Plant::large_frame) {
            out.frame.append(wire::frame_bytes_max, ' ');
            checkers_.bounds.frame(out.frame.size());
            return;
        }
        if (planted && options_.plant == Plant::forget_row) {
            delta.mutable_rows()->RemoveLast();
            out.frame = wire::encode(wire::Kind::delta, delta);
        }
        checkers_.oracle.published(delta, daemon_->reader());
        if (planted && options_.plant == Plant::alter_row) {
            out.frame = wire::encode(wire::Kind::delta, delta);
        }
    }
    checkers_.bounds.frame(out.frame.size());
    for (std::size_t i = 0; i < boards_.size(); ++i) {
        auto& board = *boards_[i];
        auto arrive = [&board, bytes = out.frame] { board.hear(bytes); };
        if (out.feed && *out.feed == board.view()) {
            auto const loss = weather_.faults ? weather_.feed_loss_permille : 0;
            network_.send_lossy(board.feed_way, loss, std::move(arrive));
        } else if (!out.feed && out.to == std::to_string(i)) {
            network_.send(board.answer_way, std::move(arrive));
        }
    }
}

// ---- Wards, hubs and people ---------------------------------------------------------------------

// A demo's wards follow the daemon's time; else they have clocks of their own, which are right.
Instant House::ward_time() const {
    auto const daemons = daemon_->time();
    auto const truth = clocks_.truth(network_.now());
    return clocks_.rate() == 1 || daemons.ms < truth.ms / 2 ? truth
                                                            : daemons;  // it may never have run
}

void House::hub(Source& source, std::uint64_t events) {
    // Of those who are in a bed now, more or less: the last visits.
    if (hl7_) {
        auto const count = std::max(40, options_.hours > 0 ? 400 : 0);
        auto const first = std::max(0, hl7_story_.visits() - count);
        story_.among(first, count);
        csv_story_.among(first, count);
    }
    if (csv_ && events > 0) {
        auto const file = csv_story_.next(ward_time(), events);
        return source.tell_file(file.name, file.octets);
    }
    for (std::uint64_t i = 0; i < events; ++i) source.tell(story_.next_hub(ward_time()));
}

void House::wards(Source& source) {
    if (network_.now() < source.hushed_until) return;
    auto const ward = source.name() == "ward";
    // A hospital's year is 550,000 messages and 110,000 hub events in 52,560 of these seconds.
    auto const count = options_.hours == 0 ? chance_.below(ward ? 8 : 5)
                       : ward              ? 10 + chance_.below(2)
                                           : 2 + (chance_.chance(93) ? 1 : 0);
    if (!ward) hub(source, count);
    for (std::uint64_t i = 0; ward && i < count; ++i) {
        if (hl7_) {
            source.tell_octets(hl7_story_.next(ward_time()));
        } else {
            source.tell(story_.next_ward(ward_time()));
        }
    }
    if (options_.plant == Plant::repeat_content && chance_.chance(50)) source.keep_last_again();
}

// ---- The run ------------------------------------------------------------------------------------

void House::look_on() {
    for (auto& board : boards_) board->look();
    if (!daemon_->up() || daemon_->reader().state().head.value() != daemon_->durable()) return;
    auto const now = daemon_->time();
    if (now >= next_recount_ || options_.recount_always) {
        next_recount_ = now + hours(recount_every(checkers_.oracle.stays()));
        checkers_.oracle.recount(daemon_->reader());
    }
    if (now < next_rebuild_ && !options_.recount_always) return;
    next_rebuild_ = now + hours(rebuild_every(checkers_.oracle.stays()));
    checkers_.oracle.rebuild(daemon_->reader());
    for (auto& board : boards_) checkers_.oracle.look_whole(board->name(), board->replica());
}

void House::say_progress() {
    auto const now = daemon_->time();
    if (!options_.progress || !daemon_->up() || now < next_progress_) return;
    next_progress_ = now + hours(24 * 7);
    fmt::print(stderr, "{}\n", progress_words(*daemon_, checkers_.oracle, events()));
}

// What happens once in every simulated second.
void House::second(bool faults) {
    if (faults) {
        for (auto& source : sources_) wards(*source);
        if (options_.hours == 0) strike();
    }
    for (auto& source : sources_) source->tick();
    commands();
    if (options_.hours == 0) desk_->second();
    daemon_->beat();
    for (auto& board : boards_) board->tick();
    // Boards look at their clocks more often than that.
    for (int part = 1; part <= 4; ++part) {
        network_.run(network_.now() + milliseconds(250));
        for (auto& board : boards_) board->tick();
        look_on();
    }
    say_progress();
}

bool House::together() const {
    if (!daemon_->up() || !unanswered_.empty() || !daemon_->trusted()) return false;
    for (auto const& source : sources_) {
        if (!source->drained()) return false;
    }
    for (auto const& board : boards_) {
        if (!board->live() || board->model().head != daemon_->durable()) return false;
    }
    return daemon_->engine().state().head == daemon_->reader().state().head;
}

bool House::run() {
    network_.set_delay_ms_max(weather_.delay_ms_max);
    log_.line(network_.now(), "seed {} {} {}", options_.seed, clocks_.words(), weather_.words());
    daemon_->start();
    auto const seconds_in_all = options_.hours > 0 ? options_.hours * 3'600LL / clocks_.rate()
                                                   : options_.faults_for.ms / 1'000;
    for (std::int64_t s = 0; s < seconds_in_all && objections().empty(); ++s) second(true);
    heal();
    auto const begun = network_.now();
    while (objections().empty() && !together() && network_.now() - begun < converge_within) {
        second(false);
    }
    healed_in_ms_ = (network_.now() - begun).ms;
    if (objections().empty() && !together()) {
        checkers_.objections.add("convergence", "after everything was healed: " + summary());
    }
    // Quiet for longer than a source is expected to be: every board says so.
    for (std::int64_t s = 0; s < 30 && objections().empty(); ++s) second(false);
    if (!objections().empty()) return false;
    checkers_.durability.look(daemon_->durable());
    checkers_.durability.look_upstream();
    checkers_.oracle.recount(daemon_->reader());
    checkers_.oracle.rebuild(daemon_->reader());
    daemon_->look_for_erased();
    auto const fold = core::fingerprint(daemon_->reader().state());
    if (core::fingerprint(daemon_->engine().state()) != fold) {
        checkers_.objections.add("oracle", "the two folds differ");
    }
    if (daemon_->fold_anew() != fold) {
        checkers_.objections.add("oracle", "the journal folds to another state");
    }
    return objections().empty();
}

std::uint64_t House::events() const {
    std::uint64_t events = 0;
    for (auto const& source : sources_) events += source->told_in_all();
    return events;
}

std::string House::summary() const {
    std::uint64_t snapshots = 0, again = 0, spooled = 0;
    for (auto const& source : sources_) again += source->sent_again(), spooled += source->spooled();
    for (auto const& board : boards_)
        snapshots += board->snapshots() + board->replica().snapshots_asked();
    return fmt::format(
        "events={} records={} acked={} commands={} crashes={} refused_starts={} steps={} "
        "snapshots={} rows={} silent={} told={} again={} spooled={} erased={} acts={} healed_ms={} "
        "rate={}{}{}",
        events(), daemon_->durable(), checkers_.durability.answers(),
        checkers_.durability.commands(), daemon_->crashes(), daemon_->refused_starts(),
        daemon_->steps(), snapshots, checkers_.oracle.rows_checked(), checkers_.silence.alarms(),
        checkers_.durability.acknowledgements(), again, spooled, checkers_.erased.keys_destroyed(),
        checkers_.sign_in.acts(), healed_in_ms_, clocks_.rate(), hl7_ ? " hl7" : "",
        csv_ ? " csv" : "");
}

}  // namespace washup::sim
