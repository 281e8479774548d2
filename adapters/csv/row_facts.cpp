#include "adapters/csv/row_facts.hpp"

#include "adapters/csv/dates.hpp"
#include "adapters/csv/row_mapper.hpp"
#include "proto/base/capitals.hpp"

namespace washup::csv {
namespace {

v1::FieldFact& add_fact(v1::Observation& out, v1::Field field) {
    auto& fact = *out.add_facts();
    fact.set_field(field);
    return fact;
}

// A wrong birth date is no reason to lose the blocker beside it: it is kept as given, doubtful.
void map_birth_date(RowReader const& row, Cell const& cell, v1::FieldFact& fact) {
    auto const parsed = parse_hub_moment(cell.text, row.profile().two_digit_years_from);
    if (parsed) {
        fact.mutable_value()->set_text(to_iso(london_date(parsed->at)));
    } else {
        fact.mutable_value()->set_text(std::string{cell.text});
        fact.set_doubt("the birth date is not a date");
    }
}

void map_name(RowReader const& row, v1::Observation& out) {
    auto name = row.text("name");
    auto const family = row.text("family_name");
    auto const given = row.text("given_name");
    if (name.empty() && family.empty() && given.empty()) return;
    if (name.empty()) {
        name = capitals(family);
        if (!given.empty()) name += name.empty() ? given : ", " + given;
    }
    add_fact(out, v1::FIELD_NAME).mutable_value()->set_text(name);
}

void map_location(RowReader const& row, v1::Observation& out) {
    v1::Location place;
    place.set_site(row.code("site"));
    place.set_ward(row.code("ward"));
    place.set_bay(row.code("bay"));
    place.set_bed(row.code("bed"));
    // A site alone says nothing about where somebody lies.
    if (place.ward().empty() && place.bed().empty()) return;
    *add_fact(out, v1::FIELD_LOCATION).mutable_value()->mutable_location() = place;
}

Result<void> map_fact(RowReader const& row, Meaning const& meaning, v1::Observation& out) {
    auto const cell = row.cell(meaning.name);
    if (cell.state == Cell::State::cleared) {
        add_fact(out, meaning.field);
        return {};
    }
    if (!cell.filled()) return {};
    switch (meaning.form) {
        case Form::code:
            add_fact(out, meaning.field).mutable_value()->set_code(row.code(meaning.name));
            return {};
        case Form::postcode: {
            auto const district = postcode_district(cell.text);
            if (!district.empty()) add_fact(out, meaning.field).mutable_value()->set_code(district);
            return {};
        }
        case Form::birth_date:
            map_birth_date(row, cell, add_fact(out, meaning.field));
            return {};
        case Form::moment: {
            auto const moment = row.moment(meaning.name);
            if (!moment) return moment.error();
            *add_fact(out, meaning.field).mutable_value()->mutable_moment() = to_proto(**moment);
            return {};
        }
        case Form::text:
        case Form::location:
        case Form::other:
            return {};
    }
    return {};
}

}  // namespace

std::string postcode_district(std::string_view postcode) {
    std::string letters;
    std::size_t gap = std::string::npos;
    for (char const c : capitals(postcode)) {
        if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) {
            letters += c;
        } else if (c == ' ' && !letters.empty() && gap == std::string::npos) {
            gap = letters.size();
        }
    }
    // A whole postcode ends in digit, letter, letter; what stands before is the district.
    auto const size = letters.size();
    bool const whole = size >= 5 && letters[size - 3] >= '0' && letters[size - 3] <= '9' &&
                       letters[size - 2] >= 'A' && letters[size - 1] >= 'A';
    if (whole) return letters.substr(0, size - 3);
    if (gap != std::string::npos) letters.resize(gap);
    bool const district = letters.size() >= 2 && letters.size() <= 4 && letters[0] >= 'A';
    return district ? letters : std::string{};
}

Result<void> map_facts(RowReader const& row, v1::Observation& out) {
    map_name(row, out);
    map_location(row, out);
    for (auto const& meaning : meanings()) {
        if (meaning.field == v1::FIELD_NONE) continue;
        if (auto done = map_fact(row, meaning, out); !done) return done;
    }
    return {};
}

}  // namespace washup::csv
