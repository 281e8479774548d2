#include "tests/sim/checkers/naive/compare.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace washup::sim::naive {
namespace {

// Keeps the first difference.
class Differences {
  public:
    template <class A, class B>
    void same(std::string_view what, A const& is, B const& should) {
        if (first_.empty() && !(is == should)) {
            first_ = fmt::format("{} is \"{}\" and should be \"{}\"", what, is, should);
        }
    }
    void moment(std::string_view what, v1::Moment const& is, Moment const& should) {
        same(what, is.at_ms(), should.at.ms);
        same(what, is.precision() == v1::PRECISION_DATE, should.precision == Precision::date);
    }
    void add(std::string words) {
        if (first_.empty()) first_ = std::move(words);
    }
    std::string const& first() const { return first_; }

  private:
    std::string first_;
};

std::string words_of(core::Value const& value) {
    if (!value.code.empty()) return value.code;
    return value.moment || is_gone(value.text.text) ? std::string{} : value.text.text;
}

bool words_gone(core::Value const& value) {
    return is_gone(value.text.text) && value.code.empty() && !value.moment;
}

// Of words that stand for themselves, not for a value.
std::string erased_or(std::string const& words) {
    return is_gone(words) ? "erased" : words;
}

// `doubt`: a reason to doubt it that is not the fact's own.
void look(Differences& d, std::string_view what, v1::Observed const& shown, Now const& now,
          bool doubt = false) {
    if (now.since == nullptr) return d.same(what, shown.ByteSizeLong(), 0u);
    d.same(fmt::format("{} observed", what), shown.observed_at_ms(), now.since->occurred.at.ms);
    d.same(fmt::format("{} confirmed", what), shown.confirmed_at_ms(), now.confirmed.ms);
    d.same(fmt::format("{} source", what), shown.source(), now.since->source());
    auto const& value = now.since->value();
    bool const erased = words_gone(value) && now.others.empty();
    auto const state = !now.known()                           ? v1::UNKNOWN
                       : erased                               ? v1::ERASED
                       : doubt || !now.since->doubt().empty() ? v1::DOUBTFUL
                       : !now.others.empty()                  ? v1::DISAGREEMENT
                                                              : v1::KNOWN;
    d.same(fmt::format("{} state", what), static_cast<int>(shown.state()), static_cast<int>(state));
    if (!now.known()) return;
    d.same(what, shown.value(), words_of(value));
    if (value.moment) d.moment(what, shown.moment(), *value.moment);
    if (now.others.empty()) return d.same(what, shown.other_source(), "");
    bool one = false;
    for (auto const* other : now.others) one = one || other->source() == shown.other_source();
    if (!one) d.add(fmt::format("{}: \"{}\" says nothing else", what, shown.other_source()));
}

void look_place(Differences& d, Said const& said, Stay const& stay, bool crowded,
                v1::StayRow const& row) {
    auto const place = now(said, stay, core::Field::location);
    auto const at =
        place.known() ? place.since->value().location.value_or(core::Location{}) : core::Location{};
    d.same("site", row.site().value(), at.site.empty() ? std::string{} : site_of(said, at));
    d.same("ward", row.ward().value(), at.ward);
    d.same("bed", row.bed().value(), at.bed);
    for (auto const* part : {&row.ward(), &row.bed()}) {
        if (part->state() == v1::UNKNOWN) continue;
        d.same("place observed", part->observed_at_ms(), place.since->occurred.at.ms);
        d.same("place confirmed", part->confirmed_at_ms(), place.confirmed.ms);
    }
    d.same("team", row.team().value(),
           place.known() || now(said, stay, core::Field::team).known() ? team_of(said, stay, at)
                                                                       : std::string{});
    bool clash = false;
    for (auto const& mark : row.marks()) clash = clash || mark == "bed clash";
    d.same("bed clash", clash, crowded);
}

void look_dates(Differences& d, Said const& said, Stay const& stay, v1::StayRow const& row) {
    using core::Field;
    auto const get = [&](Field field) { return now(said, stay, field); };
    auto const admitted = get(Field::admitted_at);
    auto const end = end_of(said, stay);
    auto const doubted = [&](Now const& ready) {
        if (!ready.known() || !ready.since->value().moment) return false;
        auto const date = london_date(ready.since->value().moment->at);
        if (end && date > london_date(end->at)) return true;
        return admitted.known() && admitted.since->value().moment &&
               date < london_date(admitted.since->value().moment->at);
    };
    look(d, "admitted", row.admitted_at(), admitted);
    look(d, "expected discharge", row.expected_discharge(), get(Field::expected_discharge));
    auto const optimised = get(Field::medically_optimised);
    look(d, "medically optimised", row.medically_optimised(), optimised, doubted(optimised));
    auto const ready = get(Field::discharge_ready);
    look(d, "discharge ready", row.discharge_ready(), ready, doubted(ready));
    look(d, "ended", row.ended(), get(Field::ending));
    look(d, "review", row.review_on(), get(Field::review_on));
    look(d, "referred", row.referred_at(), get(Field::referred_at));
    d.same("first seen", row.first_seen(), !(admitted.known() && admitted.since->value().moment));
    d.same("died", row.died(), (end && end->how == "died") || get(Field::died_at).known());
    d.same("on leave", row.on_leave(), get(Field::on_leave).known());
}

void look_outcomes(Differences& d, Said const& said, Stay const& stay, v1::StayRow const& row) {
    using core::Field;
    auto const get = [&](Field field) { return now(said, stay, field); };
    auto const ideal = get(Field::ideal_outcome), expected = get(Field::expected_outcome);
    look(d, "ideal", row.ideal_outcome(), ideal);
    look(d, "expected", row.expected_outcome(), expected);
    look(d, "actual", row.actual_outcome(), get(Field::actual_outcome));
    look(d, "proposed", row.proposed_outcome(), get(Field::proposed_outcome));
    look(d, "pathway", row.pathway(), get(Field::pathway));
    auto const code = [](Now const& now) { return now.known() ? now.since->value().code : ""; };
    auto const way = gap(said.config, code(ideal), code(expected));
    d.same("gap known", row.gap().known(), way.known);
    d.same("gap steps", row.gap().steps(), way.steps);
    d.same("gap bands", row.gap().bands(), way.bands);
    d.same("gap at least", row.gap().at_least(), way.at_least);
    d.same("gap off the ladder", row.gap().off_ladder(), way.off_ladder);
}

void look_clock(Differences& d, Said const& said, Stay const& stay, v1::StayRow const& row) {
    auto const lost = lost_midnights(said, stay);
    d.same("days lost", row.days_lost(), static_cast<int>(lost.size()));
    auto const pieces = chess_clock(said, stay);
    d.same("pieces of the clock", static_cast<std::size_t>(row.chess_clock_size()), pieces.size());
    for (std::size_t i = 0; i < pieces.size() && d.first().empty(); ++i) {
        auto const& shown = row.chess_clock(static_cast<int>(i));
        auto const& piece = pieces[i];
        d.same("a piece begins", shown.from_ms(), piece.from.ms);
        d.same("a piece ends", shown.to_ms(), piece.to ? piece.to->ms : 0);
        d.same("a piece's blocker", shown.blocker(),
               piece.held_by == nullptr ? 0 : piece.held_by->said.blocker.value());
        d.same("a piece's holder", shown.holder(),
               piece.held_by == nullptr || piece.held_by->said.holder.empty()
                   ? "unattributed"
                   : piece.held_by->said.holder);
    }
    std::map<std::uint64_t, Blocker const*> blockers;
    for (auto const* part : said.parts_of(stay)) {
        for (auto const& blocker : part->blockers) {
            blockers.emplace(blocker.said.blocker.value(), &blocker);
        }
    }
    d.same("blockers", static_cast<std::size_t>(row.blockers_size()), blockers.size());
    for (auto const& shown : row.blockers()) {
        auto const it = blockers.find(shown.number());
        if (it == blockers.end()) return d.add("a blocker that nobody told");
        auto const& blocker = *it->second;
        auto const& code = blocker.said.local_reason;
        d.same("a reason", shown.reason(), code.empty() ? blocker.said.reason : code);
        d.same("a holder", shown.holder(), blocker.said.holder);
        d.moment("a blocker opened", shown.opened(), blocker.said.opened);
        d.same("a blocker closed", shown.has_closed(), blocker.closed.has_value());
        if (blocker.closed) d.moment("a blocker closed", shown.closed(), *blocker.closed);
        d.same("a blocker's doubt", shown.doubt(), blocker.doubt);
        auto const held = std::count_if(lost.begin(), lost.end(), [&](auto const& midnight) {
            return midnight.held_by == &blocker;
        });
        d.same("days a blocker held", shown.days_held(), static_cast<int>(held));
        bool const holds = !pieces.empty() && pieces.back().held_by == &blocker;
        if (!pieces.empty() && !pieces.back().to) d.same("holds", shown.holds_clock(), holds);
    }
}

void look_actions(Differences& d, Said const& said, Stay const& stay, v1::StayRow const& row) {
    std::map<std::uint64_t, Action const*> actions;
    for (auto const* part : said.parts_of(stay)) {
        for (auto const& action : part->actions) {
            actions.emplace(action.said.action.value(), &action);
        }
    }
    d.same("actions", static_cast<std::size_t>(row.actions_size()), actions.size());
    std::int64_t before = 0;
    for (auto const& shown : row.actions()) {
        auto const it = actions.find(shown.number());
        if (it == actions.end()) return d.add("an action that nobody told");
        auto const& action = *it->second;
        static char const* const states[] = {"open", "done", "not_done", "cancelled"};
        d.same("an action's state", shown.state(), states[static_cast<int>(action.state)]);
        d.same("an action's text", shown.text(), erased_or(action.said.text.text));
        d.same("an action's owner", shown.owner(), action.said.owner);
        auto const owner = said.staff.find(action.said.owner);
        auto const as_given = action.said.owner_as_given.text;
        d.same("an action's owner", shown.owner_words(),
               owner != said.staff.end() ? owner->second.name.text
               : is_gone(as_given)       ? std::string{}
                                         : as_given);
        d.same("a deadline", shown.deadline().at_ms(), action.deadline.ms);
        d.same("overdue", shown.overdue(), action.overdue);
        d.same("moved", shown.moved(), action.moved);
        if (action.state != core::ActionState::open) continue;
        if (action.deadline.ms < before) d.add("open actions are not by their deadlines");
        before = action.deadline.ms;
    }
}

// The first number that is still there; of somebody who was erased the stay's own.
std::string key_of(Stay const& stay) {
    for (auto const& visit : stay.visits) {
        if (!is_gone(visit.number.text)) return visit.authority + ":" + visit.number.text;
    }
    return stay.visits.empty() ? std::string{} : fmt::format("#{}", stay.id.value());
}

}  // namespace

std::string differs(Said const& said, Stay const& stay, bool crowded, v1::StayRow const& row) {
    using core::Field;
    Differences d;
    d.same("stay", row.stay(), stay.id.value());
    d.same("key", row.key(), key_of(stay));
    auto const name = now(said, stay, Field::name);
    look(d, "name", row.name(), name);
    look(d, "birth date", row.birth_date(), now(said, stay, Field::birth_date));
    look(d, "postcode", row.postcode_district(), now(said, stay, Field::postcode_district));
    look(d, "residence", row.usual_residence(), now(said, stay, Field::usual_residence));
    look(d, "worker", row.worker(), now(said, stay, Field::case_worker));
    int numbers = 0;
    for (auto const record : said.records_of(said.reads_for(stay.person))) {
        auto const it = said.persons.find(record);
        if (it != said.persons.end()) numbers += static_cast<int>(it->second.numbers.size());
    }
    d.same("identifiers", row.identifiers_size(), numbers);
    d.same("provisional", row.provisional(), stay.provisional);
    d.same("inferred", row.inferred(), stay.inferred);
    look_place(d, said, stay, crowded, row);
    look_dates(d, said, stay, row);
    look_outcomes(d, said, stay, row);
    look_clock(d, said, stay, row);
    look_actions(d, said, stay, row);
    auto marks = marks_of(said, stay);
    std::vector<std::string> shown;
    for (auto const& mark : row.marks()) {
        if (mark != "bed clash") shown.push_back(mark);
    }
    std::sort(marks.begin(), marks.end());
    std::sort(shown.begin(), shown.end());
    d.same("marks", fmt::format("{}", fmt::join(shown, ", ")),
           fmt::format("{}", fmt::join(marks, ", ")));
    return d.first();
}

}  // namespace washup::sim::naive
