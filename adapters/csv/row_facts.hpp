#pragma once
// The cells of a row that are facts of the stay or its person: name, dates, outcomes, place. Any
// kind of file may carry them beside its own matter.

#include "adapters/csv/row_reader.hpp"
#include "washup/v1/ingest.pb.h"

namespace washup::csv {

Result<void> map_facts(RowReader const& row, v1::Observation& out);

// "ct9 2qr" -> "CT9": the district is all that is kept of a postcode.
std::string postcode_district(std::string_view postcode);

}  // namespace washup::csv
