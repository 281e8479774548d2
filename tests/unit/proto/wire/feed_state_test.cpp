#include "proto/wire/feed_state.hpp"

#include <gtest/gtest.h>

#include <vector>

#include <google/protobuf/message.h>

#include "proto/base/prng.hpp"
#include "washup/v1/feed.pb.h"

namespace washup::wire {
namespace {

v1::Row source_row(std::string const& id, std::uint64_t version, std::string const& words) {
    v1::Row row;
    row.set_id(id);
    row.set_version(version);
    row.mutable_source()->set_words(words);
    return row;
}

// The contract of proto/README.md, written out by hand.
TEST(FeedState, DigestsTheOctetsOfTheContract) {
    v1::Row row;
    row.set_id("q");
    row.set_version(258);
    auto* stay = row.mutable_stay();
    stay->mutable_ward()->set_state(v1::KNOWN);
    stay->mutable_ward()->set_value("W");
    stay->set_days_lost(-1);
    stay->add_marks("a");
    stay->add_marks("");
    stay->set_died(true);
    EXPECT_EQ(to_hex(row_octets(row)),
              "0000000a"
              "00000001"
              "71"
              "0000000000000102"
              // 6 ward: state = 1, value = "W"
              "00000006"
              "00000019"
              "00000001"
              "00000008"
              "0000000000000001"
              "00000002"
              "00000001"
              "57"
              // 16 days lost
              "00000010"
              "00000008"
              "ffffffffffffffff"
              // 30 marks, twice
              "0000001e"
              "00000001"
              "61"
              "0000001e"
              "00000000"
              // 37 died
              "00000025"
              "00000001"
              "01");
}

// Slowly, by protobuf's reflection, field by field: what the contract says of any message.
void put_number(Bytes& out, std::uint64_t number, int octets) {
    for (int shift = 8 * (octets - 1); shift >= 0; shift -= 8) {
        out += static_cast<char>(number >> shift & 0xFFu);
    }
}

Bytes octets_of(google::protobuf::Message const& message) {
    using Field = google::protobuf::FieldDescriptor;
    Bytes out;
    std::vector<Field const*> fields;
    auto const* r = message.GetReflection();
    r->ListFields(message, &fields);
    for (auto const* field : fields) {
        auto const count = field->is_repeated() ? r->FieldSize(message, field) : 1;
        for (int i = 0; i < count; ++i) {
            Bytes value;
            if (field->cpp_type() == Field::CPPTYPE_MESSAGE) {
                value = octets_of(field->is_repeated() ? r->GetRepeatedMessage(message, field, i)
                                                       : r->GetMessage(message, field));
            } else if (field->cpp_type() == Field::CPPTYPE_STRING) {
                value = field->is_repeated() ? r->GetRepeatedString(message, field, i)
                                             : r->GetString(message, field);
            } else if (field->cpp_type() == Field::CPPTYPE_BOOL) {
                put_number(value, r->GetBool(message, field) ? 1 : 0, 1);
            } else if (field->cpp_type() == Field::CPPTYPE_ENUM) {
                put_number(value, static_cast<std::uint64_t>(r->GetEnumValue(message, field)), 8);
            } else if (field->cpp_type() == Field::CPPTYPE_INT32) {
                std::int64_t const wide = r->GetInt32(message, field);
                put_number(value, static_cast<std::uint64_t>(wide), 8);
            } else if (field->cpp_type() == Field::CPPTYPE_INT64) {
                put_number(value, static_cast<std::uint64_t>(r->GetInt64(message, field)), 8);
            } else if (field->cpp_type() == Field::CPPTYPE_UINT32) {
                put_number(value, r->GetUInt32(message, field), 8);
            } else {
                put_number(value, r->GetUInt64(message, field), 8);
            }
            put_number(out, static_cast<std::uint64_t>(field->number()), 4);
            put_number(out, value.size(), 4);
            out += value;
        }
    }
    return out;
}

// Sets fields of any kind and depth, zeros and negative numbers among them.
void fill(google::protobuf::Message& message, Prng& chance) {
    using Field = google::protobuf::FieldDescriptor;
    auto const* r = message.GetReflection();
    for (int n = 0; n < message.GetDescriptor()->field_count(); ++n) {
        auto const* field = message.GetDescriptor()->field(n);
        if (field->containing_oneof() != nullptr && !field->has_optional_keyword()) continue;
        if (chance.chance(400)) continue;
        auto const number = chance.between(-3, 3) * chance.between(0, 1'000'000'000'000);
        auto const text = std::string(chance.below(200), 'x');
        for (int i = field->is_repeated() ? 0 : 1; i < 2; ++i) {
            if (field->cpp_type() == Field::CPPTYPE_MESSAGE) {
                fill(field->is_repeated() ? *r->AddMessage(&message, field)
                                          : *r->MutableMessage(&message, field),
                     chance);
            } else if (field->cpp_type() == Field::CPPTYPE_STRING) {
                field->is_repeated() ? r->AddString(&message, field, text)
                                     : r->SetString(&message, field, text);
            } else if (field->cpp_type() == Field::CPPTYPE_BOOL) {
                r->SetBool(&message, field, number != 0);
            } else if (field->cpp_type() == Field::CPPTYPE_ENUM) {
                r->SetEnumValue(&message, field, static_cast<int>(chance.below(5)));
            } else if (field->cpp_type() == Field::CPPTYPE_INT32) {
                r->SetInt32(&message, field, static_cast<std::int32_t>(number));
            } else if (field->cpp_type() == Field::CPPTYPE_INT64) {
                r->SetInt64(&message, field, number);
            } else if (field->cpp_type() == Field::CPPTYPE_UINT32) {
                r->SetUInt32(&message, field, static_cast<std::uint32_t>(number));
            } else {
                r->SetUInt64(&message, field, static_cast<std::uint64_t>(number));
            }
        }
    }
}

TEST(FeedState, DigestsEveryFieldOfEveryKindOfRowAsTheContractSays) {
    Prng chance{11};
    auto const* of = v1::Row::descriptor()->FindOneofByName("of");
    for (int n = 0; n < 60 * of->field_count(); ++n) {
        auto const* kind = of->field(n % of->field_count());
        v1::Row row;
        row.set_id("row");
        row.set_version(7);
        auto& message = *row.GetReflection()->MutableMessage(&row, kind);
        fill(message, chance);
        Bytes expected;
        put_number(expected, static_cast<std::uint64_t>(kind->number()), 4);
        put_number(expected, 3, 4);
        expected += "row";
        put_number(expected, 7, 8);
        EXPECT_EQ(to_hex(row_octets(row)), to_hex(expected + octets_of(message)))
            << row.ShortDebugString();
    }
}

TEST(FeedState, TellsASetZeroFromAnAbsentOneWhereTheSchemaDoes) {
    v1::Row absent, zero;
    absent.mutable_service();
    zero.mutable_service()->set_accepting(0);
    EXPECT_NE(row_digest(absent), row_digest(zero));
    v1::Row plain_zero = absent;
    plain_zero.mutable_service()->set_observed_at_ms(0);  // no presence: the same as absent
    EXPECT_EQ(row_digest(absent), row_digest(plain_zero));
}

TEST(FeedState, CountsKindIdAndVersion) {
    auto const row = source_row("a", 1, "x");
    auto other_kind = row;
    other_kind.mutable_team()->set_words("x");
    EXPECT_NE(row_digest(row), row_digest(source_row("b", 1, "x")));
    EXPECT_NE(row_digest(row), row_digest(source_row("a", 2, "x")));
    EXPECT_NE(row_digest(row), row_digest(source_row("a", 1, "y")));
    EXPECT_NE(row_digest(row), row_digest(other_kind));
}

TEST(FeedState, SaysWhetherAnythingChanged) {
    FeedState state;
    EXPECT_TRUE(state.put(source_row("a", 1, "x")));
    EXPECT_FALSE(state.put(source_row("a", 1, "x")));
    EXPECT_TRUE(state.put(source_row("a", 2, "x")));
    EXPECT_EQ(state.size(), 1u);
    EXPECT_EQ(state.find(14, "a")->version(), 2u);
    EXPECT_EQ(state.find(10, "a"), nullptr);
    EXPECT_FALSE(state.remove(14, "b"));
    EXPECT_TRUE(state.remove(14, "a"));
    EXPECT_EQ(state.fingerprint(), Fingerprint{});
    EXPECT_FALSE(state.put(v1::Row()));  // no kind
}

TEST(FeedState, GivesTheSameFingerprintByEveryRoad) {
    Prng prng(3);
    for (int round = 0; round < 50; ++round) {
        FeedState walked;
        for (int step = 0; step < 200; ++step) {
            auto const id = std::to_string(prng.below(20));
            if (prng.chance(300)) {
                walked.remove(14, id);
            } else {
                walked.put(source_row(id, prng.below(5), std::to_string(prng.below(3))));
            }
        }
        std::vector<v1::Row> rows;
        walked.for_each([&](v1::Row const& row) { rows.push_back(row); });
        FeedState straight;
        while (!rows.empty()) {
            auto const at = prng.below(rows.size());
            straight.put(rows[at]);
            rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(at));
        }
        EXPECT_EQ(walked.fingerprint(), straight.fingerprint());
        EXPECT_EQ(walked.size(), straight.size());
        if (straight.size() > 0) {
            v1::Row changed;
            straight.for_each([&](v1::Row const& row) { changed = row; });
            changed.set_version(99);
            straight.put(changed);
            EXPECT_NE(walked.fingerprint(), straight.fingerprint());
        }
        walked.clear();
        EXPECT_EQ(walked.fingerprint(), Fingerprint{});
    }
}

TEST(FeedState, GivesBackAFingerprintFromItsOctets) {
    FeedState state;
    state.put(source_row("a", 1, "x"));
    auto const octets = to_octets(state.fingerprint());
    EXPECT_EQ(octets.size(), 16u);
    EXPECT_EQ(to_hex(octets), state.fingerprint().hex());
    EXPECT_EQ(fingerprint_from_octets(octets), state.fingerprint());
    EXPECT_EQ(fingerprint_from_octets("short"), std::nullopt);
}

}  // namespace
}  // namespace washup::wire
