#pragma once
// Words in capitals, as surnames are shown: "Sánchez" is "SÁNCHEZ" from every source, so that the
// same name is not two. Not for comparing (fold.hpp).

#include <string>
#include <string_view>

namespace washup {

// Each letter's own capital; a letter without one, as the German sharp s, and octets that are no
// UTF-8 stay what they are.
std::string capitals(std::string_view utf8);

}  // namespace washup
