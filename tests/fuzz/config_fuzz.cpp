// Any octets as a TOML file, read in every way the readers read: nothing may crash, hang or be
// found right that is broken. Whatever TOML says, its settings are judged; folding takes the same
// octets.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "config/load/tree.hpp"
#include "daemon/core/vocabulary.hpp"
#include "proto/base/fold.hpp"
#include "daemon/settings/draft.hpp"
#include "proto/base/check.hpp"

namespace {

using namespace washup;

void read_as_site(std::string_view text) {
    config::Faults faults;
    settings::Draft draft(faults);
    auto tree = config::parse_tree(text, "fuzz.toml", faults);
    WASHUP_CHECK(
        !tree.broken() || (faults.size() > 0 && faults.size() <= config::syntax_faults_max),
        "a broken file says why");
    auto const root = tree.root(faults);
    settings::read_daemon(root, draft);
    settings::read_house(root, draft);
    settings::read_vocabulary(root, draft);
    tree.report_unknown(faults);
    settings::judge_clock(draft);
    settings::judge_house(draft);
    settings::judge_vocabulary(draft);
    for (auto const& fault : faults.list()) {
        WASHUP_CHECK(!config::to_text(fault).empty(), "a fault has words");
        WASHUP_CHECK(fault.at.file == "fuzz.toml", "a fault has a place");
    }
    settings::digest_of(draft.settings.config);
}

void match(std::string_view text) {
    auto const folded = fold(text);
    WASHUP_CHECK(folded.empty() || (folded.front() != ' ' && folded.back() != ' '),
                 "folded text has no blank at an end");
    WASHUP_CHECK(folded.find("  ") == std::string::npos, "folded text has no blank twice");
    WASHUP_CHECK(fold(folded) == folded, "folding twice is folding once");
    core::Config config;
    config.reasons.push_back({.code = "X", .label = std::string(text)});
    WASHUP_CHECK(folded.empty() || core::match_reason(config, text).has_value(),
                 "a label matches itself");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string_view const text(reinterpret_cast<char const*>(data), size);
    read_as_site(text);
    match(text);
    return 0;
}
