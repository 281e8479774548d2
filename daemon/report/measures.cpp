#include <fmt/format.h>

#include <optional>

#include "daemon/derive/decimal.hpp"
#include "daemon/derive/figures.hpp"
#include "daemon/report/asked.hpp"
#include "daemon/report/figure_reports.hpp"
#include "daemon/report/house_figures.hpp"

// The measures of a scope, and what each of them is.

namespace washup::report {
namespace {

using derive::Figure;
using derive::Figures;

struct Asked {
    derive::Scope scope;
    int days = 28;
};

Result<Asked> asked_of(core::State const& state, Options const& options) {
    auto const scope = scope_asked(state, options);
    if (!scope) return scope.error();
    constexpr int lengths[] = {7, 28, 91};
    auto const days = one_of(options, "days", {"7", "28", "91"}, 1);
    if (!days) return days.error();
    return Asked{*scope, lengths[*days]};
}

std::string days_words(derive::Days days) {
    return to_iso(days.first) + " to " + to_iso(days.last);
}

class Lines {
  public:
    Lines(core::State const& state, Asked const& asked) : state_(state), asked_(asked) {
        table_.title = "Measures, " + derive::words_of(state.config, asked.scope);
        table_.definition = fmt::format(
            "As of {}; flows of the last {} complete days. A share is numerator / denominator; "
            "unknown = left out of both because something is not known. Empty is not 0. `report "
            "definitions` says what each measure is.",
            to_iso(state.today), asked.days);
        table_.columns = {"measure",     "what",    "value",    "unit",    "window", "numerator",
                          "denominator", "unknown", "baseline", "current", "target", "note"};
    }
    void add(Figures const& figures, std::string const& window) {
        for (auto const& definition : derive::definitions()) {
            auto const it = figures.find(core::Code(definition.code));
            if (it == figures.end()) continue;
            auto const& figure = it->second;
            auto const share = definition.shape != derive::Shape::count;
            auto const value = derive::text_of(definition.shape, figure);
            line(definition, value, window,
                 {std::to_string(figure.value), share ? std::to_string(figure.of) : "",
                  std::to_string(figure.unknown)},
                 value.empty() ? "unknown: nothing to divide by" : "");
        }
    }
    void add(HouseFigure const& figure) {
        if (auto const* definition = derive::definition_of(figure.measure))
            line(*definition, figure.value, figure.window,
                 {figure.numerator, figure.denominator, ""}, figure.note);
    }
    Table finish() { return std::move(table_); }

  private:
    void line(derive::Definition const& definition, std::string value, std::string window,
              std::vector<std::string> parts, std::string note) {
        std::vector<std::string> cells{std::string(definition.code), std::string(definition.words),
                                       std::move(value), std::string(definition.unit),
                                       std::move(window)};
        cells.insert(cells.end(), parts.begin(), parts.end());
        auto const target = target_of(state_.config, definition.code, asked_.scope);
        for (auto const& number : {target.baseline, target.current, target.target})
            cells.push_back(number ? thousandths(*number) : "");
        cells.push_back(std::move(note));
        table_.lines.push_back(std::move(cells));
    }

    core::State const& state_;
    Asked asked_;
    Table table_;
};

}  // namespace

Result<Document> measures(core::State const& state, Options const& options) {
    auto const asked = asked_of(state, options);
    if (!asked) return asked.error();
    derive::FigureSource const source{state};
    auto const days = derive::complete_days(state.today, asked->days);
    auto const week = derive::complete_days(state.today, 7);
    Lines lines{state, *asked};
    lines.add(source.now(asked->scope), "now");
    auto flows = source.over(asked->scope, days);
    auto const home = flows.at("home");
    auto const bed_days = flows.at("bed_days");
    flows.erase("new_permanent");
    lines.add(flows, days_words(days));
    lines.add(extra_home(state, asked->scope, home, days_words(days)));
    lines.add(per_100k(state, asked->scope, bed_days.value, days));
    auto const placed = source.over(asked->scope, week).at("new_permanent");
    lines.add({{"new_permanent", placed}}, days_words(week));
    lines.add(source.readmissions(asked->scope), "complete cohort");
    lines.add(inappropriate(state, asked->scope));
    for (auto const& figure : imported(state, asked->scope)) lines.add(figure);
    Document document{{lines.finish()}};
    if (auto matrix = sustainability(state, asked->scope); !matrix.lines.empty())
        document.tables.push_back(std::move(matrix));
    return document;
}

Result<Document> definitions(core::State const&, Options const&) {
    Table table;
    table.title = "What the measures are";
    table.definition = "Each measure by its code, with its definition.";
    table.columns = {"measure", "what", "unit", "better", "trend point", "definition"};
    for (auto const& entry : derive::definitions()) {
        auto const better = entry.better == derive::Better::up     ? "up"
                            : entry.better == derive::Better::down ? "down"
                                                                   : "neither";
        table.lines.push_back({std::string(entry.code), std::string(entry.words),
                               std::string(entry.unit), better, entry.flow ? "week" : "day",
                               std::string(entry.text)});
    }
    return Document{{std::move(table)}};
}

}  // namespace washup::report
