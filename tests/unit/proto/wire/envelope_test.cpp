#include "proto/wire/envelope.hpp"

#include <gtest/gtest.h>

#include "proto/base/prng.hpp"
#include "washup/v1/command.pb.h"
#include "washup/v1/common.pb.h"

namespace washup::wire {
namespace {

v1::Command some_command() {
    v1::Command command;
    command.set_id("c1");
    command.mutable_reopen()->set_stay("A:1");
    return command;
}

std::string fault_of(std::string_view bytes) {
    auto const frame = decode(bytes);
    return frame ? "none" : frame.error().field;
}

TEST(Envelope, GivesBackWhatWasPutIn) {
    auto const bytes = encode(Kind::command, some_command());
    auto const frame = decode(bytes);
    ASSERT_TRUE(frame);
    EXPECT_EQ(frame->kind, Kind::command);
    v1::Command back;
    ASSERT_TRUE(parse(*frame, back));
    EXPECT_EQ(back.reopen().stay(), "A:1");
}

TEST(Envelope, WritesItsHeaderBigEndian) {
    v1::Refusal refusal;
    refusal.set_code("ab");  // payload: 0a 02 61 62
    EXPECT_EQ(to_hex(encode(Kind::refusal, refusal)),
              "57534855"
              "0001"
              "000d"
              "00000004"
              "00000000"
              "0a026162");
}

TEST(Envelope, NamesEachFault) {
    auto const good = encode(Kind::command, some_command());
    EXPECT_EQ(fault_of(good), "none");
    EXPECT_EQ(fault_of(""), "short");
    EXPECT_EQ(fault_of(good.substr(0, 15)), "short");
    auto const with = [&](std::size_t at, char octet) {
        auto bytes = good;
        bytes[at] = octet;
        return fault_of(bytes);
    };
    EXPECT_EQ(with(0, 'w'), "magic");
    EXPECT_EQ(with(5, 2), "version");
    EXPECT_EQ(with(7, 0), "kind");
    EXPECT_EQ(with(7, 99), "kind");
    EXPECT_EQ(with(6, 1), "kind");
    EXPECT_EQ(with(15, 1), "reserved");
    EXPECT_EQ(fault_of(good + "x"), "length");
    EXPECT_EQ(fault_of(good.substr(0, good.size() - 1)), "length");
}

TEST(Envelope, TakesAFrameOfFrameBytesMaxAndRefusesOneMore) {
    v1::Refusal refusal;
    refusal.set_words(std::string(frame_bytes_max - envelope_header_bytes - 4, 'x'));
    ASSERT_TRUE(fits_frame(refusal));
    auto const bytes = encode(Kind::refusal, refusal);
    EXPECT_EQ(bytes.size(), frame_bytes_max);
    EXPECT_EQ(fault_of(bytes), "none");
    EXPECT_EQ(fault_of(bytes + "x"), "too_large");
    refusal.mutable_words()->push_back('x');
    EXPECT_FALSE(fits_frame(refusal));
    EXPECT_DEATH((void)encode(Kind::refusal, refusal), "fits_frame");
}

TEST(Envelope, RefusesAPayloadThatIsNotTheMessage) {
    v1::Refusal refusal;
    refusal.set_words("plain");
    auto bytes = encode(Kind::refusal, refusal);
    bytes[17] = 0x7f;  // a length beyond the end
    v1::Refusal back;
    auto const parsed = parse(*decode(bytes), back);
    ASSERT_FALSE(parsed);
    EXPECT_EQ(parsed.error().field, "payload");
}

// Depth costs stack, and a stranger chooses it: fields that nobody knows count like ours.
TEST(Envelope, TakesAMessageOfMessageDepthMaxAndRefusesOneDeeper) {
    auto const parses = [](int depth) {
        Bytes payload;
        for (int i = 0; i < depth; ++i) payload += "\xA3\x06";  // a group, field 100, opens
        for (int i = 0; i < depth; ++i) payload += "\xA4\x06";
        v1::Refusal refusal;
        Frame const frame{Kind::refusal, payload};
        return static_cast<bool>(parse(frame, refusal));
    };
    EXPECT_TRUE(parses(message_depth_max));
    EXPECT_FALSE(parses(message_depth_max + 1));
    EXPECT_FALSE(parses(10'000));
}

TEST(Envelope, PutsAFaultIntoARefusal) {
    auto const bytes = encode_refusal(decode("nonsense").error());
    auto const frame = decode(bytes);
    ASSERT_TRUE(frame);
    v1::Refusal refusal;
    ASSERT_TRUE(parse(*frame, refusal));
    EXPECT_EQ(refusal.code(), "short");
    EXPECT_FALSE(refusal.words().empty());
}

TEST(Envelope, SurvivesAnyOctets) {
    Prng prng(7);
    auto const good = encode(Kind::command, some_command());
    int refused = 0;
    for (int round = 0; round < 20'000; ++round) {
        auto bytes = good;
        for (std::uint64_t n = 1 + prng.below(4); n > 0; --n) {
            bytes[prng.below(bytes.size())] = static_cast<char>(prng.below(256));
        }
        bytes.resize(prng.below(bytes.size() + 8), 'x');
        auto const frame = decode(bytes);
        if (!frame) {
            ++refused;
            continue;
        }
        v1::Command back;
        (void)parse(*frame, back);
    }
    EXPECT_GT(refused, 10'000);
}

}  // namespace
}  // namespace washup::wire
