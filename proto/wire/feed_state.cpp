#include "proto/wire/feed_state.hpp"

#include <google/protobuf/message.h>

#include <bit>
#include <vector>

#include "proto/base/check.hpp"
#include "washup/v1/feed.pb.h"

namespace washup::wire {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

void put_u32(Bytes& out, std::uint32_t number) {
    for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(number >> shift & 0xFFu);
}
void put_u64(Bytes& out, std::uint64_t number) {
    for (int shift = 56; shift >= 0; shift -= 8) out += static_cast<char>(number >> shift & 0xFFu);
}

void put_message(Bytes& out, Message const& message);

// One value: `index` counts within a repeated field and is -1 for a single one.
void put_value(Bytes& out, Message const& message, FieldDescriptor const* field, int index) {
    auto const* r = message.GetReflection();
    auto const one = index < 0;
    switch (field->cpp_type()) {
        case FieldDescriptor::CPPTYPE_BOOL:
            out += static_cast<char>(one ? r->GetBool(message, field)
                                         : r->GetRepeatedBool(message, field, index));
            return;
        case FieldDescriptor::CPPTYPE_INT32: {
            std::int64_t const wide =
                one ? r->GetInt32(message, field) : r->GetRepeatedInt32(message, field, index);
            return put_u64(out, static_cast<std::uint64_t>(wide));
        }
        case FieldDescriptor::CPPTYPE_INT64: {
            std::int64_t const wide =
                one ? r->GetInt64(message, field) : r->GetRepeatedInt64(message, field, index);
            return put_u64(out, static_cast<std::uint64_t>(wide));
        }
        case FieldDescriptor::CPPTYPE_UINT32:
            return put_u64(out, one ? r->GetUInt32(message, field)
                                    : r->GetRepeatedUInt32(message, field, index));
        case FieldDescriptor::CPPTYPE_UINT64:
            return put_u64(out, one ? r->GetUInt64(message, field)
                                    : r->GetRepeatedUInt64(message, field, index));
        case FieldDescriptor::CPPTYPE_ENUM: {
            std::int64_t const wide = one ? r->GetEnumValue(message, field)
                                          : r->GetRepeatedEnumValue(message, field, index);
            return put_u64(out, static_cast<std::uint64_t>(wide));
        }
        case FieldDescriptor::CPPTYPE_STRING:
            out += one ? r->GetString(message, field) : r->GetRepeatedString(message, field, index);
            return;
        case FieldDescriptor::CPPTYPE_MESSAGE:
            return put_message(out, one ? r->GetMessage(message, field)
                                        : r->GetRepeatedMessage(message, field, index));
        case FieldDescriptor::CPPTYPE_DOUBLE:
        case FieldDescriptor::CPPTYPE_FLOAT:
            break;
    }
    WASHUP_CHECK(false, "rows hold no floating numbers: they have no single set of octets");
}

void put_field(Bytes& out, Message const& message, FieldDescriptor const* field, int index) {
    put_u32(out, static_cast<std::uint32_t>(field->number()));
    auto const length_at = out.size();
    put_u32(out, 0);
    put_value(out, message, field, index);
    Bytes length;
    put_u32(length, static_cast<std::uint32_t>(out.size() - length_at - 4));
    out.replace(length_at, 4, length);
}

// ListFields gives the set fields in number order, which is the order of the contract.
void put_message(Bytes& out, Message const& message) {
    std::vector<FieldDescriptor const*> fields;
    message.GetReflection()->ListFields(message, &fields);
    for (auto const* field : fields) {
        if (!field->is_repeated()) {
            put_field(out, message, field, -1);
            continue;
        }
        auto const count = message.GetReflection()->FieldSize(message, field);
        for (int i = 0; i < count; ++i) put_field(out, message, field, i);
    }
}

}  // namespace

std::uint32_t row_kind(v1::Row const& row) {
    return static_cast<std::uint32_t>(row.of_case());
}

Bytes row_octets(v1::Row const& row) {
    Bytes out;
    auto const kind = row_kind(row);
    put_u32(out, kind);
    put_u32(out, static_cast<std::uint32_t>(row.id().size()));
    out += row.id();
    put_u64(out, row.version());
    if (kind == 0) return out;
    auto const* field = v1::Row::descriptor()->FindFieldByNumber(static_cast<int>(kind));
    put_message(out, row.GetReflection()->GetMessage(row, field));
    return out;
}

Digest128 row_digest(v1::Row const& row) {
    return blake2b_128(row_octets(row));
}

Bytes to_octets(Fingerprint const& fingerprint) {
    Bytes out;
    put_u64(out, fingerprint.high);
    put_u64(out, fingerprint.low);
    return out;
}

std::optional<Fingerprint> fingerprint_from_octets(std::string_view octets) {
    if (octets.size() != 16) return std::nullopt;
    Digest128 term;
    for (std::size_t i = 0; i < 16; ++i) term.bytes[i] = static_cast<std::uint8_t>(octets[i]);
    Fingerprint sum;
    sum.add(term);
    return sum;
}

bool FeedState::put(v1::Row const& row) {
    auto const kind = row_kind(row);
    if (kind == 0) return false;
    auto const term = row_digest(row);
    auto [it, added] = rows_.try_emplace({kind, row.id()});
    if (!added) {
        if (it->second.term == term) return false;
        fingerprint_.remove(it->second.term);
    }
    it->second = {std::make_shared<v1::Row const>(row), term};
    fingerprint_.add(term);
    return true;
}

bool FeedState::remove(std::uint32_t kind, std::string_view id) {
    auto const it = rows_.find({kind, std::string(id)});
    if (it == rows_.end()) return false;
    fingerprint_.remove(it->second.term);
    rows_.erase(it);
    return true;
}

void FeedState::clear() {
    rows_.clear();
    fingerprint_ = {};
}

v1::Row const* FeedState::find(std::uint32_t kind, std::string_view id) const {
    auto const it = rows_.find({kind, std::string(id)});
    return it == rows_.end() ? nullptr : it->second.row.get();
}

void FeedState::for_each(std::function<void(v1::Row const&)> const& visit) const {
    for (auto const& [name, held] : rows_) visit(*held.row);
}

}  // namespace washup::wire
