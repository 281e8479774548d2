#pragma once
// The reports of figures: Pareto, measures, capacity, trends. Rows of report_kinds(), in a list of
// their own so that report.cpp stays the list of all.

#include "daemon/report/report.hpp"

namespace washup::report {

std::span<Kind const> figure_kinds();

Result<Document> bottlenecks(core::State const& state, Options const& options);    // capacity.cpp
Result<Document> capacity(core::State const& state, Options const& options);       // capacity.cpp
Result<Document> definitions(core::State const& state, Options const& options);    // measures.cpp
Result<Document> matching(core::State const& state, Options const& options);       // matching.cpp
Result<Document> measures(core::State const& state, Options const& options);       // measures.cpp
Result<Document> pareto(core::State const& state, Options const& options);         // pareto.cpp
Result<Document> pareto_people(core::State const& state, Options const& options);  // pareto.cpp
Result<Document> requests(core::State const& state, Options const& options);       // capacity.cpp
Result<Document> trend(core::State const& state, Options const& options);          // trend.cpp
Result<Document> unmet_need(core::State const& state, Options const& options);     // capacity.cpp

}  // namespace washup::report
