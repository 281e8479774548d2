#pragma once
// Who was turned away and who is signed in, as tables, as JSON, and in one line for `status`.

#include <boost/json/object.hpp>
#include <string>

namespace washup::v1 {
class DoorsReport;
}

namespace washup::board::ctl {

std::string doors_text(v1::DoorsReport const& report, bool wide);
boost::json::object doors_json(v1::DoorsReport const& report);

// In short: how many came in vain, by the reason, over all doors.
std::string doors_line(v1::DoorsReport const& report);
boost::json::object doors_counts_json(v1::DoorsReport const& report);

}  // namespace washup::board::ctl
