#pragma once
// Observations and commands in wire form, with the values no rule minds filled in. What the core
// builders (tests/support/core) are for decide, these are for the engine and what stands before it.

#include <string>

#include "washup/v1/command.pb.h"
#include "washup/v1/ingest.pb.h"

namespace washup::tests {

// "2026-11-09" or "2026-11-09T10:30", London.
v1::Moment wire_moment(std::string const& text);

// A ward's message about visit RZZ:`visit` of person `person`, an inpatient.
v1::Observation wire_stay(v1::StaySeen::Effect effect, std::string const& visit,
                          std::string const& person, std::string const& when);
v1::Observation wire_admit(std::string const& visit, std::string const& person,
                           std::string const& when, std::string const& ward = "FORD",
                           std::string const& bed = "A1");
v1::Observation wire_update(std::string const& visit, std::string const& person,
                            std::string const& when);
v1::Observation wire_discharge(std::string const& visit, std::string const& person,
                               std::string const& when, std::string const& how = "discharged");
v1::Observation wire_blocker(std::string const& person, std::string const& reason,
                             std::string const& opened, std::string const& reference = {});
v1::Observation wire_counted();

v1::FieldFact& add_moment(v1::Observation& o, v1::Field field, std::string const& when);
v1::FieldFact& add_code(v1::Observation& o, v1::Field field, std::string const& code);
v1::FieldFact& add_text(v1::Observation& o, v1::Field field, std::string const& text);
v1::FieldFact& add_place(v1::Observation& o, std::string const& ward, std::string const& bed,
                         std::string const& site = "STM");
void add_number(v1::Observation& o, v1::Identifier::Kind kind, std::string const& number,
                std::string const& name_space = {});

v1::Command wire_command(std::string const& id);
v1::Command wire_staff(std::string const& id, std::string const& staff = "posei",
                       std::string const& name = "Peter Osei");
v1::Command wire_action(std::string const& id, std::string const& stay, std::string const& deadline,
                        std::string const& text = "ring the daughter");
v1::Command wire_raise(std::string const& id, std::string const& stay, std::string const& reason);

}  // namespace washup::tests
