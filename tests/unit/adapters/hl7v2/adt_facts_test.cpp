// What a message says field by field, who it means, and what cannot be read.

#include "adapters/hl7v2/map_context.hpp"
#include "tests/unit/adapters/hl7v2/mapper_support.hpp"

namespace washup::hl7v2 {
namespace {

using namespace testing;

TEST(AdtFacts, SaysWhoThePersonIs) {
    auto const mapped = map_parts({});
    EXPECT_EQ(mapped.words(v1::FIELD_NAME), "MARSH, Ada May");
    EXPECT_EQ(mapped.words(v1::FIELD_BIRTH_DATE), "1941-03-09");
    EXPECT_EQ(mapped.code(v1::FIELD_SEX), "F");
    EXPECT_EQ(mapped.code(v1::FIELD_POSTCODE_DISTRICT), "CT11");
    EXPECT_FALSE(mapped.fact(v1::FIELD_DIED_AT));
}

TEST(AdtFacts, SaysWhereAndSinceWhenAndByWhom) {
    auto const mapped = map_parts({});
    EXPECT_EQ(location_text(mapped.fact(v1::FIELD_LOCATION)->value().location()),
              "RZZ01/FORD/A/A3");
    EXPECT_EQ(mapped.moment(v1::FIELD_ADMITTED_AT), "2026-11-01T10:15:00+00:00");
    EXPECT_EQ(mapped.code(v1::FIELD_ADMISSION_METHOD), "emergency");
    EXPECT_EQ(mapped.words(v1::FIELD_CONSULTANT), "Dr Jo Hart");
    EXPECT_EQ(mapped.code(v1::FIELD_SPECIALTY), "GER");
}

TEST(AdtFacts, KeepsAbsentApartFromNull) {
    Parts parts;
    parts.trigger = "A08";
    EXPECT_FALSE(map_parts(parts).fact(v1::FIELD_EXPECTED_DISCHARGE));
    parts.more = "PV2|||||||||\"\"\r";
    EXPECT_EQ(map_parts(parts).moment(v1::FIELD_EXPECTED_DISCHARGE), "(cleared)");
    parts.more = "PV2|||||||||20261109\r";
    EXPECT_EQ(map_parts(parts).moment(v1::FIELD_EXPECTED_DISCHARGE), "2026-11-09");

    parts.pv1_3 = "\"\"";
    parts.pid = "PID|1||A17^^^RZZ^MR||\"\"||\"\"|\"\"|||\"\"";
    auto const cleared = map_parts(parts);
    for (auto const field : {v1::FIELD_LOCATION, v1::FIELD_NAME, v1::FIELD_BIRTH_DATE,
                             v1::FIELD_SEX, v1::FIELD_POSTCODE_DISTRICT}) {
        ASSERT_TRUE(cleared.fact(field)) << field;
        EXPECT_FALSE(cleared.fact(field)->has_value()) << field;
    }
    parts.pv1_3 = "";
    parts.pid = "PID|1||A17^^^RZZ^MR";
    auto const silent = map_parts(parts);
    EXPECT_FALSE(silent.fact(v1::FIELD_LOCATION));
    EXPECT_FALSE(silent.fact(v1::FIELD_NAME));
}

TEST(AdtFacts, FindsWardBayBedAndSiteByProfile) {
    struct Case {
        char const* pv1_3;
        char const* by_default;
        char const* by_itk;
    };
    for (auto const& [pv1_3, by_default, by_itk] : {
             Case{"FORD^A^A3^RZZ01", "RZZ01/FORD/A/A3", "RZZ01/A//A3"},
             Case{"^FORD^A3^RZZ01", "RZZ01/FORD//A3", "RZZ01/FORD//A3"},
             Case{"FORD", "RZZ/FORD//", "RZZ/FORD//"},
             Case{"T&O^Bay \\T\\ 2^3", "RZZ/T&O/Bay & 2/3", "RZZ/Bay & 2//3"},
             Case{"AMU&1.2&ISO^^3", "RZZ/AMU//3", "RZZ/AMU//3"},
             Case{"^^^RZZ02", "RZZ02///", "RZZ02///"},
             Case{"^^^^^X", "(no fact)", "(no fact)"},
         }) {
        Parts parts;
        parts.pv1_3 = pv1_3;
        for (auto const& [profile, expected] :
             {std::pair{"default", by_default}, std::pair{"itk", by_itk}}) {
            auto const fact = map_parts(parts, profile).fact(v1::FIELD_LOCATION);
            auto const text = fact ? location_text(fact->value().location()) : "(no fact)";
            EXPECT_EQ(text, expected) << pv1_3 << " by " << profile;
        }
    }
}

TEST(AdtFacts, ReadsMedicallyFitOfItk) {
    auto const zu1 = [](std::string const& fit, std::string const& since) {
        Parts parts;
        parts.trigger = "A08";
        parts.more = "ZU1" + std::string(22, '|') + fit + "||" + since + "\r";
        return map_parts(parts);
    };
    EXPECT_EQ(zu1("Y", "20261101").moment(v1::FIELD_MEDICALLY_OPTIMISED), "2026-11-01");
    EXPECT_EQ(zu1("", "20261101").moment(v1::FIELD_MEDICALLY_OPTIMISED), "2026-11-01");
    EXPECT_EQ(zu1("N", "").moment(v1::FIELD_MEDICALLY_OPTIMISED), "(cleared)");
    EXPECT_EQ(zu1("N", "20261101").moment(v1::FIELD_MEDICALLY_OPTIMISED), "(cleared)");
    EXPECT_EQ(zu1("\"\"", "").moment(v1::FIELD_MEDICALLY_OPTIMISED), "(cleared)");
    EXPECT_FALSE(zu1("", "").fact(v1::FIELD_MEDICALLY_OPTIMISED));
    auto const since_when = zu1("Y", "");
    EXPECT_FALSE(since_when.fact(v1::FIELD_MEDICALLY_OPTIMISED));
    ASSERT_EQ(since_when.left_out().size(), 1u);
    EXPECT_EQ(since_when.left_out()[0].field(), "ZU1-24");
    EXPECT_EQ(zu1("perhaps", "20261101").left_out().at(0).field(), "ZU1-22");
}

TEST(AdtFacts, ReadsReadyAndPathwayFromObservations) {
    Parts parts;
    parts.trigger = "A08";
    parts.more = "OBX|1|ST|NCTR^No criteria||Y|||||||||202611010930\rOBX|2|ST|PATHWAY||P2\r";
    auto const mapped = map_parts(parts);
    EXPECT_EQ(mapped.moment(v1::FIELD_DISCHARGE_READY), "2026-11-01T09:30:00+00:00");
    EXPECT_EQ(mapped.code(v1::FIELD_PATHWAY), "P2");
    parts.more = "OBX|1|TS|DRD^Discharge ready||20261101\r";
    EXPECT_EQ(map_parts(parts).moment(v1::FIELD_DISCHARGE_READY), "2026-11-01");
    parts.more = "OBX|1|TS|DRD^Discharge ready||\"\"\r";
    EXPECT_EQ(map_parts(parts).moment(v1::FIELD_DISCHARGE_READY), "(cleared)");
    parts.more = "OBX|1|ST|NCTR^No criteria||N|||||||||202611020930\r";
    EXPECT_EQ(map_parts(parts).moment(v1::FIELD_DISCHARGE_READY), "(cleared)");
}

TEST(AdtFacts, LeavesOutAFieldThatCannotBeReadAndSaysWhich) {
    Parts parts;
    parts.trigger = "A08";
    parts.more = "PV2|||||||||next week\r";
    auto const mapped = map_parts(parts);
    EXPECT_TRUE(mapped.observation.has_stay());
    EXPECT_FALSE(mapped.fact(v1::FIELD_EXPECTED_DISCHARGE));
    ASSERT_EQ(mapped.left_out().size(), 1u);
    EXPECT_EQ(mapped.left_out()[0].field(), "PV2-9");
    EXPECT_EQ(mapped.left_out()[0].words().find("week"), std::string::npos) << "no value in words";

    parts.more = "";
    parts.pid = "PID|1||A17^^^RZZ^MR||Marsh^Ada||19991399";
    parts.pv1_44 = "yesterday";
    auto const dates = map_parts(parts);
    EXPECT_EQ(dates.left_out().size(), 2u);
    EXPECT_EQ(dates.words(v1::FIELD_NAME), "MARSH, Ada");
}

TEST(AdtFacts, DoubtsAnAdmissionTimeThatOnlyTheEventTells) {
    Parts parts;
    parts.pv1_44 = "";
    auto const mapped = map_parts(parts);
    EXPECT_EQ(mapped.moment(v1::FIELD_ADMITTED_AT), "2026-11-01T11:59:00+00:00");
    EXPECT_FALSE(mapped.fact(v1::FIELD_ADMITTED_AT)->doubt().empty());
    parts.trigger = "A08";
    EXPECT_FALSE(map_parts(parts).fact(v1::FIELD_ADMITTED_AT));
}

TEST(AdtFacts, HidesTheAddressOfAShieldedPerson) {
    Parts parts;
    parts.more = "ZU8||||Y\r";
    auto const mapped = map_parts(parts);
    ASSERT_TRUE(mapped.fact(v1::FIELD_POSTCODE_DISTRICT));
    EXPECT_FALSE(mapped.fact(v1::FIELD_POSTCODE_DISTRICT)->has_value());
}

TEST(AdtFacts, ReadsNamesAndPostcodesOfManyKinds) {
    struct Case {
        char const* pid_5;
        char const* name;
    };
    for (auto const& [pid_5, name] : {
             Case{"Marsh", "MARSH"},
             Case{"^Ada", "Ada"},
             Case{"O'Dea^Ada", "O'DEA, Ada"},
             Case{"Lef\xC3\xA8vre^Ren\xC3\xA9", "LEF\xC3\x88VRE, Ren\xC3\xA9"},
             Case{"Alias^A^^^^^A~Marsh^Ada^^^^^L", "MARSH, Ada"},
             Case{"EVERYMAN&&&&X^ADA", "EVERYMAN, ADA"},
             Case{"Marsh\\T\\Co^Ada", "MARSH&CO, Ada"},
         }) {
        Parts parts;
        parts.pid = std::string{"PID|1||A17^^^RZZ^MR||"} + pid_5;
        EXPECT_EQ(map_parts(parts).words(v1::FIELD_NAME), name);
    }
    for (auto const& [postcode, district] :
         {std::pair{"CT11 9AA", "CT11"}, std::pair{"ct119aa", "CT11"}, std::pair{"M1 1AE", "M1"},
          std::pair{"EC1A 1BB", "EC1A"}, std::pair{"CT9", "CT9"}, std::pair{"27401", "(no fact)"},
          std::pair{"ZZ99 3WZ", "ZZ99"}, std::pair{"", "(no fact)"}}) {
        Parts parts;
        parts.pid = std::string{"PID|1||A17^^^RZZ^MR||||||||x^^^^"} + postcode;
        EXPECT_EQ(map_parts(parts).code(v1::FIELD_POSTCODE_DISTRICT), district) << postcode;
    }
}

TEST(AdtFacts, CutsAValueAboveItsBoundAndDoubtsIt) {
    Parts parts;
    parts.pid = "PID|1||A17^^^RZZ^MR||" + std::string(value_bytes_max, 'x');
    EXPECT_EQ(map_parts(parts).words(v1::FIELD_NAME).size(), value_bytes_max);
    EXPECT_EQ(map_parts(parts).fact(v1::FIELD_NAME)->doubt(), "");
    parts.pid += "\xC3\xA9y";
    auto const fact = map_parts(parts).fact(v1::FIELD_NAME);
    EXPECT_EQ(fact->value().text(), std::string(value_bytes_max, 'X'));
    EXPECT_NE(fact->doubt(), "");
}

TEST(AdtIdentity, KnowsAnNhsNumberByAuthorityOrType) {
    struct Case {
        char const* pid_3;
        bool nhs;
        char const* value;
    };
    for (auto const& [pid_3, nhs, value] : {
             Case{"9990000018^^^NHS", true, "9990000018"},
             Case{"999 000 0018^^^NHS^NH", true, "9990000018"},
             Case{"9990000018^^^^NH", true, "9990000018"},
             Case{"9990000018^^^NHSNBR^NHSNMBR", true, "9990000018"},
             Case{"9990000018^^^^NI", true, "9990000018"},
             Case{"9990000018^^^NHS^HN", true, "9990000018"},
             Case{"9990000018^^^RZZ^HN", false, "9990000018"},
             Case{"9990000019^^^NHS", true, "9990000019"},
             Case{"12345^^^NHS", true, "12345"},
             Case{"A17", false, "A17"},
         }) {
        Parts parts;
        parts.pid = std::string{"PID|1||"} + pid_3;
        auto const mapped = map_parts(parts);
        auto const& found = mapped.observation.subject().identifiers();
        ASSERT_EQ(found.size(), 1) << pid_3;
        EXPECT_EQ(found[0].kind() == v1::Identifier::NHS, nhs) << pid_3;
        EXPECT_EQ(found[0].value(), value) << pid_3;
        EXPECT_EQ(found[0].namespace_().empty(), nhs) << pid_3;
    }
}

TEST(AdtIdentity, TakesOlderNumberFieldsOnlyWhenPid3IsEmpty) {
    Parts parts;
    parts.pid = "PID|1|OLD^^^RZZ|A17^^^RZZ^MR~A17^^^RZZ^MR|TMP^^^RZZ";
    EXPECT_EQ(map_parts(parts).observation.subject().identifiers_size(), 1);
    parts.pid = "PID|1|OLD^^^RZZ||TMP^^^RZZ";
    EXPECT_EQ(map_parts(parts).observation.subject().identifiers_size(), 2);
}

TEST(AdtIdentity, FindsTheVisitNumberInItsPlacesAndItsAuthority) {
    Parts parts;
    parts.pv1_19 = "V7^^^PASX&1.2&ISO^VN";
    EXPECT_EQ(map_parts(parts).observation.subject().visit().authority(), "PASX");
    parts.pv1_19 = "";
    parts.pid = "PID|1||A17^^^RZZ^MR" + std::string(15, '|') + "ACC9";
    EXPECT_EQ(map_parts(parts).observation.subject().visit().number(), "ACC9");
    auto text = parts.text();
    text.insert(text.rfind('\r'), "|||||EPI5");
    EXPECT_EQ(map_text(text).observation.subject().visit().number(), "EPI5");
}

TEST(AdtIdentity, NamesAStayByLocalNumberAndAdmissionWithoutAVisitNumber) {
    Parts parts;
    parts.pv1_19 = "";
    auto const mapped = map_parts(parts);
    EXPECT_EQ(mapped.observation.subject().visit().number(), "A17@202611011015");
    EXPECT_EQ(mapped.observation.subject().visit().authority(), "RZZ");
    EXPECT_FALSE(mapped.observation.subject().has_other_visit());
}

TEST(AdtIdentity, SetsAsideAStayWithoutAName) {
    Parts parts;
    parts.pv1_19 = "";
    parts.pv1_44 = "soon";
    EXPECT_EQ(map_parts(parts).set_aside().field(), "PV1-44");
    EXPECT_EQ(map_parts(parts).set_aside().why(), v1::SetAside::UNMAPPABLE);
    parts.pv1_44 = "";
    EXPECT_EQ(map_parts(parts).set_aside().field(), "PV1-19");
    parts.pv1_2 = "O";
    EXPECT_EQ(map_parts(parts).observation.counted().kind(), "not inpatient");
    parts.pv1_2 = "I";
    parts.pv1_19 = std::string(visit_number_bytes_max, '9');
    EXPECT_TRUE(map_parts(parts).observation.has_stay());
    parts.pv1_19 += "9";
    EXPECT_EQ(map_parts(parts).set_aside().field(), "PV1-19");
}

TEST(AdtIdentity, MapsAStayOfAPersonNobodyNames) {
    Parts parts;
    parts.pid = "PID|1";
    auto const mapped = map_parts(parts);
    EXPECT_TRUE(mapped.stay().opens());
    EXPECT_EQ(mapped.observation.subject().identifiers_size(), 0);
}

TEST(AdtFacts, ASegmentGoesOnAfterALineBreakInItsText) {
    Parts parts;
    parts.pid = "PID|1||A17^^^RZZ^MR||Marsh\nWood^Ada||19410309|F";
    auto const mapped = map_parts(parts);
    EXPECT_EQ(mapped.words(v1::FIELD_NAME), "MARSH WOOD, Ada");
    EXPECT_EQ(mapped.words(v1::FIELD_BIRTH_DATE), "1941-03-09");
    EXPECT_TRUE(mapped.stay().opens());
}

TEST(AdtIdentity, KeepsNoMoreNumbersThanFitAndSaysSo) {
    Parts parts;
    parts.pid = "PID|1||N1";
    for (std::size_t i = 2; i <= identifiers_max; ++i) parts.pid += "~N" + std::to_string(i);
    auto mapped = map_parts(parts);
    EXPECT_EQ(mapped.observation.subject().identifiers_size(), int{identifiers_max});
    EXPECT_TRUE(mapped.left_out().empty());
    for (int i = 0; i < 100'000; ++i) parts.pid += "~M" + std::to_string(i);
    mapped = map_parts(parts);
    EXPECT_EQ(mapped.observation.subject().identifiers_size(), int{identifiers_max});
    ASSERT_EQ(mapped.left_out().size(), 1u);
    EXPECT_EQ(mapped.left_out()[0].field(), "PID-3");
}

TEST(AdtIdentity, ReadsNoMoreNumbersThanItsBoundAndSaysSo) {
    Parts parts;
    parts.pid = "PID|1||N1";
    for (std::size_t i = 2; i <= identifiers_read_max; ++i) parts.pid += "~N1";
    EXPECT_TRUE(map_parts(parts).left_out().empty()) << "one number, said often";
    parts.pid += "~N2";
    EXPECT_EQ(map_parts(parts).left_out().at(0).field(), "PID-3");
}

TEST(AdtIdentity, TakesARepeatedNumberOnceAndNamesTheFieldWithTooMany) {
    Parts parts;
    parts.trigger = "A40";
    parts.with_pv1 = false;
    parts.pid = "PID|1||N1~N1";
    for (std::size_t i = 2; i <= identifiers_max; ++i) {
        parts.pid += "~N" + std::to_string(i) + "~N" + std::to_string(i);
    }
    parts.more = "MRG|R0";
    for (std::size_t i = 1; i <= identifiers_max; ++i) parts.more += "~R" + std::to_string(i);
    auto const mapped = map_parts(parts);
    EXPECT_EQ(mapped.observation.subject().identifiers_size(), int{identifiers_max});
    EXPECT_EQ(mapped.observation.merge().retired_size(), int{identifiers_max});
    ASSERT_EQ(mapped.left_out().size(), 1u);
    EXPECT_EQ(mapped.left_out()[0].field(), "MRG-1");
}

TEST(AdtFacts, NamesNoMoreUnreadableFieldsThanItsBound) {
    auto const message = Message::parse("MSH|^~\\&|").value();
    v1::Observation observation;
    MapContext context{message, *shipped_profiles().find("default"), received, "A08", observation};
    for (std::size_t i = 0; i <= unreadable_max; ++i) {
        context.leave_out("ZZ1-" + std::to_string(i), "no time");
        context.leave_out("ZZ1-" + std::to_string(i), "no time");
    }
    ASSERT_EQ(observation.unreadable_size(), int{unreadable_max});
    EXPECT_EQ(observation.unreadable(14).field(), "ZZ1-14");
    EXPECT_EQ(observation.unreadable(15).field(), "more fields");
}

TEST(AdtTimes, FallsBackFromEvnToTheMessage) {
    Parts parts;
    parts.trigger = "A02";
    parts.evn = "EVN||20261101115900||||20261101113000";
    EXPECT_EQ(map_parts(parts).occurred(), "2026-11-01T11:30:00+00:00");
    parts.evn = "EVN||20261101115900";
    EXPECT_EQ(map_parts(parts).occurred(), "2026-11-01T11:59:00+00:00");
    parts.evn = "NTE|1";
    EXPECT_EQ(map_parts(parts).occurred(), "2026-11-01T12:00:00+00:00");
    auto text = parts.text();
    text.replace(text.find("20261101120000"), 14, "Sunday");
    auto const mapped = map_text(text);
    EXPECT_FALSE(mapped.observation.times().has_occurred());
    EXPECT_EQ(mapped.left_out().at(0).field(), "MSH-7");
}

}  // namespace
}  // namespace washup::hl7v2
