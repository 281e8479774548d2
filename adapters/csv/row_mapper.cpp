#include "adapters/csv/row_mapper.hpp"

#include <fmt/format.h>

#include <array>

#include "adapters/csv/fold.hpp"
#include "adapters/csv/row_facts.hpp"
#include "proto/base/nhs_number.hpp"

namespace washup::csv {
namespace {

Result<void> map_subject(RowReader const& row, v1::Subject& subject) {
    bool named = row.kind().identity.empty();
    for (auto const* one : row.kind().identity) named = named || row.cell(one->name).filled();
    if (!named) {
        return invalid("the row says nowhere whose it is",
                       row.heading(row.kind().identity[0]->name));
    }
    auto const visit = row.identity("visit");
    if (!visit) return visit.error();
    if (!visit->empty()) {
        auto const authority = row.text("visit_authority");
        subject.mutable_visit()->set_authority(authority.empty() ? row.profile().visit_authority
                                                                 : authority);
        subject.mutable_visit()->set_number(*visit);
    }
    struct Number {
        char const* meaning;
        v1::Identifier::Kind kind;
        std::string space;
    };
    for (auto const& one :
         {Number{"nhs_number", v1::Identifier::NHS, {}},
          Number{"local_number", v1::Identifier::LOCAL, row.profile().local_namespace},
          Number{"council_number", v1::Identifier::COUNCIL, row.profile().council}}) {
        auto number = row.identity(one.meaning);
        if (!number) return number.error();
        if (number->empty()) continue;
        if (one.kind == v1::Identifier::NHS) {
            // A number that is none is kept as given: the daemon shows it as doubtful.
            if (auto const digits = nhs_number_digits(*number); !digits.empty()) number = digits;
        }
        auto* const identifier = subject.add_identifiers();
        identifier->set_kind(one.kind);
        identifier->set_namespace_(one.space);
        identifier->set_value(*number);
    }
    return {};
}

Result<void> map_times(RowReader const& row, std::optional<Moment> const& file_time,
                       v1::Times& times) {
    auto const occurred = row.moment("occurred_at");
    if (!occurred) return occurred.error();
    auto const recorded = row.moment("recorded_at");
    if (!recorded) return recorded.error();
    if (*occurred) {
        *times.mutable_occurred() = to_proto(**occurred);
    } else if (file_time) {
        *times.mutable_occurred() = to_proto(*file_time);
    }
    if (*recorded) times.set_recorded_ms((*recorded)->at.ms);
    if (file_time) times.set_message_ms(file_time->at.ms);
    return {};
}

// Sets a moment when the cell is filled.
template <class Set>
Result<void> put_moment(RowReader const& row, char const* meaning, Set const& set) {
    auto const moment = row.moment(meaning);
    if (!moment) return moment.error();
    if (*moment) set(to_proto(**moment));
    return {};
}

bool says_yes(std::string const& text) {
    auto const word = folded(text);
    return word == "y" || word == "yes" || word == "true" || word == "1" || word == "closed" ||
           word == "resolved";
}

Result<void> map_blocker(RowReader const& row, v1::BlockerSeen& blocker) {
    blocker.set_reason(row.code("reason"));
    blocker.set_local_reason(row.code("local_reason"));
    if (blocker.reason().empty() && blocker.local_reason().empty()) {
        return invalid("a blocker without a reason", row.heading("reason"));
    }
    blocker.set_holder(row.code("holder"));
    blocker.set_note(row.text("note"));
    blocker.set_closed_why(row.text("closed_why"));
    blocker.set_reference(row.text("reference"));
    auto opened = put_moment(row, "opened_at",
                             [&](v1::Moment const& at) { *blocker.mutable_opened_at() = at; });
    if (!opened) return opened;
    auto closed = put_moment(row, "closed_at",
                             [&](v1::Moment const& at) { *blocker.mutable_closed_at() = at; });
    if (!closed) return closed;
    blocker.set_closed(blocker.has_closed_at() || says_yes(row.code("closed")));
    return {};
}

Result<void> map_action(RowReader const& row, v1::ActionSeen& action) {
    action.set_text(row.text("action"));
    action.set_owner(row.code("owner"));
    action.set_why(row.text("why"));
    action.set_reference(row.text("reference"));
    action.set_blocker_reason(row.code("blocker_reason"));
    auto const state = row.code("state");
    static constexpr std::array<std::string_view, 4> states{"open", "done", "not_done",
                                                            "cancelled"};
    action.set_state("open");
    if (!state.empty()) {
        bool known = false;
        for (auto const one : states) {
            if (folded(one) != folded(state)) continue;
            action.set_state(std::string{one});
            known = true;
        }
        if (!known) {
            return invalid("not a state of an action: open, done, not done, cancelled",
                           row.heading("state"));
        }
    }
    auto deadline =
        put_moment(row, "deadline", [&](v1::Moment const& at) { *action.mutable_deadline() = at; });
    if (!deadline) return deadline;
    return put_moment(row, "agreed_at",
                      [&](v1::Moment const& at) { *action.mutable_agreed_at() = at; });
}

Result<void> map_milestone(RowReader const& row, v1::MilestoneSeen& milestone) {
    milestone.set_name(row.code("milestone"));
    return put_moment(row, "reached_at",
                      [&](v1::Moment const& at) { *milestone.mutable_at() = at; });
}

// "Kent", "Thanet", "Night sitting" -> kent-thanet-night-sitting; only a-z, 0-9 and dashes.
std::string service_id(std::initializer_list<std::string> parts) {
    std::string id;
    for (auto const& part : parts) {
        bool dash = !id.empty();
        for (char const c : part) {
            auto const low = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
            if ((low < 'a' || low > 'z') && (low < '0' || low > '9')) {
                dash = !id.empty();
                continue;
            }
            if (dash) id += '-';
            dash = false;
            id += low;
        }
    }
    return id;
}

Result<void> map_capacity(RowReader const& row, v1::CapacitySeen& capacity) {
    auto const council = row.code("council");
    capacity.set_council(council.empty() ? row.profile().council : council);
    capacity.set_name(row.text("service_name"));
    capacity.set_kind(row.code("service_kind"));
    capacity.set_zone(row.text("zone"));
    capacity.set_pathway(row.code("service_pathway"));
    capacity.set_unit(row.code("unit"));
    auto const given = row.text("service");
    capacity.set_service(
        given.empty() ? service_id({capacity.council(), capacity.zone(),
                                    capacity.name().empty() ? capacity.kind() : capacity.name()})
                      : given);
    if (given.empty() && capacity.name().empty() && capacity.kind().empty()) {
        return invalid("the row says nowhere which service it counts", row.heading("service_name"));
    }
    using Set = void (v1::CapacitySeen::*)(std::int64_t);
    struct Counter {
        char const* meaning;
        Set set;
    };
    for (auto const& counter : {Counter{"total", &v1::CapacitySeen::set_total},
                                Counter{"occupied", &v1::CapacitySeen::set_occupied},
                                Counter{"reserved", &v1::CapacitySeen::set_reserved},
                                Counter{"out_of_service", &v1::CapacitySeen::set_out_of_service},
                                Counter{"accepting", &v1::CapacitySeen::set_accepting}}) {
        auto const number = row.number(counter.meaning);
        if (!number) return number.error();
        if (*number) (capacity.*counter.set)(**number);
    }
    return {};
}

Result<void> map_request(RowReader const& row, v1::RequestSeen& request) {
    request.set_kind(row.code("service_kind"));
    request.set_zone(row.text("zone"));
    request.set_reference(row.text("reference"));
    request.set_how(row.code("answer"));
    request.set_service(row.text("service"));
    request.set_why(row.code("why"));
    auto wanted = put_moment(row, "wanted_at",
                             [&](v1::Moment const& at) { *request.mutable_wanted_at() = at; });
    if (!wanted) return wanted;
    return put_moment(row, "answered_at",
                      [&](v1::Moment const& at) { *request.mutable_at() = at; });
}

Result<void> map_figure(RowReader const& row, v1::FigureSeen& figure) {
    figure.set_measure(row.code("measure"));
    figure.set_scope(row.code("scope"));
    auto const value = row.thousandths("value");
    if (!value) return value.error();
    if (*value) figure.set_thousandths(**value);
    auto from =
        put_moment(row, "figure_from", [&](v1::Moment const& at) { *figure.mutable_from() = at; });
    if (!from) return from;
    return put_moment(row, "figure_until",
                      [&](v1::Moment const& at) { *figure.mutable_until() = at; });
}

Result<void> map_what(RowReader const& row, v1::Observation& out) {
    switch (row.kind().kind) {
        case Kind::referrals: {
            auto* const stay = out.mutable_stay();
            stay->set_effect(v1::StaySeen::REFERRAL);
            stay->set_inpatient(true);
            stay->set_opens(true);
            stay->set_inferred(true);
            return {};
        }
        case Kind::outcomes: {
            auto* const stay = out.mutable_stay();
            stay->set_effect(v1::StaySeen::UPDATE);
            stay->set_inpatient(true);
            return {};
        }
        case Kind::blockers:
            return map_blocker(row, *out.mutable_blocker());
        case Kind::milestones:
            return map_milestone(row, *out.mutable_milestone());
        case Kind::actions:
            return map_action(row, *out.mutable_action());
        case Kind::capacity:
            return map_capacity(row, *out.mutable_capacity());
        case Kind::requests:
            return map_request(row, *out.mutable_request());
        case Kind::figures:
            return map_figure(row, *out.mutable_figure());
    }
    return {};
}

Result<v1::Observation> try_map(RowReader const& row, std::optional<Moment> const& file_time) {
    v1::Observation out;
    for (auto const* need : row.kind().needs) {
        if (!row.cell(need->name).filled()) {
            return invalid("nothing stands in a column that is needed", row.heading(need->name));
        }
    }
    if (!of_the_house(row.kind().kind)) {
        if (auto done = map_subject(row, *out.mutable_subject()); !done) return done.error();
    }
    if (auto done = map_times(row, file_time, *out.mutable_times()); !done) return done.error();
    if (auto done = map_facts(row, out); !done) return done.error();
    if (auto done = map_what(row, out); !done) return done.error();
    return out;
}

v1::Observation set_aside(std::string const& field, std::string const& words,
                          std::optional<Moment> const& file_time) {
    v1::Observation out;
    if (file_time) out.mutable_times()->set_message_ms(file_time->at.ms);
    out.mutable_set_aside()->set_why(v1::SetAside::UNMAPPABLE);
    out.mutable_set_aside()->set_field(field);
    out.mutable_set_aside()->set_words(words);
    return out;
}

}  // namespace

v1::Moment to_proto(Moment const& moment) {
    v1::Moment out;
    out.set_at_ms(moment.at.ms);
    out.set_precision(moment.precision == Precision::date ? v1::PRECISION_DATE
                                                          : v1::PRECISION_MINUTE);
    return out;
}

v1::Observation map_row(Profile const& profile, FileKind const& kind, Columns const& columns,
                        Row const& row, std::optional<Moment> file_time) {
    auto const heading_at = [&](std::size_t place) {
        return place >= 1 && place <= columns.header.size() ? columns.header[place - 1]
                                                            : std::string{};
    };
    if (!row.fault.empty()) return set_aside(heading_at(row.fault_column), row.fault, file_time);
    for (auto place = columns.count; place < row.cells.size(); ++place) {
        if (row.cells[place].empty()) continue;  // a delimiter too many at the end harms nobody
        return set_aside(
            {},
            fmt::format("the row has {} cells and the header {}; a cell that holds the "
                        "delimiter must be quoted",
                        row.cells.size(), columns.count),
            file_time);
    }
    RowReader const reader(profile, kind, columns, row);
    if (auto const heading = reader.contradiction(); !heading.empty()) {
        return set_aside(heading, "this heading stands twice, and the row says two things under it",
                         file_time);
    }
    auto mapped = try_map(reader, file_time);
    if (!mapped) return set_aside(mapped.error().field, mapped.error().words, file_time);
    return *mapped;
}

std::optional<Moment> time_in_name(std::string_view file_name) {
    // The digits of each run that begins with 20: year, month, day, then perhaps hour, minute,
    // second.
    for (std::size_t from = 0; from < file_name.size(); ++from) {
        bool const starts = file_name.substr(from).starts_with("20") &&
                            (from == 0 || file_name[from - 1] < '0' || file_name[from - 1] > '9');
        if (!starts) continue;
        std::string digits;
        for (auto at = from; at < file_name.size() && digits.size() < 14; ++at) {
            char const c = file_name[at];
            if (c >= '0' && c <= '9') {
                digits += c;
            } else if (c != '-' && c != '_' && c != 'T' && c != 'h') {
                break;
            }
        }
        if (digits.size() < 8) continue;
        auto const number = [&](std::size_t at, std::size_t count) {
            return at + count <= digits.size() ? std::stoi(digits.substr(at, count)) : 0;
        };
        auto const month = static_cast<unsigned>(number(4, 2));
        auto const day = static_cast<unsigned>(number(6, 2));
        if (!valid_date(number(0, 4), month, day)) continue;
        auto const date = make_date(number(0, 4), month, day);
        if (digits.size() < 12 || number(8, 2) > 23 || number(10, 2) > 59) {
            return Moment{london_midnight(date), Precision::date};
        }
        auto const second = digits.size() == 14 && number(12, 2) < 60 ? number(12, 2) : 0;
        return Moment{london_time(date, number(8, 2), number(10, 2), second), Precision::minute};
    }
    return std::nullopt;
}

}  // namespace washup::csv
