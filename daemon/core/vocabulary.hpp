#pragma once
// From words as sources write them to codes of the configuration. The published labels are not the
// same bytes from month to month (dashes, no-break spaces, a missing blank), so both sides are
// folded before they are compared. Folded text is for comparing alone; it is never shown or stored.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/core/config.hpp"

namespace washup::core {

// Lower case, one blank for any run of blanks, dashes and underscores, none around a slash, no
// accents, plain quotes, "and" for &. Octets that are no UTF-8 are read as Windows-1252, the
// encoding of the published files.
std::string fold(std::string_view text);

struct ReasonMatch {
    Code reason;        // national
    Code local_reason;  // empty when the words name a national one
    friend bool operator==(ReasonMatch const&, ReasonMatch const&) = default;
};

// Every folded way to write this reason: code, label (with and without its family in front and its
// pathway behind), wall words, aliases. No two reasons of a Config share one: settings sees to it.
std::vector<std::string> spellings(ReasonConfig const& reason);

// Whom the time of a blocker belongs to when nobody says it: the local reason's holder, which is
// its parent's unless the site gives it one of its own.
Code default_holder(Config const& config, ReasonMatch const& reason);

std::optional<ReasonMatch> match_reason(Config const& config, std::string_view text);

// A step of the ladder, or a band (home, short_bed, long_bed) for an outcome known no closer. The
// word "home" alone is the band.
std::optional<Code> match_outcome(Config const& config, std::string_view text);

// A milestone of the site file, by its code or its words.
std::optional<Code> match_milestone(Config const& config, std::string_view text);

std::optional<Code> match_holder(Config const& config, std::string_view text);

}  // namespace washup::core
