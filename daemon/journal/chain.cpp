#include "daemon/journal/chain.hpp"

#include <fmt/format.h>

#include "daemon/journal/codec.hpp"

namespace washup::journal {
namespace {

void add(Bytes& out, std::uint64_t number) {
    for (int shift = 0; shift < 64; shift += 8) out.push_back(static_cast<char>(number >> shift));
}

}  // namespace

Digest128 chain_start(std::string_view epoch) {
    return blake2b_128(epoch, "washup journal 1");
}

Digest128 chain_next(Digest128 const& before, core::RecordNumber number, Instant at,
                     std::string_view body) {
    Bytes link{as_bytes(before)};
    link.reserve(32 + body.size());
    add(link, number.value());
    add(link, static_cast<std::uint64_t>(at.ms));
    link += body;
    return blake2b_128(link, "washup record 1");
}

Result<core::Record> ChainCheck::take(core::RecordNumber number, Instant at, std::string_view body,
                                      std::string_view digest) {
    if (number != next_) {
        return invalid(
            fmt::format("the journal has no record {}: {} comes in its place; "
                        "restore it from the backup",
                        next_.value(), number.value()));
    }
    auto const fit = chain_next(before_, number, at, body);
    if (digest != as_bytes(fit)) {
        return invalid(
            fmt::format("record {} of the journal is damaged: its digest does not fit; "
                        "restore it from the backup",
                        number.value()));
    }
    auto record = decode_record(body);
    if (!record) return record.error();
    if (record->number != number || record->at != at) {
        return invalid(fmt::format("record {} of the journal calls itself {}", number.value(),
                                   record->number.value()));
    }
    before_ = fit;
    next_ = core::RecordNumber{number.value() + 1};
    return record;
}

Result<void> ChainCheck::finish(core::RecordNumber head) const {
    if (next_ > head) return {};
    return invalid(
        fmt::format("the journal ends before record {}, and its head is {}; "
                    "restore it from the backup",
                    next_.value(), head.value()));
}

}  // namespace washup::journal
