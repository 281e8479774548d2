#include "proto/link/zap.hpp"

#include "proto/base/z85.hpp"

namespace washup::link {
namespace {

Admission judge(std::vector<std::string> const& parts, Admit const& admit) {
    auto const& door = parts[2];
    auto const& mechanism = parts[5];
    if (mechanism != "CURVE") return {false, {}, "not_curve"};
    if (parts.size() != 7 || parts[6].size() != key_octets) return {false, {}, "no_key"};
    if (door.empty()) return {false, {}, "no_door"};
    auto admission = admit(door, to_z85(parts[6]));
    // A connection without a name could not be told from one without a key.
    if (admission.admitted && admission.name.empty()) return {false, {}, "no_name"};
    return admission;
}

}  // namespace

ZapAnswer answer_zap(std::vector<std::string> const& parts, Admit const& admit) {
    // version, request id, domain, address, routing id, mechanism, credentials...
    if (parts.size() < 6 || parts.size() > zap_parts_max || parts[0] != "1.0") return {};
    ZapAnswer answer;
    answer.door = parts[2];
    answer.admission = judge(parts, admit);
    auto const& said = answer.admission;
    answer.parts = {"1.0",
                    parts[1],
                    said.admitted ? "200" : "400",
                    said.admitted ? "" : said.why,
                    said.admitted ? said.name : "",
                    ""};
    return answer;
}

}  // namespace washup::link
