#include "daemon/ingest/observe.hpp"

#include <algorithm>

#include "daemon/core/clear_code.hpp"
#include "daemon/ingest/values.hpp"
#include "washup/v1/ingest.pb.h"

namespace washup::ingest {
namespace {

// Nothing is left out without a person seeing it.
void too_many_numbers(core::Observation& o, char const* field) {
    o.unreadable.push_back({field, "more than 32 numbers of one person; the rest was left out"});
}

core::Subject subject_of(core::Observation& o, v1::Subject const& wire, AliasHash const& hash) {
    core::Subject subject;
    if (wire.has_visit()) subject.visit = visit_of(wire.visit(), hash);
    if (wire.has_other_visit()) subject.other_visit = visit_of(wire.other_visit(), hash);
    for (auto const& identifier : wire.identifiers()) {
        if (text_of(identifier.value()).empty()) continue;
        auto read = identifier_of(identifier, hash);
        auto const same = [&](auto const& other) { return other.key == read.key; };
        if (std::any_of(subject.identifiers.begin(), subject.identifiers.end(), same)) continue;
        if (subject.identifiers.size() >= observation_identifiers_max) {
            too_many_numbers(o, "identifiers");
            break;
        }
        subject.identifiers.push_back(std::move(read));
    }
    return subject;
}

core::StaySeen stay_seen(v1::StaySeen const& wire) {
    core::StaySeen seen;
    seen.effect = static_cast<core::StaySeen::Effect>(wire.effect());
    seen.inpatient = wire.inpatient();
    seen.opens = wire.opens();
    seen.inferred = wire.inferred();
    if (wire.has_taken_back()) seen.taken_back = location_of(wire.taken_back());
    if (seen.taken_back && seen.taken_back->empty()) seen.taken_back.reset();
    if (wire.has_cancels_at()) {
        if (auto const at = moment_of(wire.cancels_at())) seen.cancels_at = at->at;
    }
    return seen;
}

// A time of the observation's own. One that cannot be a time is told to a person with what it says.
std::optional<Moment> own_time(core::Observation& o, char const* field, bool has,
                               v1::Moment const& wire) {
    if (!has) return {};
    if (auto const moment = moment_of(wire)) return moment;
    o.unreadable.push_back({field, said_time(wire) + " is no time that can be"});
    return {};
}

// A key of the source's own is compared, never read. What is a sentence and no key may hold a name:
// it is known by a keyed hash.
std::string reference_of(core::Observation const& o, std::string const& wire,
                         AliasHash const& hash) {
    auto given = text_of(wire);
    if (core::fit_for_a_reference(given)) return given;
    return "hash:" + to_hex(as_bytes(hash("reference", o.source, given)));
}

core::BlockerSeen blocker_seen(core::Observation& o, v1::BlockerSeen const& wire,
                               AliasHash const& hash) {
    core::BlockerSeen seen{text_of(wire.reason()),
                           text_of(wire.local_reason()),
                           text_of(wire.holder()),
                           text_of(wire.note()),
                           reference_of(o, wire.reference(), hash),
                           text_of(wire.closed_why()),
                           wire.closed(),
                           {},
                           {},
                           {}};
    seen.opened_at = own_time(o, "opened_at", wire.has_opened_at(), wire.opened_at());
    seen.closed_at = own_time(o, "closed_at", wire.has_closed_at(), wire.closed_at());
    if (wire.has_opened_at() && !seen.opened_at) {
        seen.doubt = "opened " + said_time(wire.opened_at()) + ", which is no time";
    } else if (wire.has_closed_at() && !seen.closed_at) {
        seen.doubt = "closed " + said_time(wire.closed_at()) + ", which is no time";
    }
    return seen;
}

core::ActionSeen action_seen(core::Observation& o, v1::ActionSeen const& wire,
                             AliasHash const& hash) {
    core::ActionSeen seen{text_of(wire.text()),
                          text_of(wire.owner()),
                          text_of(wire.state()),
                          text_of(wire.why()),
                          reference_of(o, wire.reference(), hash),
                          text_of(wire.blocker_reason()),
                          {},
                          {}};
    seen.deadline = own_time(o, "deadline", wire.has_deadline(), wire.deadline());
    seen.agreed_at = own_time(o, "agreed_at", wire.has_agreed_at(), wire.agreed_at());
    return seen;
}

core::SetAside set_aside(v1::SetAside const& wire) {
    core::Code why = "unmappable";
    if (wire.why() == v1::SetAside::NOT_YET_HANDLED) why = "not_yet_handled";
    if (wire.why() == v1::SetAside::TEST_MESSAGE) why = "test_message";
    return {why, text_of(wire.field()), text_of(wire.words())};
}

void read_kind(core::Observation& o, v1::Observation const& wire, AliasHash const& hash) {
    switch (wire.what_case()) {
        case v1::Observation::kStay:
            if (!v1::StaySeen::Effect_IsValid(wire.stay().effect())) break;
            o.kind = stay_seen(wire.stay());
            return;
        case v1::Observation::kPerson:
            o.kind = core::PersonSeen{};
            return;
        case v1::Observation::kMerge: {
            core::MergeSeen seen;
            for (auto const& identifier : wire.merge().retired()) {
                if (text_of(identifier.value()).empty()) continue;
                if (seen.retired.size() >= observation_identifiers_max) {
                    too_many_numbers(o, "retired");
                    break;
                }
                seen.retired.push_back(identifier_of(identifier, hash));
            }
            o.kind = std::move(seen);
            return;
        }
        case v1::Observation::kBlocker:
            o.kind = blocker_seen(o, wire.blocker(), hash);
            return;
        case v1::Observation::kAction:
            o.kind = action_seen(o, wire.action(), hash);
            return;
        case v1::Observation::kCapacity:
            o.kind = core::CapacitySeen{counters_of(wire.capacity())};
            return;
        case v1::Observation::kMilestone: {
            core::MilestoneSeen seen{text_of(wire.milestone().name()), {}};
            seen.at = own_time(o, "at", wire.milestone().has_at(), wire.milestone().at());
            o.kind = std::move(seen);
            return;
        }
        case v1::Observation::kRequest: {
            auto const& w = wire.request();
            core::RequestSeen seen;
            seen.kind = text_of(w.kind());
            seen.zone = text_of(w.zone());
            seen.wanted_at = own_time(o, "wanted_at", w.has_wanted_at(), w.wanted_at());
            seen.at = own_time(o, "at", w.has_at(), w.at());
            seen.reference = reference_of(o, w.reference(), hash);
            seen.how = text_of(w.how());
            seen.service = text_of(w.service());
            seen.why = text_of(w.why());
            o.kind = std::move(seen);
            return;
        }
        case v1::Observation::kFigure:
            o.kind = core::FigureSeen{figure_of(wire.figure())};
            return;
        case v1::Observation::kSetAside:
            o.kind = set_aside(wire.set_aside());
            return;
        case v1::Observation::kCounted:
            o.kind = core::CountedOnly{text_of(wire.counted().kind())};
            return;
        case v1::Observation::WHAT_NOT_SET:
            break;
    }
    o.kind =
        core::SetAside{"unmappable", "observation", "the record says nothing this daemon knows"};
}

void read_facts(core::Observation& o, v1::Observation const& wire) {
    auto const facts = static_cast<std::size_t>(wire.facts_size());
    o.facts.reserve(std::min(facts, observation_facts_max));
    for (auto const& fact : wire.facts()) {
        auto const field = field_of(fact.field());
        if (!field || o.facts.size() >= observation_facts_max) {
            o.kind = core::SetAside{"unmappable", "facts",
                                    "a field this daemon does not know, or more than 200 facts"};
            o.facts.clear();
            return;
        }
        auto& read = o.facts.emplace_back(*field, value_of(fact.value()), std::optional<Moment>{},
                                          text_of(fact.doubt()));
        if (fact.has_occurred()) {
            read.occurred = moment_of(fact.occurred());
            if (!read.occurred) {
                read.doubt = "occurred " + said_time(fact.occurred()) + ", which is no time";
            }
        }
        if (fact.value().has_moment() && !read.value.moment) {
            // Even a wrong birth date tells its day and month: what it says stays in the raw
            // record.
            read.no_time = core::of_person(*field) ? "this" : said_time(fact.value().moment());
        }
    }
}

void read_unreadable(core::Observation& o, v1::Observation const& wire) {
    for (auto const& unread : wire.unreadable()) {
        if (o.unreadable.size() >= observation_unreadable_max) {
            o.unreadable.back() = {"more fields", "more than 16 fields could not be read"};
            return;
        }
        o.unreadable.push_back({text_of(unread.field()), text_of(unread.words())});
    }
}

core::AliasKey record_key(v1::IngestRecord const& record, std::uint64_t sequence,
                          AliasHash const& hash) {
    return hash("record", record.source(), record.epoch() + "/" + std::to_string(sequence));
}

core::FactTimes times_of(v1::Times const& wire) {
    core::FactTimes times;
    if (wire.has_occurred()) times.occurred = moment_of(wire.occurred()).value_or(Moment{});
    times.recorded = instant_of(wire.recorded_ms());
    times.message_at = instant_of(wire.message_ms());
    return times;
}

}  // namespace

bool valid_source_name(std::string_view name) {
    if (name.empty() || name.size() > 32 || name == core::board_source) return false;
    return std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    });
}

Result<core::Observation> observe(std::shared_ptr<v1::IngestRecord const> const& given,
                                  AliasHash const& hash) {
    auto const& record = *given;
    if (!valid_source_name(record.source())) {
        return invalid("a source name is 1 to 32 of a-z 0-9 - _, and not \"board\"", "source");
    }
    if (record.epoch().empty() || record.epoch().size() > 64) {
        return invalid("the epoch of the source's store is 1 to 64 octets", "epoch");
    }
    if (record.sequence() == 0) return invalid("sequences count from 1", "sequence");
    core::Observation o;
    o.source = record.source();
    o.record_name = text_of(record.record_name());
    o.trigger = text_of(record.trigger());
    auto const& wire = record.observation();
    o.record = record_key(record, record.sequence(), hash);
    if (record.again_of() != 0) o.again_of = record_key(record, record.again_of(), hash);
    o.subject = subject_of(o, wire.subject(), hash);
    o.times = times_of(wire.times());
    auto const& occurred = wire.times().occurred();
    if (wire.times().has_occurred() && !moment_of(occurred)) o.no_time = said_time(occurred);
    o.planned = wire.times().occurred_is_planned();
    read_kind(o, wire, hash);
    read_facts(o, wire);
    read_unreadable(o, wire);
    o.raw = [given] { return given->SerializeAsString(); };
    return o;
}

Result<core::Observation> observe_again(Bytes const& raw, AliasHash const& hash) {
    auto const record = std::make_shared<v1::IngestRecord>();
    if (!record->ParseFromString(raw)) return invalid("the kept record cannot be read");
    return observe(record, hash);
}

}  // namespace washup::ingest
