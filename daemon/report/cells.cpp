#include "daemon/report/cells.hpp"

#include <fmt/format.h>

#include "daemon/core/reading.hpp"
#include "daemon/report/stays.hpp"

namespace washup::report {
std::string stay_cell(core::StayId stay) {
    return fmt::format("#{}", stay.value());
}

std::string words_cell(core::Sealed const& words) {
    return words.text.empty() && !words.box.empty() ? "erased" : words.text;
}

std::string name_cell(core::State const& state, core::Stay const& stay) {
    auto const name = core::read(state, stay, core::Field::name);
    return name.known() ? words_cell(name.fact->value.text) : std::string{};
}

std::string person_cell(core::State const& state, core::Stay const& stay) {
    auto const name = core::read(state, stay, core::Field::name);
    auto const words = name.known() ? name.fact->value.text.text : std::string{};
    return words.empty() ? stay_cell(stay.id) : words;
}

std::string ward_cell(core::Config const& config, core::Code const& site, core::Code const& ward) {
    auto const* const found = core::ward_config(config, site, ward);
    return found == nullptr ? ward : found->words;
}

std::string place_cell(core::State const& state, core::Stay const& stay) {
    auto const place = core::location_at(state, stay, state.last_at);
    auto cell = ward_cell(state.config, core::site_code(state.config, place.site), place.ward);
    if (!place.bed.empty()) cell += (cell.empty() ? "" : " ") + place.bed;
    return cell;
}

std::string field_cell(core::State const& state, core::Stay const& stay, core::Field field) {
    auto const said = core::read(state, stay, field);
    if (!said.known()) return {};
    auto const& value = said.fact->value;
    if (!value.code.empty()) return value.code;
    if (value.moment) {
        return value.moment->precision == Precision::date ? to_iso(london_date(value.moment->at))
                                                          : time_cell(value.moment->at);
    }
    return words_cell(value.text);
}

std::string outcome_cell(core::State const& state, core::Stay const& stay, core::Field field) {
    auto const said = core::read(state, stay, field);
    return said.known() ? outcome_words(state.config, said.fact->value.code) : std::string{};
}

std::string reason_cell(core::Config const& config, core::Blocker const& blocker) {
    if (blocker.reason.empty() && blocker.local_reason.empty()) return "to be mapped";
    return reason_words(config, blocker.reason, blocker.local_reason);
}

std::string staff_cell(core::State const& state, core::StaffId const& staff) {
    auto const it = state.staff.find(staff);
    if (it == state.staff.end() || it->second.name.text.empty()) return staff;
    return it->second.name.text;
}

std::string owner_cell(core::State const& state, core::Action const& action) {
    return action.owner.empty() ? words_cell(action.owner_as_given)
                                : staff_cell(state, action.owner);
}

std::string time_cell(Instant at) {
    if (at.ms == 0) return {};
    auto const wall = london_wall(at);
    return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}", wall.year, wall.month, wall.day, wall.hour,
                       wall.minute);
}

}  // namespace washup::report
