#pragma once
// The reports that are handed in, sent or printed: returns, the discharge record, the digest, the
// sheet. Rows of report_kinds(), in a list of their own. Each is in the file of its name, or as
// said.

#include "daemon/report/report.hpp"

namespace washup::report {

std::span<Kind const> return_kinds();

Result<Document> acute_sitrep(core::State const& state, Options const& options);
Result<Document> alarms(core::State const& state, Options const& options);  // digest.cpp
Result<Document> changes(core::State const& state, Options const& options);
Result<Document> code_list_counts(core::State const& state, Options const& options);  // dtoc.cpp
Result<Document> digest(core::State const& state, Options const& options);
Result<Document> discharge_record(core::State const& state, Options const& options);
Result<Document> dtoc(core::State const& state, Options const& options);
Result<Document> hicm(core::State const& state, Options const& options);
Result<Document> ready_date(core::State const& state, Options const& options);
Result<Document> sheet(core::State const& state, Options const& options);

}  // namespace washup::report
