#pragma once
// What a feed means by its fields: the same fact sits in different places at different trusts
// (adapters.md section 3), so every place, list and code map is data of config/sources/*.toml and
// none is in the mapper. A profile says only what differs from default.toml.

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/hl7v2/message.hpp"
#include "adapters/hl7v2/timestamp.hpp"
#include "config/load/faults.hpp"
#include "proto/base/result.hpp"

namespace washup::hl7v2 {

// Code of the feed to word of ours. Looked up without regard to case.
class CodeMap {
  public:
    void set(std::string_view code, std::string word);
    // The word; empty when the code is not listed.
    std::string find(std::string_view code) const;
    bool empty() const { return words_.empty(); }

  private:
    std::map<std::string, std::string> words_;
};

class CodeList {
  public:
    void set(std::vector<std::string> const& codes);
    bool has(std::string_view code) const;

  private:
    std::vector<std::string> codes_;
};

struct SenderMatch {
    std::string application;  // MSH-3, first component; empty = any
    std::string facility;     // MSH-4
};

using Places = std::vector<Position>;  // the first that says something counts

// A fact that has no standard place: a Z field or an OBX of the trust's own.
struct ObservedFact {
    std::string fact;  // "discharge_ready", ...: a Field of the schema in lower case
    Places flag;       // yes or no; may be empty
    CodeList yes, no;
    Places time;     // of facts that are a moment
    Places value;    // of facts that are a code or text
    CodeMap values;  // empty: the code as given
};

struct Profile {
    std::string name;
    std::string words;  // for a person: what feed this is
    std::vector<SenderMatch> matches;

    // [message]
    CodeList handles;         // triggers; the others are kept raw until one of these names them
    CodeList processing_ids;  // MSH-11 that is live; everything else is a test message
    std::string charset;      // overrides MSH-18
    Zone zone;
    bool force_original_ack = false;  // AA even when MSH-15 asks for CA
    bool control_id_unique = false;   // the same MSH-10 with other content is worth a warning

    // [person]
    Places identifiers, identifiers_when_empty;
    CodeList nhs_authorities, nhs_types, local_types;
    std::string default_authority;  // of local numbers that name none; empty: MSH-4
    CodeList name_types;            // XPN-7 that is the name to show
    CodeMap sexes;
    Places shield;  // a yes here hides the address

    // [visit]
    Places visit_number;
    std::string visit_authority;  // empty: the number's own component 4, else MSH-4
    CodeList not_inpatient;       // PV1-2

    // [location]; positions of components within PV1-3 are used for PV1-6 as well
    Places ward, bay, bed, site;

    // [dates]
    Places admitted_at, discharged_at, expected_discharge, planned_discharge;

    // [admission] and [discharge]
    Places admission_method;
    CodeMap admission_methods;
    Places discharge_method, discharge_destination;
    CodeMap discharge_methods;     // to how the stay ended
    CodeMap destinations_ended;    // destinations that say how it ended: another hospital
    CodeMap destinations_outcome;  // to a code of the outcome ladder
    Places died, died_at;

    // [staff]
    Places consultant, specialty;

    std::vector<ObservedFact> observed;  // [[observe]]
};

class ProfileSet {
  public:
    // All *.toml of `folder`; default.toml must be among them. Faults are in `faults`, all of them.
    static ProfileSet load(std::filesystem::path const& folder, config::Faults& faults);

    Profile const* find(std::string_view name) const;
    std::vector<std::string> names() const;

    // The profile for a message: the one named on the command line; else the one whose match fits
    // best (both given before one given); else default.
    Profile const& choose(std::string_view named, std::string_view application,
                          std::string_view facility) const;

  private:
    std::map<std::string, Profile> profiles_;
};

}  // namespace washup::hl7v2
