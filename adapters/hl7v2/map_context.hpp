#pragma once
// What the parts of the mapper share while one message is mapped. Not for users of the mapper.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/hl7v2/adt_mapper.hpp"
#include "washup/v1/ingest.pb.h"

namespace washup::hl7v2 {

struct MapContext {
    Message const& message;
    Profile const& profile;
    Instant received;
    std::string trigger;
    v1::Observation& out;

    std::optional<Moment> recorded{};  // EVN-2, else MSH-7
    std::optional<Moment> happened{};  // EVN-6
    std::optional<Moment> sent{};      // MSH-7

    Said said(Places const& places) const;
    // The first place that says something, and which it was.
    Said said(Places const& places, Position& where) const;
    // A moment from the first place that speaks; one that cannot be read is noted as unreadable.
    std::optional<Moment> moment(Places const& places);
    // Authority that stands for the sender: MSH-4, else MSH-3.
    std::string sender_authority() const;
    void leave_out(std::string field, std::string words);
};

void set_moment(v1::Moment& out, Moment const& moment);

// identity.cpp: who is meant.
void add_identifiers(MapContext& context, std::string const& place, std::string_view raw_field,
                     google::protobuf::RepeatedPtrField<v1::Identifier>& out);
void add_person(MapContext& context);
// False: nothing in the message names the stay; `field` and `words` say what is missing.
bool add_visit(MapContext& context, std::string& field, std::string& words);

// facts.cpp: what is said about them.
void add_person_facts(MapContext& context);
void add_stay_facts(MapContext& context);
void add_ending(MapContext& context);
void add_proposed_outcome(MapContext& context);
// From PV1-3 (field 3) or, by the same components, PV1-6. Empty optional: not said.
std::optional<v1::Location> location_at(MapContext& context, std::size_t field, bool& null);

}  // namespace washup::hl7v2
