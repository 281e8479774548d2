#pragma once
// What people ask and sources see of services and figures: requests for a place, imported figures,
// what somebody answers for. Part of Command and Observation.

#include <optional>
#include <string>

#include "daemon/core/value.hpp"

namespace washup::core {

// ---- about a stay
struct RequestService {
    Code kind, zone;  // zone: empty = by the postcode district
    std::optional<Moment> wanted_at;
};
struct AnswerRequest {
    RequestId request;
    Code how;  // offered, refused, started, withdrawn
    Code service;
    std::string why;
    std::optional<Moment> at;
};
struct ReportDischarge {
    Code kind;  // unsafe, no_care, wrong_setting
    std::optional<Moment> at;
    std::string note, reporter;
};

// ---- about the house; `scope` as "all", "site:STM", "team:north", "area:coast"
struct ReportFigure {
    Code measure;
    std::string scope;
    std::optional<Moment> from, until;  // London dates, both included; until: as from
    std::optional<std::int64_t> thousandths;
};
struct ConfirmPeriod {
    Code measure;
    std::string scope;
    std::optional<Moment> from, until;
};
struct ConfirmMaturity {
    Code team, dimension, level;  // bronze, silver, gold
    std::string evidence;
};

// ---- of a source
struct RequestSeen {
    Code kind, zone;
    std::optional<Moment> wanted_at, at;
    std::string reference, how, service, why;
};
struct FigureSeen {
    ReportFigure figure;
};

inline constexpr std::size_t stay_requests_max = 100;
inline constexpr std::size_t request_steps_max = 100;
inline constexpr std::size_t stay_reports_max = 20;
// A figure of more days than these is the wrong year.
inline constexpr int figure_days_max = 400;

}  // namespace washup::core
