// `washupctl report` and what asks for one report by another name (`vocab`).

#include <fmt/format.h>

#include <array>
#include <map>

#include "board/ctl/program.hpp"
#include "board/ctl/reconcile.hpp"
#include "board/ctl/report_file.hpp"
#include "board/ctl/table.hpp"
#include "board/link/ask_report.hpp"
#include "board/paper/json.hpp"

namespace washup::board::ctl {
namespace {

// An option of a report that has a flag of its own.
struct Flag {
    char const* key;
    char const* words;
};
constexpr std::array flags{
    Flag{"date", "of a day: 2026-11-20"},
    Flag{"week", "of an ISO week: 2026-W47"},
    Flag{"month", "of a month: 2026-11"},
    Flag{"from", "of a period, from this day"},
    Flag{"to", "to this day, which is in it"},
    Flag{"days", "of the last 7, 28 or 91 complete days"},
    Flag{"council", "of people who live in one council"},
    Flag{"window", "of a Pareto: now, 7, 28 or 91"},
    Flag{"level", "of a Pareto: theme, reason, local_reason or family"},
    Flag{"weight", "of a Pareto: bed_days, people or gap"},
    Flag{"measure", "of `trend`: a measure that `report definitions` lists"},
    Flag{"stay", "of `chess_clock_person`: AUTHORITY:NUMBER or #internal"},
    Flag{"list", "of `code_list`: dtoc, acute_2021 or mental_health"},
    Flag{"since", "of `changes`: from this minute on"},
    Flag{"suppress", "tell no count from 1 to N-1"},
};

// Whose figures: at most one of them, as the option `scope`.
constexpr std::array places{
    Flag{"area", "of one area's teams"},
    Flag{"site", "of one hospital"},
    Flag{"team", "of one team"},
    Flag{"ward", "of one ward: WARD, or SITE/WARD"},
};

struct ReportChoice {
    std::string name, at, true_at;
    std::vector<std::string> options;          // KEY=VALUE
    std::map<std::string, std::string> flags;  // by key
    std::map<std::string, std::string> places;
    FileWanted file;
    std::string reconcile;
};

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

Result<ReportQuestion> question_of(ReportChoice const& choice, Options const& options) {
    auto const whom = whom_to_ask(options);
    if (!whom) return whom.error();
    ReportQuestion question;
    question.whom = *whom;
    question.name = choice.name;
    for (auto const& [key, value] : choice.flags) {
        if (!value.empty()) question.options[key] = value;
    }
    for (auto const& [kind, code] : choice.places) {
        if (code.empty()) continue;
        if (!question.options.emplace("scope", kind + ":" + code).second)
            return invalid("one place at a time", "--" + kind);
    }
    for (auto const& option : choice.options) {
        auto const equals = option.find('=');
        if (equals == std::string::npos)
            return invalid(fmt::format("\"{}\" is no KEY=VALUE", option), "--option");
        question.options[option.substr(0, equals)] = option.substr(equals + 1);
    }
    auto const& past = choice.at.empty() ? choice.true_at : choice.at;
    if (past.empty()) return question;
    auto const at = minute_of(past);
    if (!at) return at.error();
    question.at = *at;
    question.as_known_now = choice.at.empty();
    return question;
}

std::string asked_of(ReportChoice const& choice) {
    if (!choice.at.empty()) return "as known at " + choice.at;
    return choice.true_at.empty() ? "now" : "as known now of " + choice.true_at;
}

int print_report(ReportChoice const& choice, Options const& options) {
    if (!choice.file.path.empty()) {
        if (auto const good = judge(choice.file); !good) return fail(good.error());
    }
    auto const question = question_of(choice, options);
    if (!question) return fail(question.error());
    auto const report =
        choice.reconcile.empty() ? ask_report(*question) : reconciled(*question, choice.reconcile);
    if (!report) return fail(report.error());
    if (choice.file.path.empty()) {
        options.json ? fmt::print("{}\n", paper::json_of(*report))
                     : print_text(*report, options.wide);
        return exit_ok;
    }
    auto file = choice.file;
    file.options = question->options;
    file.asked = asked_of(choice);
    if (!choice.reconcile.empty()) file.asked += ", compared with " + choice.reconcile;
    auto const written = write_report(*report, file);
    if (!written) return fail(written.error());
    fmt::print("{}\n", *written);
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

// A report by another name. `team`: it is of one team, which stands on the command line.
void add_by_name(CLI::App& group, Run& run, char const* name, char const* report, bool team,
                 std::vector<std::pair<char const*, char const*>> const& asked) {
    auto* const sub = group.add_subcommand(name, fmt::format("`report {}`", report));
    auto const choice = choice_of(*sub);
    choice->name = report;
    choice->file.encoding = "utf-8";
    if (team) sub->add_option("TEAM", choice->places["team"], "its code")->required();
    for (auto const& [key, words] : asked)
        sub->add_option(std::string("--") + key, choice->flags[key], words);
    sub->add_option("--out", choice->file.path, "a .csv, .html or .json file");
    sub->callback([&run, choice] {
        run = [choice](Options const& options) { return print_report(*choice, options); };
    });
}

}  // namespace

void add_meeting_reports(CLI::App& meeting, CLI::App& cycle, Run& run) {
    add_by_name(meeting, run, "agenda", "agenda", true, {{"by", "order, ward or worker"}});
    add_by_name(meeting, run, "since", "since_last", true, {});
    add_by_name(meeting, run, "minutes", "minutes", true,
                {{"meeting", "its number; the latest when left out"}});
    add_by_name(meeting, run, "list", "meetings", false, {});
    add_by_name(meeting, run, "prompts", "prompts", false, {});
    add_by_name(cycle, run, "causes", "causes", false,
                {{"scope", "all, or area:, site:, team: and a code"}});
    add_by_name(cycle, run, "pack", "cycle_pack", false,
                {{"cycle", "its code, where there are several"},
                 {"week", "2026-W47; the latest when left out"}});
}

void add_reports(CLI::App& app, Run& run) {
    auto* sub = app.add_subcommand("report", "a report by its name; `report reports` lists them");
    auto const choice = choice_of(*sub);
    sub->add_option("NAME", choice->name, "which")->required();
    sub->add_option("--option", choice->options, "KEY=VALUE, as often as it takes");
    for (auto const& flag : flags)
        sub->add_option(std::string{"--"} + flag.key, choice->flags[flag.key], flag.words);
    for (auto const& place : places)
        sub->add_option(std::string{"--"} + place.key, choice->places[place.key], place.words);
    sub->add_option("--out", choice->file.path,
                    "a file: .csv (RFC 4180), .json or .html; FILE.meta.json beside it says what "
                    "it is");
    choice->file.encoding = "utf-8";
    sub->add_option("--encoding", choice->file.encoding, "of a .csv: utf-8 or cp1252")
        ->capture_default_str();
    sub->add_option("--table", choice->file.table, "of a .csv: which table; the first otherwise");
    sub->add_option("--reconcile", choice->reconcile,
                    "why it is another than at that earlier minute: what came, went and changed, "
                    "and the facts that did it");
    sub->footer(
        "A report takes the options that `washupctl report reports` lists for it. A period is in "
        "London days that are over.");
    sub->callback([&run, choice] {
        run = [choice](Options const& options) { return print_report(*choice, options); };
    });
    add_vocab(app, run);
}

}  // namespace washup::board::ctl
