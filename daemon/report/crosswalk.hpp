#pragma once
// From our reasons back to the code lists of other times and returns. A list that was finer, or
// cut otherwise, gives several codes for one reason: then all of them are named, and nothing is
// chosen for the reader.

#include <optional>
#include <vector>

#include "daemon/core/config.hpp"

namespace washup::report {

struct OldCodes {
    std::vector<core::ListedCode const*> entries;  // in the list's order; none = no code of it
    std::string code() const;                      // "E", "Di or Dii", "" for none
    std::string label() const;
};
core::CodeList const* code_list(core::Config const& config, core::Code const& code);

// `holder` of the blocker: an entry that lists `disputed` is for what is disputed, and for that
// alone where another entry fits as well.
OldCodes old_codes(core::CodeList const& list, core::Code const& reason, core::Code const& holder);

// The holder a delay is told under, when `entries` allow only some: the blocker's own when it is
// one of them, the only one they allow, or none.
std::optional<core::Code> attribution(OldCodes const& codes, core::Code const& holder);

}  // namespace washup::report
