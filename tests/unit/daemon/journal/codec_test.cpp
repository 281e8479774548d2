#include "daemon/journal/codec.hpp"

#include <gtest/gtest.h>

#include "daemon/journal/wire_reader.hpp"
#include "daemon/journal/wire_writer.hpp"
#include "tests/unit/daemon/journal/fill.hpp"

namespace washup::journal {
namespace {

using core::Event;
using core::Record;

Record full_record() {
    test::Filler filler{1};
    Record record;
    filler.fill(record.number);
    filler.fill(record.at);
    filler.fill(record.cause);
    record.events = test::every_kind(&filler);
    return record;
}

Bytes octets(std::initializer_list<int> values) {
    Bytes out;
    for (int const value : values) out.push_back(static_cast<char>(value));
    return out;
}

TEST(Codec, GivesBackEveryFieldOfEveryEvent) {
    auto const record = full_record();
    auto const decoded = decode_record(encode_record(record));
    ASSERT_TRUE(decoded) << decoded.error().words;
    EXPECT_EQ(*decoded, record);
}

TEST(Codec, GivesBackEveryPrefixOfTheEventsSoThatNoKindHidesAnother) {
    auto const full = full_record();
    for (std::size_t i = 0; i < full.events.size(); ++i) {
        Record one = full;
        one.events = {full.events[i]};
        auto const decoded = decode_record(encode_record(one));
        ASSERT_TRUE(decoded) << i << ": " << decoded.error().words;
        EXPECT_EQ(*decoded, one) << i;
    }
}

TEST(Codec, KeepsTheKindOfAnEventWhoseFieldsAreAllEmpty) {
    Record record;
    record.events = test::every_kind(nullptr);
    auto const decoded = decode_record(encode_record(record));
    ASSERT_TRUE(decoded) << decoded.error().words;
    EXPECT_EQ(*decoded, record);
}

TEST(Codec, TellsAnAbsentOptionalFromOneThatHoldsZero) {
    core::CapacityReported zero;
    zero.total = 0;
    Record record;
    record.events = {zero, core::CapacityReported{}};
    auto const decoded = decode_record(encode_record(record));
    ASSERT_TRUE(decoded);
    EXPECT_EQ(std::get<core::CapacityReported>(decoded->events[0]).total, 0);
    EXPECT_EQ(std::get<core::CapacityReported>(decoded->events[1]).total, std::nullopt);
}

TEST(Codec, KeepsTheExtremesOfEveryKindOfNumber) {
    Record record;
    record.number = core::RecordNumber{std::numeric_limits<std::uint64_t>::max()};
    record.at = {std::numeric_limits<std::int64_t>::min()};
    record.events = {core::ClockStepped{{std::numeric_limits<std::int64_t>::max()}, {-1}},
                     core::DayTurned{{std::numeric_limits<std::int32_t>::min()}},
                     core::DayTurned{{std::numeric_limits<std::int32_t>::max()}}};
    auto const decoded = decode_record(encode_record(record));
    ASSERT_TRUE(decoded) << decoded.error().words;
    EXPECT_EQ(*decoded, record);
}

TEST(Codec, NeverWritesTheOpenWordsOfASealedText) {
    Record record;
    record.events = {core::StaffAdded{"s1", {"Words Nobody May Read", "boxed"}, "nurse", "t"}};
    auto const bytes = encode_record(record);
    EXPECT_EQ(bytes.find("Words"), Bytes::npos);
    auto const decoded = decode_record(bytes);
    ASSERT_TRUE(decoded);
    EXPECT_EQ(std::get<core::StaffAdded>(decoded->events[0]).name, (core::Sealed{"", "boxed"}));
}

TEST(Codec, RefusesAnUnknownFieldAndNamesRecordAndField) {
    Record record;
    record.number = core::RecordNumber{12};
    auto bytes = encode_record(record);
    // events(4) { day_turned(2) { 9: 1 } }
    bytes += octets({0x22, 4, 0x12, 2, 0x48, 1});
    auto const decoded = decode_record(bytes);
    ASSERT_FALSE(decoded);
    EXPECT_EQ(decoded.error().code, ErrorCode::invalid);
    EXPECT_EQ(decoded.error().field, "4.2.9");
    EXPECT_NE(decoded.error().words.find("record 12"), std::string::npos) << decoded.error().words;
    EXPECT_NE(decoded.error().words.find("newer"), std::string::npos) << decoded.error().words;
}

TEST(Codec, RefusesAKindOfEventThatANewerVersionMadeUp) {
    auto const beyond = static_cast<int>(std::variant_size_v<Event>) + 1;
    Bytes event;
    event.push_back(static_cast<char>(((beyond << 3 | 2) & 0x7F) | 0x80));
    event.push_back(static_cast<char>((beyond << 3 | 2) >> 7));
    event.push_back('\0');
    auto const decoded = decode_record(octets({0x22, static_cast<int>(event.size())}) + event);
    ASSERT_FALSE(decoded);
    EXPECT_EQ(decoded.error().field, "4." + std::to_string(beyond));
}

TEST(Codec, RefusesAnEventWithoutAKind) {
    auto const decoded = decode_record(octets({0x22, 0}));
    ASSERT_FALSE(decoded);
    EXPECT_EQ(decoded.error().field, "4");
}

TEST(Codec, RefusesAnEnumValueItDoesNotKnow) {
    // cause(3) { kind(1): 3 }
    auto const decoded = decode_record(octets({0x1A, 2, 0x08, 3}));
    ASSERT_FALSE(decoded);
    EXPECT_EQ(decoded.error().field, "3.1");
}

TEST(Codec, RefusesANumberThatDoesNotFit) {
    // events { day_turned { date: beyond 32 bits } }
    auto const decoded =
        decode_record(octets({0x22, 8, 0x12, 6, 0x08, 0x80, 0x80, 0x80, 0x80, 0x20}));
    ASSERT_FALSE(decoded);
    EXPECT_EQ(decoded.error().field, "4.2.1");
    // a varint of more than 64 bits
    EXPECT_FALSE(
        decode_record(octets({0x08, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x02})));
}

TEST(Codec, RefusesADigestOfAnotherLength) {
    // events { config_adopted { digest: 3 octets } }
    auto const decoded = decode_record(octets({0x22, 7, 0x0A, 5, 0x0A, 3, 1, 2, 3}));
    ASSERT_FALSE(decoded);
    EXPECT_EQ(decoded.error().field, "4.1.1");
}

TEST(Codec, RefusesEveryRecordThatIsCutShortInsideAField) {
    auto const whole = encode_record(full_record());
    auto const again = [](std::string_view bytes) {
        auto const decoded = decode_record(bytes);
        return decoded ? encode_record(*decoded) : Bytes{};
    };
    for (std::size_t size = 0; size < whole.size(); ++size) {
        auto const cut = std::string_view{whole}.substr(0, size);
        auto const back = again(cut);
        // Cut between two fields of the record it is a shorter record; else it is refused.
        EXPECT_TRUE(back.empty() || back == cut) << size;
    }
    EXPECT_EQ(again(whole), whole);
}

TEST(Codec, RefusesARecordAboveItsBound) {
    EXPECT_EQ(decode_record(Bytes(record_bytes_max + 1, '\0')).error().code, ErrorCode::too_large);
}

struct Numbers {
    std::vector<std::uint64_t> numbers;
    static void describe(auto& self, auto&& field) { field(1, self.numbers); }
};

TEST(Codec, ReadsRepeatedNumbersPackedAndOneByOne) {
    Numbers packed, single;
    WireReader reader;
    ASSERT_TRUE(reader.message(octets({0x0A, 3, 0x01, 0xAC, 0x02}), packed));
    ASSERT_TRUE(reader.message(octets({0x08, 0x01, 0x08, 0xAC, 0x02}), single));
    EXPECT_EQ(packed.numbers, (std::vector<std::uint64_t>{1, 300}));
    EXPECT_EQ(single.numbers, packed.numbers);
    Bytes written;
    WireWriter{written}.message(packed);
    EXPECT_EQ(written, octets({0x08, 0x01, 0x08, 0xAC, 0x02}));
}

TEST(Codec, WritesSignedNumbersInZigzag) {
    EXPECT_EQ(zigzag(0), 0u);
    EXPECT_EQ(zigzag(-1), 1u);
    EXPECT_EQ(zigzag(1), 2u);
    EXPECT_EQ(zigzag(std::numeric_limits<std::int64_t>::min()), ~std::uint64_t{0});
    for (std::int64_t const n : {-5, -1, 0, 7}) EXPECT_EQ(unzigzag(zigzag(n)), n);
}

}  // namespace
}  // namespace washup::journal
