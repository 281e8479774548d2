#include "proto/wire/feed_state.hpp"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <boost/endian/conversion.hpp>

#include <algorithm>
#include <cstring>
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

// Writes into room that was made for the longest there can be: a row has some hundred fields, and
// to ask a string for room at each of their parts took as long as all else.
class Writer {
  public:
    // A field of the contract takes 8 octets and its value (a number 8), and protobuf at least 2.
    static constexpr std::size_t growth = 8;
    explicit Writer(std::size_t octets)
        : room_(std::make_unique_for_overwrite<char[]>(octets)), end_(room_.get()) {}

    template <class Number>
    void number(Number number) {
        write(end_, number);
        end_ += sizeof(Number);
    }
    void octets(std::string_view octets) {
        end_ = std::copy(octets.begin(), octets.end(), end_);  // of none, too: memcpy may not
    }
    // A length that is known only when what it counts is written.
    char* hold_length() { return std::exchange(end_, end_ + sizeof(std::uint32_t)); }
    void settle_length(char* at) {
        auto const length = end_ - at - static_cast<std::ptrdiff_t>(sizeof(std::uint32_t));
        write(at, static_cast<std::uint32_t>(length));
    }
    std::string_view written() const {
        return {room_.get(), static_cast<std::size_t>(end_ - room_.get())};
    }

  private:
    template <class Number>
    static void write(char* at, Number number) {
        boost::endian::native_to_big_inplace(number);
        std::memcpy(at, &number, sizeof(Number));
    }
    std::unique_ptr<char[]> room_;
    char* end_;
};

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

void put_scalar(Writer& out, FieldDescriptor::Type type, std::uint64_t number) {
    switch (type) {
        case FieldDescriptor::TYPE_BOOL:
            return out.number(static_cast<std::uint8_t>(number != 0));
        case FieldDescriptor::TYPE_SINT32:
        case FieldDescriptor::TYPE_SINT64:
            return out.number((number >> 1) ^ (~(number & 1) + 1));
        case FieldDescriptor::TYPE_INT32:
        case FieldDescriptor::TYPE_INT64:
        case FieldDescriptor::TYPE_UINT32:
        case FieldDescriptor::TYPE_UINT64:
        case FieldDescriptor::TYPE_ENUM:
            return out.number(number);
        default:
            WASHUP_CHECK(false, "rows hold no numbers of fixed width");
    }
}

struct Taken {
    std::size_t number = 0;
    bool is_octets = false;
    std::uint64_t value = 0;  // of a number
    std::string_view octets;
};
Taken take_field(std::string_view& in) {
    Taken field;
    auto const tag = take_varint(in);
    field.number = static_cast<std::size_t>(tag >> 3);
    auto const wire_type = tag & 7;
    WASHUP_CHECK(wire_type == 0 || wire_type == 2, "rows hold numbers and octets alone");
    field.is_octets = wire_type == 2;
    field.value = take_varint(in);
    if (field.is_octets) {
        field.octets = in.substr(0, field.value);
        in.remove_prefix(field.value);
    }
    return field;
}

// From the octets that protobuf writes to those of the contract, which say as much and have one
// form alone. C++ writes the set fields of a schema in number order, which is that of the contract.
void put_message(Writer& out, std::string_view in, Plan const& plan) {
    std::size_t last = 0;
    while (!in.empty()) {
        auto const field = take_field(in);
        auto const known =
            field.number < plan.by_number.size() ? plan.by_number[field.number] : Plan::Field{};
        if (known.type == FieldDescriptor::Type{}) continue;  // of a newer schema
        WASHUP_CHECK(field.number >= last, "protobuf writes fields in number order");
        last = field.number;
        out.number(static_cast<std::uint32_t>(field.number));
        auto* const length = out.hold_length();
        if (known.message != nullptr) {
            put_message(out, field.octets, *known.message);
        } else if (field.is_octets) {
            out.octets(field.octets);
        } else {
            put_scalar(out, known.type, field.value);
        }
        out.settle_length(length);
    }
}

// As row_octets, from what write_row gave.
Writer octets_of_written(std::string_view written) {
    std::string_view id, of;
    std::uint64_t version = 0;
    std::uint32_t kind = 0;
    auto const& plan = row_plan().by_number;
    Writer out{Writer::growth * written.size() + 64};
    while (!written.empty()) {
        auto const field = take_field(written);
        if (field.number == v1::Row::kIdFieldNumber) id = field.octets;
        if (field.number == v1::Row::kVersionFieldNumber) version = field.value;
        if (field.number >= plan.size() || plan[field.number].message == nullptr) continue;
        kind = static_cast<std::uint32_t>(field.number);
        of = field.octets;
    }
    out.number(kind);
    out.number(static_cast<std::uint32_t>(id.size()));
    out.octets(id);
    out.number(version);
    if (kind != 0) put_message(out, of, *plan[kind].message);
    return out;
}

v1::Row read_row(std::string_view written) {
    v1::Row row;
    auto const size = static_cast<int>(written.size());
    WASHUP_CHECK(row.ParsePartialFromArray(written.data(), size), "it was written here");
    return row;
}

}  // namespace

std::uint32_t row_kind(v1::Row const& row) {
    return static_cast<std::uint32_t>(row.of_case());
}

Bytes write_row(v1::Row const& row) {
    return row.SerializePartialAsString();
}

Bytes row_octets(v1::Row const& row) {
    return Bytes{octets_of_written(write_row(row)).written()};
}

Digest128 row_digest(v1::Row const& row) {
    return blake2b_128(octets_of_written(write_row(row)).written());
}

Bytes to_octets(Fingerprint const& fingerprint) {
    Writer out{2 * sizeof(std::uint64_t)};
    out.number(fingerprint.high);
    out.number(fingerprint.low);
    return Bytes{out.written()};
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
    return put(row_kind(row), row.id(), write_row(row));
}

bool FeedState::put(std::uint32_t kind, std::string const& id, Bytes written) {
    if (kind == 0) return false;
    auto [it, added] = rows_.try_emplace({kind, id});
    if (!added && it->second.written == written) return false;
    auto const term = blake2b_128(octets_of_written(written).written());
    if (!added) {
        if (it->second.term == term) return false;
        fingerprint_.remove(it->second.term);
    }
    it->second = {std::move(written), term};
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

std::string_view FeedState::written(std::uint32_t kind, std::string_view id) const {
    auto const it = rows_.find({kind, std::string(id)});
    return it == rows_.end() ? std::string_view{} : it->second.written;
}

std::shared_ptr<v1::Row const> FeedState::find(std::uint32_t kind, std::string_view id) const {
    auto const held = written(kind, id);
    return held.empty() ? nullptr : std::make_shared<v1::Row const>(read_row(held));
}

void FeedState::for_each(std::function<void(v1::Row const&)> const& visit) const {
    for (auto const& [name, held] : rows_) visit(read_row(held.written));
}

void FeedState::for_each_written(std::function<void(std::string_view)> const& visit) const {
    for (auto const& [name, held] : rows_) visit(held.written);
}

}  // namespace washup::wire
