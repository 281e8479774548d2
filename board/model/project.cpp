#include "board/model/project.hpp"

#include "proto/base/digest.hpp"
#include "washup/v1/feed.pb.h"

namespace washup::board {
namespace {

Instant instant(std::int64_t ms) {
    return Instant{ms};
}

Moment moment(v1::Moment const& in) {
    return {Instant{in.at_ms()},
            in.precision() == v1::PRECISION_DATE ? Precision::date : Precision::minute};
}

template <class Message>
std::optional<Moment> moment_if(bool has, Message const& in) {
    if (!has) return std::nullopt;
    return moment(in);
}

ValueState value_state(v1::ValueState state) {
    switch (state) {
        case v1::KNOWN:
            return ValueState::known;
        case v1::DOUBTFUL:
            return ValueState::doubtful;
        case v1::DISAGREEMENT:
            return ValueState::disagreement;
        case v1::ERASED:
            return ValueState::erased;
        default:
            return ValueState::unknown;
    }
}

Observed observed(v1::Observed const& in) {
    Observed out;
    out.state = value_state(in.state());
    out.value = in.value();
    out.moment = moment_if(in.has_moment(), in.moment());
    out.observed_at = instant(in.observed_at_ms());
    out.confirmed_at = instant(in.confirmed_at_ms());
    out.source = in.source();
    out.why = in.why();
    out.other = in.other();
    out.other_source = in.other_source();
    return out;
}

Gap gap(v1::Gap const& in) {
    return {in.known(),      in.steps(),         in.bands(),     in.at_least(),
            in.ideal_step(), in.expected_step(), in.off_ladder()};
}

Blocker blocker(v1::BlockerRow const& in) {
    Blocker out;
    out.number = in.number();
    out.reason = in.reason();
    out.words = in.words();
    out.theme = in.theme();
    out.holder = in.holder();
    out.claims.assign(in.claims().begin(), in.claims().end());
    out.holds_clock = in.holds_clock();
    out.opened = moment_if(in.has_opened(), in.opened());
    out.closed = moment_if(in.has_closed(), in.closed());
    out.closed_why = in.closed_why();
    out.note = in.note();
    out.source = in.source();
    out.doubt = in.doubt();
    out.days_held = in.days_held();
    out.sensitive = in.sensitive();
    return out;
}

Action action(v1::ActionRow const& in) {
    Action out;
    out.number = in.number();
    out.text = in.text();
    out.owner = in.owner();
    out.owner_words = in.owner_words();
    out.owner_role = in.owner_role();
    out.deadline = moment_if(in.has_deadline(), in.deadline());
    out.state = in.state();
    out.overdue = in.overdue();
    out.moved = in.moved();
    out.blocker = in.blocker();
    out.why = in.why();
    out.owner_doubtful = in.owner_doubtful();
    return out;
}

void stay_values(Stay& out, v1::StayRow const& in) {
    out.site = observed(in.site());
    out.nhs_number = observed(in.nhs_number());
    out.name = observed(in.name());
    out.initials = in.initials();
    out.ward = observed(in.ward());
    out.ward_words = in.ward_words();
    out.team_words = in.team_words();
    out.bed = observed(in.bed());
    out.team = observed(in.team());
    out.worker = observed(in.worker());
    out.area = observed(in.area());
    out.admitted_at = observed(in.admitted_at());
    out.expected_discharge = observed(in.expected_discharge());
    out.medically_optimised = observed(in.medically_optimised());
    out.discharge_ready = observed(in.discharge_ready());
    out.ended = observed(in.ended());
    out.review_on = observed(in.review_on());
    out.referred_at = observed(in.referred_at());
    out.pathway = observed(in.pathway());
    out.usual_residence = observed(in.usual_residence());
    out.ideal_outcome = observed(in.ideal_outcome());
    out.expected_outcome = observed(in.expected_outcome());
    out.actual_outcome = observed(in.actual_outcome());
    out.proposed_outcome = observed(in.proposed_outcome());
    out.at_risk = observed(in.at_risk());
    out.birth_date = observed(in.birth_date());
    out.postcode_district = observed(in.postcode_district());
}

Stay stay(v1::Row const& row) {
    v1::StayRow const& in = row.stay();
    Stay out;
    out.id = row.id();
    out.version = row.version();
    out.stay = in.stay();
    out.key = in.key();
    stay_values(out, in);
    out.identifiers.assign(in.identifiers().begin(), in.identifiers().end());
    out.marks.assign(in.marks().begin(), in.marks().end());
    out.days_lost = in.days_lost();
    out.gap = gap(in.gap());
    for (auto const& each : in.blockers()) out.blockers.push_back(blocker(each));
    for (auto const& each : in.actions()) out.actions.push_back(action(each));
    for (auto const& each : in.chess_clock()) {
        out.chess_clock.push_back({instant(each.from_ms()), instant(each.to_ms()), each.holder(),
                                   each.words(), each.blocker()});
    }
    for (auto const& each : in.milestones()) {
        out.milestones.push_back({each.name(), moment(each.at())});
    }
    for (auto const& each : in.clocks()) {
        out.clocks.push_back({each.clock(), each.words(), each.owner(), instant(each.started_ms()),
                              instant(each.warn_at_ms()), instant(each.due_ms()),
                              instant(each.ended_ms()), each.state()});
    }
    out.came_from = in.came_from();
    out.went_on_as = in.went_on_as();
    out.provisional = in.provisional();
    out.inferred = in.inferred();
    out.first_seen = in.first_seen();
    out.died = in.died();
    out.on_leave = in.on_leave();
    return out;
}

Tally tally(v1::TallyRow const& in) {
    return {in.scope(), in.window(), in.reason(),   in.local_reason(),
            in.theme(), in.words(),  in.bed_days(), in.people()};
}

Headline headline(v1::HeadlineRow const& in) {
    Headline out;
    out.scope = in.scope();
    out.ready_still_here = in.ready_still_here();
    out.bed_days_now = in.bed_days_now();
    out.bed_days_today = in.bed_days_today();
    out.bed_days_7 = in.bed_days_7();
    out.bed_days_28 = in.bed_days_28();
    out.bed_days_91 = in.bed_days_91();
    out.bed_days_prior_7 = in.bed_days_prior_7();
    out.on_track = in.on_track();
    out.on_track_known = in.on_track_known();
    out.on_track_of = in.on_track_of();
    out.ideal_reached = in.ideal_reached();
    out.ideal_known = in.ideal_known();
    out.ideal_of = in.ideal_of();
    out.today = in.today();
    return out;
}

Service service(v1::Row const& row) {
    v1::ServiceRow const& in = row.service();
    Service out;
    out.id = row.id();
    out.council = in.council();
    out.name = in.name();
    out.kind = in.kind();
    out.zone = in.zone();
    out.pathway = in.pathway();
    out.unit = in.unit();
    out.source = in.source();
    out.doubt = in.doubt();
    if (in.has_total()) out.total = in.total();
    if (in.has_occupied()) out.occupied = in.occupied();
    if (in.has_reserved()) out.reserved = in.reserved();
    if (in.has_out_of_service()) out.out_of_service = in.out_of_service();
    if (in.has_accepting()) out.accepting = in.accepting();
    out.observed_at = instant(in.observed_at_ms());
    return out;
}

Source source(v1::SourceRow const& in) {
    Source out;
    out.name = in.name();
    out.words = in.words();
    out.profile = in.profile();
    out.last_heard = instant(in.last_heard_ms());
    out.last_occurred = instant(in.last_occurred_ms());
    out.expected_within = milliseconds(in.expected_within_ms());
    out.accepted = in.accepted();
    out.inbox = in.inbox();
    out.counted = in.counted();
    out.duplicates = in.duplicates();
    out.watermark = in.watermark();
    out.configured = in.configured();
    return out;
}

InboxItem inbox_item(v1::InboxRow const& in) {
    InboxItem out;
    out.item = in.item();
    out.count = in.count();
    out.stay = in.stay();
    out.source = in.source();
    out.record_name = in.record_name();
    out.trigger = in.trigger();
    out.why = in.why();
    out.field = in.field();
    out.words = in.words();
    out.received = instant(in.received_ms());
    out.settled = in.settled();
    return out;
}

}  // namespace

void apply_row(Model& model, v1::Row const& row) {
    std::string const& id = row.id();
    switch (row.of_case()) {
        case v1::Row::kStay:
            model.stays[id] = stay(row);
            break;
        case v1::Row::kTally:
            model.tallies[id] = tally(row.tally());
            break;
        case v1::Row::kPeople: {
            auto const& in = row.people();
            model.people[id] = {in.scope(), in.window(), in.level(), in.code(), in.people()};
            break;
        }
        case v1::Row::kHeadline:
            model.headlines[id] = headline(row.headline());
            break;
        case v1::Row::kService:
            model.services[id] = service(row);
            break;
        case v1::Row::kSource:
            model.sources[id] = source(row.source());
            break;
        case v1::Row::kLadder: {
            auto const& in = row.ladder();
            model.ladder[id] = {in.step(), in.code(), in.words(), in.short_words(), in.band()};
            break;
        }
        case v1::Row::kStaff: {
            auto const& in = row.staff();
            model.staff[id] = {id, in.name(), in.role(), in.team()};
            break;
        }
        case v1::Row::kInbox:
            model.inbox[id] = inbox_item(row.inbox());
            break;
        case v1::Row::kTeam: {
            auto const& in = row.team();
            model.teams[id] = {id, in.words(), in.area(), in.site(), instant(in.next_wash_up_ms())};
            break;
        }
        case v1::Row::kReason: {
            auto const& in = row.reason();
            model.reasons[id] = {
                id,          in.label(),    in.words(), in.theme(), in.theme_words(),
                in.holder(), in.sensitive()};
            break;
        }
        case v1::Row::OF_NOT_SET:
            break;
    }
}

void remove_row(Model& model, v1::RowName const& name) {
    std::string const& id = name.id();
    switch (static_cast<int>(name.kind())) {
        case v1::Row::kStay:
            model.stays.erase(id);
            break;
        case v1::Row::kTally:
            model.tallies.erase(id);
            break;
        case v1::Row::kPeople:
            model.people.erase(id);
            break;
        case v1::Row::kHeadline:
            model.headlines.erase(id);
            break;
        case v1::Row::kService:
            model.services.erase(id);
            break;
        case v1::Row::kSource:
            model.sources.erase(id);
            break;
        case v1::Row::kLadder:
            model.ladder.erase(id);
            break;
        case v1::Row::kStaff:
            model.staff.erase(id);
            break;
        case v1::Row::kInbox:
            model.inbox.erase(id);
            break;
        case v1::Row::kTeam:
            model.teams.erase(id);
            break;
        case v1::Row::kReason:
            model.reasons.erase(id);
            break;
        default:
            break;
    }
}

void clear_rows(Model& model) {
    model.stays.clear();
    model.tallies.clear();
    model.people.clear();
    model.headlines.clear();
    model.services.clear();
    model.sources.clear();
    model.ladder.clear();
    model.staff.clear();
    model.inbox.clear();
    model.teams.clear();
    model.reasons.clear();
}

void apply_heartbeat(Model& model, v1::Heartbeat const& beat, std::int64_t steady_ms) {
    Link& link = model.link;
    link.heard_steady_ms = steady_ms;
    link.daemon_time = instant(beat.daemon_time_ms());
    if (link.phase == LinkPhase::following) link.picture_time = link.daemon_time;
    // A daemon that says nothing of its rate keeps real time.
    link.rate = beat.rate() > 0 ? beat.rate() : 1.0;
    link.clock_trusted = beat.clock_trusted();
    link.epoch = beat.epoch();
    link.head_heard = beat.head();
    link.fingerprint = to_hex(beat.fingerprint());
    model.site_words = beat.site_words();
    model.tier = static_cast<int>(beat.view());
}

}  // namespace washup::board
