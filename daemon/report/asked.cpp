#include "daemon/report/asked.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace washup::report {

std::string option(Options const& options, std::string_view key) {
    auto const it = options.find(std::string(key));
    return it == options.end() ? std::string{} : it->second;
}

Result<derive::Scope> scope_asked(core::State const& state, Options const& options) {
    return derive::parse_scope(state, option(options, "scope"));
}

Result<std::size_t> one_of(Options const& options, std::string_view key,
                           std::vector<std::string> const& words, std::size_t otherwise) {
    auto const said = option(options, key);
    if (said.empty()) return otherwise;
    auto const it = std::find(words.begin(), words.end(), said);
    if (it != words.end()) return static_cast<std::size_t>(it - words.begin());
    return invalid(fmt::format("\"{}\" is none of: {}", said, fmt::join(words, ", ")),
                   std::string(key));
}

std::string yes_no(bool yes) {
    return yes ? "yes" : "no";
}

}  // namespace washup::report
