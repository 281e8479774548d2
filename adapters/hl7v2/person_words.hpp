#pragma once
// Names and postcodes as HL7 sends them to the words the board shows. Pure.

#include <string>
#include <string_view>

#include "adapters/hl7v2/message.hpp"

namespace washup::hl7v2 {

class CodeList;

// XPN, the repetition whose type is listed, else the first: "FAMILY, Given Middle".
std::string name_words(std::string_view raw, Delimiters const& delimiters, CodeList const& types);
// XCN: "Dr Kevin Cuddy"; an id alone stays as it is.
std::string staff_words(std::string_view raw, Delimiters const& delimiters);
// "CT9" of "CT9 1AA", "ct91aa" or "CT9"; empty when it is no UK postcode.
std::string postcode_district(std::string_view postcode);

}  // namespace washup::hl7v2
