#include <fmt/format.h>

#include "daemon/derive/decimal.hpp"
#include "daemon/derive/figures.hpp"
#include "daemon/report/asked.hpp"
#include "daemon/report/figure_reports.hpp"

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
    Lines(core::State const& state, Asked const& asked) {
        table_.title = "Measures, " + derive::words_of(state.config, asked.scope);
        table_.definition = fmt::format(
            "As of {}; flows of the last {} complete days. A share is numerator / denominator; "
            "unknown = left out of both because something is not known. `report definitions` says "
            "what each measure is.",
            to_iso(state.today), asked.days);
        table_.columns = {"measure",   "what",        "value",   "unit", "window",
                          "numerator", "denominator", "unknown", "note"};
    }
    void add(Figures const& figures, std::string const& window) {
        for (auto const& definition : derive::definitions()) {
            auto const it = figures.find(core::Code(definition.code));
            if (it != figures.end()) line(definition, it->second, window);
        }
    }
    Table finish() { return std::move(table_); }

  private:
    void line(derive::Definition const& definition, Figure const& figure,
              std::string const& window) {
        auto const share = definition.shape != derive::Shape::count;
        auto const value = derive::text_of(definition.shape, figure);
        table_.lines.push_back({std::string(definition.code), std::string(definition.words), value,
                                std::string(definition.unit), window, std::to_string(figure.value),
                                share ? std::to_string(figure.of) : "",
                                std::to_string(figure.unknown),
                                value.empty() ? "unknown: nothing to divide by" : ""});
    }

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
    flows.erase("new_permanent");
    lines.add(flows, days_words(days));
    auto const placed = source.over(asked->scope, week).at("new_permanent");
    lines.add({{"new_permanent", placed}}, days_words(week));
    lines.add(source.readmissions(asked->scope), "complete cohort");
    return Document{{lines.finish()}};
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
