#include "adapters/hl7v2/adt_mapper.hpp"

#include <array>

#include "adapters/hl7v2/charset.hpp"
#include "adapters/hl7v2/map_context.hpp"
#include "adapters/hl7v2/person_words.hpp"
#include "proto/base/capitals.hpp"
#include "proto/base/check.hpp"

namespace washup::hl7v2 {
namespace {

using Effect = v1::StaySeen::Effect;

// The triggers of today (adapters.md section 2).
struct StayTrigger {
    std::string_view name;
    Effect effect;
    bool opens;             // may open a stay nobody has announced
    bool opens_when_ended;  // even with PV1-45 filled: A01 is the admission, A13 takes the end back
};
constexpr std::array stay_triggers{
    StayTrigger{"A01", v1::StaySeen::ADMIT, true, true},
    StayTrigger{"A02", v1::StaySeen::TRANSFER, true, false},
    StayTrigger{"A03", v1::StaySeen::DISCHARGE, false, false},
    StayTrigger{"A08", v1::StaySeen::UPDATE, true, false},
    StayTrigger{"A11", v1::StaySeen::CANCEL_ADMIT, false, false},
    StayTrigger{"A12", v1::StaySeen::CANCEL_TRANSFER, true, false},
    StayTrigger{"A13", v1::StaySeen::CANCEL_DISCHARGE, true, true},
    StayTrigger{"A16", v1::StaySeen::UPDATE, true, false},
};

StayTrigger const* stay_trigger(std::string_view name) {
    for (auto const& trigger : stay_triggers) {
        if (trigger.name == name) return &trigger;
    }
    return nullptr;
}

bool cancels(Effect effect) {
    return effect == v1::StaySeen::CANCEL_ADMIT || effect == v1::StaySeen::CANCEL_TRANSFER ||
           effect == v1::StaySeen::CANCEL_DISCHARGE;
}

Places place(std::string_view text) {
    auto parsed = Position::parse(text);
    return {*parsed};
}

std::string value_at(Message const& message, std::string_view at) {
    return message.said(*Position::parse(at)).text;
}

void set_aside(MapContext& context, v1::SetAside::Why why, std::string field, std::string words) {
    // Nothing of it is applied, so nothing of it is sent.
    context.out.Clear();
    auto& aside = *context.out.mutable_set_aside();
    aside.set_why(why);
    aside.set_field(std::move(field));
    aside.set_words(std::move(words));
}

void read_times(MapContext& context) {
    static auto const sent_at = place("MSH-7"), recorded_at = place("EVN-2"),
                      happened_at = place("EVN-6");
    context.sent = context.moment(sent_at);
    context.recorded = context.moment(recorded_at);
    if (!context.recorded) context.recorded = context.sent;
    context.happened = context.moment(happened_at);
}

void set_times(MapContext& context, std::optional<Moment> const& occurred) {
    auto& times = *context.out.mutable_times();
    if (occurred) set_moment(*times.mutable_occurred(), *occurred);
    if (context.recorded) times.set_recorded_ms(context.recorded->at.ms);
    if (context.sent) times.set_message_ms(context.sent->at.ms);
}

// EVN-6, else the fact's own time, else EVN-2, else MSH-7. In a cancel EVN-6 names the fact that is
// taken back; in A16 it is the planned discharge, while the plan itself was made at EVN-2.
std::optional<Moment> occurred_at(MapContext& context, Effect effect) {
    if (cancels(effect) || context.trigger == "A16") return context.recorded;
    if (context.happened) return context.happened;
    std::optional<Moment> own;
    if (effect == v1::StaySeen::ADMIT) own = context.moment(context.profile.admitted_at);
    if (effect == v1::StaySeen::DISCHARGE) own = context.moment(context.profile.discharged_at);
    return own ? own : context.recorded;
}

void add_cancelled(MapContext& context, Effect effect, v1::StaySeen& stay) {
    auto at = context.happened;
    if (!at && effect == v1::StaySeen::CANCEL_ADMIT) {
        at = context.moment(context.profile.admitted_at);
    }
    if (!at && effect == v1::StaySeen::CANCEL_DISCHARGE) {
        at = context.moment(context.profile.discharged_at);
    }
    if (at) set_moment(*stay.mutable_cancels_at(), *at);
    if (effect != v1::StaySeen::CANCEL_TRANSFER) return;
    bool null = false;
    if (auto const from = location_at(context, 6, null)) *stay.mutable_taken_back() = *from;
}

void map_person(MapContext& context) {
    if (context.out.subject().identifiers().empty()) {
        return set_aside(context, v1::SetAside::UNMAPPABLE, "PID-3", "no number of a person");
    }
    set_times(context, context.happened ? context.happened : context.recorded);
    add_person_facts(context);
    context.out.mutable_person();
}

void map_merge(MapContext& context) {
    if (context.out.subject().identifiers().empty()) {
        return set_aside(context, v1::SetAside::UNMAPPABLE, "PID-3",
                         "a merge that names no surviving person");
    }
    auto& merge = *context.out.mutable_merge();
    for (auto const& segment : context.message.all("MRG")) {
        add_identifiers(context, "MRG-1", segment.field(1), *merge.mutable_retired());
    }
    if (merge.retired().empty()) {
        return set_aside(context, v1::SetAside::UNMAPPABLE, "MRG-1",
                         "a merge that names no retired person");
    }
    set_times(context, context.happened ? context.happened : context.recorded);
    add_person_facts(context);
}

void map_stay(MapContext& context, StayTrigger const& trigger) {
    auto const inpatient = !context.profile.not_inpatient.has(value_at(context.message, "PV1-2"));
    std::string field, words;
    if (!add_visit(context, field, words)) {
        // A08 without a visit is about the person alone.
        if (trigger.name == "A08" && !context.out.subject().identifiers().empty()) {
            return map_person(context);
        }
        if (!inpatient) {
            context.out.Clear();
            context.out.mutable_counted()->set_kind("not inpatient");
            return;
        }
        return set_aside(context, v1::SetAside::UNMAPPABLE, field, words);
    }
    auto const ended = context.said(context.profile.discharged_at).value();
    auto& stay = *context.out.mutable_stay();
    stay.set_effect(trigger.effect);
    stay.set_inpatient(inpatient);
    stay.set_opens(inpatient && trigger.opens && (!ended || trigger.opens_when_ended));
    stay.set_inferred(trigger.name != "A01");
    set_times(context, occurred_at(context, trigger.effect));
    if (cancels(trigger.effect)) add_cancelled(context, trigger.effect, stay);
    add_person_facts(context);
    // What a message says of a stay that never was is no fact of it.
    if (trigger.effect == v1::StaySeen::CANCEL_ADMIT) return;
    add_stay_facts(context);
    if (trigger.effect == v1::StaySeen::DISCHARGE) add_ending(context);
    // After a discharge A08 carries the corrected destination.
    if (trigger.name == "A08" && ended) add_proposed_outcome(context);
}

}  // namespace

std::string trigger_of(Message const& message) {
    auto const type = capitals(value_at(message, "MSH-9.1"));
    auto event = capitals(value_at(message, "MSH-9.2"));
    if (type.empty() || type == "ADT") {
        return event.empty() ? capitals(value_at(message, "EVN-1")) : event;
    }
    return event.empty() ? type : type + "^" + event;
}

std::vector<std::string> const& known_triggers() {
    static std::vector<std::string> const names = [] {
        std::vector<std::string> out;
        for (auto const& trigger : stay_triggers) out.emplace_back(trigger.name);
        out.insert(out.end(), {"A28", "A31", "A40"});
        return out;
    }();
    return names;
}

std::string map_octets(std::string_view raw, Header const& header, Profile const& profile,
                       Instant received, v1::Observation& out) {
    auto const charset = profile.charset.empty() ? header.value(18) : profile.charset;
    auto const message = Message::parse(to_utf8(raw, charset));
    WASHUP_CHECK(message.has_value(), "a message whose header was read can be parsed");
    map_message(*message, profile, received, out);
    return trigger_of(*message);
}

void map_message(Message const& message, Profile const& profile, Instant received,
                 v1::Observation& out) {
    out.Clear();
    MapContext context{message, profile, received, trigger_of(message), out};
    auto const processing = value_at(message, "MSH-11");
    if (context.trigger.empty()) {
        set_aside(context, v1::SetAside::UNMAPPABLE, "MSH-9", "the message says no type");
        return;
    }
    if (!profile.processing_ids.has(processing)) {
        set_aside(context, v1::SetAside::TEST_MESSAGE, "MSH-11",
                  "test message: MSH-11 is not one the profile takes as live");
        return;
    }
    auto const* stay = stay_trigger(context.trigger);
    auto const person = context.trigger == "A28" || context.trigger == "A31";
    auto const known = stay != nullptr || person || context.trigger == "A40";
    if (!known || !profile.handles.has(context.trigger)) {
        set_aside(context, v1::SetAside::NOT_YET_HANDLED, "MSH-9",
                  bounded(context.trigger) +
                      (known ? " is not one that the profile handles" : " is not yet handled"));
        return;
    }
    // A merge of several pairs in one message, or two messages of which one lost its header: whose
    // facts are whose must not be guessed.
    if (message.all("PID").size() > 1) {
        set_aside(context, v1::SetAside::UNMAPPABLE, "PID",
                  "the message speaks of several persons; send one message for each");
        return;
    }
    read_times(context);
    add_person(context);
    if (stay) {
        map_stay(context, *stay);
    } else if (person) {
        map_person(context);
    } else {
        map_merge(context);
    }
}

}  // namespace washup::hl7v2
