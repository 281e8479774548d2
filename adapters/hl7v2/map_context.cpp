#include "adapters/hl7v2/map_context.hpp"

#include <algorithm>

namespace washup::hl7v2 {

Said MapContext::said(Places const& places) const {
    Position where;
    return said(places, where);
}

Said MapContext::said(Places const& places, Position& where) const {
    for (auto const& place : places) {
        auto said = message.said(place);
        if (said.absent()) continue;
        where = place;
        return said;
    }
    return {};
}

std::optional<Moment> MapContext::moment(Places const& places) {
    Position where;
    auto const text = said(places, where);
    if (!text.value()) return std::nullopt;
    auto const time = read_time(text.text, profile.zone, received);
    if (time) return *time;
    leave_out(where.to_text(), time.error().words);
    return std::nullopt;
}

std::string MapContext::sender_authority() const {
    static Places const sender{*Position::parse("MSH-4"), *Position::parse("MSH-3")};
    return said(sender).text;
}

void MapContext::leave_out(std::string field, std::string words) {
    auto const known = std::any_of(left_out.begin(), left_out.end(),
                                   [&](auto const& entry) { return entry.field == field; });
    if (!known) left_out.push_back({std::move(field), std::move(words)});
}

void set_moment(v1::Moment& out, Moment const& moment) {
    out.set_at_ms(moment.at.ms);
    out.set_precision(moment.precision == Precision::date ? v1::PRECISION_DATE
                                                          : v1::PRECISION_MINUTE);
}

std::string bounded(std::string text) {
    if (text.size() <= value_bytes_max) return text;
    auto end = value_bytes_max;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    text.resize(end);
    return text;
}

}  // namespace washup::hl7v2
