#include "daemon/reader/tier.hpp"

#include <google/protobuf/descriptor.h>

#include "proto/base/time.hpp"

namespace washup::reader {
namespace {

namespace pb = google::protobuf;

void clear_above(pb::Message& message, std::uint32_t tier) {
    auto const* reflection = message.GetReflection();
    std::vector<pb::FieldDescriptor const*> fields;
    reflection->ListFields(message, &fields);
    for (auto const* field : fields) {
        if (field->options().GetExtension(v1::tier) > tier) {
            reflection->ClearField(&message, field);
        } else if (field->cpp_type() == pb::FieldDescriptor::CPPTYPE_MESSAGE) {
            if (!field->is_repeated()) {
                clear_above(*reflection->MutableMessage(&message, field), tier);
                continue;
            }
            for (int i = 0; i < reflection->FieldSize(message, field); ++i) {
                clear_above(*reflection->MutableRepeatedMessage(&message, field, i), tier);
            }
        }
    }
}

bool on_a_wall(v1::StayRow const& stay, std::int32_t today_days) {
    if (stay.died() || stay.ended().value() == "recorded_in_error") return false;
    if (stay.ended().state() == v1::UNKNOWN || !stay.ended().has_moment()) return true;
    auto const date = london_date(Instant{stay.ended().moment().at_ms()});
    return today_days - date.days <= ended_on_walls_days_max;
}

// Sensitive reasons are never above family level on a wall: the theme alone.
void hide_sensitive(v1::StayRow& stay) {
    for (auto& blocker : *stay.mutable_blockers()) {
        if (!blocker.sensitive()) continue;
        blocker.clear_reason();
        blocker.set_words("Sensitive");
        for (auto& piece : *stay.mutable_chess_clock()) {
            if (piece.blocker() == blocker.number()) piece.set_words("Sensitive");
        }
        // An action that belongs to it could tell in its own words what the reason does not.
        for (auto& action : *stay.mutable_actions()) {
            if (action.blocker() == blocker.number()) action.clear_text();
        }
    }
}

}  // namespace

bool restrict_to(v1::View view, std::int32_t today_days, v1::Row& row) {
    if (view == v1::VIEW_TIER_3) return true;
    if (row.has_inbox()) return false;
    if (row.has_stay()) {
        if (view == v1::VIEW_TIER_0 || !on_a_wall(row.stay(), today_days)) return false;
        hide_sensitive(*row.mutable_stay());
    }
    // The row's own name is a staff id, which is as good as the person's name.
    if (row.has_staff() && view < v1::VIEW_TIER_2) return false;
    clear_above(row, static_cast<std::uint32_t>(view));
    return true;
}

}  // namespace washup::reader
