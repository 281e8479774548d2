#include "daemon/reader/tier.hpp"

#include <google/protobuf/descriptor.h>

#include <map>
#include <vector>

#include "proto/base/time.hpp"

namespace washup::reader {
namespace {

namespace pb = google::protobuf;

// What a tier may not see of a message, looked up once: most fields and most messages have nothing
// above it, and to ask protobuf's reflection about each of them cost more than to make the row.
struct Cut {
    struct Into {
        pb::FieldDescriptor const* field;
        Cut const* cut;
    };
    std::vector<pb::FieldDescriptor const*> away;
    std::vector<Into> into;
};
using Cuts = std::map<std::pair<pb::Descriptor const*, std::uint32_t>, Cut>;

// Null: nothing of it is above the tier.
Cut const* cut_of(Cuts& cuts, pb::Descriptor const* message, std::uint32_t tier) {
    auto const [it, fresh] = cuts.try_emplace({message, tier});
    auto& cut = it->second;
    for (int i = 0; fresh && i < message->field_count(); ++i) {
        auto const* field = message->field(i);
        if (field->options().GetExtension(v1::tier) > tier) {
            cut.away.push_back(field);
        } else if (field->cpp_type() == pb::FieldDescriptor::CPPTYPE_MESSAGE) {
            if (auto const* of = cut_of(cuts, field->message_type(), tier)) {
                cut.into.push_back({field, of});
            }
        }
    }
    return cut.away.empty() && cut.into.empty() ? nullptr : &cut;
}

void clear(pb::Message& message, Cut const& cut) {
    auto const* reflection = message.GetReflection();
    for (auto const* field : cut.away) reflection->ClearField(&message, field);
    for (auto const& [field, of] : cut.into) {
        if (!field->is_repeated()) {
            if (!reflection->HasField(message, field)) continue;
            clear(*reflection->MutableMessage(&message, field), *of);
            continue;
        }
        for (int i = 0; i < reflection->FieldSize(message, field); ++i) {
            clear(*reflection->MutableRepeatedMessage(&message, field, i), *of);
        }
    }
}

void clear_above(v1::Row& row, std::uint32_t tier) {
    struct OfTiers {
        Cuts cuts;
        std::vector<Cut const*> by_tier;
        OfTiers() {
            for (std::uint32_t t = 0; t < 3; ++t) {
                by_tier.push_back(cut_of(cuts, v1::Row::descriptor(), t));
            }
        }
    };
    static OfTiers const all;
    if (auto const* cut = all.by_tier.at(tier)) clear(row, *cut);
}

// Identifiers, and the free text of what is sensitive: that is for one pair of eyes.
void clear_for_the_room(v1::StayRow& stay) {
    for (auto& blocker : *stay.mutable_blockers()) {
        if (!blocker.sensitive()) continue;
        blocker.clear_note();
        blocker.clear_closed_why();
        for (auto& action : *stay.mutable_actions()) {
            if (action.blocker() == blocker.number()) action.clear_why();
        }
    }
    auto const* reflection = stay.GetReflection();
    std::vector<pb::FieldDescriptor const*> fields;
    reflection->ListFields(stay, &fields);
    for (auto const* field : fields) {
        if (field->options().GetExtension(v1::identifier)) reflection->ClearField(&stay, field);
    }
}

// A ward is few people: its figures tell who waits for what, and of what is sensitive as well.
bool of_a_ward(v1::Row const& row) {
    auto const is_ward = [](std::string const& scope) { return scope.starts_with("ward:"); };
    return (row.has_tally() && is_ward(row.tally().scope())) ||
           (row.has_people() && is_ward(row.people().scope())) ||
           (row.has_headline() && is_ward(row.headline().scope()));
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
    if (row.has_inbox() || of_a_ward(row)) return false;
    if (row.has_stay()) {
        if (view == v1::VIEW_TIER_0 || !on_a_wall(row.stay(), today_days)) return false;
        hide_sensitive(*row.mutable_stay());
    }
    // The room is tier 3 for a meeting, on a screen that more people see than the one who opened
    // it.
    if (view == v1::VIEW_ROOM) {
        if (row.has_stay()) clear_for_the_room(*row.mutable_stay());
        return true;
    }
    // The row's own name is a staff id, which is as good as the person's name.
    if (row.has_staff() && view < v1::VIEW_TIER_2) return false;
    clear_above(row, static_cast<std::uint32_t>(view));
    return true;
}

}  // namespace washup::reader
