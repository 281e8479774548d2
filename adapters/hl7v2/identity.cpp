// Who and which stay a message means: identifiers of PID-3 and MRG-1, the visit number, and the
// second name of a stay (local number @ admission time).

#include "adapters/hl7v2/charset.hpp"
#include "adapters/hl7v2/framer.hpp"
#include "adapters/hl7v2/map_context.hpp"
#include "proto/base/nhs_number.hpp"

namespace washup::hl7v2 {
namespace {

constexpr char const* too_many_numbers =
    "more than 32 numbers of one person; the rest was left out";

// First subcomponent that says something: the name of an HD, else its universal id.
std::string authority_of(std::string_view component, Delimiters const& d) {
    for (std::size_t i = 1; i <= 2; ++i) {
        auto const text = part(component, d.subcomponent, i);
        if (text.empty() || is_null(text)) continue;
        auto const open = unescaped(text, d);
        if (!trimmed(open).empty()) return std::string{trimmed(open)};
    }
    return {};
}

std::string open_part(std::string_view repetition, std::size_t n, Delimiters const& d) {
    auto const text = part(part(repetition, d.component, n), d.subcomponent, 1);
    if (is_null(text)) return {};
    auto const open = unescaped(text, d);
    return std::string{trimmed(open)};
}

bool same(v1::Identifier const& a, v1::Identifier const& b) {
    return a.kind() == b.kind() && a.namespace_() == b.namespace_() && a.value() == b.value();
}

// The number by which the ward knows the person; add_identifiers puts those of a listed type first.
v1::Identifier const* local_number(MapContext const& context) {
    for (auto const& identifier : context.out.subject().identifiers()) {
        if (identifier.kind() == v1::Identifier::LOCAL) return &identifier;
    }
    return nullptr;
}

}  // namespace

void add_identifiers(MapContext& context, std::string const& place, std::string_view raw_field,
                     google::protobuf::RepeatedPtrField<v1::Identifier>& out) {
    auto const& d = context.message.delimiters();
    auto const& profile = context.profile;
    if (is_null(raw_field)) return;
    // Numbers of a listed type first: the first local number is the one a stay is named by.
    std::vector<v1::Identifier> listed, others;
    for (auto const repetition : parts(raw_field, d.repetition)) {
        auto const value = open_part(repetition, 1, d);
        if (value.empty()) continue;
        if (listed.size() + others.size() >= identifiers_read_max) {
            context.leave_out(place, too_many_numbers);
            break;
        }
        auto const authority = authority_of(part(repetition, d.component, 4), d);
        auto const type = open_part(repetition, 5, d);
        v1::Identifier identifier;
        if (profile.nhs_authorities.has(authority) || profile.nhs_types.has(type)) {
            // An invalid one is kept as it is: the daemon shows it doubtful and never matches by
            // it.
            auto const digits = nhs_number_digits(value);
            identifier.set_kind(v1::Identifier::NHS);
            identifier.set_value(digits.empty() ? bounded(value) : digits);
        } else {
            identifier.set_kind(v1::Identifier::LOCAL);
            identifier.set_namespace_(bounded(!authority.empty() ? authority
                                              : !profile.default_authority.empty()
                                                  ? profile.default_authority
                                                  : context.sender_authority()));
            identifier.set_value(bounded(value));
        }
        (profile.local_types.has(type) ? listed : others).push_back(std::move(identifier));
    }
    listed.insert(listed.end(), others.begin(), others.end());
    for (auto const& identifier : listed) {
        bool known = false;
        for (auto const& held : out) known = known || same(held, identifier);
        if (known) continue;
        if (static_cast<std::size_t>(out.size()) == identifiers_max) {
            return context.leave_out(place, too_many_numbers);
        }
        *out.Add() = identifier;
    }
}

void add_person(MapContext& context) {
    auto& out = *context.out.mutable_subject()->mutable_identifiers();
    for (auto const& place : context.profile.identifiers) {
        add_identifiers(context, place.to_text(), context.message.field(place), out);
    }
    if (!out.empty()) return;
    for (auto const& place : context.profile.identifiers_when_empty) {
        add_identifiers(context, place.to_text(), context.message.field(place), out);
    }
}

bool add_visit(MapContext& context, std::string& field, std::string& words) {
    auto& subject = *context.out.mutable_subject();
    auto const& profile = context.profile;
    auto const& d = context.message.delimiters();
    Position where;
    auto const number = context.said(profile.visit_number, where);
    if (number.value()) {
        if (number.text.size() > visit_number_bytes_max) {
            field = where.to_text();
            words = "the visit number is longer than 128 bytes and cannot be a key";
            return false;
        }
        auto const raw = part(context.message.field(where), d.repetition, 1);
        auto const own = authority_of(part(raw, d.component, 4), d);
        auto const& fixed = profile.visit_authority;
        subject.mutable_visit()->set_number(number.text);
        subject.mutable_visit()->set_authority(bounded(!fixed.empty() ? fixed
                                                       : !own.empty()
                                                           ? own
                                                           : context.sender_authority()));
    }
    auto const* local = local_number(context);
    Position admitted_where;
    auto const admitted = context.said(profile.admitted_at, admitted_where);
    auto const readable =
        admitted.value() && read_time(admitted.text, profile.zone, context.received).has_value();
    if (local && readable) {
        auto& other = number.value() ? *subject.mutable_other_visit() : *subject.mutable_visit();
        other.set_authority(local->namespace_());
        other.set_number(bounded(local->value() + "@" + time_digits(admitted.text)));
    }
    if (subject.has_visit()) return true;
    if (admitted.value() && !readable) {
        field = admitted_where.to_text();
        words =
            "there is no visit number, and the admission time that stands for it cannot be read";
    } else {
        field = profile.visit_number.empty() ? "PV1-19" : profile.visit_number.front().to_text();
        words = local ? "there is no visit number and no admission time: the stay has no name"
                      : "there is neither a visit number nor a local number with an admission time";
    }
    return false;
}

}  // namespace washup::hl7v2
