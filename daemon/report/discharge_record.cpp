#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "daemon/core/holding.hpp"
#include "daemon/report/return_reports.hpp"
#include "daemon/report/stays.hpp"

// The discharge record: five fields of each person who went home from the wash-up board, made from
// the facts as they were recorded. A record is made when discharge and actual outcome are both
// known; whatever changes one of its fields later, a reopening too, is followed by a correction,
// and what was told stays as it was told. Of a blocker that is when it opened, closed or took the
// clock over: a reason put right keeps no history and stands right in every line. The period is
// that of recording, so that who asks week by week gets every line once.

namespace washup::report {
namespace {

using core::Field;
using core::RecordedBy;

constexpr Field record_fields[] = {Field::ending, Field::ideal_outcome, Field::actual_outcome,
                                   Field::discharge_ready};

// What one record says; equal records need no correction.
struct Said {
    core::Code ideal, actual, reason, local_reason;
    std::optional<Date> discharged;  // none: it was taken back
    bool complete() const { return discharged && !actual.empty(); }
    friend bool operator==(Said const&, Said const&) = default;
};

// The records of the journal by which one of the fields may have changed. A closing of a blocker
// tells only when it was recorded: it comes behind the last record of before.
std::vector<RecordedBy> versions_of(core::State const& state, core::Stay const& stay) {
    std::map<core::RecordNumber, Instant> by_record;
    for (auto const* part : core::parts_of(state, stay)) {
        for (auto const field : record_fields) {
            auto const* const history = part->history(field);
            if (history == nullptr) continue;
            for (auto const& fact : history->facts) by_record[fact.record] = fact.received;
            for (auto const& cancel : history->retractions)
                by_record.try_emplace(cancel.record, cancel.recorded);
        }
    }
    std::set<Instant> closings;
    for (auto const* blocker : core::blockers_of(state, stay)) {
        by_record[blocker->record] = blocker->recorded;
        if (blocker->closed) closings.insert(blocker->closed_recorded);
    }
    std::vector<RecordedBy> versions;
    auto const add_closings = [&](Instant before) {
        while (!closings.empty() && *closings.begin() < before) {
            if (!versions.empty()) versions.push_back({versions.back().record, *closings.begin()});
            closings.erase(closings.begin());
        }
    };
    for (auto const& [record, at] : by_record) {
        add_closings(at);
        versions.push_back({record, versions.empty() ? at : std::max(at, versions.back().at)});
    }
    add_closings(RecordedBy{}.at);
    return versions;
}

// A field as it read when that record was the last.
core::Current read_then(core::State const& state, core::Stay const& stay, Field field,
                        core::RecordNumber last, std::vector<core::FieldHistory>& kept) {
    kept.clear();
    for (auto const* part : core::parts_of(state, stay)) {
        auto const* const history = part->history(field);
        if (history == nullptr) continue;
        core::FieldHistory then;
        for (auto const& fact : history->facts) {
            if (fact.record <= last) core::add_fact(then, fact);
        }
        for (auto const& cancel : history->retractions) {
            if (cancel.record <= last) core::add_retraction(then, cancel);
        }
        kept.push_back(std::move(then));
    }
    std::vector<core::FieldHistory const*> histories;
    for (auto const& history : kept) histories.push_back(&history);
    return core::current(histories, core::master_of(state.config, field));
}

Said said_then(core::State const& state, core::Stay const& stay, RecordedBy const& known) {
    auto const last = known.record;
    std::vector<core::FieldHistory> kept;
    auto const code = [&](Field field) {
        auto const now = read_then(state, stay, field, last, kept);
        return now.known() ? now.fact->value.code : core::Code{};
    };
    Said said;
    said.ideal = code(Field::ideal_outcome);
    said.actual = code(Field::actual_outcome);
    auto const ending = read_then(state, stay, Field::ending, last, kept);
    if (!ending.known() || ending.fact->value.code != core::ended::discharged) return said;
    auto const at = ending.fact->value.moment.value_or(ending.fact->times.occurred).at;
    said.discharged = london_date(at);
    // What held last: at the last lost midnight, else just before leaving.
    auto const midnight = london_midnight(*said.discharged) - milliseconds(1);
    core::Holding const held{state, stay, known};
    auto const ready = read_then(state, stay, Field::discharge_ready, last, kept);
    auto const waited = ready.known() && ready.fact->value.moment &&
                        london_date(ready.fact->value.moment->at) < *said.discharged;
    auto const* const blocker = held.at(waited ? midnight : at - milliseconds(1));
    if (blocker != nullptr) {
        said.reason = blocker->reason;
        said.local_reason = blocker->local_reason;
    }
    return said;
}

// The number that names the person outside: by the config's order, else the council's, else a local
// one with its namespace. A doubtful one names nobody.
std::string patient_id(core::State const& state, core::Stay const& stay) {
    std::vector<core::KnownIdentifier> known;
    for (auto const* person : state.records_of(state.survivor_of(stay.person))) {
        for (auto const& identifier : person->identifiers) {
            if (!identifier.doubtful && !identifier.number.text.empty() &&
                identifier.kind != core::IdentifierKind::nhs) {
                known.push_back(identifier);
            }
        }
    }
    auto const of = [&](auto const& fits) -> std::string {
        auto const it = std::find_if(known.begin(), known.end(), fits);
        if (it == known.end()) return {};
        if (it->kind == core::IdentifierKind::council) return it->number.text;
        return it->name_space + ":" + it->number.text;
    };
    auto const council = [](auto const& one) { return one.kind == core::IdentifierKind::council; };
    for (auto const& wanted : state.config.organisation.patient_ids) {
        auto id = wanted == "council" ? of(council) : of([&](auto const& one) {
            return one.kind == core::IdentifierKind::local && one.name_space == wanted;
        });
        if (!id.empty()) return id;
    }
    if (auto id = of(council); !id.empty()) return id;
    return of([](auto const&) { return true; });
}

class Records {
  public:
    Records(core::State const& state, Days const& days) : state_(state), days_(days) {
        table_.name = "record";
        table_.title = "Discharge record";
        table_.columns = {"patient ID",        "ideal outcome", "actual outcome", "blocker reason",
                          "date of discharge", "row",           "recorded",       "corrects"};
        table_.key_columns = 7;
        table_.definition =
            "People of the wash-up board (an ideal outcome or a referral was ever said) who were "
            "discharged, recorded in the period. Blocker reason = what held at the last lost "
            "midnight, else when they left. A correction follows when a field changed after it was "
            "recorded; one with an empty date says that the discharge was taken back.";
        missing_.name = "waiting";
        missing_.title = "Discharged, actual outcome missing";
        missing_.definition = "These are recorded once somebody says the actual outcome.";
        missing_.columns = {"patient ID", "ideal outcome", "ward proposes", "date of discharge"};
    }
    void take(StayFacts const& facts) {
        auto const& stay = *facts.stay;
        if (!facts.in_scope || !on_board(stay)) return;
        auto const id = patient_id(state_, stay);
        std::optional<Said> last;
        std::optional<Instant> last_at;
        for (auto const& version : versions_of(state_, stay)) {
            auto const said = said_then(state_, stay, version);
            if (!said.complete() && !last) continue;
            if (last && (said == *last || (!said.complete() && !last->complete()))) continue;
            if (days_.hold(london_date(version.at))) line(id, stay, said, version.at, last_at);
            last = said;
            last_at = version.at;
        }
        if (facts.discharged() && code_of(state_, stay, Field::actual_outcome).empty()) {
            missing_.lines.push_back({id, words_of(code_of(state_, stay, Field::ideal_outcome)),
                                      words_of(code_of(state_, stay, Field::proposed_outcome)),
                                      slashed(facts.ended_on())});
            missing_.stays.push_back({{stay.id, 1}});
        }
    }
    Document document() {
        // By the time of recording, as they were made.
        std::vector<std::size_t> order(table_.lines.size());
        for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
        std::stable_sort(order.begin(), order.end(),
                         [&](auto a, auto b) { return at_[a] < at_[b]; });
        Table sorted = table_;
        for (std::size_t i = 0; i < order.size(); ++i) {
            sorted.lines[i] = table_.lines[order[i]];
            sorted.stays[i] = table_.stays[order[i]];
        }
        Document document;
        document.title = "Discharge record";
        document.tables = {std::move(sorted), std::move(missing_)};
        return document;
    }

  private:
    bool on_board(core::Stay const& stay) const {
        for (auto const field : {Field::ideal_outcome, Field::referred_at}) {
            for (auto const* part : core::parts_of(state_, stay)) {
                auto const* const history = part->history(field);
                if (history != nullptr && !history->facts.empty()) return true;
            }
        }
        return false;
    }
    std::string words_of(core::Code const& code) const {
        return outcome_words(state_.config, code);
    }
    void line(std::string const& id, core::Stay const& stay, Said const& said, Instant at,
              std::optional<Instant> corrects) {
        auto const recorded = [](Instant when) {
            return slashed(london_date(when)) + " " + clock_time(when, true);
        };
        auto const complete = said.complete();
        table_.lines.push_back(
            {id, words_of(said.ideal), complete ? words_of(said.actual) : "",
             complete ? reason_words(state_.config, said.reason, said.local_reason) : "",
             complete ? slashed(*said.discharged) : "", corrects ? "correction" : "record",
             recorded(at), corrects ? recorded(*corrects) : ""});
        table_.stays.push_back({{stay.id, 1}});
        at_.push_back(at);
    }

    core::State const& state_;
    Days days_;
    Table table_, missing_;
    std::vector<Instant> at_;
};

}  // namespace

Result<Document> discharge_record(core::State const& state, Options const& options) {
    auto const days = days_of(state, options, Span::week);
    if (!days) return days.error();
    auto const scope = scope_of(state, options);
    if (!scope) return scope.error();
    Records records{state, *days};
    for (auto const& facts : stays_of(state, *scope)) records.take(facts);
    auto document = records.document();
    document.about = scope->words + ", recorded in " + days->words;
    return document;
}

}  // namespace washup::report
