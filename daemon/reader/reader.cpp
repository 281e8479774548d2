#include "daemon/reader/reader.hpp"

#include <limits>

#include "daemon/core/reading.hpp"
#include "daemon/core/wash_up.hpp"
#include "daemon/derive/chess_clock.hpp"
#include "daemon/derive/demand.hpp"
#include "daemon/reader/history_view.hpp"
#include "daemon/reader/observed.hpp"
#include "daemon/reader/report_frames.hpp"
#include "daemon/reader/rows.hpp"
#include "daemon/reader/tier.hpp"
#include "proto/base/check.hpp"
#include "proto/wire/envelope.hpp"

namespace washup::reader {
namespace {

constexpr std::uint32_t stay_kind = v1::Row::kStay;

std::string bed_name(core::State const& state, core::Stay const& stay) {
    if (stay.joined_into || core::end_of(state, stay)) return {};
    auto const place = core::read(state, stay, core::Field::location);
    if (!place.known() || !place.fact->value.location) return {};
    auto const& at = *place.fact->value.location;
    if (at.ward.empty() || at.bed.empty()) return {};
    auto const site = core::site_code(state.config, at.site);  // sources call it differently
    return (site.empty() ? at.site : site) + '|' + at.ward + '|' + at.bay + '|' + at.bed;
}

// The headline alone needs today and the week before: no picture shows their bars.
bool has_bars(derive::Window window) {
    return window != derive::Window::today && window != derive::Window::prior_7;
}

}  // namespace

Reader::Reader(core::State state, std::string epoch)
    : state_(std::move(state)), epoch_(std::move(epoch)) {
    for (auto const view : published_views) publishers_.emplace_back(view, epoch_);
    rebuild();
    for (auto& publisher : publishers_) publisher.take_delta(state_.head.value());
}

void Reader::open_room() {
    auto const whole = publishers_.begin();
    WASHUP_CHECK(whole->view() == v1::VIEW_TIER_3, "the whole view is the first");
    if (std::next(whole)->view() == v1::VIEW_ROOM) return;
    Publisher room{v1::VIEW_ROOM, epoch_};
    whole->rows().for_each([&](v1::Row const& row) { room.put(v1::Row{row}, state_.today.days); });
    room.take_delta(state_.head.value());
    publishers_.insert(std::next(whole), std::move(room));
}

void Reader::put(v1::Row row) {
    auto kept = Publisher::Kept::changed;
    for (auto& publisher : publishers_) {  // the widest first
        if (kept == Publisher::Kept::nothing) {
            publisher.remove(wire::row_kind(row), row.id());
            continue;
        }
        kept = publisher.put(row, state_.today.days);
        // What a narrower view sees follows from this row and the day.
        if (kept == Publisher::Kept::unchanged && shown_on_ == state_.today) return;
    }
}

void Reader::remove(std::uint32_t kind, std::string const& id) {
    for (auto& publisher : publishers_) publisher.remove(kind, id);
}

Publisher const& Reader::view(v1::View view) const {
    for (auto const& publisher : publishers_) {
        if (publisher.view() == view) return publisher;
    }
    WASHUP_CHECK(false, "every published view has a publisher");
}

// Everything anew: at start, and when a new config moves every row.
void Reader::rebuild() {
    shown_on_ = {};
    tallies_.recount(state_);
    measures_.recount(state_);
    for (auto const& row : config_rows(state_)) put(row);
    refresh_teams();
    for (auto const& [code, service] : state_.services) {
        put(service_row(state_, code));
        kind_of_[code] = service.counters.kind;
    }
    for (auto const& [id, staff] : state_.staff) put(staff_row(staff));
    for (auto const& [id, item] : state_.inbox) {
        item.settled.empty() ? put(inbox_row(item))
                             : remove(v1::Row::kInbox, std::to_string(id.value()));
    }
    for (auto const& [key, leaf] : tallies_.leaves()) put_tally(key);
    for (auto const& source : state_.config.sources) put(source_row(state_, source.name));
    for (auto const& [name, source] : state_.sources) put(source_row(state_, name));
    std::set<core::StayId> all;
    for (auto const& [id, stay] : state_.stays) {
        all.insert(all.end(), id);
        ending_moved(id);
    }
    refresh_stays(std::move(all));
    refresh_sums();
    shown_on_ = state_.today;
}

// Stays that ended long ago are the same on any day, and there are ten of them for one that is
// here: a new day looks at the others alone.
void Reader::turn_day() {
    std::set<core::StayId> still_open;
    for (auto const id : day_bound_) {
        auto const it = state_.stays.find(id);
        if (it != state_.stays.end()) still_open.insert(still_open.end(), id);
    }
    tallies_.turn_day(state_, still_open);
    measures_.turn_day(state_, still_open);
    refresh_stays(std::move(still_open));
    refresh_sums();
    shown_on_ = state_.today;
}

void Reader::note_day_bound(core::StayId id, core::Stay const& stay) {
    auto const end = core::end_of(state_, stay);
    auto const may_change =
        !end || london_date(end->at.at) + ended_on_walls_days_max >= state_.today;
    may_change ? static_cast<void>(day_bound_.insert(id)) : static_cast<void>(day_bound_.erase(id));
}

void Reader::refresh(core::Changes const& changes) {
    if (changes.config) {
        for (auto& publisher : publishers_) {
            // What left the site file leaves the feed.
            std::vector<std::pair<std::uint32_t, std::string>> names;
            publisher.rows().for_each([&](v1::Row const& row) {
                if (row.has_ladder() || row.has_reason() || row.has_team() || row.has_source()) {
                    names.emplace_back(wire::row_kind(row), row.id());
                }
            });
            for (auto const& [kind, id] : names) publisher.remove(kind, id);
        }
    }
    for (auto const id : changes.let_go) {
        tallies_.update(state_, id);
        measures_.update(state_, id);
        remove(stay_kind, row_id(id));
        day_bound_.erase(id);
        endings_.erase(id);
    }
    if (changes.config) return rebuild();
    for (auto const& code : changes.services) put(service_row(state_, code));
    for (auto const& id : changes.staff) put(staff_row(state_.staff.at(id)));
    for (auto const& name : changes.sources) put(source_row(state_, name));
    for (auto const id : changes.inbox) {
        auto const& item = state_.inbox.at(id);
        item.settled.empty() ? put(inbox_row(item))
                             : remove(v1::Row::kInbox, std::to_string(id.value()));
    }
    if (state_.last_at >= teams_until_ || changes.meetings) refresh_teams();
    auto stays = changes.stays;
    if (!changes.staff.empty()) {  // an owner has a name now: rows that show it change
        for (auto const& [id, stay] : state_.stays) {
            for (auto const& action : stay.actions) {
                if (changes.staff.contains(action.owner)) stays.insert(id);
            }
        }
    }
    for (auto const id : stays) {
        tallies_.update(state_, id);
        measures_.update(state_, id);
    }
    auto rows = stays;
    if (!changes.services.empty()) add_who_waits(changes.services, rows);
    for (auto const id : stays) {
        if (!ending_moved(id)) continue;
        // A row tells of the person's other stays too ("back after 12 d").
        auto const person = state_.stays.at(id).person;
        for (auto const* record : state_.records_of(state_.survivor_of(person))) {
            rows.insert(record->stays.begin(), record->stays.end());
        }
    }
    refresh_stays(std::move(rows));
    changes.day ? turn_day() : refresh_sums();
}

// A row says when its blocker's reason and the counter of the service contradict each other.
void Reader::add_who_waits(std::set<core::Code> const& services, std::set<core::StayId>& rows) {
    std::set<core::Code> kinds;
    for (auto const& service : services) {
        auto& known = kind_of_[service];
        kinds.insert(known);  // it may have been of another kind until now
        known = state_.services.at(service).counters.kind;
        kinds.insert(known);
    }
    for (auto const id : day_bound_) {
        auto const* const stay = state_.stay(id);
        if (stay == nullptr) continue;
        for (auto const* blocker : derive::blockers_of(state_, *stay)) {
            if (blocker->closed) continue;
            auto const* const kind =
                derive::kind_waited_for(state_.config, blocker->reason, blocker->local_reason);
            if (kind != nullptr && kinds.contains(kind->code)) rows.insert(stay->id);
        }
    }
}

bool Reader::ending_moved(core::StayId id) {
    auto const it = state_.stays.find(id);
    if (it == state_.stays.end()) return false;
    auto const ending = core::read(state_, it->second, core::Field::ending);
    auto const held = endings_.find(id);
    if (!ending.known()) return held != endings_.end() && endings_.erase(id) > 0;
    std::pair now{ending.fact->value.code, ending.fact->value.moment};
    if (held != endings_.end() && held->second == now) return false;
    endings_[id] = std::move(now);
    return true;
}

void Reader::refresh_teams() {
    teams_until_ = Instant{std::numeric_limits<std::int64_t>::max()};
    for (auto const& team : state_.config.teams) {
        put(team_row(state_, team));
        auto const next = core::next_wash_up(state_, team, state_.last_at);
        if (next.ms != 0) teams_until_ = std::min(teams_until_, next);
    }
}

// Also gives back who has company in bed now and had none, or the other way round.
std::set<core::StayId> Reader::move_beds(std::set<core::StayId> const& stays) {
    auto touched = stays;
    for (auto const id : stays) {
        auto const it = state_.stays.find(id);
        auto const bed = it == state_.stays.end() ? std::string{} : bed_name(state_, it->second);
        auto const was = bed_of_.find(id);
        auto const held = was == bed_of_.end() ? std::string{} : was->second;
        if (held == bed) continue;
        if (!held.empty()) {
            auto& left = by_bed_[held];
            left.erase(id);
            if (left.size() == 1) touched.insert(*left.begin());
            if (left.empty()) by_bed_.erase(held);
            bed_of_.erase(was);
        }
        if (bed.empty()) continue;
        auto& shared = by_bed_[bed];
        if (shared.size() == 1) touched.insert(*shared.begin());
        shared.insert(id);
        bed_of_[id] = bed;
    }
    return touched;
}

bool Reader::shares_bed(core::StayId stay) const {
    auto const bed = bed_of_.find(stay);
    if (bed == bed_of_.end()) return false;
    return by_bed_.at(bed->second).size() > 1;
}

void Reader::refresh_stays(std::set<core::StayId> stays) {
    for (auto const id : move_beds(stays)) {
        auto const it = state_.stays.find(id);
        if (it == state_.stays.end() || it->second.joined_into) {
            remove(stay_kind, row_id(id));
            day_bound_.erase(id);
            continue;
        }
        note_day_bound(id, it->second);
        auto row = stay_row(state_, it->second);
        if (shares_bed(id)) {
            row.mutable_stay()->add_marks("bed clash");
            doubt(*row.mutable_stay()->mutable_bed(), "somebody else is in this bed");
        }
        put(std::move(row));
    }
}

void Reader::put_people(derive::PeopleKey const& key) {
    if (!has_bars(key.window)) return;
    auto const people = tallies_.people(key);
    people == 0 ? remove(v1::Row::kPeople, row_id(key)) : put(people_row(key, people));
}

void Reader::put_tally(derive::LeafKey const& key) {
    if (!has_bars(key.window)) return;
    auto const leaf = tallies_.leaves().find(key);
    leaf == tallies_.leaves().end() ? remove(v1::Row::kTally, row_id(key))
                                    : put(tally_row(state_, key, leaf->second));
}

void Reader::refresh_sums() {
    auto const moved = tallies_.take_changed();
    for (auto const& key : moved) put_tally(key);
    for (auto const& key : tallies_.take_changed_people()) put_people(key);
    // The heads are sums of these; most events leave them as they are.
    bool const heads_moved = measures_.take_changed() || !moved.empty();
    if (!heads_moved && shown_on_ == state_.today) return;
    std::set<std::string> scopes;
    for (auto const& [scope, headline] : measures_.by_scope()) scopes.insert(scope);
    for (auto const& [key, leaf] : tallies_.leaves()) scopes.insert(key.scope);
    for (auto const& scope : scopes) {
        auto const it = measures_.by_scope().find(scope);
        auto const headline = it == measures_.by_scope().end() ? derive::Headline{} : it->second;
        put(headline_row(state_, scope, headline, tallies_));
    }
    for (auto const& scope : scopes_) {
        if (!scopes.contains(scope)) remove(v1::Row::kHeadline, scope);
    }
    scopes_ = std::move(scopes);
}

void Reader::apply(std::vector<SharedRecord> const& records, std::vector<Outgoing>& out) {
    core::Changes changes;
    for (auto const& record : records) core::apply(state_, *record, changes);
    refresh(changes);
    for (auto& publisher : publishers_) {
        for (auto& frame : publisher.take_delta(state_.head.value())) {
            out.push_back({publisher.view(), {}, std::move(frame)});
        }
    }
}

void Reader::heartbeat(Instant now, double rate, bool trusted, std::vector<Outgoing>& out) const {
    v1::Heartbeat beat;
    beat.set_daemon_time_ms(now.ms);
    beat.set_rate(rate);
    beat.set_clock_trusted(trusted);
    beat.set_site_words(state_.config.site_words);
    for (auto const& publisher : publishers_) {
        out.push_back({publisher.view(), {}, publisher.heartbeat(beat)});
    }
}

void Reader::snapshot(v1::View wanted, std::string const& to, std::vector<Outgoing>& out,
                      std::optional<Instant> as_of) const {
    for (auto& frame : view(wanted).snapshot(as_of)) out.push_back({{}, to, std::move(frame)});
}

void Reader::history(core::StayName const& name, std::string const& to,
                     std::vector<Outgoing>& out) const {
    auto id = name.id;
    if (name.key) {
        auto const it = state_.stay_by_key.find(*name.key);
        id = it == state_.stay_by_key.end() ? core::StayId{} : it->second;
    }
    auto const* stay = state_.stay(id);
    auto history = stay == nullptr ? v1::History{} : history_of(state_, *stay);
    history.set_stay(name.as_given);
    while (!wire::fits_frame(history)) {
        history.mutable_lines()->DeleteSubrange(0, history.lines_size() / 2 + 1);
    }
    out.push_back({{}, to, wire::encode(wire::Kind::history, history)});
}

std::optional<Instant> Reader::over_at(ReportAsked const& asked) const {
    return report::over_at(state_, asked.name, asked.options);
}

void Reader::report(ReportAsked const& asked, std::string const& to,
                    std::vector<Outgoing>& out) const {
    auto const document = report::make_report(state_, asked.name, asked.options);
    if (!document) {
        out.push_back({{}, to, refused_frame(asked.name, document.error())});
        return;
    }
    ReportHead const about{asked.name, state_.head, state_.last_at,
                           report::find_kind(asked.name)->tier, asked.with_stays};
    for (auto& frame : frames_of(about, *document)) out.push_back({{}, to, std::move(frame)});
}

}  // namespace washup::reader
