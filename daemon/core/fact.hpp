#pragma once
// What one source, or one person, said of one field: the value as given, its times, and who said
// it. What the field says now is derived from all of its facts (history.hpp).

#include "daemon/core/event.hpp"

namespace washup::core {

struct Fact {
    Value value;
    FactTimes times;
    Instant received;
    RecordNumber record;
    SourceName source;
    StaffId actor;
    std::string doubt;
    Code why;
    Sealed why_words;
    static void describe(auto& self, auto&& field) {
        field(1, self.value);
        field(2, self.times);
        field(3, self.received);
        field(4, self.record);
        field(5, self.source);
        field(6, self.actor);
        field(7, self.doubt);
        field(8, self.why);
        field(9, self.why_words);
    }
    // When its source wrote it down: what a cancel is compared with.
    Instant recorded() const;
};

}  // namespace washup::core
