#pragma once
// The other views of washupctl as JSON, by the same rules as json_stay.hpp. Pure: `now` is the
// daemon's time, `steady_ms` this machine's, for the age of the link.

#include <boost/json/value.hpp>

#include "board/model/alerts.hpp"
#include "board/model/model.hpp"
#include "board/model/pareto.hpp"

namespace washup::board::ctl {

boost::json::object status_json(Model const& model, Instant now, std::int64_t steady_ms);
boost::json::array stays_json(Model const& model, Filter const& filter, bool live_only);
boost::json::object pareto_json(Pareto const& pareto);
boost::json::array capacity_json(Model const& model);
boost::json::array alerts_json(Model const& model, std::vector<Alert> const& alerts);
boost::json::array sources_json(Model const& model, Instant now);
// Without `all`: what waits for a person. With it: the counted lines of what is not yet handled
// too.
boost::json::array inbox_json(Model const& model, bool all);
}  // namespace washup::board::ctl
