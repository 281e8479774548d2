// The published schema and the core structs say the same, proved from both sides: what protobuf
// writes from the schema is understood and written back without loss, and what the core writes
// holds nothing that the schema does not know.

#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include "daemon/journal/codec.hpp"
#include "tests/unit/daemon/journal/fill.hpp"
#include "washup/v1/event.pb.h"

namespace washup::journal {
namespace {

namespace pb = google::protobuf;
using Proto = v1::journal::Record;
using Kind = pb::FieldDescriptor;

// Sets every field of a message through its descriptor, each to a value of its own; of a oneof the
// kind number `one_of`.
class MessageFiller {
  public:
    explicit MessageFiller(int one_of) : one_of_(one_of) {}

    void fill(pb::Message& message) {
        auto const* type = message.GetDescriptor();
        for (int i = 0; i < type->field_count(); ++i) {
            auto const* field = type->field(i);
            if (field->real_containing_oneof() != nullptr && field->number() != one_of_) continue;
            if (field->is_repeated()) {
                for (int n = 0; n < 2; ++n) set(message, field, n);
            } else {
                set(message, field, -1);
            }
        }
    }

  private:
    void set(pb::Message& message, Kind const* field, int nth) {
        auto const* reflection = message.GetReflection();
        auto const many = nth >= 0;
        auto const number = ++next_;
        switch (field->cpp_type()) {
            case Kind::CPPTYPE_MESSAGE:
                return fill(many ? *reflection->AddMessage(&message, field)
                                 : *reflection->MutableMessage(&message, field));
            case Kind::CPPTYPE_STRING: {
                auto text = "text " + std::to_string(number);
                if (auto const octets = field->options().GetExtension(v1::journal::octets)) {
                    text.resize(octets, 'x');
                }
                return many ? reflection->AddString(&message, field, text)
                            : reflection->SetString(&message, field, text);
            }
            case Kind::CPPTYPE_BOOL:
                return reflection->SetBool(&message, field, true);
            case Kind::CPPTYPE_ENUM: {
                auto const count = field->enum_type()->value_count();
                return reflection->SetEnum(&message, field,
                                           field->enum_type()->value(1 + number % (count - 1)));
            }
            case Kind::CPPTYPE_UINT32:
                return reflection->SetUInt32(&message, field, static_cast<std::uint32_t>(number));
            case Kind::CPPTYPE_UINT64:
                return many ? reflection->AddUInt64(&message, field,
                                                    static_cast<std::uint64_t>(number))
                            : reflection->SetUInt64(&message, field,
                                                    static_cast<std::uint64_t>(number));
            case Kind::CPPTYPE_INT32: {
                auto const either = number % 2 == 0 ? number : -number;
                return many ? reflection->AddInt32(&message, field, either)
                            : reflection->SetInt32(&message, field, either);
            }
            case Kind::CPPTYPE_INT64:
                return reflection->SetInt64(&message, field, number % 2 == 0 ? number : -number);
            default:
                FAIL() << field->full_name() << " is of a kind that the journal does not write";
        }
    }

    int one_of_;
    int next_ = 0;
};

int kinds_of_event() {
    return v1::journal::Event::descriptor()->oneof_decl(0)->field_count();
}

TEST(Schema, HasAsManyKindsOfEventAsTheCore) {
    ASSERT_EQ(static_cast<std::size_t>(kinds_of_event()), std::variant_size_v<core::Event>);
    for (int i = 0; i < kinds_of_event(); ++i) {
        EXPECT_EQ(v1::journal::Event::descriptor()->oneof_decl(0)->field(i)->number(), i + 1);
    }
}

TEST(Schema, EveryFieldOfEveryMessageIsKnownToTheCoreAndComesBack) {
    for (int kind = 1; kind <= kinds_of_event(); ++kind) {
        Proto filled;
        MessageFiller{kind}.fill(filled);
        ASSERT_EQ(filled.events_size(), 2);
        ASSERT_EQ(static_cast<int>(filled.events(0).what_case()), kind);

        auto const record = decode_record(filled.SerializeAsString());
        ASSERT_TRUE(record) << "kind " << kind << ": " << record.error().words;
        Proto back;
        ASSERT_TRUE(back.ParseFromString(encode_record(*record)));
        std::string difference;
        pb::util::MessageDifferencer compare;
        compare.ReportDifferencesToString(&difference);
        EXPECT_TRUE(compare.Compare(filled, back)) << "kind " << kind << ": " << difference;
    }
}

bool has_unknown(pb::Message const& message) {
    auto const* reflection = message.GetReflection();
    if (!reflection->GetUnknownFields(message).empty()) return true;
    std::vector<Kind const*> fields;
    reflection->ListFields(message, &fields);
    for (auto const* field : fields) {
        if (field->cpp_type() != Kind::CPPTYPE_MESSAGE) continue;
        if (!field->is_repeated()) {
            if (has_unknown(reflection->GetMessage(message, field))) return true;
            continue;
        }
        for (int i = 0; i < reflection->FieldSize(message, field); ++i) {
            if (has_unknown(reflection->GetRepeatedMessage(message, field, i))) return true;
        }
    }
    return false;
}

TEST(Schema, EveryFieldThatTheCoreWritesIsPublished) {
    test::Filler filler{1};
    core::Record record;
    filler.fill(record.number);
    filler.fill(record.at);
    filler.fill(record.cause);
    record.events = test::every_kind(&filler);
    auto const bytes = encode_record(record);
    Proto published;
    ASSERT_TRUE(published.ParseFromString(bytes));
    EXPECT_FALSE(has_unknown(published));
    // What protobuf writes again is the same record: no field changed its type on the way.
    auto const back = decode_record(published.SerializeAsString());
    ASSERT_TRUE(back) << back.error().words;
    EXPECT_EQ(*back, record);
    // And with explicit presence or not, the octets are those that protobuf itself would write.
    EXPECT_EQ(published.SerializeAsString(), bytes);
}

// Every value of every enum the schema can name is known to the core.
void try_every_value(pb::Message& message, Proto const& whole, int& tried) {
    auto const* reflection = message.GetReflection();
    std::vector<Kind const*> fields;
    reflection->ListFields(message, &fields);
    for (auto const* field : fields) {
        if (field->cpp_type() == Kind::CPPTYPE_MESSAGE) {
            if (!field->is_repeated()) {
                try_every_value(*reflection->MutableMessage(&message, field), whole, tried);
            } else {
                for (int i = 0; i < reflection->FieldSize(message, field); ++i) {
                    auto* each = reflection->MutableRepeatedMessage(&message, field, i);
                    try_every_value(*each, whole, tried);
                }
            }
        }
        if (field->cpp_type() != Kind::CPPTYPE_ENUM) continue;
        for (int i = 0; i < field->enum_type()->value_count(); ++i) {
            auto const* value = field->enum_type()->value(i);
            reflection->SetEnum(&message, field, value);
            auto const decoded = decode_record(whole.SerializeAsString());
            EXPECT_TRUE(decoded) << field->full_name() << " = " << value->name();
            ++tried;
        }
        reflection->SetEnumValue(&message, field, 1000);
        EXPECT_FALSE(decode_record(whole.SerializeAsString())) << field->full_name();
        reflection->SetEnum(&message, field, field->enum_type()->value(1));
    }
}

TEST(Schema, EveryEnumValueIsKnownToTheCoreAndNoOther) {
    int tried = 0;
    for (int kind = 1; kind <= kinds_of_event(); ++kind) {
        Proto filled;
        MessageFiller{kind}.fill(filled);
        try_every_value(filled, filled, tried);
    }
    EXPECT_GT(tried, 100);
}

}  // namespace
}  // namespace washup::journal
