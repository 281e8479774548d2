// Bed days are counted once and by one rule: the ledger, the chess clock, the leaves and the
// headline agree with a recount that shares nothing with them but the facts.

#include "daemon/derive/ledger.hpp"
#include "daemon/core/reading.hpp"
#include "daemon/derive/chess_clock.hpp"
#include "daemon/reader/reader.hpp"
#include "tests/property/properties.hpp"
#include "tests/support/core/ward.hpp"

namespace washup::tests {
namespace {

using core::Field;

// One lost midnight as a person with a calendar would find it.
struct Night {
    int age = 0;  // 1 = the midnight that began today
    bool here = false;
    core::Code reason, local_reason, site, team, ward, area, theme;
    core::PersonId person;
};

std::optional<Moment> said(core::State const& state, core::Stay const& stay, Field field) {
    auto const current = core::read(state, stay, field);
    return current.known() ? current.fact->value.moment : std::nullopt;
}

// Who held at that instant: the last hand-over up to then, while its blocker is open, else the
// blocker that opened first; of two at once the one with the lower number.
core::Blocker const* naive_holder(std::vector<core::Stay const*> const& parts, Instant when) {
    core::Blocker const* first = nullptr;
    core::Blocker const* handed = nullptr;
    std::pair<Instant, core::RecordNumber> last{{std::numeric_limits<std::int64_t>::min()}, {}};
    for (auto const* part : parts) {
        for (auto const& b : part->blockers) {
            if (b.opened.at > when || (b.closed && b.closed->at <= when)) continue;
            auto const sooner = first == nullptr || b.opened.at < first->opened.at ||
                                (b.opened.at == first->opened.at && b.id < first->id);
            if (sooner) first = &b;
        }
    }
    core::BlockerId wanted;
    for (auto const* part : parts) {
        for (auto const& h : part->hand_overs) {
            if (h.at > when || std::pair{h.at, h.record} < last) continue;
            last = {h.at, h.record};
            wanted = h.blocker;
        }
    }
    for (auto const* part : parts) {
        auto const* b = part->blocker(wanted);
        if (b != nullptr && b->opened.at <= when && !(b->closed && b->closed->at <= when))
            handed = b;
    }
    return handed != nullptr ? handed : first;
}

core::Code naive_theme(core::Config const& config, core::Code const& local,
                       core::Code const& reason) {
    core::Code of_local, of_reason;
    for (auto const& entry : config.reasons) {
        if (entry.code == local) of_local = entry.theme;
        if (entry.code == reason) of_reason = entry.theme;
    }
    if (!of_local.empty()) return of_local;
    return of_reason.empty() ? "other" : of_reason;
}

std::vector<Night> naive_nights(core::State const& state) {
    std::vector<Night> nights;
    for (auto const& [id, stay] : state.stays) {
        if (stay.joined_into) continue;
        auto const ready = said(state, stay, Field::discharge_ready);
        auto const ending = core::read(state, stay, Field::ending);
        if (!ready) continue;
        if (ending.known() && ending.fact->value.code == "recorded_in_error") continue;
        auto const here = !ending.known();
        auto const admitted = said(state, stay, Field::admitted_at);
        for (auto date = london_date(ready->at); date < state.today; date = date + 1) {
            if (!here && date >= london_date(ending.fact->value.moment->at)) break;
            if (admitted && date < london_date(admitted->at)) continue;
            auto const midnight = london_midnight(date + 1) - milliseconds(1);
            auto const place = core::location_at(state, stay, midnight);
            auto const* blocker = naive_holder(core::parts_of(state, stay), midnight);
            Night night;
            night.age = state.today - date;
            night.here = here;
            if (blocker != nullptr) {
                night.reason = blocker->reason.empty() ? "unmapped" : blocker->reason;
                night.local_reason = blocker->local_reason;
                night.theme = naive_theme(state.config, night.local_reason, night.reason);
            }
            night.person = stay.person;
            while (state.persons.at(night.person).survivor) {
                night.person = state.persons.at(night.person).survivor;
            }
            night.site = place.site;
            night.team = core::team_of(state, stay, place);
            if (!place.ward.empty()) night.ward = place.site + "/" + place.ward;
            for (auto const& entry : state.config.teams) {
                if (entry.code == night.team) night.area = entry.area;
            }
            nights.push_back(night);
        }
    }
    return nights;
}

bool in_window(Night const& night, std::string const& window) {
    if (window == "now") return night.here;
    if (window == "prior_7") return night.age >= 8 && night.age <= 14;
    return night.age <= std::stoi(window);
}

std::int64_t count(std::vector<Night> const& nights, std::string const& scope,
                   std::string const& window) {
    return std::count_if(nights.begin(), nights.end(), [&](Night const& night) {
        auto const inside = scope == "all" || scope == "site:" + night.site ||
                            scope == "team:" + night.team || scope == "area:" + night.area ||
                            scope == "ward:" + night.ward;
        return inside && in_window(night, window);
    });
}

// Who waited, by the name a bar has in the feed.
using Heads = std::map<std::string, std::set<core::PersonId>>;

Heads naive_people(std::vector<Night> const& nights) {
    Heads people;
    for (auto const& night : nights) {
        for (std::string const window : {"now", "7", "28", "91"}) {
            if (!in_window(night, window)) continue;
            for (auto const& scope :
                 {std::string{"all"}, "site:" + night.site, "team:" + night.team,
                  "area:" + night.area, "ward:" + night.ward}) {
                if (scope.back() == ':') continue;
                auto const bar = scope + "|" + window + "|";
                people["leaf " + bar + night.reason + "|" + night.local_reason].insert(
                    night.person);
                people["level " + bar + "theme|" + night.theme].insert(night.person);
                people["level " + bar + "reason|" + night.reason].insert(night.person);
            }
        }
    }
    return people;
}

// How many bars show fewer people than their leaves add up to.
std::int64_t bars_that_cannot_be_summed(core::State const& state) {
    std::map<std::string, std::int64_t> of_theme, of_leaves;
    reader::Reader const reader{state, "e1"};
    reader.view(v1::VIEW_TIER_3).rows().for_each([&](v1::Row const& row) {
        auto const& level = row.people();
        auto const& leaf = row.tally();
        if (level.level() == "theme") {
            of_theme[level.scope() + level.window() + level.code()] = level.people();
        }
        if (row.has_tally())
            of_leaves[leaf.scope() + leaf.window() + leaf.theme()] += leaf.people();
    });
    return std::count_if(of_theme.begin(), of_theme.end(),
                         [&](auto const& bar) { return of_leaves.at(bar.first) > bar.second; });
}

void expect_people_recounted(core::State const& state) {
    auto const people = naive_people(naive_nights(state));
    std::map<std::string, std::int64_t> shown;
    reader::Reader const reader{state, "e1"};
    reader.view(v1::VIEW_TIER_3).rows().for_each([&](v1::Row const& row) {
        if (row.has_people()) shown["level " + row.id()] = row.people().people();
        if (row.has_tally()) shown["leaf " + row.id()] = row.tally().people();
    });
    RC_ASSERT(shown.size() == people.size());
    for (auto const& [bar, persons] : people) {
        RC_LOG() << bar;
        RC_ASSERT(shown.contains(bar));
        RC_ASSERT(shown.at(bar) == static_cast<std::int64_t>(persons.size()));
    }
}

TEST(Sums, PeopleOfEachBarAreDistinctPersonsWhateverADayBrings) {
    hold("people of each bar = recount of distinct persons", [&](std::uint64_t seed) {
        Desk desk;
        live_through(desk, seed, 90);
        expect_people_recounted(desk.state());
    });
}

// Weeks on the wards: people who wait for several reasons, leave, come back and are merged.
void wait_for_weeks(Ward& ward, Prng& chance) {
    constexpr char const* reasons[] = {"CP4", "HP4", "WB3", "night_sitting", "the lift is broken"};
    auto const start = at("2026-11-02T09:00").at;
    auto const moment = [&](std::int64_t day) {
        return to_text({start + hours(24 * day + chance.between(0, 20)), Precision::minute});
    };
    for (int visit = 0; visit < 8; ++visit) {
        auto const person = "M" + std::to_string(chance.below(5));
        auto const number = "V" + std::to_string(visit);
        ward.receive(a01(number, person, moment(visit), chance.chance(500) ? "FORD" : "KENT"));
        ward.receive(
            a08(number, person, moment(visit)).time(Field::discharge_ready, moment(visit + 1)));
        for (int i = 0; i < 3; ++i) {
            auto const opened = visit + static_cast<int>(chance.between(0, 10));
            Message message{"blockers", moment(opened)};
            core::BlockerSeen seen;
            seen.reason = reasons[chance.below(5)];
            seen.reference = number + std::to_string(i);
            seen.opened_at = message.observation.times.occurred;
            seen.closed = chance.chance(600);
            seen.closed_at = at(moment(opened + chance.between(0, 8)));
            message.source("hub").person(person).observation.kind = seen;
            ward.receive(message);
        }
        if (chance.chance(400)) ward.receive(a02(number, person, moment(visit + 4), "KENT"));
        if (chance.chance(400)) ward.receive(a03(number, person, moment(visit + 6)));
    }
    if (chance.chance(500)) ward.receive(a40("M1", "M2", moment(12)));
    if (chance.chance(300)) ward.receive(a40("M2", "M3", moment(12)));
}

TEST(Sums, PeopleOfEachBarAreDistinctPersonsOverWeeks) {
    std::int64_t fewer = 0;
    hold("people of each bar = recount of distinct persons, over weeks", [&](std::uint64_t seed) {
        Prng chance{seed};
        Ward ward;
        auto config = small_config();
        config.reasons[1].theme = config.reasons[0].theme;  // two reasons of one theme
        ward.adopt(config);
        wait_for_weeks(ward, chance);
        ward.wait_until("2026-11-24T09:00");
        expect_people_recounted(ward.state());
        fewer += bars_that_cannot_be_summed(ward.state());
    });
    EXPECT_GT(fewer, 100)
        << "weeks in which nobody waited for two reasons of a theme prove nothing";
}

TEST(Sums, LedgerHeadlineAndLeavesAgreeWithARecountInEveryScopeAndWindow) {
    std::int64_t seen = 0;
    hold("ledger = headline = sum of leaves = recount", [&](std::uint64_t seed) {
        Desk desk;
        live_through(desk, seed, 90);
        auto const& state = desk.state();
        auto const nights = naive_nights(state);
        std::size_t entries = 0;
        for (auto const& [id, stay] : state.stays) {
            if (!stay.joined_into) entries += derive::ledger(state, stay, state.today).size();
        }
        RC_ASSERT(entries == nights.size());
        seen += static_cast<std::int64_t>(entries);

        reader::Reader const reader{state, "e1"};
        std::map<std::pair<std::string, std::string>, std::int64_t> leaves;
        std::set<std::string> scopes{"all"};
        for (auto const& night : nights) {
            if (!night.site.empty()) scopes.insert("site:" + night.site);
            if (!night.team.empty()) scopes.insert("team:" + night.team);
            if (!night.area.empty()) scopes.insert("area:" + night.area);
            if (!night.ward.empty()) scopes.insert("ward:" + night.ward);
        }
        std::map<std::string, v1::HeadlineRow> heads;
        reader.view(v1::VIEW_TIER_3).rows().for_each([&](v1::Row const& row) {
            if (row.has_headline()) heads[row.id()] = row.headline();
            if (row.has_tally()) {
                leaves[{row.tally().scope(), row.tally().window()}] += row.tally().bed_days();
                RC_ASSERT(scopes.contains(row.tally().scope()));
            }
        });
        for (auto const& scope : scopes) {
            auto const& head = heads[scope];
            RC_LOG() << scope << ": " << head.ShortDebugString();
            for (auto const& [window, shown] :
                 {std::pair{"now", head.bed_days_now()}, std::pair{"7", head.bed_days_7()},
                  std::pair{"28", head.bed_days_28()}, std::pair{"91", head.bed_days_91()}}) {
                auto const counted = count(nights, scope, window);
                RC_ASSERT(shown == counted);
                RC_ASSERT((leaves[{scope, window}]) == counted);
            }
            RC_ASSERT(head.bed_days_today() == count(nights, scope, "1"));
            RC_ASSERT(head.bed_days_prior_7() == count(nights, scope, "prior_7"));
        }
    });
    EXPECT_GT(seen, 1000) << "a story in which nobody waits proves nothing";
}

// Blockers that open, close, reopen and hand over as chance has it, on one stay.
void tell_blockers(Ward& ward, Prng& chance, Instant ready) {
    auto const any = [&] { return ready + minutes(chance.between(-3 * 1440, 9 * 1440)); };
    auto const count = static_cast<int>(chance.between(0, 6));
    for (int i = 0; i < count; ++i) {
        Message message{"blockers", "2026-11-20T09:00"};
        core::BlockerSeen seen;
        seen.reason = i % 2 == 0 ? "CP4" : "HP4";
        seen.reference = "b" + std::to_string(i);
        seen.opened_at = Moment{any(), Precision::minute};
        if (chance.chance(200)) seen.opened_at->at = ready;
        seen.closed = chance.chance(600);
        if (seen.closed) seen.closed_at = Moment{any(), Precision::minute};
        message.source("hub").person("M1").observation.kind = seen;
        ward.receive(message);
    }
    for (int i = 0; i < 4; ++i) {
        auto command = command_for("V1");
        core::HandOverClock hand_over;
        hand_over.blocker = core::BlockerId{1 + chance.below(6)};
        hand_over.at = Moment{any(), Precision::minute};
        command.what = hand_over;
        (void)ward.command(command).has_value();  // some are refused: it was not open then
    }
}

TEST(ChessClock, PiecesFollowOneAnotherAddUpToTheWholeAndOwnTheirMidnights) {
    std::size_t split = 0;
    hold("no gap, no overlap, the whole; a midnight's holder is its piece's",
         [&](std::uint64_t seed) {
             Prng chance{seed};
             Ward ward;
             ward.receive(a01("V1", "M1", "2026-11-02T09:00"));
             Moment ready{at("2026-11-09T00:00").at + minutes(chance.between(0, 1440)),
                          Precision::minute};
             if (chance.chance(300)) ready = at("2026-11-09");
             ward.receive(a08("V1", "M1", "2026-11-19T09:00")
                              .fact(Field::discharge_ready, {{}, ready, {}, {}}));
             tell_blockers(ward, chance, ready.at);
             ward.wait_until("2026-11-24T09:00");
             auto const& state = ward.state();
             auto const& stay = *ward.stay("V1");
             auto const start = derive::clock_start(ready);
             auto const until = at("2026-11-24T09:00").at;
             auto const pieces = derive::chess_clock(state, stay, start, until);
             RC_ASSERT(!pieces.empty());
             RC_ASSERT(pieces.front().from == start);
             RC_ASSERT(pieces.back().to == until);
             Duration whole;
             for (std::size_t i = 0; i < pieces.size(); ++i) {
                 RC_ASSERT(pieces[i].from < pieces[i].to);
                 if (i > 0) RC_ASSERT(pieces[i - 1].to == pieces[i].from);
                 if (i > 0) RC_ASSERT(pieces[i - 1].blocker != pieces[i].blocker);
                 whole = whole + (pieces[i].to - pieces[i].from);
                 auto const* holder = naive_holder(core::parts_of(state, stay), pieces[i].from);
                 RC_ASSERT(pieces[i].blocker ==
                           (holder == nullptr ? core::BlockerId{} : holder->id));
             }
             RC_ASSERT(whole == until - start);
             split += pieces.size() - 1;
             auto const entries = derive::ledger(state, stay, state.today);
             RC_ASSERT(entries.size() == 15u);
             for (auto const& entry : entries) {
                 auto const midnight = london_midnight(entry.date + 1) - milliseconds(1);
                 // A ready date alone starts the clock with the next instant.
                 if (midnight < start) continue;
                 auto const piece = std::find_if(pieces.begin(), pieces.end(), [&](auto const& p) {
                     return p.from <= midnight && midnight < p.to;
                 });
                 RC_ASSERT(piece != pieces.end());
                 RC_ASSERT(piece->blocker == entry.blocker);
                 RC_ASSERT(piece->holder == entry.holder);
             }
         });
    EXPECT_GT(split, 100u) << "clocks that nobody hands over prove nothing";
}

}  // namespace
}  // namespace washup::tests
