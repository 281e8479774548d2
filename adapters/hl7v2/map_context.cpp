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
    auto& unreadable = *out.mutable_unreadable();
    auto const known = std::any_of(unreadable.begin(), unreadable.end(),
                                   [&](auto const& entry) { return entry.field() == field; });
    if (known) return;
    if (static_cast<std::size_t>(unreadable.size()) == unreadable_max) {
        auto& last = *unreadable.rbegin();
        last.set_field("more fields");
        last.set_words("more than 16 fields could not be read");
        return;
    }
    auto& entry = *unreadable.Add();
    entry.set_field(std::move(field));
    entry.set_words(std::move(words));
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
