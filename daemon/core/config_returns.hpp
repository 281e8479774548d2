#pragma once
// What returns to others need of a site besides who reports (config_house.hpp): for which councils,
// and how it is counted. Part of Config; nothing the wall shows depends on it.

#include <string>
#include <vector>

#include "daemon/core/value.hpp"

namespace washup::core {

// A council of residence. Sources write its code, its official code or an alias.
struct CouncilConfig {
    Code code;
    std::string words;
    Code official;  // as published statistics name it: E10000016
    std::vector<std::string> aliases;
    static void describe(auto& self, auto&& field) {
        field(1, self.code);
        field(2, self.words);
        field(3, self.official);
        field(4, self.aliases);
    }
    friend bool operator==(CouncilConfig const&, CouncilConfig const&) = default;
};

struct Returns {
    std::uint32_t snapshot_weekday = 4;  // 1 = Monday; of weekly counts
    std::int64_t bed_day_pence = 0;      // what a lost bed day is said to cost; 0 = not told
    std::vector<CouncilConfig> councils;
    static void describe(auto& self, auto&& field) {
        field(1, self.snapshot_weekday);
        field(2, self.bed_day_pence);
        field(3, self.councils);
    }
    friend bool operator==(Returns const&, Returns const&) = default;
};

}  // namespace washup::core
