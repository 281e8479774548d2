#include "board/model/project.hpp"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>
#include <gtest/gtest.h>

#include "washup/v1/feed.pb.h"

namespace washup::board {
namespace {

v1::Row stay_row(std::string const& id) {
    v1::Row row;
    row.set_id(id);
    row.set_version(12);
    v1::StayRow& stay = *row.mutable_stay();
    stay.set_stay(7);
    stay.set_initials("EA");
    stay.set_days_lost(3);
    stay.mutable_ward()->set_state(v1::DOUBTFUL);
    stay.mutable_ward()->set_value("Ford");
    stay.mutable_ward()->set_why("ward not in config");
    stay.mutable_discharge_ready()->set_state(v1::KNOWN);
    stay.mutable_discharge_ready()->mutable_moment()->set_at_ms(1000);
    stay.mutable_discharge_ready()->mutable_moment()->set_precision(v1::PRECISION_DATE);
    auto& blocker = *stay.add_blockers();
    blocker.set_words("Night sitting");
    blocker.set_holds_clock(true);
    blocker.mutable_opened()->set_at_ms(5);
    auto& action = *stay.add_actions();
    action.set_state("open");
    action.set_owner_role("Therapist");
    action.mutable_deadline()->set_at_ms(77);
    return row;
}

TEST(Project, CarriesAStayWithItsDoubtItsBlockerAndItsAction) {
    Model model;
    apply_row(model, stay_row("s7"));
    ASSERT_EQ(model.stays.size(), 1u);
    Stay const& stay = model.stays.at("s7");
    EXPECT_EQ(stay.stay, 7u);
    EXPECT_EQ(stay.version, 12u);
    EXPECT_EQ(stay.ward.state, ValueState::doubtful);
    EXPECT_EQ(stay.ward.why, "ward not in config");
    ASSERT_TRUE(stay.discharge_ready.moment.has_value());
    EXPECT_EQ(stay.discharge_ready.moment->precision, Precision::date);
    EXPECT_FALSE(stay.bed.known());
    ASSERT_EQ(stay.blockers.size(), 1u);
    EXPECT_TRUE(stay.blockers[0].open());
    ASSERT_EQ(stay.actions.size(), 1u);
    EXPECT_EQ(stay.actions[0].deadline->at.ms, 77);
}

TEST(Project, PutsARowInPlaceOfTheOneWithItsId) {
    Model model;
    apply_row(model, stay_row("s7"));
    v1::Row later;
    later.set_id("s7");
    later.mutable_stay()->set_initials("OC");
    apply_row(model, later);
    ASSERT_EQ(model.stays.size(), 1u);
    EXPECT_EQ(model.stays.at("s7").initials, "OC");
    EXPECT_TRUE(model.stays.at("s7").blockers.empty());
}

TEST(Project, TakesAwayOnlyTheRowThatIsNamed) {
    Model model;
    apply_row(model, stay_row("7"));
    v1::Row source;
    source.set_id("7");
    source.mutable_source()->set_name("ward");
    apply_row(model, source);
    v1::RowName name;
    name.set_kind(v1::Row::kSource);
    name.set_id("7");
    remove_row(model, name);
    EXPECT_EQ(model.stays.size(), 1u);
    EXPECT_TRUE(model.sources.empty());
    remove_row(model, name);  // not there any more: nothing happens
    name.set_kind(31);        // a kind this program does not know
    remove_row(model, name);
    EXPECT_EQ(model.stays.size(), 1u);
}

TEST(Project, LeavesOutARowOfAKindItDoesNotKnow) {
    Model model;
    v1::Row row;
    row.set_id("x");
    apply_row(model, row);
    Model const nothing;
    EXPECT_EQ(model, nothing);
}

TEST(Project, ShowsNothingOfTheFormerRowsInANewList) {
    Model model;
    apply_row(model, stay_row("old"));
    model.link.epoch = "e1";
    clear_rows(model);
    apply_row(model, stay_row("new"));
    EXPECT_EQ(model.link.epoch, "e1");
    EXPECT_FALSE(model.stays.contains("old"));
    EXPECT_TRUE(model.stays.contains("new"));
}

TEST(Project, TakesTheDaemonsTimeFromItsHeartbeat) {
    Model model;
    v1::Heartbeat beat;
    beat.set_daemon_time_ms(9000);
    beat.set_site_words("QEQM");
    beat.set_head(5);
    beat.set_view(v1::VIEW_TIER_3);
    apply_heartbeat(model, beat, 123);
    EXPECT_EQ(model.link.heard_steady_ms, 123);
    EXPECT_EQ(model.link.daemon_time.ms, 9000);
    EXPECT_EQ(model.link.rate, 1.0);  // a heartbeat without a rate keeps real time
    EXPECT_EQ(model.tier, 3);
    EXPECT_EQ(model.site_words, "QEQM");
}

// Fills a field of whatever type with something that is not its default.
void fill(google::protobuf::Message& message, google::protobuf::FieldDescriptor const& field) {
    using Field = google::protobuf::FieldDescriptor;
    auto const* reflection = message.GetReflection();
    if (field.is_repeated()) {
        if (field.cpp_type() == Field::CPPTYPE_STRING) {
            reflection->AddString(&message, &field, "x");
        } else {
            google::protobuf::Message* part = reflection->AddMessage(&message, &field);
            fill(*part, *part->GetDescriptor()->field(0));
        }
        return;
    }
    switch (field.cpp_type()) {
        case Field::CPPTYPE_STRING:
            reflection->SetString(&message, &field, "x");
            break;
        case Field::CPPTYPE_BOOL:
            reflection->SetBool(&message, &field, true);
            break;
        case Field::CPPTYPE_INT32:
            reflection->SetInt32(&message, &field, 3);
            break;
        case Field::CPPTYPE_INT64:
            reflection->SetInt64(&message, &field, 3);
            break;
        case Field::CPPTYPE_UINT32:
            reflection->SetUInt32(&message, &field, 3);
            break;
        case Field::CPPTYPE_UINT64:
            reflection->SetUInt64(&message, &field, 3);
            break;
        case Field::CPPTYPE_ENUM:
            reflection->SetEnumValue(&message, &field, 1);
            break;
        case Field::CPPTYPE_MESSAGE: {
            auto* part = reflection->MutableMessage(&message, &field);
            for (int i = 0; i < part->GetDescriptor()->field_count(); ++i) {
                fill(*part, *part->GetDescriptor()->field(i));
            }
            break;
        }
        default:
            FAIL() << "a type the feed does not use: " << field.full_name();
    }
}

// Every field of every row kind reaches the Model: a row with one field set differs from an empty
// one. A field added to the schema and forgotten here fails.
TEST(Project, LosesNoFieldOfAnyRow) {
    for (int i = 0; i < v1::Row::descriptor()->field_count(); ++i) {
        auto const* kind = v1::Row::descriptor()->field(i);
        if (kind->containing_oneof() == nullptr) continue;
        for (int j = 0; j < kind->message_type()->field_count(); ++j) {
            v1::Row empty, filled;
            empty.set_id("a");
            filled.set_id("a");
            empty.GetReflection()->MutableMessage(&empty, kind);
            auto* part = filled.GetReflection()->MutableMessage(&filled, kind);
            fill(*part, *kind->message_type()->field(j));
            Model without, with;
            apply_row(without, empty);
            apply_row(with, filled);
            EXPECT_NE(without, with) << kind->message_type()->field(j)->full_name();
        }
    }
}

}  // namespace
}  // namespace washup::board
