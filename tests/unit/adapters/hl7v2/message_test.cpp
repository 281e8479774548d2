#include "adapters/hl7v2/message.hpp"

#include <gtest/gtest.h>

namespace washup::hl7v2 {
namespace {

Message parsed(std::string text) {
    auto message = Message::parse(std::move(text));
    EXPECT_TRUE(message) << "the test's message must be one";
    return *message;
}

Said said(Message const& message, char const* at) {
    return message.said(*Position::parse(at));
}
std::string text(Message const& message, char const* at) {
    return said(message, at).text;
}

std::string const simple =
    "MSH|^~\\&|PAS|RZZ01|WASHUP||20261101120000||ADT^A01^ADT_A01|77|P|2.4\r"
    "PID|1||A1^^^RZZ^MR~9990000018^^^NHS||Marsh^Ada^May\r"
    "ZZZ|own\r"
    "PV1|1|I|FORD^A^A3^RZZ01\r"
    "OBX|1|ST|CTR^Criteria||N\rOBX|2|ST|NCTR^No longer||Y|||||||||20261102\r";

TEST(Hl7Message, CountsFieldsAsHl7Does) {
    auto const message = parsed(simple);
    EXPECT_EQ(text(message, "MSH-1"), "|");
    EXPECT_EQ(message.first("MSH")->field(2), "^~\\&");
    EXPECT_EQ(text(message, "MSH-3"), "PAS");
    EXPECT_EQ(text(message, "MSH-9.2"), "A01");
    EXPECT_EQ(text(message, "MSH-10"), "77");
    EXPECT_EQ(text(message, "PV1-3.3"), "A3");
    EXPECT_TRUE(said(message, "PV1-44").absent());
    EXPECT_TRUE(said(message, "NK1-1").absent());
}

TEST(Hl7Message, TakesTheFirstRepetition) {
    EXPECT_EQ(text(parsed(simple), "PID-3.1"), "A1");
}

TEST(Hl7Message, FindsAnObservationByItsCode) {
    auto const message = parsed(simple);
    EXPECT_EQ(text(message, "OBX(NCTR)-5"), "Y");
    EXPECT_EQ(text(message, "OBX(NCTR)-14"), "20261102");
    EXPECT_EQ(text(message, "OBX(CTR)-5"), "N");
    EXPECT_TRUE(said(message, "OBX(OTHER)-5").absent());
}

TEST(Hl7Message, ReadsLfAndCrlfAndBlankLines) {
    for (auto const* end : {"\n", "\r\n", "\r\r", "\n\n"}) {
        auto lines = simple;
        for (std::size_t at = 0; (at = lines.find('\r', at)) != std::string::npos;) {
            lines.replace(at, 1, end);
            at += std::string_view{end}.size();
        }
        auto const message = parsed(lines);
        EXPECT_EQ(text(message, "PV1-3.1"), "FORD");
        EXPECT_EQ(message.segment_count(), 6u);
    }
}

TEST(Hl7Message, TakesDelimitersFromItsHeader) {
    auto const message = parsed("MSH#*+!$#PAS#RZZ#\rPID#1##A1*x*y$z+B2#!F!!S!!R!!T!!E!");
    EXPECT_EQ(text(message, "MSH-3"), "PAS");
    EXPECT_EQ(text(message, "PID-3.1"), "A1");
    EXPECT_EQ(text(message, "PID-3.3.2"), "z");
    EXPECT_EQ(text(message, "PID-4"), "#*+$!");
}

TEST(Hl7Message, ReadsFewerAndMoreEncodingCharactersThanFour) {
    EXPECT_EQ(text(parsed("MSH|^~\\&#|PAS\rPID|A^B"), "MSH-3"), "PAS");
    auto const fewer = parsed("MSH|^|PAS\rPID|A&B^C~D");
    EXPECT_EQ(text(fewer, "PID-1.1"), "A&B");
    EXPECT_EQ(text(fewer, "PID-1.2"), "C~D");
    EXPECT_EQ(text(parsed("MSH||PAS\rPID|A^B"), "PID-1.2"), "B");
}

TEST(Hl7Message, ResolvesEscapesOnceAndAfterSplitting) {
    auto const message = parsed(
        "MSH|^~\\&|\rZZ1|A\\T\\E|a\\F\\b\\S\\c\\R\\d|\\E\\T\\E\\|\\X41E9\\|x\\.br\\y|\\H\\loud\\N\\"
        "|back\\slash|end\\");
    EXPECT_EQ(text(message, "ZZ1-1"), "A&E");
    EXPECT_EQ(text(message, "ZZ1-2"), "a|b^c~d");
    EXPECT_EQ(text(message, "ZZ1-3"), "\\T\\") << "an escaped escape is not an escape";
    EXPECT_EQ(text(message, "ZZ1-4"), "A\xC3\xA9");
    EXPECT_EQ(text(message, "ZZ1-5"), "x y");
    EXPECT_EQ(text(message, "ZZ1-6"), "loud");
    EXPECT_EQ(text(message, "ZZ1-7"), "back\\slash");
    EXPECT_EQ(text(message, "ZZ1-8"), "end\\");
}

TEST(Hl7Message, KeepsNullApartFromAbsent) {
    auto const message = parsed("MSH|^~\\&|\rPV2|\"\"||\"\"^x|  ");
    EXPECT_TRUE(said(message, "PV2-1").null());
    EXPECT_TRUE(said(message, "PV2-2").absent());
    EXPECT_TRUE(said(message, "PV2-3").null());
    EXPECT_EQ(text(message, "PV2-3.2"), "x");
    EXPECT_TRUE(said(message, "PV2-4").absent()) << "blanks say nothing";
}

TEST(Hl7Message, JoinsAStrayAmpersandButReadsARealHd) {
    auto const message = parsed("MSH|^~\\&|\rPV1|1|I|T&O^Bay&2^3|AMU&1.2.3&ISO|A&E&X");
    auto const joined = [&](char const* at) {
        return message.said_joined(*Position::parse(at)).text;
    };
    EXPECT_EQ(joined("PV1-3.1"), "T&O");
    EXPECT_EQ(joined("PV1-3.2"), "Bay&2");
    EXPECT_EQ(joined("PV1-4"), "AMU");
    EXPECT_EQ(joined("PV1-5"), "A&E&X");
}

TEST(Hl7Message, IsNotMadeOfSomethingElse) {
    for (auto const* text : {"", "hello", "PID|1", "MSH", "MSHx^~\\&", "MSH \r", "msh|^~\\&|"}) {
        EXPECT_FALSE(Message::parse(text)) << text;
        EXPECT_FALSE(read_header(text)) << text;
    }
}

TEST(Hl7Position, ReadsWhatPeopleWriteAndNothingElse) {
    EXPECT_EQ(Position::parse("PV1-3.1.2")->to_text(), "PV1-3.1.2");
    EXPECT_EQ(Position::parse("OBX(CTR)-5")->to_text(), "OBX(CTR)-5");
    for (auto const* text : {"", "PV1", "PV1-", "PV1-0", "PV1.3", "pv1-3", "PV1-3.", "OBX()-5",
                             "OBX(A-5", "PV1-3.1.2.3", "PV1-x", "PV1-3 "}) {
        EXPECT_FALSE(Position::parse(text)) << text;
    }
}

TEST(Hl7Header, GivesRawFieldsByteForByte) {
    auto const header =
        read_header("MSH|^~\\&|A^x|B|||20261101||ADT^A01| i\\T\\d^\xE9 |P|2.4\rPID|");
    ASSERT_TRUE(header);
    EXPECT_EQ(header->control_id(), " i\\T\\d^\xE9 ");
    EXPECT_EQ(header->value(3), "A");
    EXPECT_EQ(header->field(12), "2.4");
    EXPECT_EQ(header->field(40), "");
    EXPECT_EQ(header->field(1), "|");
    EXPECT_EQ(header->field(2), "^~\\&");
}

TEST(Hl7Split, GivesTheMessagesOfABatchAndOfAFile) {
    auto const split =
        split_messages("FHS|^~\\&|\rBHS|^~\\&|\rMSH|^~\\&|1\rPID|1\rMSH|^~\\&|2\rBTS|2\rFTS|1\r");
    ASSERT_EQ(split.messages.size(), 2u);
    EXPECT_EQ(split.messages[0], "MSH|^~\\&|1\rPID|1");
    EXPECT_EQ(split.messages[1], "MSH|^~\\&|2");
    EXPECT_EQ(split.rest, "");

    auto const file = split_messages("\xEF\xBB\xBFMSH|^~\\&|1\rPID|1\r\n\nMSH|^~\\&|2\r\n\n\n");
    ASSERT_EQ(file.messages.size(), 2u);
    EXPECT_EQ(file.messages[0], "MSH|^~\\&|1\rPID|1");
}

TEST(Hl7Split, DoesNotTakeABlankLineForTheEndOfAMessage) {
    auto const split = split_messages("MSH|^~\\&|1\n\nPID|1\n\nPV1|1\n");
    ASSERT_EQ(split.messages.size(), 1u);
    EXPECT_EQ(split.messages[0], "MSH|^~\\&|1\n\nPID|1\n\nPV1|1");
}

TEST(Hl7Split, GivesWhatIsNoMessageAsTheRest) {
    EXPECT_EQ(split_messages("hello\r\nyou").rest, "hello\r\nyou");
    EXPECT_TRUE(split_messages("hello").messages.empty());
    auto const split = split_messages("junk\nMSH|^~\\&|1\n");
    EXPECT_EQ(split.rest, "junk");
    EXPECT_EQ(split.messages.size(), 1u);
    EXPECT_TRUE(split_messages("").rest.empty());
}

}  // namespace
}  // namespace washup::hl7v2
