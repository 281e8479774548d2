#pragma once
// Small translations from wire values to core values; shared by observe.cpp and read_command.cpp.

#include "daemon/core/event.hpp"
#include "daemon/core/figure_commands.hpp"
#include "daemon/ingest/observe.hpp"
#include "washup/v1/common.pb.h"

namespace washup::ingest {

std::string text_of(std::string const& text);  // bounded, trimmed
std::optional<Moment> moment_of(v1::Moment const& moment);
// What a time that cannot be one says, for a person to see: "0001-01-01".
std::string said_time(v1::Moment const& moment);
// Milliseconds as an instant; 0 ("not said") when it cannot be a time.
Instant instant_of(std::int64_t ms);
// The first field, however deep, that holds a time that cannot be one: its name and what it says.
struct NoTime {
    std::string field, said;
};
std::optional<NoTime> find_no_time(google::protobuf::Message const& message);
core::Location location_of(v1::Location const& location);
core::Value value_of(v1::Value const& value);
core::ObservedIdentifier identifier_of(v1::Identifier const& identifier, AliasHash const& hash);
std::optional<core::ObservedVisit> visit_of(v1::VisitNumber const& visit, AliasHash const& hash);
// Field numbers of the wire that this daemon knows.
std::optional<core::Field> field_of(int number);

// Counters of one service, from the source's or the person's form of the same message.
template <class Wire>
core::CapacityReported counters_of(Wire const& wire) {
    core::CapacityReported c;
    c.service = text_of(wire.service());
    c.council = text_of(wire.council());
    c.name = text_of(wire.name());
    c.kind = text_of(wire.kind());
    c.zone = text_of(wire.zone());
    c.pathway = text_of(wire.pathway());
    c.unit = text_of(wire.unit());
    if (wire.has_total()) c.total = wire.total();
    if (wire.has_occupied()) c.occupied = wire.occupied();
    if (wire.has_reserved()) c.reserved = wire.reserved();
    if (wire.has_out_of_service()) c.out_of_service = wire.out_of_service();
    if (wire.has_accepting()) c.accepting = wire.accepting();
    return c;
}

// A figure that was counted elsewhere, likewise.
template <class Wire>
core::ReportFigure figure_of(Wire const& wire) {
    core::ReportFigure figure{text_of(wire.measure()), text_of(wire.scope()), {}, {}, {}};
    if (wire.has_from()) figure.from = moment_of(wire.from());
    if (wire.has_until()) figure.until = moment_of(wire.until());
    if (wire.has_thousandths()) figure.thousandths = wire.thousandths();
    return figure;
}

}  // namespace washup::ingest
