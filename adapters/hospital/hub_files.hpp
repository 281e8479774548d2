#pragma once
// What the discharge hub writes: rows gathered by kind of file, and the files as a council's system
// would drop them, dirt included: one kind in Windows-1252, one with semicolons, quoted commas. The
// headings are those of config/sources/csv_hub.toml. Pure.

#include <map>
#include <string>
#include <vector>

#include "proto/base/time.hpp"

namespace washup::hospital {

struct HubFile {
    std::string name;
    std::string octets;
};

using HubRow = std::map<std::string, std::string>;  // heading -> cell

class HubFiles {
  public:
    void add(std::string const& kind, HubRow row) { rows_[kind].push_back(std::move(row)); }
    bool empty() const { return rows_.empty(); }
    // All rows gathered so far, a file for each kind: "blockers_20261122_0915.csv".
    std::vector<HubFile> take(Instant now);
    void clear() { rows_.clear(); }

  private:
    std::map<std::string, std::vector<HubRow>> rows_;
};

std::string hub_date(Date date);   // 22/11/2026
std::string hub_time(Instant at);  // 22/11/2026 09:15
std::string hub_moment(Moment const& moment);

}  // namespace washup::hospital
