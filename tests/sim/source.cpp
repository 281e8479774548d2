#include "tests/sim/source.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "adapters/hl7v2/ack.hpp"
#include "adapters/hl7v2/adt_mapper.hpp"
#include "adapters/hl7v2/message.hpp"
#include "proto/base/check.hpp"
#include "proto/base/digest.hpp"

namespace washup::sim {
namespace {

// Until the adapter's store notes what it heard (idle_before_outcomes of record_keeper).
constexpr std::int64_t note_ms_max = 500;

// A control id of a message, or of the message that an acknowledgement answers.
std::string control_id_of(std::string_view frame, bool of_answer) {
    auto const text = hl7v2::trimmed(frame);
    auto const begin = text.find("MSH");
    WASHUP_CHECK(begin != std::string_view::npos, "the story writes HL7");
    auto const octets = text.substr(begin, text.find(hl7v2::frame_end, begin) - begin);
    if (of_answer) {
        auto const segment = octets.substr(octets.find("MSA|"));
        return std::string{hl7v2::part(segment.substr(0, segment.find('\r')), '|', 3)};
    }
    auto const header = hl7v2::read_header(octets);
    WASHUP_CHECK(header.has_value(), "the story writes HL7");
    return std::string{header->control_id()};
}

}  // namespace

Source::Source(World world, std::string name, Profiles const& profiles,
               std::function<Instant()> clock, Send send)
    : world_(world),
      name_(std::move(name)),
      profiles_(profiles),
      clock_(std::move(clock)),
      send_(std::move(send)),
      ward_([this](Parcel const& parcel) {
          // As a stream: now and then a message comes in two pieces.
          if (parcel.octets.empty()) {
              return world_.network.send(ward_way_in, [this, parcel] { take_plain(parcel); });
          }
          auto const cut = world_.chance.chance(100) ? world_.chance.below(parcel.octets.size())
                                                     : parcel.octets.size();
          for (auto const& piece : {parcel.octets.substr(0, cut), parcel.octets.substr(cut)}) {
              if (piece.empty()) continue;
              world_.network.send(ward_way_in, [this, piece] { from_ward(piece); });
          }
      }) {
    store_ = std::make_unique<AdapterStore>(epoch_);
    spool_options_.records_max = world_.weather.spool_records_max;
    start();
}

std::string Source::connection() const {
    return fmt::format("{}/{}", name_, generation_);
}

// ---- Life ---------------------------------------------------------------------------------------

void Source::start() {
    wire::SourceSessionOptions options;
    options.source = name_;
    options.epoch = store_->epoch();
    session_ = std::make_unique<wire::SourceSession>(options);
    auto const left = store_->waiting();
    spool_ = std::make_unique<adapters::Spool>(spool_options_, left, world_.network.now());
    heard_ = store_->noted();
    look_at_spool();
    ++session_number_;
    ++generation_;
}

void Source::stop() {
    session_.reset();
    spool_.reset();
    waiting_.clear();
    next_to_send_ = watermark_ = 0;
    relink_ward();
}

void Source::relink() {
    ++generation_;
}

void Source::relink_ward() {
    world_.network.cut(ward_way_in);
    world_.network.cut(ward_way_out);
    framer_ = hl7v2::Framer{};
    ward_.broken();
}

bool Source::drained() const {
    return running() && session_->connected() && ward_.quiet() && drop_.empty() &&
           waiting_.empty() && store_->noted() == store_->last() &&
           next_to_send_ == store_->last() + 1;
}

void Source::begin_epoch() {
    WASHUP_CHECK(drained(), "a store that owes something is not thrown away");
    stop();
    store_ = std::make_unique<AdapterStore>(++epoch_);
    start();
}

// ---- Upstream -----------------------------------------------------------------------------------

void Source::tell_octets(std::string octets) {
    ++told_in_all_;
    auto name = control_id_of(octets, false);
    ward_.add({std::move(name), std::move(octets), {}});
}

// A drop folder: the adapter looks into it when it likes.
void Source::tell_file(std::string name, std::string octets) {
    told_in_all_ += static_cast<std::size_t>(std::count(octets.begin(), octets.end(), '\n')) - 1;
    drop_.push_back({std::move(name), std::move(octets), {}});
}

void Source::tell(v1::Observation observation) {
    ward_.add({fmt::format("{}-{}", name_, ++told_in_all_), {}, std::move(observation)});
}

void Source::keep_last_again() {
    if (last_.name.empty() || !running() || !spool_->room(last_.octets.size())) return;
    step(adapters::SpoolReserved{last_.octets.size()});
    kept(last_, fmt::format("planted {}", store_->last()), true);
}

// ---- What comes in ------------------------------------------------------------------------------

void Source::from_ward(std::string_view octets) {
    if (!running()) return;
    std::vector<hl7v2::FrameEvent> events;
    framer_.feed(octets, events);
    for (auto& event : events) {
        WASHUP_CHECK(event.kind == hl7v2::FrameEvent::Kind::frame, "the ward's frames are small");
        take_message(std::move(event.bytes));
    }
}

void Source::take_message(std::string octets) {
    auto const header = hl7v2::read_header(octets);
    WASHUP_CHECK(header.has_value(), "the story writes HL7");
    Stored stored;
    stored.name = stored.acknowledges = std::string{header->control_id()};
    stored.received = clock_();
    auto key = fmt::format("message|{}|{}|{}", name_, header->field(7),
                           to_hex(as_bytes(blake2b_256(octets))));
    stored.octets = std::move(octets);
    keep(std::move(stored), std::move(key));
}

void Source::take_plain(Parcel const& parcel) {
    if (!running()) return;
    Stored stored;
    stored.name = stored.acknowledges = parcel.name;
    stored.received = clock_();
    stored.observation = parcel.observation;
    keep(std::move(stored), parcel.name);
}

// Nothing is said while there is no room: the ward sends it again.
void Source::keep(Stored stored, std::string key) {
    if (!spool_->room(stored.octets.size())) return;
    step(adapters::SpoolReserved{stored.octets.size()});
    if (world_.plant == Plant::acknowledge_early && world_.chance.chance(50)) {
        acknowledge(stored.name, 0, stored.octets);
    }
    // The store's thread syncs in its own time; a program that ends meanwhile may have kept it.
    auto const span = milliseconds(world_.chance.between(0, world_.weather.commit_ms_max / 4));
    world_.network.after(span, [this, stored = std::move(stored), key = std::move(key),
                                run = session_number_]() mutable {
        auto const told = running() && run == session_number_;
        if (!told && (running() || world_.chance.chance(500))) return;
        kept(std::move(stored), key, told);
    });
}

void Source::kept(Stored stored, std::string const& key, bool told) {
    auto const bytes = stored.octets.size();
    Waiting const waiting{stored.acknowledges, stored.octets};
    bool const forgets = world_.plant == Plant::forget_index && world_.chance.chance(300);
    if (auto const before = forgets ? std::nullopt : store_->find(key)) {
        if (!told) return;
        step(adapters::SpoolReleased{bytes});
        // Held by the daemon already, or acknowledged from here: the same answer again.
        if (*before <= heard_ || spool_->may_acknowledge(*before)) {
            return acknowledge(waiting.content, *before, waiting.octets);
        }
        waiting_.emplace(*before, waiting);
        return;
    }
    auto const received = stored.received;
    last_ = stored;
    std::vector<Stored> one;
    one.push_back(std::move(stored));
    auto const sequence = store_->append(std::move(one), key);
    if (!told) return;
    waiting_.emplace(sequence, waiting);
    step(adapters::SpoolKept{{sequence, bytes, received}});
}

void Source::take_file(Parcel const& file) {
    if (auto const before = store_->find(file.octets)) return drop_.pop_front();
    auto taken = csv::take_file(profiles_.csv, file.name, file.octets);
    WASHUP_CHECK(taken.has_value(), "the story writes files");
    std::uint64_t bytes = 0;
    for (auto const& record : taken->records) bytes += record.raw.size();
    if (!spool_->room(bytes, taken->records.size())) return;
    auto mapper = csv::FileMapper::make(profiles_.csv, file.name, taken->batch.about);
    WASHUP_CHECK(mapper.has_value(), "the story writes files");
    auto const shared = std::make_shared<csv::FileMapper const>(std::move(*mapper));
    auto const now = clock_();
    std::vector<Stored> rows;
    for (auto const& record : taken->records) {
        step(adapters::SpoolReserved{record.raw.size()});
        rows.push_back({record.name, record.raw, record.trigger, now, {}, shared, {}});
    }
    auto sequence = store_->append(rows, file.octets);
    last_ = rows.back();
    for (auto const& row : rows) {
        auto const kept_at = sequence++;
        world_.checkers.durability.acknowledged(name_, row.name, kept_at <= store_->last());
        step(adapters::SpoolKept{{kept_at, row.octets.size(), now}});
    }
    // Kept, and the program may end before it moved the file: then it finds it again.
    if (world_.weather.faults && world_.chance.chance(20)) return;
    drop_.pop_front();
}

// ---- What goes back to the ward -----------------------------------------------------------------

void Source::acknowledge(std::string const& content, std::uint64_t sequence, std::string octets) {
    auto const stands = sequence != 0 && sequence <= store_->last();
    world_.checkers.durability.acknowledged(name_, content, stands);
    if (octets.empty()) {
        return world_.network.send(ward_way_out, [this, content] { ward_.acknowledged(content); });
    }
    auto const header = hl7v2::read_header(octets);
    auto answer = hl7v2::framed(hl7v2::make_ack(*header, {}, false, content, clock_()));
    world_.network.send(ward_way_out, [this, answer = std::move(answer)] {
        ward_.acknowledged(control_id_of(answer, true));
    });
}

void Source::acknowledge_waiting(std::uint64_t up_to) {
    while (!waiting_.empty() && waiting_.begin()->first <= up_to) {
        auto const [sequence, waiting] = *waiting_.begin();
        waiting_.erase(waiting_.begin());
        if (!waiting.content.empty()) acknowledge(waiting.content, sequence, waiting.octets);
    }
}

// As many as stand on the disk, whoever looks and whenever: also at a start, after any end.
void Source::look_at_spool() {
    world_.checkers.bounds.look("records that wait in the spool", store_->last() - store_->noted(),
                                spool_options_.records_max);
}

// The store notes answers in its own time; what is not noted when the program ends is asked again.
void Source::note_soon() {
    auto const span = milliseconds(world_.chance.between(0, note_ms_max));
    world_.network.after(span, [this, up_to = heard_, run = session_number_] {
        auto const told = running() && run == session_number_;
        if (run != session_number_ || (!told && world_.chance.chance(500))) return;
        store_->note_answered(up_to);
        if (told) step(adapters::SpoolNoted{up_to});
    });
}

void Source::step(adapters::SpoolInput const& input) {
    adapters::SpoolActions actions;
    spool_->step(input, world_.network.now(), actions);
    if (actions.began || actions.ended) {
        world_.log.line(world_.network.now(), "{} {}", name_,
                        actions.began ? "spools" : "follows the daemon");
    }
    look_at_spool();
    if (actions.acknowledge == 0) return;
    ++spooled_;
    acknowledge_waiting(actions.acknowledge);
}

// ---- To the daemon ------------------------------------------------------------------------------

v1::IngestRecord Source::record_of(std::uint64_t sequence) const {
    auto const& stored = store_->at(sequence);
    v1::IngestRecord record;
    record.set_source(name_);
    record.set_sequence(sequence);
    record.set_record_name(stored.name);
    if (stored.octets.empty()) {
        *record.mutable_observation() = stored.observation;
        return record;
    }
    record.set_digest(std::string{as_bytes(blake2b_256(stored.octets))});
    if (stored.file) {
        record.set_trigger(stored.trigger);
        *record.mutable_observation() = stored.file->map(stored.octets);
        return record;
    }
    auto const header = hl7v2::read_header(stored.octets);
    auto const& profile = profiles_.hl7.choose({}, header->value(3), header->value(4));
    record.set_trigger(hl7v2::map_octets(stored.octets, *header, profile, stored.received,
                                         *record.mutable_observation()));
    return record;
}

void Source::tick() {
    ward_.tick(world_.network.now());
    if (!running()) return;
    step(adapters::SpoolTick{});
    for (std::size_t files = drop_.size(); files > 0 && !drop_.empty(); --files) {
        take_file(Parcel{drop_.front()});
    }
    wire::SourceActions out;
    session_->step(wire::SourceTick{}, world_.network.now(), out);
    while (next_to_send_ != 0 && next_to_send_ <= store_->last() && session_->window_left() > 0) {
        auto const record = record_of(next_to_send_++);
        session_->step(wire::SourceSubmit{&record}, world_.network.now(), out);
    }
    take(out);
}

void Source::hear(std::string const& to, Bytes const& frame) {
    // A connection that was made anew hears nothing of the old one.
    if (!running() || to != connection()) return;
    wire::SourceActions out;
    session_->step(wire::SourceHeard{frame}, world_.network.now(), out);
    take(out);
}

void Source::take(wire::SourceActions const& actions) {
    for (auto const& bytes : actions.send) {
        world_.checkers.bounds.frame(bytes.size());
        send_(connection(), bytes);
    }
    auto const session = fmt::format("{} session {}", name_, session_number_);
    for (auto const& answer : actions.answers) {
        auto const sequence = answer->sequence();
        if (answer->outcome() == v1::IngestAnswer::REFUSED) {
            world_.checkers.objections.add(
                "order", fmt::format("{} {} was refused: {}", name_, sequence, answer->words()));
            continue;
        }
        world_.checkers.order.told(session, sequence);
        heard_ = std::max(heard_, sequence);
        acknowledge_waiting(sequence);
        step(adapters::SpoolAnswered{sequence});
    }
    if (!actions.answers.empty()) note_soon();
    if (!actions.welcomed) return;
    watermark_ = *actions.welcomed;
    world_.log.line(world_.network.now(), "{} welcomed at {}", connection(), watermark_);
    WASHUP_CHECK(watermark_ <= store_->last(), "the daemon holds nothing that the store does not");
    if (watermark_ < heard_) {  // and the store has let go of it
        next_to_send_ = 0;
        return world_.checkers.objections.add(
            "durability",
            fmt::format("{} was answered for {}, and {} is held", name_, heard_, watermark_));
    }
    // What the daemon holds and we heard no answer of is sent again, to learn what became of it.
    next_to_send_ = heard_ + 1;
    step(adapters::SpoolAnswered{watermark_});
    tick();
}

}  // namespace washup::sim
