// Demand, capacity, unmet need, hints and matching: product.md section 4.

#include <gtest/gtest.h>

#include "daemon/derive/capacity.hpp"
#include "daemon/derive/matching.hpp"
#include "tests/support/core/ward.hpp"

namespace washup::tests {
namespace {

using core::Field;
using derive::Came;

core::Config with_services() {
    auto config = small_config();
    config.zones = {{"coast", "Coast", "kent", {"CT1", "CT2"}}, {"vale", "Vale", "kent", {"CT9"}}};
    config.service_kinds = {{"home_care", "Home care", {"CP4"}, "P1", {"home_care"}},
                            {"night_sitting", "Night sitting", {"night_sitting"}, "P1", {}}};
    auto interface = config.reasons[0];
    interface.code = "IF3";
    interface.label = "Home care being arranged";
    interface.words = "Care arranged";
    interface.family = "interface";
    config.reasons.push_back(interface);
    config.service_kinds[0].reasons.push_back("IF3");
    return config;
}

struct Town {
    Ward ward;
    Town() { ward.adopt(with_services()); }
    void admit(int number, std::string district = "CT1", std::string ready = {},
               std::string council = "kent") {
        auto const visit = "V" + std::to_string(number), person = "M" + std::to_string(number);
        ward.receive(a01(visit, person, "2026-11-02T09:00"));
        auto said = a08(visit, person, "2026-11-02T10:00");
        if (!district.empty()) said.code(Field::postcode_district, district);
        if (!council.empty()) said.code(Field::council, council);
        if (!ready.empty()) said.time(Field::discharge_ready, ready);
        ward.receive(said);
    }
    void blocker(int number, std::string reason, std::string opened, std::string closed = {}) {
        Message message{"blockers", closed.empty() ? opened : closed};
        core::BlockerSeen seen;
        seen.reason = reason;
        seen.reference = std::to_string(number) + reason + opened;
        seen.opened_at = at(opened);
        seen.closed = !closed.empty();
        if (seen.closed) seen.closed_at = at(closed);
        message.source("hub").person("M" + std::to_string(number)).observation.kind = seen;
        ward.receive(message);
    }
    void counters(std::string service, std::string kind, std::string zone,
                  std::optional<std::int64_t> accepting, std::string unit = "slot") {
        core::CapacitySeen seen;
        auto& c = seen.counters;
        c.service = service;
        c.kind = kind;
        c.zone = zone;
        c.council = "kent";
        c.pathway = "P1";
        c.unit = unit;
        c.accepting = accepting;
        Message message{"capacity", to_text({ward.now(), Precision::minute})};
        message.source("hub").observation.kind = seen;
        ward.receive(message);
    }
    Result<core::Outcome> act(int number, auto what) {
        auto command = command_for("V" + std::to_string(number));
        command.what = std::move(what);
        return ward.command(command);
    }
    std::vector<derive::Wanted> wants(int number) const {
        return derive::wanted_of(ward.state(), *ward.stay("V" + std::to_string(number)));
    }
};

TEST(Demand, ABlockerWhoseReasonNamesAKindIsARequestInTheZoneOfThePostcode) {
    Town town;
    town.admit(1, "CT9");
    town.blocker(1, "CP4", "2026-11-03T11:30");
    town.blocker(1, "HP4", "2026-11-03T11:30");
    auto const wants = town.wants(1);
    ASSERT_EQ(wants.size(), 1u);
    EXPECT_EQ(wants[0].kind, "home_care");
    EXPECT_EQ(wants[0].zone, "vale");
    EXPECT_EQ(wants[0].pathway, "P1");
    EXPECT_EQ(wants[0].came, Came::open);
}

TEST(Demand, ALocalReasonCountsBeforeItsParentAndAnUnknownZoneIsItsOwn) {
    Town town;
    town.admit(1, "");
    town.blocker(1, "night_sitting", "2026-11-03T11:30");
    ASSERT_EQ(town.wants(1).size(), 1u);
    EXPECT_EQ(town.wants(1)[0].kind, "night_sitting");
    EXPECT_EQ(town.wants(1)[0].zone, "");
}

TEST(Demand, BlockersOfOneKindThatOverlapAreOneWant) {
    Town town;
    town.admit(1);
    town.blocker(1, "CP4", "2026-11-03T11:30", "2026-11-05T10:00");
    town.blocker(1, "IF3", "2026-11-04T11:30");
    ASSERT_EQ(town.wants(1).size(), 1u);
    EXPECT_EQ(town.wants(1)[0].came, Came::open);
    EXPECT_EQ(town.wants(1)[0].since, at("2026-11-03T11:30").at);
}

TEST(Demand, ARequestStandsForTheBlockersOfItsKindAndKeepsItsAnswers) {
    Town town;
    town.admit(1);
    town.blocker(1, "CP4", "2026-11-03T11:30");
    ASSERT_TRUE(town.act(1, core::RequestService{"home_care", {}, {}}));
    ASSERT_TRUE(town.act(1, core::AnswerRequest{{}, "offered", {}, {}, {}}));
    ASSERT_TRUE(town.act(1, core::AnswerRequest{{}, "refused", {}, "too_far", {}}));
    auto wants = town.wants(1);
    ASSERT_EQ(wants.size(), 1u);
    EXPECT_EQ(wants[0].offers, 1);
    EXPECT_EQ(wants[0].refusals, 1);
    EXPECT_EQ(wants[0].last_refusal, "too_far");
    ASSERT_TRUE(town.act(1, core::AnswerRequest{{}, "started", {}, {}, {}}));
    EXPECT_EQ(town.wants(1)[0].came, Came::met);
}

TEST(Demand, WhoLeftWithAnOutcomeTheKindLeadsToWasMetAndElseWentElsewhere) {
    for (auto const& [actual, came] :
         {std::pair{"home_care", Came::met}, std::pair{"nursing", Came::elsewhere},
          std::pair{"", Came::unknown}}) {
        Town town;
        town.admit(1);
        town.blocker(1, "CP4", "2026-11-03T11:30");
        if (*actual != 0)
            town.ward.receive(
                a08("V1", "M1", "2026-11-06T10:00").code(Field::actual_outcome, actual));
        town.ward.receive(a03("V1", "M1", "2026-11-06T15:00"));
        ASSERT_EQ(town.wants(1).size(), 1u);
        EXPECT_EQ(town.wants(1)[0].came, came) << actual;
    }
}

TEST(Capacity, NetIsAcceptingNowLessOpenRequestsOfThatKindZoneAndPathway) {
    Town town;
    for (int i = 1; i <= 3; ++i) {
        town.admit(i, i == 3 ? "CT9" : "CT1");
        town.blocker(i, "CP4", "2026-11-03T11:30");
    }
    town.counters("a", "home_care", "Coast", 1);
    town.counters("b", "home_care", "coast ", 0);
    town.ward.wait_until("2026-11-10T09:00");
    auto const all = derive::positions(town.ward.state());
    auto const& coast = all.at({"home_care", "coast", "P1"});
    EXPECT_EQ(coast.services, 2u);
    EXPECT_EQ(coast.open, 2);
    EXPECT_EQ(coast.net(), -1);
    EXPECT_EQ(coast.days_to_tipping(), 0);
    EXPECT_EQ(coast.wanted_28, 2);
    auto const& vale = all.at({"home_care", "vale", "P1"});
    EXPECT_EQ(vale.net(), std::nullopt) << "without a counter the position is unknown, not 0";
    EXPECT_EQ(vale.open, 1);
}

TEST(Capacity, ThePaceSaysWhenItTips) {
    derive::Position position;
    position.accepting = 10;
    position.open = 4;
    position.wanted_28 = 28;
    position.met_28 = 14;
    EXPECT_EQ(position.days_to_tipping(), 12) << "half a place a day, six are left";
    position.met_28 = 28;
    EXPECT_EQ(position.days_to_tipping(), std::nullopt);
}

TEST(Capacity, ImpossibleCountersAreTakenAndShownDoubtful) {
    core::CapacityReported c;
    c.total = 4;
    c.occupied = 5;
    EXPECT_EQ(derive::doubt_of_counters(c), "more occupied than there are");
    c.occupied = 3;
    c.accepting = 2;
    EXPECT_EQ(derive::doubt_of_counters(c), "more accepting than are free");
    c.accepting = 1;
    EXPECT_EQ(derive::doubt_of_counters(c), "");
}

TEST(Capacity, ACounterBelowZeroOfASourceGoesToTheInboxAndAPersonIsRefused) {
    Town town;
    town.counters("a", "home_care", "coast", -1);
    EXPECT_TRUE(town.ward.state().services.empty());
    ASSERT_EQ(town.ward.state().inbox.size(), 1u);
    EXPECT_EQ(town.ward.state().inbox.begin()->second.kept.why, "negative_capacity");
    town.admit(1);
    core::ReportCapacity report;
    report.counters.service = "a";
    report.counters.accepting = -1;
    EXPECT_EQ(town.act(1, report).error().field, "accepting");
}

TEST(UnmetNeed, IsKeptByKindZoneAndHourWhenThePersonWentElsewhere) {
    Town town;
    town.admit(1);
    town.blocker(1, "night_sitting", "2026-11-03T22:30");
    town.admit(2);
    town.blocker(2, "CP4", "2026-11-03T22:10");
    town.ward.receive(a08("V2", "M2", "2026-11-06T10:00").code(Field::actual_outcome, "nursing"));
    town.ward.receive(a03("V2", "M2", "2026-11-06T15:00"));
    town.ward.wait_until("2026-11-10T09:00");
    auto const day = make_date(2026, 11, 3);
    auto const all = derive::unmet_need(town.ward.state(), day, day);
    ASSERT_EQ(all.size(), 2u);
    auto const& care = all.at({"home_care", "coast", 22});
    EXPECT_EQ(care.wanted, 1);
    EXPECT_EQ(care.elsewhere, 1);
    EXPECT_EQ(care.days_waited, 3);
    EXPECT_EQ(all.at({"night_sitting", "coast", 22}).open, 1);
    EXPECT_EQ(all.at({"night_sitting", "coast", 22}).days_waited, 7);
    EXPECT_TRUE(derive::unmet_need(town.ward.state(), day + 1, day + 9).empty());
}

TEST(Bottlenecks, TellHowLongTheyLastAndHowOftenTheyComeBack) {
    Town town;
    town.admit(1);
    town.blocker(1, "CP4", "2026-11-03T11:30");
    town.counters("a", "home_care", "coast", 0);
    town.ward.wait_until("2026-11-10T09:00");
    auto state = town.ward.state();
    derive::CapacityKey const key{"home_care", "coast", "P1"};
    auto& days = state.trends[derive::trend_scope(key)][derive::demand_measure];
    for (auto const& [day, open] :
         {std::pair{1, 3}, std::pair{2, 1}, std::pair{3, 0}, std::pair{8, 2}, std::pair{9, 2}}) {
        days[make_date(2026, 11, static_cast<unsigned>(day))] = {open, 0};
    }
    auto const made = derive::bottlenecks(state, make_date(2026, 11, 1)).at(key);
    EXPECT_EQ(made.days_now, 3) << "the eighth, the ninth and today";
    EXPECT_EQ(made.since, make_date(2026, 11, 8));
    EXPECT_EQ(made.times, 2);
    EXPECT_EQ(made.days, 5);
    EXPECT_EQ(made.longest, 3);
    EXPECT_EQ(made.days_known, 6);
    EXPECT_EQ(derive::key_of(derive::trend_scope(key)), key);
    EXPECT_EQ(derive::key_of("team:north"), std::nullopt);
}

TEST(Hint, SaysWhenTheReasonAndTheCounterContradictEachOther) {
    auto const hint = [](std::string reason, std::optional<std::int64_t> accepting) {
        Town town;
        town.admit(1);
        town.blocker(1, reason, "2026-11-03T11:30");
        if (accepting) town.counters("a", "home_care", "coast", accepting);
        auto const* const stay = town.ward.stay("V1");
        return derive::hint_of(town.ward.state(), *stay, stay->blockers.front());
    };
    EXPECT_EQ(hint("CP4", 2), "Home care: none to arrange, and 2 accepting");
    EXPECT_EQ(hint("CP4", 0), "");
    EXPECT_EQ(hint("IF3", 0), "Home care: being arranged, and none accepting");
    EXPECT_EQ(hint("IF3", 2), "");
    EXPECT_EQ(hint("IF3", std::nullopt), "") << "no counter says nothing";
    EXPECT_EQ(hint("HP4", 0), "");
}

TEST(Hint, IsOfLiveCountersAlone) {
    Town town;
    town.admit(1);
    town.blocker(1, "CP4", "2026-11-03T11:30");
    town.ward.wait_until("2026-11-09T23:00");
    town.counters("a", "home_care", "coast", 2);
    auto const hint = [&] {
        auto const* const stay = town.ward.stay("V1");
        return derive::hint_of(town.ward.state(), *stay, stay->blockers.front());
    };
    town.ward.wait_until("2026-11-10T23:30");
    EXPECT_NE(hint(), "");
    town.ward.wait_until("2026-11-11T00:01");
    EXPECT_EQ(hint(), "") << "nobody has counted since the day before yesterday";
}

struct Matched : Town {
    Matched() {
        admit(1, "CT1", "2026-11-06");
        admit(2, "CT1", "2026-11-04");
        admit(3, "CT9", "2026-11-03");
        admit(4, "", "2026-11-03");
        admit(5, "CT2", "2026-11-03", "essex");
        for (int i = 1; i <= 5; ++i) blocker(i, "CP4", "2026-11-03T11:30");
        ward.wait_until("2026-11-10T09:00");
        counters("a", "home_care", "coast", 1);
    }
};

TEST(Matching, ListsWhoCouldTakeAPlaceMostDaysFirstAndSaysWhyOthersCannot) {
    Matched town;
    auto const made = derive::matching(town.ward.state(), "a");
    ASSERT_TRUE(made);
    ASSERT_EQ(made->matches.size(), 5u);
    auto const number = [&](std::size_t i) { return made->matches[i].want.stay.value(); };
    EXPECT_EQ(number(3), 2u);
    EXPECT_EQ(number(4), 1u);
    EXPECT_TRUE(made->matches[3].fits[0].may());
    EXPECT_EQ(made->matches[3].assigned, 0u);
    EXPECT_EQ(made->matches[4].assigned, std::nullopt) << "there is one place";
    EXPECT_EQ(made->matches[0].fits[0].against, std::vector<std::string>{"lives in Vale"});
    EXPECT_EQ(made->matches[1].fits[0].against, std::vector<std::string>{"zone unknown"});
    EXPECT_EQ(made->matches[2].fits[0].against,
              std::vector<std::string>{"resident of another council"});
}

TEST(Matching, GoesByLiveCountersAlone) {
    Matched town;
    town.ward.wait_until("2026-11-11T10:00");
    EXPECT_EQ(derive::matching(town.ward.state(), "a")->places.size(), 1u);
    town.ward.wait_until("2026-11-12T00:01");
    EXPECT_EQ(derive::matching(town.ward.state(), "a").error().field, "service");
    EXPECT_TRUE(derive::matching(town.ward.state(), {})->places.empty());
    EXPECT_EQ(derive::matching(town.ward.state(), "nowhere").error().field, "service");
    EXPECT_EQ(derive::live_counter_days, 1);
}

TEST(Matching, GivesOutNoHoursAWeek) {
    Matched town;
    town.counters("a", "home_care", "coast", 12, "hour_week");
    auto const made = derive::matching(town.ward.state(), "a");
    ASSERT_TRUE(made);
    for (auto const& match : made->matches) EXPECT_EQ(match.assigned, std::nullopt);
    EXPECT_TRUE(made->matches[3].fits[0].may());
}

TEST(Matching, LooksAtAsManyPeopleAndServicesAsItsBoundsSay) {
    Matched town;
    auto state = town.ward.state();
    auto const service = state.services.at("a");
    for (std::size_t i = 0; i <= derive::match_services_max; ++i) {
        auto more = service;
        more.counters.service = "s" + std::to_string(i);
        state.services[more.counters.service] = more;
    }
    auto made = derive::matching(state, {});
    EXPECT_EQ(made->places.size(), derive::match_services_max);
    EXPECT_TRUE(made->cut);
    state = town.ward.state();
    auto const stay = state.stays.at(town.ward.stay("V1")->id);
    for (std::size_t i = 0; i <= derive::match_people_max; ++i) {
        auto more = stay;
        more.id = core::StayId{1000 + i};
        state.stays[more.id] = more;
    }
    made = derive::matching(state, "a");
    EXPECT_EQ(made->matches.size(), derive::match_people_max);
    EXPECT_TRUE(made->cut);
}

TEST(Matching, OfTheSameTownIsTheSameWhateverCameFirst) {
    auto const assigned = [](std::vector<int> order) {
        Town town;
        for (int i = 1; i <= 6; ++i) town.admit(i, i % 2 == 0 ? "CT1" : "CT9", "2026-11-04");
        for (auto const i : order) town.blocker(i, "CP4", "2026-11-05T11:30");
        town.ward.wait_until("2026-11-10T09:00");
        for (auto const i : order)
            town.counters("s" + std::to_string(i % 3), "home_care", i % 3 == 0 ? "vale" : "coast",
                          1);
        std::vector<std::pair<std::uint64_t, std::string>> out;
        auto const made = derive::matching(town.ward.state(), {});
        for (auto const& match : made->matches) {
            out.emplace_back(match.want.stay.value(),
                             match.assigned ? made->places[*match.assigned].service : "");
        }
        return out;
    };
    auto const one = assigned({1, 2, 3, 4, 5, 6});
    EXPECT_EQ(one, assigned({6, 5, 4, 3, 2, 1}));
    EXPECT_EQ(one, assigned({3, 1, 6, 2, 5, 4}));
}

}  // namespace
}  // namespace washup::tests
