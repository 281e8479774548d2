#pragma once
// The hospital's days as files, without any daemon: messages_DATE.hl7 (one message after another,
// separated by an empty line) and the hub's files beside them. The same seed writes the same bytes.

#include <cstdint>
#include <filesystem>

#include "adapters/hospital/model.hpp"
#include "proto/base/result.hpp"

namespace washup::hospital {

struct WrittenCounts {
    std::uint64_t messages = 0, files = 0;
};
Result<WrittenCounts> write_out(ModelOptions options, int days,
                                std::filesystem::path const& folder);

}  // namespace washup::hospital
