// The Pareto on request: the same days at every level, in order, and never more or fewer than the
// leaves and headlines of the feed say (product.md section 5).

#include "daemon/derive/pareto.hpp"
#include "daemon/derive/measures.hpp"
#include "tests/property/properties.hpp"
#include "tests/support/core/ward.hpp"

namespace washup::tests {
namespace {

using core::Field;
using derive::BarKind;
using derive::BarLevel;
using derive::Weight;
using derive::Window;

constexpr BarLevel levels[] = {BarLevel::theme, BarLevel::reason, BarLevel::local_reason,
                               BarLevel::family};
constexpr Window windows[] = {Window::now, Window::days_7, Window::days_28, Window::days_91};

// Weeks on two wards: people who wait for several reasons, move, leave and come back.
void wait_for_weeks(Ward& ward, Prng& chance) {
    constexpr char const* reasons[] = {"CP4", "HP4", "WB3", "night_sitting", "the lift is broken"};
    constexpr char const* outcomes[] = {"own_home", "home_care", "rehab_bed", "nursing", "hospice"};
    auto const start = at("2026-10-20T09:00").at;
    auto const moment = [&](std::int64_t day) {
        return to_text({start + hours(24 * day + chance.between(0, 20)), Precision::minute});
    };
    for (int visit = 0; visit < 9; ++visit) {
        auto const person = "M" + std::to_string(chance.below(6));
        auto const number = "V" + std::to_string(visit);
        ward.receive(a01(number, person, moment(visit), chance.chance(500) ? "FORD" : "KENT"));
        auto message = a08(number, person, moment(visit));
        if (chance.chance(800)) message.time(Field::discharge_ready, moment(visit + 1));
        message.code(Field::ideal_outcome, outcomes[chance.below(5)]);
        message.code(Field::expected_outcome, outcomes[chance.below(5)]);
        ward.receive(message);
        for (int i = 0; i < 3; ++i) {
            auto const opened = visit + static_cast<int>(chance.between(0, 10));
            Message blocker{"blockers", moment(opened)};
            core::BlockerSeen seen;
            seen.reason = reasons[chance.below(5)];
            seen.reference = number + std::to_string(i);
            seen.opened_at = blocker.observation.times.occurred;
            seen.closed = chance.chance(600);
            seen.closed_at = at(moment(opened + chance.between(0, 8)));
            blocker.source("hub").person(person).observation.kind = seen;
            ward.receive(blocker);
        }
        if (chance.chance(400)) ward.receive(a02(number, person, moment(visit + 4), "KENT"));
        if (chance.chance(300)) ward.receive(a03(number, person, moment(visit + 6)));
    }
}

std::vector<derive::Scope> scopes_of(core::State const& state) {
    std::vector<derive::Scope> scopes;
    for (auto const* text : {"all", "area:thanet", "site:STM", "team:north", "team:south",
                             "ward:FORD", "ward:STM/KENT"}) {
        auto const scope = derive::parse_scope(state, text);
        RC_ASSERT(scope.has_value());
        scopes.push_back(*scope);
    }
    return scopes;
}

void expect_in_order(derive::Pareto const& made) {
    std::int64_t so_far = 0;
    derive::ParetoBar const* before = nullptr;
    for (auto const& bar : made.bars) {
        RC_ASSERT(bar.weight > 0);
        RC_ASSERT(bar.vital == (so_far * 100 < 80 * made.total));
        so_far += bar.weight;
        RC_ASSERT(bar.so_far == so_far);
        if (before != nullptr) {
            RC_ASSERT(before->kind != BarKind::other);
            if (bar.kind != BarKind::other) {
                RC_ASSERT(before->weight >= bar.weight);
                RC_ASSERT(before->weight > bar.weight || before->code < bar.code);
            }
        }
        std::int64_t of_people = 0;
        for (auto const& person : made.people)
            of_people += person.bar == bar.code ? person.weight : 0;
        RC_ASSERT(of_people == bar.weight);
        before = &bar;
    }
    RC_ASSERT(so_far == made.total);
}

std::int64_t of_leaves(derive::Tallies const& tallies, std::string const& scope, Window window) {
    std::int64_t days = 0;
    for (auto const& [key, leaf] : tallies.leaves())
        days += key.scope == scope && key.window == window ? leaf.bed_days : 0;
    return days;
}

// The nights of that scope and window, counted from the ledger with a calendar alone.
std::int64_t nights(core::State const& state, derive::Scope const& scope, Window window) {
    std::int64_t days = 0;
    for (auto const& [id, stay] : state.stays) {
        auto const here = !core::end_of(state, stay);
        for (auto const& midnight : derive::ledger(state, stay, state.today)) {
            auto const age = state.today - midnight.date;
            auto const counts = window == Window::now ? here : age <= static_cast<int>(window);
            auto const at = derive::place_of(state.config, midnight);
            auto const inside = scope.kind == derive::ScopeKind::all ||
                                (scope.kind == derive::ScopeKind::area && at.area == "thanet") ||
                                (scope.kind == derive::ScopeKind::site && at.site == scope.code) ||
                                (scope.kind == derive::ScopeKind::team && at.team == scope.code) ||
                                (scope.kind == derive::ScopeKind::ward && at.ward == scope.code);
            days += counts && inside ? 1 : 0;
        }
    }
    return days;
}

TEST(Pareto, BarsAreInOrderAndAddUpToTheHeadlineAtEveryLevelScopeAndWindow) {
    std::int64_t seen = 0;
    hold("bars in order = leaves = nights", [&](std::uint64_t seed) {
        Prng chance{seed};
        Ward ward;
        wait_for_weeks(ward, chance);
        ward.wait_until("2026-11-24T09:00");
        auto const& state = ward.state();
        derive::Tallies tallies;
        tallies.recount(state);
        derive::Measures measures;
        measures.recount(state);
        for (auto const& scope : scopes_of(state)) {
            auto const name = derive::name_of(scope);
            auto const level = levels[chance.below(4)];
            for (auto const window : windows) {
                auto const made = derive::pareto(state, {scope, window, level, Weight::bed_days});
                expect_in_order(made);
                RC_ASSERT(made.total == nights(state, scope, window));
                if (name.starts_with("all") || name.starts_with("site") || name.starts_with("team"))
                    RC_ASSERT(made.total == of_leaves(tallies, name, window));
                seen += made.total;
            }
            auto const people = derive::pareto(state, {scope, Window::now, level, Weight::people});
            expect_in_order(people);
            auto const head = measures.by_scope().find(name);
            if (head != measures.by_scope().end())
                RC_ASSERT(people.total == head->second.ready_still_here);
            expect_in_order(derive::pareto(state, {scope, Window::now, level, Weight::gap}));
        }
    });
    EXPECT_GT(seen, 10'000);
}

TEST(Pareto, EveryLevelHasTheSameTotal) {
    hold("levels agree", [](std::uint64_t seed) {
        Prng chance{seed};
        Ward ward;
        wait_for_weeks(ward, chance);
        ward.wait_until("2026-11-24T09:00");
        for (auto const weight : {Weight::bed_days, Weight::people, Weight::gap}) {
            std::set<std::int64_t> totals;
            for (auto const level : levels)
                totals.insert(derive::pareto(ward.state(), {{}, Window::now, level, weight}).total);
            RC_ASSERT(totals.size() == 1u);
        }
    });
}

}  // namespace
}  // namespace washup::tests
