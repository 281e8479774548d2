#include "board/ctl/json_values.hpp"

namespace washup::board::ctl {
namespace json = boost::json;

json::value time_json(Instant at) {
    if (at.ms == 0) return nullptr;
    return json::value(to_rfc3339(at));
}

json::value moment_json(std::optional<Moment> const& moment) {
    if (!moment) return nullptr;
    return json::value(to_text(*moment));
}

json::value text_json(std::string const& text) {
    if (text.empty()) return nullptr;
    return json::value(text);
}

json::value id_json(std::uint64_t id) {
    if (id == 0) return nullptr;
    return json::value(id);
}

}  // namespace washup::board::ctl
