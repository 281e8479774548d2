#include "daemon/journal/codec.hpp"

#include <fmt/format.h>

#include "daemon/journal/wire_reader.hpp"
#include "daemon/journal/wire_writer.hpp"

namespace washup::journal {

Bytes encode_record(core::Record const& record) {
    Bytes out;
    out.reserve(512);
    WireWriter{out}.message(record);
    return out;
}

Result<core::Record> decode_record(std::string_view bytes) {
    if (bytes.size() > record_bytes_max) {
        return Error{ErrorCode::too_large,
                     fmt::format("a record of {} octets is above record_bytes_max = {}",
                                 bytes.size(), record_bytes_max)};
    }
    core::Record record;
    WireReader reader;
    if (reader.message(bytes, record)) return record;
    auto const name = record.number ? fmt::format("record {}", record.number.value())
                                    : std::string{"a record without a readable number"};
    auto const field = reader.path().empty()
                           ? std::string{}
                           : fmt::format(" field {} of event.proto", reader.path());
    return invalid(fmt::format("{}:{} {}", name, field, reader.words()), reader.path());
}

}  // namespace washup::journal
