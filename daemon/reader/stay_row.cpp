#include <algorithm>
#include <limits>
#include <tuple>

#include <fmt/format.h>

#include "daemon/core/clock.hpp"
#include "daemon/core/moved.hpp"
#include "daemon/core/plausible.hpp"
#include "daemon/core/reading.hpp"
#include "daemon/derive/capacity.hpp"
#include "daemon/derive/chess_clock.hpp"
#include "daemon/derive/gap.hpp"
#include "daemon/derive/ledger.hpp"
#include "daemon/reader/observed.hpp"
#include "daemon/reader/rows.hpp"

namespace washup::reader {
namespace {

using core::Field;

// A row tells what is known, not what time it is: a piece of the clock that still runs has no end,
// and the follower's own clock moves it. So the same state gives the same row at any hour.
constexpr Instant still_running{std::numeric_limits<std::int64_t>::max()};

// What making one row needs again and again.
struct Context {
    core::State const& state;
    core::Stay const& stay;
    std::optional<Moment> ready, admitted, ended_at;
    core::Code ended_how;
    std::vector<derive::LostMidnight> ledger;
    core::Current get(Field field) const { return core::read(state, stay, field); }
};

std::optional<Moment> moment_of(core::Current const& current) {
    return current.known() ? current.fact->value.moment : std::nullopt;
}

Context context_of(core::State const& state, core::Stay const& stay) {
    Context c{state, stay, {}, {}, {}, {}, {}};
    c.ready = moment_of(c.get(Field::discharge_ready));
    c.admitted = moment_of(c.get(Field::admitted_at));
    if (auto const end = core::end_of(state, stay)) {
        c.ended_at = end->at;
        c.ended_how = end->how;
    }
    c.ledger = derive::ledger(state, stay, state.today);
    return c;
}

// A part of the place (ward, bed, site) as a value of its own, with the place's times.
template <class Part>
v1::Observed part_of(core::Current const& place, Part part) {
    auto value = observed(place);
    auto const said = [&](core::Fact const* fact) {
        return fact != nullptr && fact->value.location ? part(*fact->value.location) : core::Code{};
    };
    value.set_value(place.known() ? said(place.fact) : "");
    value.set_other(said(place.other));
    if (value.value().empty()) value.set_state(v1::UNKNOWN);
    if (value.state() == v1::DISAGREEMENT && value.other() == value.value()) {
        value.set_state(v1::KNOWN);
        value.clear_other();
        value.clear_other_source();
    }
    return value;
}

void put_place(Context const& c, v1::StayRow& row) {
    auto const place = c.get(Field::location);
    // Sources call a site by different names: one that is configured has one.
    *row.mutable_site() = part_of(place, [&](core::Location const& at) {
        auto const site = core::site_code(c.state.config, at.site);
        return site.empty() ? at.site : site;
    });
    *row.mutable_ward() = part_of(place, [](core::Location const& at) { return at.ward; });
    *row.mutable_bed() = part_of(place, [](core::Location const& at) { return at.bed; });
    if (!place.known() || !place.fact->value.location) return;
    auto const& location = *place.fact->value.location;
    auto const site = core::site_code(c.state.config, location.site);
    if (site.empty()) doubt(*row.mutable_site(), "site not configured");
    auto const team = core::team_of(c.state, c.stay, location);
    *row.mutable_team() = observed(c.get(Field::team));
    if (!row.team().value().size() && !team.empty()) {
        *row.mutable_team() = row.ward();  // by the ward: as old as the ward is
        row.mutable_team()->set_value(team);
    }
    if (auto const* ward = core::ward_config(c.state.config, site, location.ward)) {
        row.set_ward_words(ward->words);
    }
    if (auto const* config = core::team_config(c.state.config, team)) {
        row.set_team_words(config->words);
        *row.mutable_area() = row.team();
        row.mutable_area()->set_value(config->area);
    }
}

void put_identity(Context const& c, v1::StayRow& row) {
    auto const name = c.get(Field::name);
    *row.mutable_name() = observed(name);
    auto const erased = row.name().state() == v1::ERASED;
    row.set_initials(erased ? "erased" : initials_of(row.name().value()));
    *row.mutable_birth_date() = observed(c.get(Field::birth_date));
    *row.mutable_postcode_district() = observed(c.get(Field::postcode_district));
    *row.mutable_usual_residence() = observed(c.get(Field::usual_residence));
    for (auto const* record : c.state.records_of(c.state.survivor_of(c.stay.person))) {
        for (auto const& known : record->identifiers) {
            auto const number = known.number.text.empty() ? "erased" : known.number.text;
            if (known.kind == core::IdentifierKind::nhs) {
                auto const first = row.nhs_number().state() == v1::UNKNOWN;
                auto const better = row.nhs_number().state() == v1::DOUBTFUL && !known.doubtful;
                if (first || better) {
                    auto& nhs = *row.mutable_nhs_number();
                    nhs.Clear();
                    nhs.set_state(known.number.text.empty() ? v1::ERASED : v1::KNOWN);
                    nhs.set_value(known.number.text);
                    nhs.set_source(c.stay.opened_by);
                    nhs.set_observed_at_ms(c.stay.opened_at.ms);
                    nhs.set_confirmed_at_ms(c.stay.opened_at.ms);
                    if (known.doubtful) doubt(nhs, "not a valid NHS number");
                }
            }
            auto const kind = known.kind == core::IdentifierKind::nhs       ? "NHS number"
                              : known.kind == core::IdentifierKind::council ? "council number"
                                                                            : "local number";
            *row.add_identifiers() =
                fmt::format("{}{}{} {}{}", known.name_space, known.name_space.empty() ? "" : " ",
                            kind, number, record->survivor ? " (retired)" : "");
        }
    }
}

void put_dates(Context const& c, v1::StayRow& row) {
    *row.mutable_admitted_at() = observed(c.get(Field::admitted_at));
    *row.mutable_expected_discharge() = observed(c.get(Field::expected_discharge));
    *row.mutable_medically_optimised() = observed(c.get(Field::medically_optimised));
    *row.mutable_discharge_ready() = observed(c.get(Field::discharge_ready));
    *row.mutable_ended() = observed(c.get(Field::ending));
    *row.mutable_review_on() = observed(c.get(Field::review_on));
    *row.mutable_referred_at() = observed(c.get(Field::referred_at));
    auto const ready = [&](v1::Observed& value, std::optional<Moment> const& at) {
        if (!at) return;
        if (c.admitted && london_date(at->at) < london_date(c.admitted->at)) {
            doubt(value, "before the admission");
        }
        if (c.ended_at && london_date(at->at) > london_date(c.ended_at->at)) {
            doubt(value, "after the stay ended");
        }
    };
    ready(*row.mutable_discharge_ready(), c.ready);
    ready(*row.mutable_medically_optimised(), moment_of(c.get(Field::medically_optimised)));
    row.set_days_lost(static_cast<std::int32_t>(c.ledger.size()));
}

void put_outcomes(Context const& c, v1::StayRow& row) {
    *row.mutable_ideal_outcome() = observed(c.get(Field::ideal_outcome));
    *row.mutable_expected_outcome() = observed(c.get(Field::expected_outcome));
    *row.mutable_actual_outcome() = observed(c.get(Field::actual_outcome));
    *row.mutable_at_risk() = observed(c.get(Field::at_risk));
    *row.mutable_proposed_outcome() = observed(c.get(Field::proposed_outcome));
    *row.mutable_pathway() = observed(c.get(Field::pathway));
    auto const gap =
        derive::gap(c.state.config, row.ideal_outcome().value(), row.expected_outcome().value());
    auto& out = *row.mutable_gap();
    out.set_known(gap.known);
    out.set_steps(gap.steps);
    out.set_bands(gap.bands);
    out.set_at_least(gap.at_least);
    out.set_ideal_step(static_cast<std::uint32_t>(gap.ideal_step));
    out.set_expected_step(static_cast<std::uint32_t>(gap.expected_step));
    out.set_off_ladder(gap.off_ladder);
}

v1::BlockerRow blocker_row(Context const& c, core::Blocker const& blocker, bool holds, int days) {
    v1::BlockerRow row;
    auto const& config = c.state.config;
    auto const* reason = find_reason(config, blocker.reason);
    auto const* local = find_reason(config, blocker.local_reason);
    row.set_number(blocker.id.value());
    row.set_reason(blocker.local_reason.empty() ? blocker.reason : blocker.local_reason);
    row.set_words(reason_words(config, blocker.reason, blocker.local_reason));
    auto const* themed = local != nullptr && !local->theme.empty() ? local : reason;
    if (themed != nullptr) row.set_theme(themed->theme);
    row.set_holder(blocker.holder);
    for (auto const& claim : blocker.claims) row.add_claims(claim);
    row.set_holds_clock(holds);
    set_moment(*row.mutable_opened(), blocker.opened);
    if (blocker.closed) set_moment(*row.mutable_closed(), *blocker.closed);
    row.set_closed_why(closed_why(blocker));
    auto const no_note = blocker.note.text.empty() && blocker.note.box.empty();
    row.set_note(said(no_note ? blocker.as_given : blocker.note));
    row.set_source(blocker.source);
    row.set_days_held(days);
    row.set_sensitive((reason != nullptr && reason->sensitive) ||
                      (local != nullptr && local->sensitive));
    auto doubts = blocker.doubt;
    if (!blocker.closed && !c.ended_at)
        core::add_doubt(doubts, derive::hint_of(c.state, c.stay, blocker));
    row.set_doubt(std::move(doubts));
    return row;
}

void put_blockers(Context const& c, v1::StayRow& row) {
    std::map<core::BlockerId, int> days;
    for (auto const& entry : c.ledger) ++days[entry.blocker];
    auto const until = c.ended_at ? c.ended_at->at : still_running;
    auto const* holder = c.ready ? derive::holding(c.state, c.stay, until) : nullptr;
    auto blockers = derive::blockers_of(c.state, c.stay);
    std::stable_sort(blockers.begin(), blockers.end(), [&](auto const* a, auto const* b) {
        auto const rank = [&](auto const* x) { return x == holder ? 0 : x->closed ? 2 : 1; };
        return rank(a) < rank(b);
    });
    for (auto const* blocker : blockers) {
        *row.add_blockers() = blocker_row(c, *blocker, blocker == holder, days[blocker->id]);
    }
    for (auto const& piece : derive::chess_clock(c.state, c.stay, still_running)) {
        auto& out = *row.add_chess_clock();
        out.set_from_ms(piece.from.ms);
        out.set_to_ms(piece.to == still_running ? 0 : piece.to.ms);
        out.set_holder(piece.holder.empty() ? "unattributed" : piece.holder);
        out.set_blocker(piece.blocker.value());
        for (auto const& blocker : row.blockers()) {
            if (blocker.number() == piece.blocker.value()) out.set_words(blocker.words());
        }
    }
}

void put_actions(Context const& c, v1::StayRow& row) {
    std::vector<core::Action const*> actions;
    for (auto const* part : core::parts_of(c.state, c.stay)) {
        for (auto const& action : part->actions) actions.push_back(&action);
    }
    std::stable_sort(actions.begin(), actions.end(), [](auto const* a, auto const* b) {
        return std::tuple{a->state != core::ActionState::open, a->deadline, a->id} <
               std::tuple{b->state != core::ActionState::open, b->deadline, b->id};
    });
    for (auto const* action : actions) {
        auto& out = *row.add_actions();
        out.set_number(action->id.value());
        out.set_text(said(action->text));
        out.set_owner(action->owner);
        auto const staff = c.state.staff.find(action->owner);
        if (staff != c.state.staff.end()) {
            out.set_owner_words(staff->second.name.text);
            out.set_owner_role(staff->second.role);
        } else {
            out.set_owner_words(action->owner_as_given.text);
            out.set_owner_doubtful(true);
        }
        set_moment(*out.mutable_deadline(), Moment{action->deadline, Precision::minute});
        out.set_state(core::name_of(action->state));
        out.set_overdue(action->overdue);
        out.set_moved(action->moved);
        out.set_blocker(action->blocker.value());
        out.set_why(action->why.text);
    }
}

void put_clocks(Context const& c, v1::StayRow& row) {
    for (auto const& clock : c.state.config.clocks) {
        auto const runs = core::runs_of(c.state, c.stay, clock, {});
        if (runs.empty()) continue;
        auto const& run = runs.back();
        auto& out = *row.add_clocks();
        out.set_clock(clock.code);
        out.set_words(clock.short_words);
        out.set_owner(clock.owner);
        out.set_started_ms(run.started.ms);
        out.set_warn_at_ms(run.warn_at.ms);
        out.set_due_ms(run.due.ms);
        if (run.ended.ms == 0) continue;
        out.set_ended_ms(run.ended.ms);
        out.set_state(core::name_of(run.state));
    }
}

void put_marks(Context const& c, v1::StayRow& row) {
    if (core::undone_ending(c.state, c.stay) != nullptr) row.add_marks("ward says discharged");
    if (c.stay.provisional) {
        row.add_marks(c.stay.asked ? "announced over 48 h ago, on no ward"
                                   : "announced, not yet on a ward");
    }
    if (c.ended_how == core::ended::discharged && row.actual_outcome().state() == v1::UNKNOWN) {
        row.add_marks("actual outcome missing");
    }
    auto const* const before = core::came_from(c.state, c.stay);
    auto const* const after = core::went_on_as(c.state, c.stay);
    if (before != nullptr) row.set_came_from(before->id.value());
    if (after != nullptr) row.set_went_on_as(after->id.value());
    if (before != nullptr) row.add_marks("moved from another hospital");
    // Who came from another hospital's bed did not come back from home.
    if (!c.admitted || before != nullptr) return;
    for (auto const* record : c.state.records_of(c.state.survivor_of(c.stay.person))) {
        for (auto const id : record->stays) {
            auto const it = c.state.stays.find(id);
            if (it == c.state.stays.end() || id == c.stay.id) continue;
            auto const ending = core::read(c.state, it->second, Field::ending);
            if (!ending.known() || ending.fact->value.code != core::ended::discharged) continue;
            if (!ending.fact->value.moment) continue;
            auto const days =
                london_date(c.admitted->at) - london_date(ending.fact->value.moment->at);
            if (days >= 0 && days <= 90) row.add_marks(fmt::format("back after {} d", days));
        }
    }
}

}  // namespace

std::string row_id(core::StayId stay) {
    return std::to_string(stay.value());
}

std::string initials_of(std::string const& name) {
    auto const comma = name.find(',');
    auto const first_letter = [](std::string_view text) {
        std::size_t at = 0;
        while (at < text.size() && (text[at] == ' ' || text[at] == ',')) ++at;
        if (at == text.size()) return std::string{};
        auto end = at + 1;  // a letter of more than one octet is taken whole
        while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
        return std::string{text.substr(at, end - at)} + ".";
    };
    if (name.empty()) return {};
    auto const family = first_letter(name.substr(0, comma));
    auto const given =
        comma == std::string::npos ? std::string{} : first_letter(name.substr(comma + 1));
    return given.empty() ? family : given + " " + family;
}

// The first number that can be read; of somebody who was erased none can, and the internal one is
// what commands take.
std::string key_of(core::Stay const& stay) {
    if (stay.visits.empty()) return {};
    for (auto const& visit : stay.visits) {
        if (!visit.number.text.empty()) return visit.authority + ":" + visit.number.text;
    }
    return fmt::format("#{}", stay.id.value());
}

v1::Row stay_row(core::State const& state, core::Stay const& stay) {
    v1::Row out;
    out.set_id(row_id(stay.id));
    out.set_version(stay.changed.value());
    auto& row = *out.mutable_stay();
    auto const c = context_of(state, stay);
    row.set_stay(stay.id.value());
    row.set_key(key_of(stay));
    put_identity(c, row);
    put_place(c, row);
    put_dates(c, row);
    put_outcomes(c, row);
    put_blockers(c, row);
    put_actions(c, row);
    *row.mutable_worker() = observed(c.get(Field::case_worker));
    for (auto const* part : core::parts_of(state, stay)) {
        for (auto const& milestone : part->milestones) {
            auto& reached = *row.add_milestones();
            reached.set_name(milestone.name);
            set_moment(*reached.mutable_at(), milestone.at);
        }
    }
    row.set_provisional(stay.provisional);
    row.set_inferred(stay.inferred);
    row.set_first_seen(!c.admitted.has_value());
    row.set_on_leave(c.get(Field::on_leave).known());
    row.set_died(core::has_died(state, stay));
    put_clocks(c, row);
    put_marks(c, row);
    return out;
}

}  // namespace washup::reader
