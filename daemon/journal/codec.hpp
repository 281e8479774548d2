#pragma once
// core::Record <-> octets, as proto/washup/v1/event.proto publishes them. The fields come from the
// describe() functions of the core structs; there is no list of fields here that could be
// forgotten. The open words of a Sealed are not written: seal before encoding, open after decoding
// (seal.hpp).

#include <string_view>

#include "daemon/core/record.hpp"

namespace washup::journal {

// No record is longer: a site file of thousands of wards is well below it.
inline constexpr std::size_t record_bytes_max = std::size_t{16} << 20;

// Always gives the same octets for the same record.
Bytes encode_record(core::Record const& record);

// Error invalid: names the record, when its number was readable, and the field by its path of field
// numbers; too_large above record_bytes_max.
Result<core::Record> decode_record(std::string_view bytes);

}  // namespace washup::journal
