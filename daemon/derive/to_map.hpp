#pragma once
// Words that sources used for a reason and that no vocabulary knows, each once, with what they most
// look like: the list an operator works off by adding aliases to config/vocab. Proposals are for a
// person to judge; nothing is mapped by likeness.

#include <string>
#include <vector>

#include "daemon/core/state.hpp"

namespace washup::derive {

inline constexpr std::size_t proposals_max = 5;
// Kinds of words listed; of more than these the vocabulary is missing and not an alias.
inline constexpr std::size_t to_map_max = 500;

struct Proposal {
    core::Code reason;  // ours, published or local
    unsigned percent =
        0;  // how alike the words are; 100 = another code list says it stands for this
};

struct ToMap {
    std::string words;        // as first given; may hold names
    core::SourceName source;  // that used them last
    std::size_t blockers = 0;
    std::size_t open = 0;  // of them
    Instant first_recorded;
    std::vector<Proposal> proposals;  // the likeliest first
};

// The most blockers first, then by words.
std::vector<ToMap> to_be_mapped(core::State const& state);

// Reasons in force that these words look like; none below a likeness that is chance.
std::vector<Proposal> propose_reasons(core::Config const& config, std::string_view words, Date on);

}  // namespace washup::derive
