// Rows that are not of one stay, and what a display's tier makes of a row.

#include <fmt/format.h>

#include "tests/sim/checkers/naive/compare.hpp"

namespace washup::sim::naive {
namespace {

// A row that ended stays on walls over a long weekend: product.md, section 3.
constexpr int days_on_walls = 4;

bool on_a_wall(Said const& said, Stay const& stay) {
    auto const ending = now(said, stay, core::Field::ending);
    if (now(said, stay, core::Field::died_at).known()) return false;
    if (!ending.known()) return true;
    auto const& value = ending.since->value();
    if (value.code == "died" || value.code == "recorded_in_error") return false;
    return !value.moment || said.today - london_date(value.moment->at) <= days_on_walls;
}

// Tier 2 shows no history, note or number of the person, tier 1 no name and no words of an action.
v1::Row narrowed(v1::View view, v1::Row whole) {
    auto& row = *whole.mutable_stay();
    row.clear_key();
    row.clear_nhs_number();
    row.clear_usual_residence();
    row.clear_birth_date();
    row.clear_identifiers();
    row.clear_postcode_district();
    if (view < v1::VIEW_TIER_2) {
        row.clear_name();
        row.clear_worker();
    }
    for (auto& action : *row.mutable_actions()) {
        action.clear_why();
        for (auto const& blocker : row.blockers()) {
            if (blocker.sensitive() && blocker.number() == action.blocker()) action.clear_text();
        }
        if (view == v1::VIEW_TIER_2) continue;
        action.clear_text();
        action.clear_owner();
        action.clear_owner_words();
    }
    for (auto& blocker : *row.mutable_blockers()) {
        blocker.clear_closed_why();
        blocker.clear_note();
        blocker.clear_source();
        if (!blocker.sensitive()) continue;
        blocker.clear_reason();
        blocker.set_words("Sensitive");
        for (auto& piece : *row.mutable_chess_clock()) {
            if (piece.blocker() == blocker.number()) piece.set_words("Sensitive");
        }
    }
    return whole;
}

std::string first_of(std::string const& what, auto const& is, auto const& should) {
    return is == should ? std::string{}
                        : fmt::format("{} is \"{}\" and should be \"{}\"", what, is, should);
}

}  // namespace

std::string differs(Said const& said, v1::View view, Stay const& stay, v1::Row const& full,
                    std::string_view got) {
    bool const should = view != v1::VIEW_TIER_0 && on_a_wall(said, stay);
    if (!should && !got.empty()) return "this tier may see nothing of it";
    if (should && got.empty()) return "it is missing on the wall";
    if (!should) return {};
    return narrowed(view, full).SerializeAsString() == got
               ? std::string{}
               : "this tier sees another part of it than it may";
}

std::string differs(core::CapacityReported const& said, v1::ServiceRow const& row) {
    if (row.has_total() != said.total.has_value()) return "total is said by one alone";
    if (row.has_accepting() != said.accepting.has_value()) return "accepting is said by one alone";
    if (said.total && row.total() != *said.total) return "total is another";
    if (said.accepting && row.accepting() != *said.accepting) return "accepting is another";
    return first_of("observed", row.observed_at_ms(), said.occurred.ms);
}

std::string differs(core::StaffAdded const& said, v1::StaffRow const& row) {
    return row.name() == said.name.text && row.role() == said.role ? std::string{}
                                                                   : "another name or role";
}

std::string differs(core::InboxKept const& said, v1::InboxRow const& row) {
    return first_of("why", row.why(), said.why);
}

std::string differs(Said::Source const& said, v1::SourceRow const& row) {
    auto const words = [](auto heard, auto accepted, auto inbox, auto counted) {
        return fmt::format("heard {} accepted {} inbox {} counted {}", heard, accepted, inbox,
                           counted);
    };
    return first_of("it", words(row.last_heard_ms(), row.accepted(), row.inbox(), row.counted()),
                    words(said.last_heard.ms, said.accepted, said.inbox, said.counted));
}

std::string differs(Count const& count, Bar const& bar, v1::Row const& row) {
    auto const people = static_cast<std::int64_t>(count.people.size());
    if (bar.level != "leaf") return first_of("people", row.people().people(), people);
    auto const days = first_of("bed days", row.tally().bed_days(), count.bed_days);
    return days.empty() ? first_of("people", row.tally().people(), people) : days;
}

std::string differs(Head const& head, Date today, v1::HeadlineRow const& row) {
    auto const days = [&](char const* window) {
        auto const it = head.days.find(window);
        return it == head.days.end() ? 0 : it->second;
    };
    auto const words = [](auto... numbers) {
        std::string all;
        ((all += std::to_string(numbers) + ' '), ...);
        return all;
    };
    auto const is =
        words(row.ready_still_here(), row.bed_days_now(), row.bed_days_today(), row.bed_days_7(),
              row.bed_days_28(), row.bed_days_91(), row.bed_days_prior_7(), row.on_track(),
              row.on_track_known(), row.on_track_of(), row.ideal_reached(), row.ideal_known(),
              row.ideal_of());
    auto const should = words(head.ready, days("now"), days("today"), days("7"), days("28"),
                              days("91"), days("prior_7"), head.on_track, head.on_track_known,
                              head.live, head.ideal_reached, head.ideal_known, head.discharged);
    auto const figures = first_of("the head", is, should);
    return figures.empty() ? first_of("today", row.today(), to_iso(today)) : figures;
}

}  // namespace washup::sim::naive
