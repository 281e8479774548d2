#pragma once
// One HL7 v2 message to one observation, by a profile (adapters.md sections 2 and 3). Pure: the
// same message, profile and receipt time always give the same observation, so that a restart may
// map again what was not answered. It refuses nothing: what it cannot map becomes a SetAside with
// the field and the reason, and a field that cannot be read is left out and named in `unreadable`,
// for a person to see.

#include <string>
#include <string_view>
#include <vector>

#include "adapters/hl7v2/message.hpp"
#include "adapters/hl7v2/profile.hpp"
#include "proto/base/time.hpp"

namespace washup::v1 {
class Observation;
}

namespace washup::hl7v2 {

// Longer values are cut and marked doubtful; a longer visit number cannot be a key.
inline constexpr std::size_t value_bytes_max = 250;
inline constexpr std::size_t visit_number_bytes_max = 128;
// Of one PID-3 or of all MRG-1; a record must fit into one frame whatever a sender repeats.
inline constexpr std::size_t identifiers_max = 32;
// A number said twice is one: more are read than are kept.
inline constexpr std::size_t identifiers_read_max = 4 * identifiers_max;

// Fields of one message that are said to be unreadable; the last one speaks for the rest.
inline constexpr std::size_t unreadable_max = 16;

// "A01"; of messages that are not ADT "ORU^R01". MSH-9.2 decides, EVN-1 stands in for an empty one.
std::string trigger_of(Message const& message);

// The triggers this mapper knows; a profile may handle fewer.
std::vector<std::string> const& known_triggers();

void map_message(Message const& message, Profile const& profile, Instant received,
                 v1::Observation& out);
// The same from the octets of a message whose header could be read, by the profile's character set
// or its own. Gives its trigger.
std::string map_octets(std::string_view raw, Header const& header, Profile const& profile,
                       Instant received, v1::Observation& out);

// At most `value_bytes_max`, cut before a character.
std::string bounded(std::string text);

// One line about an observation for a person: "stay: admit, opens" or "set aside: PV1-44: ...".
// No patient data.
std::string describe(v1::Observation const& observation);

}  // namespace washup::hl7v2
