#pragma once
// `washupctl watch`: what changed between two models, said in a line each.

#include <string>
#include <vector>

#include "board/ctl/program.hpp"
#include "board/model/model.hpp"

namespace washup::board::ctl {

struct Change {
    std::uint64_t record = 0;
    std::string kind;  // stay, service, source, inbox, link
    std::string name;
    std::vector<std::string> what;  // names of what changed; "new", "gone"
};

// Pure. Only what a person would want to see go by: no tallies, no sign of life of a source.
std::vector<Change> changes_between(Model const& before, Model const& after);
std::string change_text(Change const& change, Instant now);
std::string change_json(Change const& change, Model const& after, Instant now);

int run_watch(Options const& options);

}  // namespace washup::board::ctl
