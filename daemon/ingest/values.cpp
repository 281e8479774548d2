#include "daemon/ingest/values.hpp"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include "proto/base/nhs_number.hpp"

namespace washup::ingest {
namespace {

// 1800 to 2200: outside of it a time is a fault of its source, not a time.
constexpr std::int64_t earliest_ms = -5'364'662'400'000;
constexpr std::int64_t latest_ms = 7'258'118'400'000;

std::string_view trimmed(std::string_view text) {
    auto const first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

}  // namespace

std::string text_of(std::string const& text) {
    auto const whole = trimmed(text);
    if (whole.size() <= text_bytes_max) return std::string{whole};
    auto end = text_bytes_max - 3;
    while (end > 0 && (static_cast<unsigned char>(whole[end]) & 0xC0) == 0x80)
        --end;  // whole letters
    return std::string{whole.substr(0, end)} + "...";
}

std::optional<Moment> moment_of(v1::Moment const& moment) {
    if (moment.at_ms() < earliest_ms || moment.at_ms() > latest_ms) return {};
    auto const precision =
        moment.precision() == v1::PRECISION_DATE ? Precision::date : Precision::minute;
    return Moment{Instant{moment.at_ms()}, precision};
}

Instant instant_of(std::int64_t ms) {
    return ms < earliest_ms || ms > latest_ms ? Instant{} : Instant{ms};
}

std::string said_time(v1::Moment const& moment) {
    // Years 1 to 9999: what a calendar can write.
    constexpr std::int64_t day_ms = 86'400'000, first_ms = -62'135'596'800'000;
    constexpr std::int64_t last_ms = 253'402'300'799'999;
    if (moment.at_ms() < first_ms || moment.at_ms() > last_ms) return "a time beyond any calendar";
    auto const days = (moment.at_ms() - first_ms) / day_ms + first_ms / day_ms;
    return to_iso(Date{static_cast<std::int32_t>(days)});
}

std::optional<NoTime> find_no_time(google::protobuf::Message const& message) {
    auto const* reflection = message.GetReflection();
    std::vector<google::protobuf::FieldDescriptor const*> fields;
    reflection->ListFields(message, &fields);
    for (auto const* field : fields) {
        if (field->is_repeated()) continue;
        if (field->cpp_type() != google::protobuf::FieldDescriptor::CPPTYPE_MESSAGE) continue;
        auto const& inner = reflection->GetMessage(message, field);
        auto const* moment = dynamic_cast<v1::Moment const*>(&inner);
        if (moment != nullptr && !moment_of(*moment)) {
            return NoTime{field->name(), said_time(*moment)};
        }
        if (auto found = find_no_time(inner)) return found;
    }
    return {};
}

core::Location location_of(v1::Location const& location) {
    return {text_of(location.site()), text_of(location.ward()), text_of(location.bay()),
            text_of(location.bed())};
}

core::Value value_of(v1::Value const& wire) {
    core::Value value;
    value.code = text_of(wire.code());
    if (wire.has_moment()) value.moment = moment_of(wire.moment());
    if (wire.has_location()) {
        auto location = location_of(wire.location());
        if (!location.empty()) value.location = std::move(location);
    }
    value.text.text = text_of(wire.text());
    return value;
}

core::ObservedIdentifier identifier_of(v1::Identifier const& wire, AliasHash const& hash) {
    core::ObservedIdentifier identifier;
    auto number = text_of(wire.value());
    auto const name_space = text_of(wire.namespace_());
    switch (wire.kind()) {
        case v1::Identifier::NHS: {
            identifier.kind = core::IdentifierKind::nhs;
            auto const digits = nhs_number_digits(number);
            identifier.doubtful = !valid_nhs_number(digits);
            if (!identifier.doubtful) number = digits;
            identifier.key = hash("nhs", {}, number);
            break;
        }
        case v1::Identifier::COUNCIL:
            identifier.kind = core::IdentifierKind::council;
            identifier.name_space = name_space;
            identifier.key = hash("council", name_space, number);
            break;
        default:
            identifier.name_space = name_space;
            identifier.key = hash("local", name_space, number);
            break;
    }
    identifier.number.text = std::move(number);
    return identifier;
}

std::optional<core::ObservedVisit> visit_of(v1::VisitNumber const& wire, AliasHash const& hash) {
    auto const number = text_of(wire.number());
    if (number.empty()) return {};
    core::ObservedVisit visit;
    visit.authority = text_of(wire.authority());
    visit.number.text = number;
    visit.key = hash("visit", visit.authority, number);
    return visit;
}

std::optional<core::Field> field_of(int number) {
    auto const field = static_cast<core::Field>(number);
    if (number <= 0 || std::string_view{core::name_of(field)} == "nothing") return {};
    return field;
}

}  // namespace washup::ingest
