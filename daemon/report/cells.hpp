#pragma once
// How a report writes what it names: a person, a time, an outcome, a reason, somebody of the staff.
// Empty is unknown. Whoever is erased is said so.

#include <string>

#include "daemon/core/state.hpp"

namespace washup::report {

std::string stay_cell(core::StayId stay);                                 // "#17"
std::string name_cell(core::State const& state, core::Stay const& stay);  // "ADAMS, Edith"
// The same, and the number where there are no words: on a list for people nobody is nameless.
std::string person_cell(core::State const& state, core::Stay const& stay);
std::string place_cell(core::State const& state, core::Stay const& stay);  // "Ford A3"
std::string ward_cell(core::Config const& config, core::Code const& site, core::Code const& ward);
std::string field_cell(core::State const& state, core::Stay const& stay, core::Field field);
std::string outcome_cell(core::State const& state, core::Stay const& stay, core::Field field);
std::string reason_cell(core::Config const& config, core::Blocker const& blocker);
std::string staff_cell(core::State const& state, core::StaffId const& staff);
// Somebody of the staff list, else as a source wrote them.
std::string owner_cell(core::State const& state, core::Action const& action);
std::string words_cell(core::Sealed const& words);
std::string time_cell(Instant at);  // "2026-11-20 09:14", London; 0 = empty

}  // namespace washup::report
