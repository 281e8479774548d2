#pragma once
// Reports as a test asks for them: one that must be made, or one that must be refused. All is
// handed back by value, because a reference into a document that nobody holds dies with its line.

#include <string>
#include <string_view>
#include <vector>

#include "daemon/report/report.hpp"

namespace washup::tests {

using Lines = std::vector<std::vector<std::string>>;

// Fails the test, saying why, when the report is refused.
report::Document made(core::State const& state, std::string_view name,
                      report::Options const& options = {});

// The lines of its first table.
Lines first_lines(core::State const& state, std::string_view name,
                  report::Options const& options = {});

// The field that was refused, or nothing when the report was made.
std::string refused_field(core::State const& state, std::string_view name,
                          report::Options const& options);

// "field: words", or "made".
std::string refusal(core::State const& state, std::string_view name,
                    report::Options const& options);

}  // namespace washup::tests
