#pragma once
// The value of a field, as it was observed: a code, a time, a place, or words that may identify
// somebody. Facts are kept as given; consequences are derived elsewhere (design.md law 4).

#include <cstdint>
#include <optional>
#include <string>

#include "daemon/core/describe.hpp"
#include "daemon/core/ids.hpp"
#include "proto/base/time.hpp"

namespace washup::core {

// Words that may identify somebody. In memory the words are open; at rest there is only `box`, the
// words under the site's key with the key's id in front. When the key is gone, `text` is empty and
// everything derived still works: apply looks at neither (design.md law 6).
struct Sealed {
    std::string text;  // open words; not journaled
    Bytes box;         // sealed words; made by the engine before apply, empty for empty text
    static void describe(auto& self, auto&& field) { field(1, self.box); }
    friend bool operator==(Sealed const&, Sealed const&) = default;
};

struct Location {
    Code site, ward, bay, bed;
    static void describe(auto& self, auto&& field) {
        field(1, self.site);
        field(2, self.ward);
        field(3, self.bay);
        field(4, self.bed);
    }
    bool empty() const { return site.empty() && ward.empty() && bay.empty() && bed.empty(); }
    friend bool operator==(Location const&, Location const&) = default;
};

// What can be said of a person or a stay in one value; the numbers are those of common.proto, which
// says what each holds.
enum class Field : std::uint32_t {
    none = 0,
    name = 1,
    birth_date = 2,
    sex = 3,
    postcode_district = 4,
    council = 5,
    usual_residence = 6,
    died_at = 7,
    location = 20,
    admitted_at = 21,
    expected_discharge = 22,
    medically_optimised = 23,
    discharge_ready = 24,
    ending = 25,
    team = 26,
    case_worker = 27,
    review_on = 28,
    ideal_outcome = 29,
    expected_outcome = 30,
    actual_outcome = 31,
    proposed_outcome = 32,
    referred_at = 33,
    pathway = 34,
    admission_method = 35,
    on_leave = 36,
    consultant = 37,
    criteria_to_reside = 38,
    specialty = 39,
    at_risk = 40,
};
// Fields below 20 belong to the person, the others to the stay.
constexpr bool of_person(Field field) {
    return static_cast<std::uint32_t>(field) < 20;
}
char const* name_of(Field field);  // "expected discharge", the words of product.md section 2

struct Value {
    Code code;
    std::optional<Moment> moment;
    std::optional<Location> location;
    Sealed text;
    static void describe(auto& self, auto&& field) {
        field(1, self.code);
        field(2, self.moment);
        field(3, self.location);
        field(4, self.text);
    }
    // Nothing said: the value is taken away.
    bool empty() const {
        return code.empty() && !moment && !location && text.text.empty() && text.box.empty();
    }
    friend bool operator==(Value const&, Value const&) = default;
};
// Same meaning: like ==, with sealed words compared by what they say when both are open.
bool same_value(Value const& a, Value const& b);

// How a stay ended. Only `discharged` has an actual outcome and enters outcome and delay measures.
namespace ended {
inline constexpr char const* discharged = "discharged";
inline constexpr char const* died = "died";
inline constexpr char const* self_discharge = "self_discharge";
inline constexpr char const* transferred = "transferred";
inline constexpr char const* left_without_notice = "left_without_notice";
inline constexpr char const* recorded_in_error = "recorded_in_error";
}  // namespace ended

}  // namespace washup::core
