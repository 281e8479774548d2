#include <algorithm>
#include <array>
#include <map>

#include <fmt/format.h>

#include "daemon/report/organisation.hpp"
#include "daemon/report/return_reports.hpp"
#include "daemon/report/stays.hpp"

// The discharge ready date statistic (domain.md 3.10): whole days from ready date to discharge of
// the people discharged in the period, for the provider and for each council they live in.

namespace washup::report {
namespace {

struct DelayBand {
    char const* words;
    int from, until;
};
constexpr std::array<DelayBand, 7> bands{{{"No delay", 0, 0},
                                          {"1 day", 1, 1},
                                          {"2-3 days", 2, 3},
                                          {"4-6 days", 4, 6},
                                          {"7-13 days", 7, 13},
                                          {"14-20 days", 14, 20},
                                          {"21 days or more", 21, 100'000}}};

struct Group {
    std::array<LineStays, bands.size()> people;
    std::array<LineStays, bands.size()> bed_days;
};

std::int64_t sum_of(LineStays const& stays) {
    std::int64_t sum = 0;
    for (auto const& [stay, amount] : stays) sum += amount;
    return sum;
}

struct Council {
    std::string code, words;
    friend auto operator<=>(Council const&, Council const&) = default;
};

class Statistic {
  public:
    Statistic(core::State const& state, Scope const& scope, Days const& days)
        : config_(state.config), days_(days), org_(organisation_of(state.config, scope)) {
        table_.name = "statistic";
        table_.title = "Discharge ready date";
        table_.columns = {"Date",
                          "Data Source",
                          "Data Type",
                          "Upper Tier Local Authority Code",
                          "Upper Tier Local Authority",
                          "Region (of Provider)",
                          "ICB (of Provider)",
                          "Code",
                          "Organisation Name",
                          "Measure",
                          "Value"};
        table_.count_columns = {10};
        table_.key_columns = 10;
        table_.definition =
            "People discharged in the period after at least one night, by the discharge ready date "
            "that counts (the start of the final period of not meeting the criteria to reside). "
            "Delay = whole London dates from ready date to discharge date; all of it counts in the "
            "period of the discharge. Who has no ready date is not counted as without delay: they "
            "stand in the notes.";
        for (auto const& facts : stays_of(state, scope)) take(facts);
    }
    Document document() {
        std::vector<std::vector<CellPlace>> by_measure;
        auto const keep = [&](std::vector<CellPlace> const& cells) {
            by_measure.resize(std::max(by_measure.size(), cells.size()));
            for (std::size_t i = 0; i < cells.size(); ++i) by_measure[i].push_back(cells[i]);
        };
        keep(lines("Provider", {not_applicable, not_applicable}, all_));
        for (auto const& [council, group] : councils_)
            keep(lines("Provider activity mapped to UTLA", council, group));
        // A council alone is the provider; of two, one tells the other.
        for (auto& cells : by_measure) {
            auto const whole = cells.front();
            cells.erase(cells.begin());
            table_.ties.sums.push_back({std::move(cells), {whole}});
        }
        Document document;
        document.title = "Discharge ready date statistic";
        document.tables = {std::move(table_), notes()};
        return document;
    }

  private:
    void take(StayFacts const& facts) {
        if (!facts.in_scope || !facts.discharged() || !days_.hold(facts.ended_on())) return;
        if (facts.admitted && *facts.admitted == facts.ended_on()) {
            ++same_day_;
            return;
        }
        if (!facts.ready) {
            ++without_;
            return;
        }
        if (facts.ended_on() < *facts.ready) {
            ++ready_after_;
            return;
        }
        // As the midnight ledger counts: who is not in bed yet loses nothing there.
        auto const since = std::max(*facts.ready, facts.admitted.value_or(*facts.ready));
        auto const delay = facts.ended_on() - since;
        auto const* const known = council_config(config_, facts.council);
        auto const council = facts.council.empty() ? Council{"", "not known"}
                             : known == nullptr    ? Council{facts.council, ""}
                                                   : Council{known->official, known->words};
        for (std::size_t i = 0; i < bands.size(); ++i) {
            if (delay < bands[i].from || delay > bands[i].until) continue;
            for (auto* group : {&all_, &councils_[council]}) {
                group->people[i][facts.stay->id] = 1;
                if (delay != 0) group->bed_days[i][facts.stay->id] = delay;
            }
        }
    }

    CellPlace put(char const* type, Council const& council, std::string measure, std::string value,
                  LineStays stays = {}) {
        table_.lines.push_back({slashed(days_.first), "Washup", type, council.code, council.words,
                                org_.region, org_.icb, org_.code, org_.words, std::move(measure),
                                std::move(value)});
        table_.stays.push_back(std::move(stays));
        return {table_.lines.size() - 1, 10};
    }
    // Gives the cells that councils and the provider share: counts, not what is worked out.
    std::vector<CellPlace> lines(char const* type, Council const& council, Group const& group) {
        LineStays everybody, delayed, days;
        std::vector<CellPlace> cells, in_bands, of_days;
        for (std::size_t i = 0; i < bands.size(); ++i) {
            everybody.insert(group.people[i].begin(), group.people[i].end());
            if (i != 0) delayed.insert(group.people[i].begin(), group.people[i].end());
            days.insert(group.bed_days[i].begin(), group.bed_days[i].end());
        }
        auto const count = [&](std::string measure, LineStays const& stays) {
            cells.push_back(
                put(type, council, std::move(measure), std::to_string(sum_of(stays)), stays));
            return cells.back();
        };
        auto const worked_out = [&](std::string measure, std::string value,
                                    std::vector<CellPlace> from) {
            table_.ties.worked_out[put(type, council, std::move(measure), std::move(value))] =
                std::move(from);
        };
        auto const total = count("Number of patients discharged in total", everybody);
        auto const bed_days = count("Total bed days lost due to delayed discharge", days);
        auto const same =
            count("Date of discharge is same as Discharge Ready Date", group.people[0]);
        auto const later =
            count("Date of discharge is 1+ days after Discharge Ready Date", delayed);
        auto const people = sum_of(everybody);
        for (std::size_t i = 0; i < bands.size(); ++i) {
            in_bands.push_back(
                count(fmt::format("Number of patients: {}", bands[i].words), group.people[i]));
            worked_out(fmt::format("Percentage of patients: {}", bands[i].words),
                       fixed(100 * sum_of(group.people[i]), people, 1), {in_bands.back(), total});
            if (i != 0)
                of_days.push_back(
                    count(fmt::format("Bed days lost: {}", bands[i].words), group.bed_days[i]));
        }
        worked_out("Average days from Discharge Ready Date to date of discharge (inc 0 day delays)",
                   fixed(sum_of(days), people, 1), {bed_days, total});
        worked_out("Average days from Discharge Ready Date to date of discharge (exc 0 day delays)",
                   fixed(sum_of(days), sum_of(delayed), 1), {bed_days, later});
        auto& ties = table_.ties;
        ties.sums.push_back({{same, later}, {total}});
        // The band without delay says the same as the line above it.
        ties.together.push_back({same, in_bands.front()});
        // Few people are told by the days that they lost.
        for (std::size_t i = 1; i < bands.size(); ++i)
            ties.together.push_back({in_bands[i], of_days[i - 1]});
        ties.together.push_back({later, bed_days});
        ties.sums.push_back({std::move(in_bands), {total}});
        ties.sums.push_back({std::move(of_days), {bed_days}});
        return cells;
    }

    Table notes() const {
        Table notes;
        notes.name = "notes";
        notes.title = "Discharged in the period and not in the statistic";
        notes.columns = {"what", "count"};
        notes.count_columns = {1};
        notes.lines = {
            {"no discharge ready date", std::to_string(without_)},
            {"ready after discharge (doubtful)", std::to_string(ready_after_)},
            {"came and left on one date: no night", std::to_string(same_day_)},
        };
        return notes;
    }

    core::Config const& config_;
    Days days_;
    Organisation org_;
    Table table_;
    Group all_;
    std::map<Council, Group> councils_;
    std::int64_t without_ = 0, ready_after_ = 0, same_day_ = 0;
};

}  // namespace

Result<Document> ready_date(core::State const& state, Options const& options) {
    auto const days = days_of(state, options, Span::month);
    if (!days) return days.error();
    auto const scope = scope_of(state, options);
    if (!scope) return scope.error();
    auto document = Statistic{state, *scope, *days}.document();
    document.about = scope->words + ", discharged in " + days->words;
    return document;
}

}  // namespace washup::report
