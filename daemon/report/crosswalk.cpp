#include "daemon/report/crosswalk.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace washup::report {
namespace {

constexpr char const* disputed = "disputed";

bool has(std::vector<core::Code> const& list, core::Code const& code) {
    return std::find(list.begin(), list.end(), code) != list.end();
}

}  // namespace

std::string OldCodes::code() const {
    std::vector<std::string> codes;
    for (auto const* entry : entries) codes.push_back(entry->code);
    return fmt::format("{}", fmt::join(codes, " or "));
}

std::string OldCodes::label() const {
    std::vector<std::string> labels;
    for (auto const* entry : entries) labels.push_back(entry->label);
    return fmt::format("{}", fmt::join(labels, " / "));
}

core::CodeList const* code_list(core::Config const& config, core::Code const& code) {
    for (auto const& list : config.code_lists) {
        if (list.code == code) return &list;
    }
    return nullptr;
}

OldCodes old_codes(core::CodeList const& list, core::Code const& reason, core::Code const& holder) {
    OldCodes undisputed, of_dispute, all;
    for (auto const& entry : list.entries) {
        auto const for_disputes = has(entry.holders, disputed);
        if (for_disputes && holder == disputed) of_dispute.entries.push_back(&entry);
        if (!has(entry.reasons, reason)) continue;
        all.entries.push_back(&entry);
        if (!for_disputes) undisputed.entries.push_back(&entry);
    }
    if (!of_dispute.entries.empty()) return of_dispute;
    return undisputed.entries.empty() ? all : undisputed;
}

std::optional<core::Code> attribution(OldCodes const& codes, core::Code const& holder) {
    std::set<core::Code> allowed;
    for (auto const* entry : codes.entries) {
        for (auto const& each : entry->holders) {
            if (each != disputed) allowed.insert(each);
        }
    }
    if (allowed.contains(holder)) return holder;
    if (allowed.size() == 1) return *allowed.begin();
    return {};
}

}  // namespace washup::report
