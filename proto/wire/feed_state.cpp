#include "proto/wire/feed_state.hpp"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <array>
#include <vector>

#include "proto/base/check.hpp"
#include "washup/v1/feed.pb.h"

namespace washup::wire {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

// What the octets of a message need to know of its schema, looked up once: asking protobuf's
// reflection for each value of each row cost more than all else that a row costs.
struct Plan {
    struct Field {
        FieldDescriptor::Type type{};  // 0 = not of this schema
        Plan const* message = nullptr;
    };
    std::vector<Field> by_number;
};
using Plans = std::map<Descriptor const*, Plan>;

Plan const& plan_of(Plans& plans, Descriptor const* message) {
    auto const [it, fresh] = plans.try_emplace(message);
    if (!fresh) return it->second;
    for (int i = 0; i < message->field_count(); ++i) {
        auto const* field = message->field(i);
        auto const type = field->cpp_type();
        WASHUP_CHECK(
            type != FieldDescriptor::CPPTYPE_DOUBLE && type != FieldDescriptor::CPPTYPE_FLOAT,
            "rows hold no floating numbers: they have no single set of octets");
        WASHUP_CHECK(!field->is_packed(), "rows hold no lists of numbers");
        auto& fields = it->second.by_number;
        auto const number = static_cast<std::size_t>(field->number());
        if (fields.size() <= number) fields.resize(number + 1);
        fields[number].type = field->type();
        if (type == FieldDescriptor::CPPTYPE_MESSAGE) {
            fields[number].message = &plan_of(plans, field->message_type());
        }
    }
    return it->second;
}

Plan const& row_plan() {
    static Plans plans;
    static Plan const& plan = plan_of(plans, v1::Row::descriptor());
    return plan;
}

template <class Number>
void put_number(Bytes& out, Number number) {
    std::array<char, sizeof(Number)> octets;
    for (auto octet = octets.rbegin(); octet != octets.rend(); ++octet) {
        *octet = static_cast<char>(number & 0xFFu);
        number >>= 8;
    }
    out.append(octets.data(), octets.size());
}
void put_u32(Bytes& out, std::size_t number) {
    put_number(out, static_cast<std::uint32_t>(number));
}
void put_u64(Bytes& out, std::uint64_t number) {
    put_number(out, number);
}

// What this very program's protobuf has just written; so nothing in it can be wrong.
std::uint64_t take_varint(std::string_view& in) {
    std::uint64_t number = 0;
    for (unsigned shift = 0;; shift += 7) {
        WASHUP_CHECK(!in.empty() && shift < 64, "protobuf writes whole numbers");
        auto const octet = static_cast<unsigned char>(in.front());
        in.remove_prefix(1);
        number |= static_cast<std::uint64_t>(octet & 0x7Fu) << shift;
        if (octet < 0x80u) return number;
    }
}

void put_scalar(Bytes& out, FieldDescriptor::Type type, std::uint64_t number) {
    switch (type) {
        case FieldDescriptor::TYPE_BOOL:
            out += static_cast<char>(number != 0);
            return;
        case FieldDescriptor::TYPE_SINT32:
        case FieldDescriptor::TYPE_SINT64:
            return put_u64(out, (number >> 1) ^ (~(number & 1) + 1));
        case FieldDescriptor::TYPE_INT32:
        case FieldDescriptor::TYPE_INT64:
        case FieldDescriptor::TYPE_UINT32:
        case FieldDescriptor::TYPE_UINT64:
        case FieldDescriptor::TYPE_ENUM:
            return put_u64(out, number);
        default:
            WASHUP_CHECK(false, "rows hold no numbers of fixed width");
    }
}

// From the octets that protobuf writes to those of the contract, which say as much and have one
// form alone. C++ writes the set fields of a schema in number order, which is that of the contract.
void put_message(Bytes& out, std::string_view in, Plan const& plan) {
    std::size_t last = 0;
    while (!in.empty()) {
        auto const tag = take_varint(in);
        auto const number = static_cast<std::size_t>(tag >> 3);
        auto const wire_type = tag & 7;
        WASHUP_CHECK(wire_type == 0 || wire_type == 2, "rows hold numbers and octets alone");
        auto const value = take_varint(in);
        std::string_view octets;
        if (wire_type == 2) {
            octets = in.substr(0, value);
            in.remove_prefix(value);
        }
        auto const known = number < plan.by_number.size() ? plan.by_number[number] : Plan::Field{};
        if (known.type == FieldDescriptor::Type{}) continue;  // of a newer schema
        WASHUP_CHECK(number >= last, "protobuf writes fields in number order");
        last = number;
        put_u32(out, number);
        auto const length_at = out.size();
        put_u32(out, octets.size());
        if (known.message == nullptr) {
            wire_type == 2 ? static_cast<void>(out.append(octets))
                           : put_scalar(out, known.type, value);
        } else {
            put_message(out, octets, *known.message);
        }
        auto length = out.size() - length_at - 4;
        for (auto at = length_at + 4; at-- > length_at; length >>= 8) {
            out[at] = static_cast<char>(length & 0xFFu);
        }
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
    put_u32(out, row.id().size());
    out += row.id();
    put_u64(out, row.version());
    if (kind == 0) return out;
    auto const* field = v1::Row::descriptor()->FindFieldByNumber(static_cast<int>(kind));
    auto const& of = row.GetReflection()->GetMessage(row, field);
    Bytes written;
    of.AppendToString(&written);
    out.reserve(out.size() + 3 * written.size() + 256);
    put_message(out, written, *row_plan().by_number[kind].message);
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
