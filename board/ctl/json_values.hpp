#pragma once
// The values that JSON of washupctl is made of: what is not there is null, never "" or 0.

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <optional>
#include <string>

#include "proto/base/time.hpp"

namespace washup::board::ctl {

boost::json::value time_json(Instant at);                        // null when none
boost::json::value moment_json(std::optional<Moment> const& m);  // a date alone stays a date
boost::json::value text_json(std::string const& text);           // null when empty
boost::json::value id_json(std::uint64_t id);                    // null when 0

// One element for each item, in its order.
template <class Items, class Make>
boost::json::array list_json(Items const& items, Make make) {
    boost::json::array out;
    for (auto const& item : items) out.push_back(make(item));
    return out;
}

}  // namespace washup::board::ctl
