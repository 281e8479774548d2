#pragma once
// A stay as JSON for programs. The shape is ours, not protobuf's: numbers are numbers, times are
// RFC 3339, every key is always present, and what is not known is null beside a state that says so.

#include <boost/json/value.hpp>
#include <vector>

#include "board/ctl/history.hpp"
#include "board/model/model.hpp"

namespace washup::board::ctl {

// {value, state, observed_at, confirmed_at, source, why, other, other_source}
boost::json::object observed_json(Observed const& observed);

boost::json::object stay_json(Stay const& stay);
boost::json::array history_json(std::vector<HistoryLine> const& lines);

}  // namespace washup::board::ctl
