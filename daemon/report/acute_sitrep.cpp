#include <fmt/format.h>

#include <map>
#include <set>

#include "daemon/report/organisation.hpp"
#include "daemon/report/return_reports.hpp"
#include "daemon/report/stays.hpp"

// The acute discharge sitrep in the ten columns of the published file (domain.md 3.2). Who is
// counted on a day is a sum over the midnight ledger: in bed at the midnight that ends it, and
// ready. Whoever went home on a day no longer met the criteria to reside on it, ready date or not.

namespace washup::report {
namespace {

constexpr char const* daily = "Daily metric";
constexpr char const* weekly = "Weekly snapshot metric";
constexpr char const* nctr = "Number of patients who no longer meet the criteria to reside";
constexpr char const* gone = "Number of patients discharged";
constexpr char const* remaining =
    "Number of patients remaining in hospital who no longer meet the criteria to reside";

struct Counted {
    LineStays stays;
    std::int64_t sum = 0;
    void add(core::Stay const& stay, std::int64_t amount = 1) {
        stays[stay.id] += amount;
        sum += amount;
    }
};

// One person at one midnight.
struct Night {
    core::Stay const* stay;
    core::Code reason;  // published; empty: none of them held
    bool unmapped = false;
    std::optional<int> length_of_stay;
    std::int64_t lost;  // bed days up to this midnight, this one included
};

class Sitrep {
  public:
    Sitrep(core::State const& state, Scope const& scope, Days const& days)
        : config_(state.config), days_(days), org_(organisation_of(state.config, scope)) {
        table_.name = "return";
        table_.title = "Acute discharge sitrep";
        table_.columns = {"Period",   "Level",  "Region",      "ICB",          "Org Code",
                          "Org Name", "Metric", "Metric Type", "Metric Group", "Value"};
        table_.count_columns = {9};
        table_.key_columns = 9;
        table_.definition =
            "Remaining = in bed and ready at the midnight that ends the day, at the site of that "
            "midnight. Discharged = left that day as a discharge, with or without a ready date; "
            "who "
            "died, left by themselves or moved to another hospital is not among them. No longer "
            "meets = both together. Reasons: what held at the midnight of the snapshot; over "
            "several snapshots their mean. Length of stay is whole days from admission. Numbers of "
            "7, 14 and 21 days overlap and are never added.";
        for (auto const& facts : stays_of(state, scope)) take(state, facts);
    }
    Document document() {
        days_lines();
        destination_lines();
        bed_day_lines();
        for (auto const at_least : {7, 14}) reason_lines(at_least);
        cost_lines();
        Document document;
        document.title = "Acute discharge sitrep";
        document.tables = {std::move(table_), notes()};
        // Who left went to one of the destinations, or it is not known, which the notes tell.
        destination_cells_.push_back({unknown_destination_line, 1, 1});
        document.ties.sums.push_back({std::move(destination_cells_), std::move(gone_cells_)});
        return document;
    }

  private:
    void take(core::State const& state, StayFacts const& facts) {
        std::int64_t lost = 0;
        for (auto const& midnight : facts.ledger) {
            ++lost;
            if (!days_.hold(midnight.date)) continue;
            Night night{facts.stay, published_reason(config_, midnight), false,
                        facts.days_on(midnight.date), lost};
            night.unmapped = midnight.blocker && night.reason.empty();
            nights_[midnight.date].push_back(std::move(night));
        }
        if (!facts.in_scope || !facts.discharged() || !days_.hold(facts.ended_on())) return;
        gone_[facts.ended_on()].add(*facts.stay);
        auto const* const to = destination_of(state, *facts.stay);
        to == nullptr ? unknown_destination_.add(*facts.stay)
                      : destinations_[to->code].add(*facts.stay);
    }

    std::size_t put(Date date, std::string metric, char const* type, std::string group,
                    std::string value, LineStays stays = {}) {
        table_.lines.push_back({slashed(date), org_.level, org_.region, org_.icb, org_.code,
                                org_.words, std::move(metric), type, std::move(group),
                                std::move(value)});
        table_.stays.push_back(std::move(stays));
        return table_.lines.size() - 1;
    }
    std::size_t put(Date date, char const* metric, char const* type, char const* group,
                    Counted const& counted) {
        return put(date, metric, type, group, fixed(counted.sum, 1, 2), counted.stays);
    }
    static CellPlace value_of(std::size_t line) { return {line, 9}; }

    void days_lines() {
        for (auto date = days_.first; date <= days_.last; date = date + 1) {
            Counted still;
            for (auto const& night : nights_[date]) still.add(*night.stay);
            auto both = gone_[date];
            for (auto const& [stay, amount] : still.stays) both.stays[stay] += amount;
            both.sum += still.sum;
            auto const all = put(date, nctr, daily, "NCTR", both);
            auto const left = put(date, gone, daily, "Discharges", gone_[date]);
            auto const here = put(date, remaining, daily, "NCTR not discharged", still);
            table_.ties.sums.push_back({{value_of(left), value_of(here)}, {value_of(all)}});
            gone_cells_.push_back(value_of(left));
        }
    }
    void destination_lines() {
        for (auto const& destination : config_.destinations) {
            destination_cells_.push_back(
                value_of(put(days_.first, destination.label.c_str(), daily, "Discharge destination",
                             destinations_[destination.code])));
        }
    }

    std::vector<Date> snapshots() const {
        if (days_.span == Span::day) return {days_.first};
        std::vector<Date> dates;
        for (auto date = days_.first; date <= days_.last; date = date + 1) {
            if (weekday(date) == static_cast<int>(config_.returns.snapshot_weekday))
                dates.push_back(date);
        }
        return dates;
    }
    void bed_day_lines() {
        for (auto const date : snapshots()) {
            for (auto const at_least : {7, 14, 21}) {
                Counted counted;
                for (auto const& night : nights_[date]) {
                    if (night.length_of_stay && *night.length_of_stay >= at_least)
                        counted.add(*night.stay, night.lost);
                }
                put(date,
                    fmt::format("Number of additional bed days, patients with length of stay of {} "
                                "days or over",
                                at_least),
                    weekly, "Additional bed days lost", fixed(counted.sum, 1, 2), counted.stays);
            }
        }
    }

    std::vector<core::ReasonConfig const*> published() const {
        std::vector<core::ReasonConfig const*> reasons;
        for (auto const& reason : config_.reasons) {
            auto const& in_force = reason.in_force;
            if (reason.parent.empty() &&
                (in_force.holds(days_.first) || in_force.holds(days_.last)))
                reasons.push_back(&reason);
        }
        return reasons;
    }
    // Of people who had been here so long at the midnight, by reason.
    std::map<core::Code, Counted> by_reason(std::vector<Date> const& dates, int at_least) {
        std::map<core::Code, Counted> counted;
        for (auto const date : dates) {
            for (auto const& night : nights_[date]) {
                if (night.length_of_stay && *night.length_of_stay >= at_least)
                    counted[night.reason].add(*night.stay);
            }
        }
        return counted;
    }
    void reason_lines(int at_least) {
        auto const dates = snapshots();
        auto counted = by_reason(dates, at_least);
        auto const count = static_cast<std::int64_t>(dates.size());
        auto const date = dates.size() == 1 ? dates.front() : days_.first;
        auto const group = fmt::format("Delay reason LOS {}+", at_least);
        std::vector<CellPlace> cells;
        for (auto const* reason : published()) {
            auto& of_reason = counted[reason->code];
            auto const line = put(date, reason->label, weekly, group,
                                  fixed(of_reason.sum, count, 2), of_reason.stays);
            cells.push_back(value_of(line));
            if (at_least == 7) reason_cell_[reason->code] = value_of(line);
        }
        table_.ties.sums.push_back({std::move(cells), {}});
    }
    // Bed days of people with a stay of 7 days and more, in a whole month alone.
    void cost_lines() {
        std::vector<Date> dates;
        for (auto date = days_.first; date <= days_.last; date = date + 1) dates.push_back(date);
        auto counted = by_reason(dates, 7);
        auto const told = days_.span == Span::month && days_.whole;
        auto const pence = config_.returns.bed_day_pence;
        auto const cost = [&](std::int64_t bed_days) {
            return told && pence != 0 ? fixed(bed_days * pence, 100, 2) : not_applicable;
        };
        constexpr char const* group = "Delay reason LOS 7+ Costs";
        std::int64_t all = 0;
        for (auto const& [code, of_reason] : counted) all += of_reason.sum;
        std::vector<CellPlace> cells;
        for (auto const* reason : published()) {
            auto const line = put(days_.first, reason->label, weekly, group,
                                  cost(counted[reason->code].sum), counted[reason->code].stays);
            cells.push_back(value_of(line));
            // What a reason cost tells its bed days, and hardly less how many people there were.
            if (told) table_.ties.counts[value_of(line)] = counted[reason->code].sum;
            table_.ties.together.push_back({value_of(line), reason_cell_[reason->code]});
        }
        table_.ties.sums.push_back({std::move(cells), {}});
        auto const total = value_of(put(days_.first, "Total cost of delayed bed days in the month",
                                        weekly, group, cost(all)));
        auto const days = value_of(put(days_.first, "Total number of delayed bed days in the month",
                                       weekly, group, told ? fixed(all, 1, 2) : not_applicable));
        auto const mean =
            value_of(put(days_.first, fmt::format("Daily Average - {}", remaining), weekly, group,
                         told ? fixed(all, days_.count(), 2) : not_applicable));
        if (told) table_.ties.counts[total] = table_.ties.counts[mean] = all;
        table_.ties.together.push_back({total, days, mean});
    }

    static constexpr std::size_t unknown_destination_line = 5;  // of the notes

    Table notes() {
        Table notes;
        notes.name = "notes";
        notes.title = "What the lines do not say";
        notes.definition =
            "Counted in the period, or at the snapshots, and in none of the published lines.";
        notes.columns = {"what", "count"};
        notes.count_columns = {1};
        notes.ties.worked_out[{0, 1}] = {};  // days, and nobody's
        std::int64_t unattributed = 0, unmapped = 0, unknown_length = 0, other = 0;
        std::set<core::Code> known;
        for (auto const* reason : published()) known.insert(reason->code);
        for (auto const date : snapshots()) {
            for (auto const& night : nights_[date]) {
                unknown_length += night.length_of_stay ? 0 : 1;
                if (night.unmapped)
                    ++unmapped;
                else if (night.reason.empty())
                    ++unattributed;
                else if (!known.contains(night.reason))
                    ++other;
            }
        }
        std::vector<std::string> dates;
        for (auto const date : snapshots()) dates.push_back(slashed(date));
        notes.lines = {
            {"snapshots: " + fmt::format("{}", fmt::join(dates, " ")),
             std::to_string(dates.size())},
            {"at the snapshots: no blocker held (unattributed)", std::to_string(unattributed)},
            {"at the snapshots: a reason in words that no vocabulary knows",
             std::to_string(unmapped)},
            {"at the snapshots: a reason that is not published now", std::to_string(other)},
            {"at the snapshots: admission not known, so in no length of stay",
             std::to_string(unknown_length)},
            {"discharged: where to is not known", std::to_string(unknown_destination_.sum)},
        };
        if (org_.code.empty())
            notes.lines.push_back({"the site file has no [organisation]: left blank", ""});
        if (config_.returns.bed_day_pence == 0)
            notes.lines.push_back({"[returns] bed_day_pence is not set: costs are [z]", ""});
        return notes;
    }

    core::Config const& config_;
    Days days_;
    Organisation org_;
    Table table_;
    std::map<Date, std::vector<Night>> nights_;
    std::map<Date, Counted> gone_;
    std::map<core::Code, Counted> destinations_;
    Counted unknown_destination_;
    std::map<core::Code, CellPlace> reason_cell_;
    std::vector<CellPlace> gone_cells_, destination_cells_;
};

}  // namespace

Result<Document> acute_sitrep(core::State const& state, Options const& options) {
    auto const days = days_of(state, options, Span::month);
    if (!days) return days.error();
    auto const scope = scope_of(state, options);
    if (!scope) return scope.error();
    auto document = Sitrep{state, *scope, *days}.document();
    document.about = scope->words + ", " + days->words;
    return document;
}

}  // namespace washup::report
