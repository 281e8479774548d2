#include "daemon/reader/observed.hpp"

namespace washup::reader {

std::string words_of(core::Value const& value) {
    if (!value.code.empty()) return value.code;
    if (value.location) {
        auto const& l = *value.location;
        std::string words;
        for (auto const* part : {&l.site, &l.ward, &l.bay, &l.bed}) {
            if (part->empty()) continue;
            if (!words.empty()) words += ' ';
            words += *part;
        }
        return words;
    }
    if (value.moment) return to_text(*value.moment);
    return value.text.text;
}

std::string said(core::Sealed const& words) {
    return words.text.empty() && !words.box.empty() ? "erased" : words.text;
}

std::string closed_why(core::Blocker const& blocker) {
    return blocker.closed_why.empty() ? said(blocker.closed_words) : blocker.closed_why;
}

void set_moment(v1::Moment& wire, Moment const& moment) {
    wire.set_at_ms(moment.at.ms);
    wire.set_precision(moment.precision == Precision::date ? v1::PRECISION_DATE
                                                           : v1::PRECISION_MINUTE);
}

v1::Observed observed(core::Current const& current) {
    v1::Observed out;
    if (current.fact == nullptr) return out;
    auto const& fact = *current.fact;
    out.set_observed_at_ms(fact.times.occurred.at.ms);
    out.set_confirmed_at_ms(current.confirmed_at.ms);
    out.set_source(fact.source);
    if (fact.value.empty()) return out;  // taken away: unknown, and we know since when and by whom
    out.set_state(v1::KNOWN);
    // A time alone is in `moment`; its words are the reader's matter.
    if (!fact.value.moment || !fact.value.code.empty()) out.set_value(words_of(fact.value));
    if (fact.value.moment) set_moment(*out.mutable_moment(), *fact.value.moment);
    if (!fact.value.text.box.empty() && fact.value.text.text.empty() && out.value().empty() &&
        !out.has_moment()) {
        out.set_state(v1::ERASED);
    }
    if (current.other != nullptr) {
        out.set_state(v1::DISAGREEMENT);
        out.set_other(words_of(current.other->value));
        out.set_other_source(current.other->source);
    }
    if (!fact.doubt.empty()) doubt(out, fact.doubt);
    return out;
}

void doubt(v1::Observed& value, std::string words) {
    if (value.state() == v1::UNKNOWN || value.state() == v1::ERASED) return;
    value.set_state(v1::DOUBTFUL);
    value.set_why(value.why().empty() ? std::move(words) : value.why() + "; " + words);
}

}  // namespace washup::reader
