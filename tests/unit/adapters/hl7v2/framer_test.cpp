#include "adapters/hl7v2/framer.hpp"

#include <gtest/gtest.h>

#include "proto/base/prng.hpp"

namespace washup::hl7v2 {
namespace {

std::string const message_1 = "MSH|^~\\&|A|B|||20261101||ADT^A01|1|P|2.4\rPID|1\r";
std::string const message_2 = "MSH|^~\\&|A|B|||20261101||ADT^A02|2|P|2.4\rPID|1\r";

std::string frame(std::string const& message) {
    return "\x0b" + message + "\x1c\r";
}
std::string without_end(std::string const& message) {
    return message.substr(0, message.size() - 1);
}

std::vector<std::string> frames_of(Framer& framer, std::vector<std::string> const& pieces) {
    std::vector<FrameEvent> events;
    for (auto const& piece : pieces) framer.feed(piece, events);
    std::vector<std::string> out;
    for (auto const& event : events) {
        EXPECT_EQ(event.kind, FrameEvent::Kind::frame);
        out.push_back(event.bytes);
    }
    return out;
}

std::vector<std::string> frames_of(std::vector<std::string> const& pieces) {
    Framer framer;
    return frames_of(framer, pieces);
}

std::vector<std::string> const one{without_end(message_1)};
std::vector<std::string> const both{without_end(message_1), without_end(message_2)};

TEST(MllpFramer, GivesMessagesOneAfterAnother) {
    EXPECT_EQ(frames_of({frame(message_1), frame(message_2)}), both);
}

TEST(MllpFramer, GivesEveryFrameOfOnePacket) {
    EXPECT_EQ(frames_of({frame(message_1) + frame(message_2)}), both);
}

TEST(MllpFramer, GivesAFrameThatArrivesInPieces) {
    auto const whole = frame(message_1);
    EXPECT_EQ(frames_of({whole.substr(0, 5), whole.substr(5, 20), whole.substr(25)}), one);
    std::vector<std::string> bytes;
    for (char const c : whole) bytes.emplace_back(1, c);
    EXPECT_EQ(frames_of(bytes), one);
}

TEST(MllpFramer, GivesAFrameSplitBetweenItsTwoEndBytes) {
    auto const whole = frame(message_1);
    EXPECT_EQ(frames_of({whole.substr(0, whole.size() - 1), "\r" + frame(message_2)}), both);
}

TEST(MllpFramer, TakesAFrameWithoutCrAtOnceAndCountsItLater) {
    Framer framer;
    EXPECT_EQ(frames_of(framer, {"\x0b" + message_1 + "\x1c"}), one);
    EXPECT_EQ(frames_of(framer, {frame(message_2)}), std::vector{without_end(message_2)});
    EXPECT_EQ(framer.counts().without_cr, 1u);
    EXPECT_EQ(framer.counts().frames, 2u);
}

TEST(MllpFramer, TakesOtherEndBytesAfterFs) {
    EXPECT_EQ(frames_of({"\x0b" + message_1 + "\x1c\r\f" + frame(message_2)}), both);
    EXPECT_EQ(frames_of({"\x0b" + message_1 + "\x1c\n" + frame(message_2)}), both);
}

TEST(MllpFramer, TakesAMessageWhoseStartByteWasLost) {
    Framer framer;
    EXPECT_EQ(frames_of(framer, {message_1 + "\x1c\r" + frame(message_2)}), both);
    EXPECT_EQ(framer.counts().without_start, 1u);
}

TEST(MllpFramer, SkipsLineEndsAndBlanksBeforeAFrame) {
    Framer framer;
    EXPECT_EQ(frames_of(framer, {"\r\n  " + frame(message_1)}), one);
    EXPECT_EQ(framer.counts().junk_bytes, 0u);
}

TEST(MllpFramer, SkipsAndCountsALogLineBeforeAFrame) {
    Framer framer;
    EXPECT_EQ(frames_of(framer, {"MSG sent to MSH host" + frame(message_1)}), one);
    EXPECT_GT(framer.counts().junk_bytes, 0u);
}

TEST(MllpFramer, SkipsNulsBetweenFrames) {
    std::string const nuls(7, '\0');
    EXPECT_EQ(frames_of({frame(message_1) + nuls + frame(message_2)}), both);
}

TEST(MllpFramer, CutsBlanksAndAByteOrderMarkBeforeMsh) {
    EXPECT_EQ(frames_of({frame(" \r\n\t" + message_1)}), one);
    EXPECT_EQ(frames_of({frame("\xEF\xBB\xBF" + message_1)}), one);
}

TEST(MllpFramer, IgnoresEmptyFramesAndKeepsAlive) {
    Framer framer;
    EXPECT_EQ(frames_of(framer, {"\x0b\x1c\r\x0b\r\n\x1c\r" + frame(message_1)}), one);
    EXPECT_EQ(framer.counts().empty_frames, 2u);
}

TEST(MllpFramer, LeavesLineEndsInsideAMessageAsTheyAre) {
    EXPECT_EQ(frames_of({frame("MSH|a\nPID|b\r\nPV1|c\n")}),
              std::vector<std::string>{"MSH|a\nPID|b\r\nPV1|c"});
}

TEST(MllpFramer, PassesBytesOfAnyCharacterSet) {
    auto const text = std::string{"MSH|\xE9\xFF\x80|"} + '\x7f';
    EXPECT_EQ(frames_of({frame(text)}), std::vector{text});
}

TEST(MllpFramer, GivesAFrameThatIsNoHl7) {
    EXPECT_EQ(frames_of({frame("hello")}), std::vector<std::string>{"hello"});
}

TEST(MllpFramer, DropsHalfAFrameWhenItsSenderBeginsAgain) {
    Framer framer;
    EXPECT_EQ(frames_of(framer, {"\x0bMSH|^~\\&|half" + frame(message_1)}), one);
    EXPECT_EQ(framer.counts().cut_off, 1u);
}

TEST(MllpFramer, ShowsHowMuchOfAFrameIsWaiting) {
    Framer framer;
    EXPECT_TRUE(frames_of(framer, {"\x0bMSH|^~"}).empty());
    EXPECT_TRUE(framer.in_frame());
    EXPECT_EQ(framer.bytes_waiting(), 6u);
}

TEST(MllpFramer, TakesAMessageOfFiveMegabytes) {
    auto const big = message_1 + "OBX|1|ED|doc||" + std::string(5'000'000, 'A');
    std::vector<std::string> pieces;
    auto const whole = frame(big);
    for (std::size_t at = 0; at < whole.size(); at += 65536) {
        pieces.push_back(whole.substr(at, 65536));
    }
    EXPECT_EQ(frames_of(pieces), std::vector{big});
}

TEST(MllpFramer, TakesAFrameOfExactlyItsBoundAndStopsAboveIt) {
    Framer exact{100};
    auto const text = "MSH" + std::string(97, '|');
    EXPECT_EQ(frames_of(exact, {frame(text)}), std::vector{text});

    for (auto const* start : {"\x0b", ""}) {
        Framer framer{100};
        std::vector<FrameEvent> events;
        framer.feed(start + text + "|" + "\x1c\r" + frame(message_1), events);
        ASSERT_EQ(events.size(), 1u);
        EXPECT_EQ(events[0].kind, FrameEvent::Kind::too_large);
        EXPECT_TRUE(events[0].bytes.starts_with("MSH|"));
        events.clear();
        framer.feed(frame(message_1), events);
        EXPECT_TRUE(events.empty()) << "after a refusal only the end of the connection follows";
    }
}

TEST(MllpFramer, HasABoundOfSixteenMebibytes) {
    Framer framer;
    std::vector<FrameEvent> events;
    framer.feed("\x0bMSH|", events);
    std::string const piece(1 << 20, 'x');
    for (int i = 0; i < 16 && events.empty(); ++i) framer.feed(piece, events);
    ASSERT_EQ(events.size(), 1u);
    EXPECT_EQ(events[0].kind, FrameEvent::Kind::too_large);
}

TEST(MllpFramer, GivesTheSameFramesHoweverTheBytesAreCut) {
    Prng chance{20261122};
    for (int round = 0; round < 200; ++round) {
        std::string stream;
        for (int i = 0; i < 40; ++i) {
            static std::vector<std::string> const bits{
                "\x0b", "\x1c", "\r", "MSH", "M", "MS", "PID|1", " ", "x", std::string(1, '\0')};
            stream += bits[chance.below(bits.size())];
        }
        auto const whole = frames_of({stream});
        std::vector<std::string> pieces;
        for (std::size_t at = 0; at < stream.size();) {
            auto const length = 1 + chance.below(5);
            pieces.push_back(stream.substr(at, length));
            at += length;
        }
        EXPECT_EQ(frames_of(pieces), whole) << "round " << round;
    }
}

}  // namespace
}  // namespace washup::hl7v2
