#pragma once
// The facts that a profile may place by [[observe]], by the names people write, and what kind of
// value each is. Only those that a ward feed can know and that have no standard field.

#include <string>
#include <string_view>
#include <vector>

namespace washup::hl7v2 {

std::vector<std::string> const& observed_field_names();
bool observed_field_is_moment(std::string_view name);
// Number of the schema's Field; 0 for an unknown name.
int observed_field_number(std::string_view name);

}  // namespace washup::hl7v2
