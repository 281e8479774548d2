#pragma once
// ADT messages as text, HL7 v2.4, UTF-8, segments ended by CR. It writes what it is given and
// decides nothing; escapes are its business. The dialect is that of
// config/sources/test_hospital.toml.

#include <optional>
#include <string>
#include <string_view>

#include "adapters/hospital/people.hpp"

namespace washup::hospital {

struct Place {
    std::string ward, bay, bed, site;
    friend bool operator==(Place const&, Place const&) = default;
};

// Everything a message may say of a visit; empty or absent = not said.
struct Adt {
    std::string trigger;  // A01
    std::string control_id;
    std::string site;  // MSH-4
    Instant sent;
    Instant occurred;  // EVN-6
    Person const* person = nullptr;
    std::string patient_class = "I";
    Place place;
    std::optional<Place> prior;
    std::string visit, admission_method, specialty, consultant, admission_source;
    std::optional<Instant> admitted, discharged;
    std::string discharge_method, destination;
    std::optional<Date> expected_discharge;
    std::optional<Instant> medically_optimised;
    std::optional<std::string> ready_date;  // yyyymmdd, or "\"\"": meets the criteria again
    std::string pathway;                    // P1
    std::string retired_number;             // A40: the hospital number that dies
    std::optional<Instant> died;
};
std::string write_adt(Adt const& adt);

std::string hl7_escaped(std::string_view text);
std::string hl7_time(Instant at);  // yyyymmddhhmmss, London
std::string hl7_date(Date date);

}  // namespace washup::hospital
