#pragma once
// A stay as JSON for programs. The shape is ours, not protobuf's: numbers are numbers, times are
// RFC 3339, every key is always present, and what is not known is null beside a state that says so.

#include <boost/json/value.hpp>
#include <optional>
#include <vector>

#include "board/ctl/history.hpp"
#include "board/model/model.hpp"

namespace washup::board::ctl {

boost::json::value time_json(Instant at);                        // null when none
boost::json::value moment_json(std::optional<Moment> const& m);  // a date alone stays a date
boost::json::value text_json(std::string const& text);           // null when empty

// {value, state, observed_at, confirmed_at, source, why, other, other_source}
boost::json::object observed_json(Observed const& observed);

// "AUTH:123", or "#17" where the view carries no key.
std::string stay_name(Stay const& stay);
// A key, "#17", or a unique end of a key ("123"); null when none or several.
Stay const* find_stay(Model const& model, std::string const& name);

boost::json::object stay_json(Stay const& stay);
boost::json::array history_json(std::vector<HistoryLine> const& lines);

}  // namespace washup::board::ctl
