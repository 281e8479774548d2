// The journal's decoder: any octets give a record or an error, and what it accepts it writes again
// as something that decodes to the same record.

#include <cstdint>

#include "daemon/journal/codec.hpp"
#include "proto/base/check.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    using namespace washup;
    auto const record = journal::decode_record({reinterpret_cast<char const*>(data), size});
    if (!record) {
        WASHUP_CHECK(!record.error().words.empty(), "a refusal says why");
        return 0;
    }
    auto const bytes = journal::encode_record(*record);
    auto const again = journal::decode_record(bytes);
    WASHUP_CHECK(again && *again == *record, "what was accepted comes back the same");
    WASHUP_CHECK(journal::encode_record(*again) == bytes, "the same record gives the same octets");
    return 0;
}
