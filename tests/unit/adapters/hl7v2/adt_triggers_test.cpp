// What each trigger event does to a stay (adapters.md section 2).

#include <gmock/gmock.h>

#include "tests/unit/adapters/hl7v2/mapper_support.hpp"

namespace washup::hl7v2 {
namespace {

using namespace testing;

TEST(AdtMapper, OpensAStayByA01) {
    auto const mapped = map_parts({});
    EXPECT_EQ(mapped.stay().effect(), v1::StaySeen::ADMIT);
    EXPECT_TRUE(mapped.stay().inpatient());
    EXPECT_TRUE(mapped.stay().opens());
    EXPECT_FALSE(mapped.stay().inferred());
    EXPECT_EQ(mapped.observation.subject().visit().authority(), "RZZ");
    EXPECT_EQ(mapped.observation.subject().visit().number(), "V100");
    EXPECT_EQ(mapped.observation.subject().other_visit().number(), "A17@202611011015");
    EXPECT_EQ(mapped.observation.subject().other_visit().authority(), "RZZ");
    EXPECT_EQ(mapped.occurred(), "2026-11-01T10:15:00+00:00");
    EXPECT_EQ(mapped.observation.times().recorded_ms(), 1793534340000);
    EXPECT_EQ(mapped.observation.times().message_ms(), 1793534400000);
    EXPECT_TRUE(mapped.left_out().empty());
}

TEST(AdtMapper, OpensAnUnknownStayByWhatShowsAnInpatientUnlessItHasEnded) {
    struct Case {
        char const* trigger;
        v1::StaySeen::Effect effect;
        bool opens, opens_when_ended;
    };
    for (auto const& [trigger, effect, opens, opens_when_ended] : {
             Case{"A01", v1::StaySeen::ADMIT, true, true},
             Case{"A02", v1::StaySeen::TRANSFER, true, false},
             Case{"A03", v1::StaySeen::DISCHARGE, false, false},
             Case{"A08", v1::StaySeen::UPDATE, true, false},
             Case{"A11", v1::StaySeen::CANCEL_ADMIT, false, false},
             Case{"A12", v1::StaySeen::CANCEL_TRANSFER, true, false},
             Case{"A13", v1::StaySeen::CANCEL_DISCHARGE, true, true},
             Case{"A16", v1::StaySeen::UPDATE, true, false},
         }) {
        Parts parts;
        parts.trigger = trigger;
        auto const open = map_parts(parts);
        EXPECT_EQ(open.stay().effect(), effect) << trigger;
        EXPECT_EQ(open.stay().opens(), opens) << trigger;
        EXPECT_EQ(open.stay().inferred(), std::string_view{trigger} != "A01") << trigger;
        parts.pv1_45 = "20261101114500";
        EXPECT_EQ(map_parts(parts).stay().opens(), opens_when_ended) << trigger;
        parts.pv1_2 = "O";
        EXPECT_FALSE(map_parts(parts).stay().opens()) << trigger;
    }
}

TEST(AdtMapper, EndsAStayByA03AtItsOwnTime) {
    Parts parts;
    parts.trigger = "A03";
    parts.pv1_36 = "1";
    parts.pv1_37 = "19";
    parts.pv1_45 = "20261101114500";
    auto mapped = map_parts(parts);
    EXPECT_EQ(mapped.code(v1::FIELD_ENDING), "discharged");
    EXPECT_EQ(mapped.moment(v1::FIELD_ENDING), "2026-11-01T11:45:00+00:00");
    EXPECT_EQ(mapped.code(v1::FIELD_PROPOSED_OUTCOME), "usual_residence");
    EXPECT_EQ(mapped.occurred(), "2026-11-01T11:45:00+00:00");

    parts.pv1_45 = "";
    EXPECT_EQ(map_parts(parts).moment(v1::FIELD_ENDING), "2026-11-01T11:59:00+00:00");
    parts.evn = "EVN||20261101115900||||20261101113000";
    EXPECT_EQ(map_parts(parts).moment(v1::FIELD_ENDING), "2026-11-01T11:30:00+00:00");
}

TEST(AdtMapper, SaysHowAStayEnded) {
    struct Case {
        char const* method;
        char const* destination;
        char const* how;
        char const* outcome;
    };
    for (auto const& [method, destination, how, outcome] : {
             Case{"", "", "discharged", "(no fact)"},
             Case{"1", "54", "discharged", "nursing"},
             Case{"1", "56", "discharged", "residential"},
             Case{"1", "88", "discharged", "hospice"},
             Case{"1", "98", "discharged", "(no fact)"},
             Case{"1", "51", "transferred", "(no fact)"},
             Case{"", "87", "transferred", "(no fact)"},
             Case{"4", "79", "died", "(no fact)"},
             Case{"4", "19", "died", "(no fact)"},
             Case{"2", "19", "self_discharge", "(no fact)"},
             Case{"\"\"", "\"\"", "discharged", ""},
         }) {
        Parts parts;
        parts.trigger = "A03";
        parts.pv1_36 = method;
        parts.pv1_37 = destination;
        auto const mapped = map_parts(parts);
        EXPECT_EQ(mapped.code(v1::FIELD_ENDING), how) << method << " " << destination;
        EXPECT_EQ(mapped.code(v1::FIELD_PROPOSED_OUTCOME), outcome) << method << destination;
    }
}

TEST(AdtMapper, EndsAStayByDeathOfThePerson) {
    Parts parts;
    parts.trigger = "A03";
    parts.pv1_36 = "1";
    auto const before = parts.pid;
    parts.pid = before + std::string(18, '|') + "20261101100000|Y";
    auto mapped = map_parts(parts);
    EXPECT_EQ(mapped.code(v1::FIELD_ENDING), "died");
    EXPECT_EQ(mapped.moment(v1::FIELD_DIED_AT), "2026-11-01T10:00:00+00:00");
    parts.pid = before + std::string(19, '|') + "Y";
    mapped = map_parts(parts);
    EXPECT_EQ(mapped.code(v1::FIELD_ENDING), "died");
    EXPECT_EQ(mapped.moment(v1::FIELD_DIED_AT), "2026-11-01");
    EXPECT_FALSE(mapped.fact(v1::FIELD_DIED_AT)->doubt().empty());
    parts.pid = before + std::string(19, '|') + "N";
    mapped = map_parts(parts);
    EXPECT_EQ(mapped.code(v1::FIELD_ENDING), "discharged");
    EXPECT_EQ(mapped.moment(v1::FIELD_DIED_AT), "(cleared)");
}

TEST(AdtMapper, NamesTheFactThatACancelTakesBack) {
    Parts parts;
    parts.evn = "EVN||20261101115900||||20261101113000";
    for (auto const* trigger : {"A11", "A12", "A13"}) {
        parts.trigger = trigger;
        auto const mapped = map_parts(parts);
        EXPECT_EQ(Mapped::text_of(mapped.stay().cancels_at()), "2026-11-01T11:30:00+00:00");
        EXPECT_EQ(mapped.occurred(), "2026-11-01T11:59:00+00:00")
            << trigger << ": the cancel itself occurs when it is recorded";
    }
    parts.evn = "EVN||20261101115900";
    parts.pv1_45 = "20261101114500";
    EXPECT_EQ(Mapped::text_of(map_parts(parts).stay().cancels_at()), "2026-11-01T11:45:00+00:00");
    parts.trigger = "A12";
    EXPECT_FALSE(map_parts(parts).stay().has_cancels_at());
}

TEST(AdtMapper, ReopensByA13WithoutAnEndingFact) {
    Parts parts;
    parts.trigger = "A13";
    parts.pv1_45 = "20261101114500";
    auto const mapped = map_parts(parts);
    EXPECT_TRUE(mapped.stay().opens());
    EXPECT_FALSE(mapped.fact(v1::FIELD_ENDING));
}

TEST(AdtMapper, RestoresWhereThePatientReallyIsByA12) {
    Parts parts;
    parts.trigger = "A12";
    parts.pv1_6 = "KENT^B^B2";
    auto const mapped = map_parts(parts);
    EXPECT_EQ(location_text(mapped.fact(v1::FIELD_LOCATION)->value().location()),
              "RZZ01/FORD/A/A3");
    EXPECT_EQ(location_text(mapped.stay().taken_back()), "RZZ/KENT/B/B2");
}

TEST(AdtMapper, SaysNothingOfAStayThatNeverWas) {
    Parts parts;
    parts.trigger = "A11";
    auto const mapped = map_parts(parts);
    EXPECT_FALSE(mapped.fact(v1::FIELD_LOCATION));
    EXPECT_FALSE(mapped.fact(v1::FIELD_ADMITTED_AT));
    EXPECT_TRUE(mapped.fact(v1::FIELD_NAME));
}

TEST(AdtMapper, TakesAPlanAtTheTimeItWasMade) {
    Parts parts;
    parts.trigger = "A16";
    parts.evn = "EVN||20261101115900|20261105||.|20261104100000";
    parts.more = "PV2|||||||||20261104\r";
    auto mapped = map_parts(parts);
    EXPECT_EQ(mapped.moment(v1::FIELD_EXPECTED_DISCHARGE), "2026-11-04");
    EXPECT_EQ(mapped.occurred(), "2026-11-01T11:59:00+00:00")
        << "a later change of the plan must win although its own time is before the planned one";
    parts.more = "";
    EXPECT_EQ(map_parts(parts).moment(v1::FIELD_EXPECTED_DISCHARGE), "2026-11-05");
    parts.evn = "EVN||20261101115900";
    mapped = map_parts(parts);
    EXPECT_FALSE(mapped.fact(v1::FIELD_EXPECTED_DISCHARGE));
    ASSERT_EQ(mapped.left_out().size(), 1u);
    EXPECT_EQ(mapped.left_out()[0].field(), "PV2-9");
}

TEST(AdtMapper, CorrectsTheDestinationByA08AfterTheDischarge) {
    Parts parts;
    parts.trigger = "A08";
    parts.pv1_37 = "54";
    EXPECT_FALSE(map_parts(parts).fact(v1::FIELD_PROPOSED_OUTCOME));
    parts.pv1_45 = "20261101114500";
    auto const mapped = map_parts(parts);
    EXPECT_EQ(mapped.code(v1::FIELD_PROPOSED_OUTCOME), "nursing");
    EXPECT_FALSE(mapped.fact(v1::FIELD_ENDING)) << "only A03 ends a stay";
}

TEST(AdtMapper, TakesA28AndA31AsThePersonAlone) {
    for (auto const* trigger : {"A28", "A31"}) {
        Parts parts;
        parts.trigger = trigger;
        parts.pv1_2 = "N";
        auto const mapped = map_parts(parts);
        EXPECT_TRUE(mapped.observation.has_person());
        EXPECT_FALSE(mapped.observation.subject().has_visit());
        EXPECT_EQ(mapped.words(v1::FIELD_NAME), "MARSH, Ada May");
        EXPECT_FALSE(mapped.fact(v1::FIELD_LOCATION));
        parts.pid = "PID|1||";
        EXPECT_EQ(map_parts(parts).set_aside().field(), "PID-3");
    }
}

TEST(AdtMapper, TakesA08WithoutAVisitAsThePersonAlone) {
    Parts parts;
    parts.trigger = "A08";
    parts.with_pv1 = false;
    EXPECT_TRUE(map_parts(parts).observation.has_person());
}

TEST(AdtMapper, SetsAsideWhatSpeaksOfSeveralPersons) {
    Parts parts;
    parts.trigger = "A40";
    parts.with_pv1 = false;
    parts.more = "MRG|B2^^^RZZ^MR\rPID|1||C3^^^RZZ^MR\rMRG|D4^^^RZZ^MR\r";
    EXPECT_EQ(map_parts(parts).set_aside().field(), "PID");
    parts.trigger = "A08";
    EXPECT_EQ(map_parts(parts).set_aside().why(), v1::SetAside::UNMAPPABLE);
}

TEST(AdtMapper, MergesByEveryMrgWhereverItStands) {
    Parts parts;
    parts.trigger = "A40";
    parts.with_pv1 = false;
    parts.more = "MRG|B2^^^RZZ^MR~9990000026^^^NHS\rPV1|1|N\rMRG|1234\r";
    auto const mapped = map_parts(parts);
    ASSERT_TRUE(mapped.observation.has_merge());
    auto const& retired = mapped.observation.merge().retired();
    ASSERT_EQ(retired.size(), 3);
    EXPECT_EQ(retired[0].value(), "B2");
    EXPECT_EQ(retired[1].kind(), v1::Identifier::NHS);
    EXPECT_EQ(retired[2].namespace_(), "RZZ") << "a bare number takes the feed's authority";
    EXPECT_EQ(mapped.observation.subject().identifiers_size(), 2);

    parts.more = "";
    EXPECT_EQ(map_parts(parts).set_aside().field(), "MRG-1");
    parts.pid = "PID|1";
    EXPECT_EQ(map_parts(parts).set_aside().field(), "PID-3");
}

TEST(AdtMapper, KeepsOtherTriggersAsNotYetHandled) {
    for (auto const* trigger : {"A04", "A05", "A06", "A17", "A21", "A23", "A34", "A45", "A99"}) {
        Parts parts;
        parts.trigger = trigger;
        auto const mapped = map_parts(parts);
        EXPECT_EQ(mapped.set_aside().why(), v1::SetAside::NOT_YET_HANDLED);
        EXPECT_NE(mapped.set_aside().words().find(trigger), std::string::npos);
        EXPECT_EQ(mapped.observation.facts_size(), 0) << "nothing is applied";
    }
    auto const other = map_text("MSH|^~\\&|L|R|||20261101||ORU^R01|1|P|2.4\r");
    EXPECT_EQ(other.set_aside().words(), "ORU^R01 is not yet handled");
}

TEST(AdtMapper, SetsTestMessagesAsideUnlessTheProfileTakesThem) {
    for (auto const* processing : {"T", "D", "T^X"}) {
        Parts parts;
        parts.processing = processing;
        EXPECT_EQ(map_parts(parts).set_aside().why(), v1::SetAside::TEST_MESSAGE);
        EXPECT_EQ(map_parts(parts).set_aside().field(), "MSH-11");
    }
    Parts parts;
    parts.processing = "T";
    EXPECT_TRUE(map_parts(parts, "simulator").stay().opens());
    parts.processing = "P^T";
    EXPECT_TRUE(map_parts(parts).stay().opens()) << "the processing mode is not the question";
}

TEST(AdtMapper, DecidesByTheMessageTypeAndNotByEvn1) {
    Parts parts;
    parts.evn = "EVN|A03|20261101115900";
    EXPECT_EQ(map_parts(parts).stay().effect(), v1::StaySeen::ADMIT);
    parts.trigger = "";
    EXPECT_EQ(map_parts(parts).stay().effect(), v1::StaySeen::DISCHARGE);
    parts.evn = "EVN||20261101115900";
    EXPECT_EQ(map_parts(parts).set_aside().field(), "MSH-9");
    parts.trigger = "a01";
    EXPECT_EQ(map_parts(parts).stay().effect(), v1::StaySeen::ADMIT);
}

TEST(AdtMapper, TakesEveryClassAsAnInpatientThatTheProfileDoesNotExclude) {
    for (auto const* not_inpatient : {"O", "E", "R", "N", "OUTPATIENT", "Emergency", "o^Out"}) {
        Parts parts;
        parts.pv1_2 = not_inpatient;
        EXPECT_FALSE(map_parts(parts).stay().inpatient()) << not_inpatient;
    }
    for (auto const* inpatient : {"I", "INPATIENT", "DAY CASE", "P", "U", "W", ""}) {
        Parts parts;
        parts.pv1_2 = inpatient;
        EXPECT_TRUE(map_parts(parts).stay().inpatient()) << inpatient;
    }
}

}  // namespace
}  // namespace washup::hl7v2
