#include "adapters/hl7v2/ack.hpp"

#include <gtest/gtest.h>

namespace washup::hl7v2 {
namespace {

using Verdict = AckContent::Verdict;

Header header(std::string const& wishes = "", std::string const& version = "2.4",
              std::string const& control_id = "id 7") {
    auto read = read_header("MSH|^~\\&|PAS^x|RZZ|WASHUP|HUB|20261101||ADT^A01^ADT_A01|" +
                            control_id + "|P|" + version + "|||" + wishes + "\r");
    EXPECT_TRUE(read);
    return *read;
}

Instant const now{1793534400000};  // 2026-11-01T12:00:00Z

std::string ack(Header const& of, AckContent const& content) {
    return make_ack(of, content, false, "W1", now);
}

TEST(Hl7Ack, TurnsTheSenderRoundAndEchoesTheControlId) {
    EXPECT_EQ(ack(header(), {}),
              "MSH|^~\\&|WASHUP|HUB|PAS^x|RZZ|20261101120000||ACK^A01^ACK|W1|P|2.4\r"
              "MSA|AA|id 7\r");
}

TEST(Hl7Ack, EchoesTheControlIdByteForByte) {
    for (std::string const id : {" 7 ", "a^b~c\\T\\&", "\xE9\xC3", "0007"}) {
        EXPECT_NE(ack(header("", "2.4", id), {}).find("MSA|AA|" + id + "\r"), std::string::npos);
    }
}

TEST(Hl7Ack, SpeaksWithTheSendersDelimiters) {
    auto const of = read_header("MSH#*~!$#PAS#RZZ#W#H#2026##ADT*A02#9#P#2.3\r");
    EXPECT_EQ(ack(*of, {}),
              "MSH#*~!$#W#H#PAS#RZZ#20261101120000##ACK*A02*ACK#W1#P#2.3\rMSA#AA#9\r");
}

TEST(Hl7Ack, SaysItsCharacterSetWhenTheSenderDid) {
    auto const of = read_header("MSH|^~\\&|P|R|W|H|||ADT^A01|9|P|2.4||||||8859/1\r");
    EXPECT_NE(ack(*of, {}).find("|P|2.4||||||8859/1\r"), std::string::npos);
}

TEST(Hl7Ack, SaysAnErrorInTheFormOfItsVersion) {
    AckContent content{Verdict::trouble, "the store is full, send again", "207", {}};
    EXPECT_NE(ack(header("", "2.3"), content)
                  .find("MSA|AE|id 7|the store is full, send again|||207\r"
                        "ERR|^^^207&Application internal error\r"),
              std::string::npos);
    content = {Verdict::rejected, "too large", "102", *Position::parse("OBX-5")};
    EXPECT_NE(ack(header("", "2.5.1"), content)
                  .find("MSA|AR|id 7|too large\r"
                        "ERR||OBX^1^5|102^Data type error^HL70357|E\r"),
              std::string::npos);
    EXPECT_NE(ack(header("", "2.4"), content).find("ERR|OBX^1^5^102&Data type error\r"),
              std::string::npos);
}

TEST(Hl7Ack, CutsItsWordsAndKeepsDelimitersOutOfThem) {
    AckContent const content{
        Verdict::trouble, "a|b^c " + std::string(ack_words_max, 'x'), "207", {}};
    auto const text = ack(header("", "2.5"), content);
    EXPECT_NE(text.find("|a b c " + std::string(74, 'x') + "\r"), std::string::npos);
}

TEST(Hl7Ack, ChoosesItsModeByTheSendersWish) {
    struct Case {
        char const* wish;
        char const* taken;
        char const* trouble;
        char const* rejected;
    };
    for (auto const& [wish, taken, trouble, rejected] : {
             Case{"", "AA", "AE", "AR"},
             Case{"NE|AL", "AA", "AE", "AR"},
             Case{"AL|NE", "CA", "CE", "CR"},
             Case{"AL", "CA", "CE", "CR"},
             Case{"ER|", "AA", "CE", "CR"},
             Case{"SU|", "CA", "AE", "AR"},
             Case{"XX|", "AA", "AE", "AR"},
         }) {
        auto const of = header(wish);
        EXPECT_EQ(ack_code(Verdict::taken, of, false), taken) << wish;
        EXPECT_EQ(ack_code(Verdict::trouble, of, false), trouble) << wish;
        EXPECT_EQ(ack_code(Verdict::rejected, of, false), rejected) << wish;
        EXPECT_EQ(ack_code(Verdict::taken, of, true), "AA") << "forced";
    }
}

TEST(Hl7Ack, IsNeverGivenWithoutAControlIdNorToAnAck) {
    EXPECT_TRUE(may_acknowledge(header()));
    EXPECT_FALSE(may_acknowledge(header("", "2.4", "")));
    EXPECT_FALSE(may_acknowledge(header("", "2.4", "  ")));
    EXPECT_FALSE(may_acknowledge(*read_header("MSH|^~\\&|P|R|W|H|||ACK^A01|9|P|2.4\r")));
    EXPECT_FALSE(may_acknowledge(*read_header("MSH|^~\\&|P|R\r")));
}

TEST(Hl7Ack, IsFramedAndEndsItsLastSegment) {
    auto const bytes = framed(ack(header(), {}));
    EXPECT_EQ(bytes.front(), '\x0b');
    EXPECT_TRUE(bytes.ends_with("\r\x1c\r"));
}

}  // namespace
}  // namespace washup::hl7v2
