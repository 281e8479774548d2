#include "adapters/hospital/hl7_text.hpp"

#include <gtest/gtest.h>

#include "adapters/hospital/mllp_client.hpp"

namespace washup::hospital {
namespace {

Person somebody() {
    Person person;
    person.number = 1;
    person.family = "O'Shaughnessy & Daughters";
    person.given =
        "Ren\xC3\xA9"
        "e";
    person.title = "Mrs";
    person.sex = "F";
    person.birth = make_date(1941, 3, 9);
    person.nhs_number = nhs_number_of(1);
    person.hospital_number = "4000007";
    person.street = "1 Rope Walk";
    person.postcode = "ZZ1 1AA";
    return person;
}

Adt message(Person const& person) {
    Adt adt;
    adt.trigger = "A08";
    adt.control_id = "WT0000001";
    adt.site = "STM";
    adt.person = &person;
    adt.sent = adt.occurred = london_time(make_date(2026, 7, 1), 9, 14, 7);
    adt.place = {"FORD", "A", "A1", "STM"};
    adt.visit = "V200001";
    return adt;
}

TEST(HospitalHl7Text, PutsEachFactWhereTheProfileLooks) {
    auto const person = somebody();
    auto adt = message(person);
    adt.admitted = london_time(make_date(2026, 6, 30), 22, 0);
    adt.expected_discharge = make_date(2026, 7, 4);
    adt.ready_date = hl7_date(make_date(2026, 7, 3));
    adt.pathway = "P1";
    adt.medically_optimised = adt.sent;
    auto const text = write_adt(adt);
    EXPECT_EQ(text.find("MSH|^~\\&|WASHUPTEST|STM|WASHUP|BOARD|20260701091407||ADT^A08^ADT_A01|"
                        "WT0000001|P|2.4||||||UNICODE UTF-8\r"),
              0u);
    for (auto const* const part :
         {"\rEVN|A08|20260701091407||||20260701091407\r", "4000007^^^RZZ^MR~9990000018^^^NHS^NH",
          "|O'Shaughnessy \\T\\ Daughters^Ren\xC3\xA9"
          "e^^^Mrs|",
          "\rPV1|1|I|FORD^A^A1^STM|", "|V200001|", "|20260630220000\r", "\rPV2|||||||||20260704\r",
          "\rOBX|1|TS|DRD^Discharge ready date^WASHUP||20260703||||||F\r",
          "\rOBX|2|ST|PATHWAY^Discharge pathway^WASHUP||P1||||||F\r",
          "\rZU1||||||||||||||||||||||Y||20260701091407\r"}) {
        EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
    }
}

TEST(HospitalHl7Text, SaysThatTheReadyDateIsTakenBack) {
    auto const person = somebody();
    auto adt = message(person);
    adt.ready_date = "\"\"";
    EXPECT_NE(write_adt(adt).find("DRD^Discharge ready date^WASHUP||\"\"|"), std::string::npos);
}

TEST(HospitalHl7Text, MergesWithoutAVisit) {
    auto const person = somebody();
    auto adt = message(person);
    adt.trigger = "A40";
    adt.retired_number = "TMP9";
    auto const text = write_adt(adt);
    EXPECT_TRUE(text.ends_with("MRG|TMP9^^^RZZ^MR\r"));
    EXPECT_EQ(text.find("PV1"), std::string::npos);
}

TEST(HospitalHl7Text, EscapesItsOwnDelimiters) {
    EXPECT_EQ(hl7_escaped("a|b^c&d~e\\f"), "a\\F\\b\\S\\c\\T\\d\\R\\e\\E\\f");
}

TEST(HospitalAck, IsReadByPlaceAndNotBelievedOtherwise) {
    auto const ack = read_ack("\x0BMSH|^~\\&|A|B\rMSA|AA|WT0000001|words\rERR|\r");
    EXPECT_EQ(ack.code, "AA");
    EXPECT_EQ(ack.control_id, "WT0000001");
    EXPECT_EQ(read_ack("MSH|^~\\&\rMSA|AE|WT1\r").control_id, "WT1");
    EXPECT_EQ(read_ack("MSH|^~\\&\rMSA|AE|WT1").control_id, "WT1");
    EXPECT_EQ(read_ack("MSH|^~\\&\rMSA|AA\r").control_id, "");
    EXPECT_EQ(read_ack("hello").code, "");
}

}  // namespace
}  // namespace washup::hospital
