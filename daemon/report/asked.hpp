#pragma once
// Reading the options that several reports share: whose figures, of which dates. An option left out
// is its default; one that is wrong is an error that names it.

#include <optional>

#include "daemon/derive/scope.hpp"
#include "daemon/derive/tallies.hpp"
#include "daemon/report/report.hpp"

namespace washup::report {

inline constexpr OptionKind scope_option{
    "scope", "all; area:, site:, team: and a code; ward:SITE/WARD. All when left out"};

// The option's words; empty when left out.
std::string option(Options const& options, std::string_view key);

Result<derive::Scope> scope_asked(core::State const& state, Options const& options);

// One of `words` under `key`; the place in the list. Left out: `otherwise`.
Result<std::size_t> one_of(Options const& options, std::string_view key,
                           std::vector<std::string> const& words, std::size_t otherwise);

std::string yes_no(bool yes);

}  // namespace washup::report
