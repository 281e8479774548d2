#include "board/ctl/reconcile.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "board/ctl/program.hpp"

namespace washup::board::ctl {
namespace {

struct Line {
    std::vector<std::string> cells;
    std::map<std::uint64_t, std::int64_t> stays;
};
using Lines = std::multimap<std::string, Line>;

// The cells that name a line, as one text.
std::string key_of(ReportTable const& table, std::vector<std::string> const& line) {
    std::string key;
    for (std::size_t i = 0; i < std::min(table.key_columns, line.size()); ++i)
        key += (i == 0 ? "" : " | ") + line[i];
    return key;
}
std::string rest_of(ReportTable const& table, std::vector<std::string> const& line) {
    std::string rest;
    for (auto i = std::min(table.key_columns, line.size()); i < line.size(); ++i)
        rest += (rest.empty() ? "" : " | ") + line[i];
    return rest;
}

Lines lines_of(ReportTable const& table) {
    Lines lines;
    for (std::size_t i = 0; i < table.lines.size(); ++i) {
        lines.insert(
            {key_of(table, table.lines[i]),
             {table.lines[i],
              i < table.stays.size() ? table.stays[i] : std::map<std::uint64_t, std::int64_t>{}}});
    }
    return lines;
}

// "+#17 -#20": who counts more, or less, than then.
std::string who(Line const* then, Line const* now, std::set<std::uint64_t>& stays) {
    static std::map<std::uint64_t, std::int64_t> const nobody;
    auto const& was = then == nullptr ? nobody : then->stays;
    auto const& is = now == nullptr ? nobody : now->stays;
    std::map<std::uint64_t, std::int64_t> difference = is;
    for (auto const& [stay, amount] : was) difference[stay] -= amount;
    std::string words;
    for (auto const& [stay, amount] : difference) {
        if (amount == 0) continue;
        stays.insert(stay);
        words += fmt::format("{}#{} {:+}", words.empty() ? "" : ", ", stay, amount);
    }
    return words;
}

ReportTable const* same_table(Report const& report, ReportTable const& like) {
    for (auto const& table : report.tables) {
        if (table.name == like.name) return &table;
    }
    return nullptr;
}

}  // namespace

ReportTable changed_lines(Report const& then, Report const& now, std::set<std::uint64_t>& stays) {
    ReportTable out;
    out.name = "lines";
    out.title = "Lines that came, went or changed";
    out.columns = {"table", "line", "is", "then", "now", "who"};
    out.definition =
        "Who = stays by internal number that count more (+) or less (-) in the line than then.";
    for (auto const& table : now.tables) {
        auto const* const before = same_table(then, table);
        auto was = before == nullptr ? Lines{} : lines_of(*before);
        auto const put = [&](std::string const& key, char const* how, Line const* old,
                             Line const* fresh) {
            out.lines.push_back(
                {table.name, key, how, old == nullptr ? "" : rest_of(table, old->cells),
                 fresh == nullptr ? "" : rest_of(table, fresh->cells), who(old, fresh, stays)});
        };
        for (auto const& [key, line] : lines_of(table)) {
            auto const [begin, end] = was.equal_range(key);
            auto const same = std::find_if(begin, end, [&](auto const& entry) {
                return entry.second.cells == line.cells && entry.second.stays == line.stays;
            });
            if (same != end) {
                was.erase(same);
            } else if (begin != end) {
                // The same numbers of other people are a change too.
                put(key,
                    rest_of(table, begin->second.cells) == rest_of(table, line.cells) ? "of others"
                                                                                      : "changed",
                    &begin->second, &line);
                was.erase(begin);
            } else {
                put(key, "came", nullptr, &line);
            }
        }
        for (auto const& [key, line] : was) put(key, "went", &line, nullptr);
    }
    return out;
}

Result<Report> reconciled(ReportQuestion question, std::string const& earlier) {
    auto const at = minute_of(earlier);
    if (!at) return at.error();
    question.with_stays = true;
    auto now = ask_report(question);
    if (!now) return now.error();
    auto before = question;
    before.at = *at;
    before.as_known_now = false;
    auto const then = ask_report(before);
    if (!then) return then.error();
    if (then->head > now->head)
        return invalid("the earlier minute is later than the other", "--reconcile");
    std::set<std::uint64_t> stays;
    auto lines = changed_lines(*then, *now, stays);
    auto ask = question;
    ask.name = "changes";
    ask.with_stays = true;
    ask.options = {{"since", to_rfc3339(*at)}};
    auto facts = ask_report(ask);
    if (!facts) return facts.error();
    Report out = *now;
    out.title = "Why it differs: " + (now->title.empty() ? now->name : now->title);
    out.about = fmt::format("{}; record {} (asked of {}) against record {}", now->about, then->head,
                            earlier, now->head);
    // A window that ends yesterday, or a month so far.
    if (then->about != now->about) out.about += "; then it was about " + then->about;
    out.tier = 3;
    out.sheet = false;
    out.tables = {std::move(lines)};
    if (!facts->tables.empty()) {
        auto kept = facts->tables.front();
        kept.lines.clear();
        auto const& all = facts->tables.front();
        for (std::size_t i = 0; i < all.lines.size(); ++i) {
            auto const& behind = all.stays[i];
            if (std::any_of(behind.begin(), behind.end(),
                            [&](auto const& one) { return stays.contains(one.first); }))
                kept.lines.push_back(all.lines[i]);
        }
        kept.stays.clear();
        out.tables.push_back(std::move(kept));
    }
    return out;
}

}  // namespace washup::board::ctl
