#pragma once
// HL7 timestamps: YYYY[MM[DD[HH[MM[SS[.S...]]]]]][+/-ZZZZ], and the dirt seen beside it. Precision
// is part of the value: a date is not its midnight. A time without offset is wall time of the
// feed's zone. Pure; the zone's rules come from the system's tzdata.

#include <optional>
#include <string>
#include <string_view>

#include "proto/base/result.hpp"
#include "proto/base/time.hpp"

namespace washup::hl7v2 {

// A time zone by its IANA name.
class Zone {
  public:
    Zone();  // Europe/London
    static Result<Zone> find(std::string const& name);
    void const* rules() const { return rules_; }

  private:
    explicit Zone(void const* rules) : rules_(rules) {}
    void const* rules_;
};

// A date or a minute; a year or month alone is an Error, because no field we read can use it.
// The hour that comes twice in October is the one nearer to `near` when that is within two hours
// of it (a live feed), else the first. The hour that does not exist in March is the instant after.
Result<Moment> read_time(std::string_view text, Zone const& zone,
                         std::optional<Instant> near = std::nullopt);

// "1941-03-09", or "1941-03", "1941" when the sender knows no more. Never moved by a zone.
Result<std::string> read_birth_date(std::string_view text);

// The digits of a time to the minute, as the feed wrote them: "202611091203", or "20261109". The
// second half of a key made of a local number and an admission time.
std::string time_digits(std::string_view text);

}  // namespace washup::hl7v2
