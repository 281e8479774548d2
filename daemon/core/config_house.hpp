#pragma once
// What a site says of its meetings, its services and its measures: when teams wash up and cycles
// open, what is asked of each person, what a kind of service serves, what a measure started from
// and is to reach. Part of Config. Not the clocks (config_clocks.hpp) nor the words
// (config_words.hpp).

#include <optional>
#include <string>
#include <vector>

#include "daemon/core/value.hpp"

namespace washup::core {

// A time of day on some days of the week, in London.
struct MeetingTime {
    std::uint32_t days = 0x1F;  // bit 0 = Monday
    std::int32_t minute = 9 * 60;
    static void describe(auto& self, auto&& field) {
        field(1, self.days);
        field(2, self.minute);
    }
    friend bool operator==(MeetingTime const&, MeetingTime const&) = default;
};

// A weekly improvement cycle: it opens, takes causes, decides, closes.
struct CycleConfig {
    Code code;
    std::string words;
    std::string scope = "all";      // whose Pareto it looks at: "all", "site:STM", "area:coast"
    std::uint32_t opens_on = 1;     // 1 = Monday ... 7 = Sunday
    std::int32_t opens_minute = 0;  // of the London day
    std::uint32_t closes_on = 5;    // the first such day at or after the opening
    std::int32_t closes_minute = 17 * 60;
    static void describe(auto& self, auto&& field) {
        field(1, self.code);
        field(2, self.words);
        field(3, self.scope);
        field(4, self.opens_on);
        field(5, self.opens_minute);
        field(6, self.closes_on);
        field(7, self.closes_minute);
    }
    friend bool operator==(CycleConfig const&, CycleConfig const&) = default;
};

// A question that is put at the wash-up where there is a gap or an unknown (product.md section 7).
struct PromptConfig {
    Code code;
    std::string words;
    bool names_who = false;  // the answer says who manages it: care navigator, carers' support
    static void describe(auto& self, auto&& field) {
        field(1, self.code);
        field(2, self.words);
        field(3, self.names_who);
    }
    friend bool operator==(PromptConfig const&, PromptConfig const&) = default;
};

// Where a community service works. A postcode district belongs to one zone of a council.
struct ZoneConfig {
    Code code;
    std::string words;
    Code council;
    std::vector<Code> districts;  // "CT10"
    static void describe(auto& self, auto&& field) {
        field(1, self.code);
        field(2, self.words);
        field(3, self.council);
        field(4, self.districts);
    }
    friend bool operator==(ZoneConfig const&, ZoneConfig const&) = default;
};

// What a kind of service is for: who waits for these reasons waits for it.
struct ServiceKind {
    Code code;
    std::string words;
    std::vector<Code> reasons;  // published or local; a local one counts before its parent
    Code pathway;
    std::vector<Code> outcomes;  // steps of the ladder that it leads to; empty = any
    static void describe(auto& self, auto&& field) {
        field(1, self.code);
        field(2, self.words);
        field(3, self.reasons);
        field(4, self.pathway);
        field(5, self.outcomes);
    }
    friend bool operator==(ServiceKind const&, ServiceKind const&) = default;
};

// What a measure started from and is to reach, in thousandths of its unit.
struct MeasureTarget {
    Code measure;
    std::string scope = "all";
    std::optional<std::int64_t> baseline, current, target;
    static void describe(auto& self, auto&& field) {
        field(1, self.measure);
        field(2, self.scope);
        field(3, self.baseline);
        field(4, self.current);
        field(5, self.target);
    }
    friend bool operator==(MeasureTarget const&, MeasureTarget const&) = default;
};

// From this date on the limits of a measure's chart are worked out anew, after a change that is
// known.
struct Recalculation {
    Code measure;
    std::string scope = "all";
    Date from;
    std::string why;  // stands on the chart
    static void describe(auto& self, auto&& field) {
        field(1, self.measure);
        field(2, self.scope);
        field(3, self.from);
        field(4, self.why);
    }
    friend bool operator==(Recalculation const&, Recalculation const&) = default;
};

// Who reports: as national returns name the trust.
struct Organisation {
    Code code;
    std::string words;
    Code integrated_care_board, region;
    std::vector<Code> patient_ids;  // name spaces of numbers for the discharge record, best first
    static void describe(auto& self, auto&& field) {
        field(1, self.code);
        field(2, self.words);
        field(3, self.integrated_care_board);
        field(4, self.region);
        field(5, self.patient_ids);
    }
    friend bool operator==(Organisation const&, Organisation const&) = default;
};

}  // namespace washup::core
