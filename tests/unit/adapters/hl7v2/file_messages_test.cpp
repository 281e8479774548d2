#include "adapters/hl7v2/file_messages.hpp"

#include <gtest/gtest.h>

#include "adapters/hl7v2/framer.hpp"

namespace washup::hl7v2 {
namespace {

using Texts = std::vector<std::string>;

TEST(Hl7File, GivesItsMessagesHoweverTheyAreSeparated) {
    Texts const two{"MSH|^~\\&|1\rPID|1", "MSH|^~\\&|2"};
    for (auto const* between : {"\r\n\n", "\r\r", "\r", "\r\n", "\n \n"}) {
        auto const text = two[0] + between + two[1] + between;
        auto const found = messages_of_file(text);
        EXPECT_EQ(found.messages, two);
        EXPECT_TRUE(found.faults.empty());
    }
    EXPECT_EQ(messages_of_file("\x0b" + two[0] + "\x1c\r\x0b" + two[1] + "\x1c\r").messages, two);
    EXPECT_EQ(messages_of_file("FHS|x\rBHS|x\r" + two[0] + "\r" + two[1] + "\rBTS|2\r").messages,
              two);
}

TEST(Hl7File, NamesWhatIsNoMessageWithoutItsContent) {
    auto const found = messages_of_file("Dear all\nMSH|^~\\&|1\r");
    EXPECT_EQ(found.messages.size(), 1u);
    ASSERT_EQ(found.faults.size(), 1u);
    EXPECT_EQ(found.faults[0], "8 bytes from byte 0 on are no HL7 message");
    EXPECT_EQ(messages_of_file("hello").faults.size(), 1u);
    EXPECT_EQ(messages_of_file("\x0bhello\x1c\r").faults.size(), 1u);
    EXPECT_EQ(messages_of_file("\x0bMSH|^~\\&|1\x1c\r\x0bMSH|half").faults,
              Texts{"a frame has no end"});
    EXPECT_TRUE(messages_of_file("").faults.empty());
}

TEST(FileMessages, LeavesOutAMessageAboveTheBoundAndSaysSo) {
    std::string const head = "MSH|^~\\&|PAS|RZZ|||20261101||ADT^A08|1|P|2.4\rOBX|1|ED|||";
    auto const big = head + std::string(frame_bytes_max - head.size(), 'A');
    auto const found = messages_of_file(big + "\r\n" + big + "A\r\n" + head);
    EXPECT_EQ(found.messages.size(), 2u);
    ASSERT_EQ(found.faults.size(), 1u);
    EXPECT_NE(found.faults[0].find("16 MiB"), std::string::npos);
}

}  // namespace
}  // namespace washup::hl7v2
