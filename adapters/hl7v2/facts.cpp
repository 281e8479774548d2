// What a message says of a person and a stay, field by field. An absent field is no fact; "" is a
// fact without a value, which takes the value away (adapters.md 3.1, "Null and absent differ").

#include "adapters/hl7v2/framer.hpp"
#include "adapters/hl7v2/map_context.hpp"
#include "adapters/hl7v2/observed_fields.hpp"
#include "adapters/hl7v2/person_words.hpp"

namespace washup::hl7v2 {
namespace {

v1::FieldFact& add_fact(MapContext& context, v1::Field field) {
    auto& fact = *context.out.add_facts();
    fact.set_field(field);
    return fact;
}

void add_code(MapContext& context, v1::Field field, std::string const& code) {
    add_fact(context, field).mutable_value()->set_code(bounded(code));
}

void add_text(MapContext& context, v1::Field field, std::string const& text) {
    auto& fact = add_fact(context, field);
    fact.mutable_value()->set_text(bounded(text));
    if (text.size() > value_bytes_max) fact.set_doubt("the value was longer than 250 bytes; cut");
}

v1::FieldFact& add_moment(MapContext& context, v1::Field field, Moment const& moment) {
    auto& fact = add_fact(context, field);
    set_moment(*fact.mutable_value()->mutable_moment(), moment);
    return fact;
}

// A moment field: null clears, a time is taken, one that cannot be read is noted.
bool add_moment_from(MapContext& context, v1::Field field, Places const& places) {
    if (context.said(places).null()) {
        add_fact(context, field);
        return true;
    }
    auto const moment = context.moment(places);
    if (moment) add_moment(context, field, *moment);
    return moment.has_value();
}

std::optional<Position> pid(std::size_t field) {
    Position at;
    at.segment = "PID";
    at.field = field;
    return at;
}

void add_name(MapContext& context) {
    auto const raw = context.message.field(*pid(5));
    if (raw.empty()) return;
    if (is_null(raw)) {
        add_fact(context, v1::FIELD_NAME);
        return;
    }
    auto const name = name_words(raw, context.message.delimiters(), context.profile.name_types);
    if (!name.empty()) add_text(context, v1::FIELD_NAME, name);
}

void add_birth_date(MapContext& context) {
    auto const said = context.message.said(*pid(7));
    if (said.null()) add_fact(context, v1::FIELD_BIRTH_DATE);
    if (!said.value()) return;
    auto const date = read_birth_date(said.text);
    if (!date) return context.leave_out("PID-7", date.error().words);
    auto& fact = add_fact(context, v1::FIELD_BIRTH_DATE);
    fact.mutable_value()->set_text(*date);
    if (date->size() < 10) fact.set_doubt("the birth date has no day");
}

void add_postcode(MapContext& context) {
    auto const shielded = context.said(context.profile.shield);
    if (shielded.value() && (shielded.text == "Y" || shielded.text == "1")) {
        add_fact(context, v1::FIELD_POSTCODE_DISTRICT);
        return;
    }
    auto const& d = context.message.delimiters();
    auto const raw = context.message.field(*pid(11));
    if (is_null(raw)) add_fact(context, v1::FIELD_POSTCODE_DISTRICT);
    for (auto const repetition : parts(raw, d.repetition)) {
        auto const text = part(repetition, d.component, 5);
        if (text.empty()) continue;
        if (is_null(text)) {
            add_fact(context, v1::FIELD_POSTCODE_DISTRICT);
            return;
        }
        auto const district = postcode_district(unescaped(text, d));
        if (district.empty()) continue;  // an address abroad
        add_code(context, v1::FIELD_POSTCODE_DISTRICT, district);
        return;
    }
}

bool yes(Said const& said) {
    return said.value() && (said.text == "Y" || said.text == "y");
}

// Died when: PID-29; with PID-30 = Y alone the day of the message's own time, marked doubtful.
void add_died(MapContext& context) {
    auto const flag = context.said(context.profile.died);
    auto const time = context.said(context.profile.died_at);
    if (time.null() || flag.null() || (flag.value() && (flag.text == "N" || flag.text == "n"))) {
        add_fact(context, v1::FIELD_DIED_AT);
        return;
    }
    auto const at = context.moment(context.profile.died_at);
    if (at) {
        add_moment(context, v1::FIELD_DIED_AT, *at);
    } else if (yes(flag)) {
        auto const stands_in = context.happened ? context.happened : context.recorded;
        if (!stands_in) return context.leave_out("PID-29", "died, and no time at all is said");
        Moment const day{london_midnight(london_date(stands_in->at)), Precision::date};
        add_moment(context, v1::FIELD_DIED_AT, day)
            .set_doubt("PID-29 is empty; the day of the message stands for the time of death");
    }
}

// [[observe]]: a moment with a flag beside it, or a code.
void add_observed(MapContext& context, ObservedFact const& observed) {
    auto const field = static_cast<v1::Field>(observed_field_number(observed.fact));
    if (!observed_field_is_moment(observed.fact)) {
        auto const said = context.said(observed.value);
        if (said.null()) add_fact(context, field);
        if (!said.value()) return;
        auto const word = observed.values.find(said.text);
        if (!observed.values.empty() && word.empty()) {
            return context.leave_out(observed.value.front().to_text(),
                                     "the profile does not list this code for " + observed.fact);
        }
        return add_code(context, field, word.empty() ? said.text : word);
    }
    auto const flag = context.said(observed.flag);
    if (flag.null() || (flag.value() && observed.no.has(flag.text))) {
        add_fact(context, field);
        return;
    }
    auto const time = context.said(observed.time);
    if (flag.value() && !observed.yes.has(flag.text)) {
        return context.leave_out(observed.flag.front().to_text(),
                                 "neither yes nor no for " + observed.fact);
    }
    // Without a time each message would move the date on; the flag alone says nothing we can keep.
    if (flag.value() && time.absent()) {
        return context.leave_out(observed.time.front().to_text(),
                                 observed.fact + " is said without since when");
    }
    add_moment_from(context, field, observed.time);
}

void add_expected_discharge(MapContext& context) {
    auto const& profile = context.profile;
    if (!context.said(profile.expected_discharge).absent()) {
        add_moment_from(context, v1::FIELD_EXPECTED_DISCHARGE, profile.expected_discharge);
    } else if (context.trigger == "A16" &&
               !add_moment_from(context, v1::FIELD_EXPECTED_DISCHARGE, profile.planned_discharge)) {
        context.leave_out("PV2-9", "a pending discharge that does not say when");
    }
}

void add_admission(MapContext& context) {
    auto const& profile = context.profile;
    auto const told = add_moment_from(context, v1::FIELD_ADMITTED_AT, profile.admitted_at);
    auto const own = context.happened ? context.happened : context.recorded;
    if (!told && context.trigger == "A01" && own) {
        add_moment(context, v1::FIELD_ADMITTED_AT, *own)
            .set_doubt("PV1-44 says no time; the time of the event stands for it");
    }
    auto const method = context.said(profile.admission_method);
    if (method.null()) add_fact(context, v1::FIELD_ADMISSION_METHOD);
    if (method.value()) {
        auto const word = profile.admission_methods.find(method.text);
        add_code(context, v1::FIELD_ADMISSION_METHOD, word.empty() ? "other" : word);
    }
}

void add_staff(MapContext& context) {
    Position where;
    auto const consultant = context.said(context.profile.consultant, where);
    if (consultant.null()) add_fact(context, v1::FIELD_CONSULTANT);
    if (consultant.value()) {
        auto const words = staff_words(context.message.field(where), context.message.delimiters());
        if (!words.empty()) add_text(context, v1::FIELD_CONSULTANT, words);
    }
    auto const specialty = context.said(context.profile.specialty);
    if (specialty.null()) add_fact(context, v1::FIELD_SPECIALTY);
    if (specialty.value()) add_code(context, v1::FIELD_SPECIALTY, specialty.text);
}

}  // namespace

void add_person_facts(MapContext& context) {
    add_name(context);
    add_birth_date(context);
    auto const sex = context.message.said(*pid(8));
    if (sex.null()) add_fact(context, v1::FIELD_SEX);
    if (sex.value()) {
        auto const word = context.profile.sexes.find(sex.text);
        add_code(context, v1::FIELD_SEX, word.empty() ? "U" : word);
    }
    add_postcode(context);
    add_died(context);
}

void add_stay_facts(MapContext& context) {
    bool null = false;
    auto const location = location_at(context, 3, null);
    if (null) add_fact(context, v1::FIELD_LOCATION);
    if (location) {
        *add_fact(context, v1::FIELD_LOCATION).mutable_value()->mutable_location() = *location;
    }
    add_admission(context);
    add_expected_discharge(context);
    add_staff(context);
    for (auto const& observed : context.profile.observed) add_observed(context, observed);
}

std::optional<v1::Location> location_at(MapContext& context, std::size_t field, bool& null) {
    Position whole;
    whole.segment = "PV1";
    whole.field = field;
    auto const raw = context.message.field(whole);
    null = is_null(raw);
    if (raw.empty() || null) return std::nullopt;
    // The profile speaks of PV1-3; PV1-6 has the same components.
    auto const find = [&](Places const& places, Position& where) -> std::string {
        for (auto place : places) {
            if (place.segment == "PV1" && place.field == 3) place.field = field;
            auto const said = context.message.said_joined(place);
            where = place;
            if (said.value()) return bounded(said.text);
        }
        return {};
    };
    auto const& profile = context.profile;
    Position ward_at, bay_at, other_at;
    v1::Location out;
    out.set_ward(find(profile.ward, ward_at));
    auto const bay = find(profile.bay, bay_at);
    if (out.ward().empty() || bay_at.component != ward_at.component) out.set_bay(bay);
    out.set_bed(find(profile.bed, other_at));
    auto const said_any = !out.ward().empty() || !out.bay().empty() || !out.bed().empty();
    out.set_site(find(profile.site, other_at));
    if (!said_any && other_at.segment == "MSH") return std::nullopt;  // PV1-3 held no place at all
    return out;
}

void add_ending(MapContext& context) {
    auto const& profile = context.profile;
    auto const method = context.said(profile.discharge_method);
    auto const destination = context.said(profile.discharge_destination);
    auto how = method.value() ? profile.discharge_methods.find(method.text) : std::string{};
    auto const by_destination =
        destination.value() ? profile.destinations_ended.find(destination.text) : std::string{};
    if (how.empty() || (how == "discharged" && !by_destination.empty())) how = by_destination;
    if (yes(context.said(profile.died)) || context.said(profile.died_at).value()) how = "died";
    if (how.empty()) how = "discharged";

    auto at = context.moment(profile.discharged_at);
    if (!at) at = context.happened ? context.happened : context.recorded;
    auto& fact = add_fact(context, v1::FIELD_ENDING);
    fact.mutable_value()->set_code(how);
    if (at) set_moment(*fact.mutable_value()->mutable_moment(), *at);
    if (how == "discharged") add_proposed_outcome(context);
}

void add_proposed_outcome(MapContext& context) {
    auto const destination = context.said(context.profile.discharge_destination);
    if (destination.null()) add_fact(context, v1::FIELD_PROPOSED_OUTCOME);
    if (!destination.value()) return;
    auto const word = context.profile.destinations_outcome.find(destination.text);
    if (!word.empty()) add_code(context, v1::FIELD_PROPOSED_OUTCOME, word);
}

}  // namespace washup::hl7v2
