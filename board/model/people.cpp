#include "board/model/people.hpp"

namespace washup::board {

std::optional<std::int64_t> people_of(Model const& model, std::string const& scope,
                                      std::string const& window, std::string const& level,
                                      std::string const& code) {
    auto const wanted = code == "unattributed" ? std::string{} : code;
    for (auto const& [id, row] : model.people) {
        if (row.scope == scope && row.window == window && row.level == level &&
            row.code == wanted) {
            return row.people;
        }
    }
    return {};
}

void add_leaf_people(std::optional<std::int64_t>& people, bool first, Tally const& leaf) {
    people = first ? std::optional{leaf.people} : std::nullopt;
}

}  // namespace washup::board
