// `washupctl report` and what asks for one report by another name (`vocab`).

#include <fmt/format.h>

#include <boost/json.hpp>

#include "board/ctl/program.hpp"
#include "board/ctl/table.hpp"
#include "board/link/ask_report.hpp"

namespace washup::board::ctl {
namespace {

struct ReportChoice {
    std::string name, at, true_at;
    std::vector<std::string> options;  // KEY=VALUE
};

void print_json(Report const& report) {
    boost::json::array tables;
    for (auto const& table : report.tables) {
        boost::json::array lines;
        for (auto const& line : table.lines) {
            boost::json::object out;
            for (std::size_t i = 0; i < line.size(); ++i) out[table.columns[i]] = line[i];
            lines.push_back(std::move(out));
        }
        tables.push_back({{"title", table.title},
                          {"definition", table.definition},
                          {"lines", std::move(lines)}});
    }
    boost::json::object const document{{"head", report.head}, {"tables", std::move(tables)}};
    fmt::print("{}\n", boost::json::serialize(document));
}

void print_text(Report const& report, bool wide) {
    constexpr std::size_t cell_width = 60;
    for (auto const& table : report.tables) {
        fmt::print("{}\n", table.title);
        if (wide && !table.definition.empty()) fmt::print("{}\n", table.definition);
        std::vector<Column> columns;
        for (auto const& column : table.columns) columns.push_back({column, false, cell_width});
        Table out{std::move(columns)};
        for (auto const& line : table.lines) out.add(line);
        fmt::print("{}\n", out.empty() ? "none\n" : out.text(wide));
    }
}

int print_report(ReportChoice const& choice, Options const& options) {
    auto const whom = whom_to_ask(options);
    if (!whom) return fail(whom.error());
    ReportQuestion question;
    question.whom = *whom;
    question.name = choice.name;
    for (auto const& option : choice.options) {
        auto const equals = option.find('=');
        if (equals == std::string::npos)
            return fail(invalid(fmt::format("\"{}\" is no KEY=VALUE", option), "--option"));
        question.options[option.substr(0, equals)] = option.substr(equals + 1);
    }
    auto const& past = choice.at.empty() ? choice.true_at : choice.at;
    if (!past.empty()) {
        auto const at = minute_of(past);
        if (!at) return fail(at.error());
        question.at = *at;
        question.as_known_now = choice.at.empty();
    }
    auto const report = ask_report(question);
    if (!report) return fail(report.error());
    options.json ? print_json(*report) : print_text(*report, options.wide);
    return exit_ok;
}

std::shared_ptr<ReportChoice> choice_of(CLI::App& sub) {
    auto const choice = std::make_shared<ReportChoice>();
    auto* at = sub.add_option("--at", choice->at, "as was known at that minute");
    sub.add_option("--true-at", choice->true_at, "as is known now of that minute")->excludes(at);
    return choice;
}

void add_vocab(CLI::App& app, Run& run) {
    auto* vocab = app.add_subcommand("vocab", "what words mean");
    vocab->require_subcommand(1);
    auto* match = vocab->add_subcommand("match", "what words mean in every vocabulary");
    auto const words = std::make_shared<std::string>();
    auto const on = std::make_shared<std::string>();
    match->add_option("WORDS", *words, "as a source or a return writes them")->required();
    match->add_option("--on", *on, "the date on which they were said");
    match->callback([&run, words, on] {
        ReportChoice choice;
        choice.name = "words";
        choice.options = {"words=" + *words};
        if (!on->empty()) choice.options.push_back("on=" + *on);
        run = [choice](Options const& options) { return print_report(choice, options); };
    });
    auto* unmapped =
        vocab->add_subcommand("unmapped", "words that no vocabulary knows, with proposals");
    auto const past = choice_of(*unmapped);
    past->name = "to_be_mapped";
    unmapped->callback([&run, past] {
        run = [past](Options const& options) { return print_report(*past, options); };
    });
}

}  // namespace

void add_reports(CLI::App& app, Run& run) {
    auto* sub = app.add_subcommand("report", "a report by its name; `report reports` lists them");
    auto const choice = choice_of(*sub);
    sub->add_option("NAME", choice->name, "which")->required();
    sub->add_option("--option", choice->options, "KEY=VALUE, as often as it takes");
    sub->callback([&run, choice] {
        run = [choice](Options const& options) { return print_report(*choice, options); };
    });
    add_vocab(app, run);
}

}  // namespace washup::board::ctl
