#pragma once
// The views of washupctl as tables and lines for people, with the words of the wall. Pure.

#include <string>
#include <vector>

#include "board/ctl/history.hpp"
#include "board/model/alerts.hpp"
#include "board/model/model.hpp"
#include "board/model/pareto.hpp"

namespace washup::board::ctl {

// `doors`: a line about who was turned away; empty: it is not told to whoever asks.
std::string status_text(Model const& model, Instant now, std::int64_t steady_ms,
                        std::string const& doors, bool wide);
std::string stays_text(Model const& model, Instant now, Filter const& filter, bool live_only,
                       bool wide);
std::string stay_text(Model const& model, Stay const& stay, std::vector<HistoryLine> const& lines,
                      Instant now, bool wide);
std::string history_text(std::vector<HistoryLine> const& lines, bool wide);
std::string pareto_text(Pareto const& pareto, bool wide);
std::string capacity_text(Model const& model, Instant now, bool wide);
std::string alerts_text(std::vector<Alert> const& alerts, bool wide);
std::string sources_text(Model const& model, Instant now, bool wide);
std::string inbox_text(Model const& model, bool all, bool wide);

}  // namespace washup::board::ctl
