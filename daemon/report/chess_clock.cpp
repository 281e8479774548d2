#include "daemon/derive/chess_clock.hpp"

#include <fmt/format.h>

#include <map>

#include "daemon/derive/decimal.hpp"
#include "daemon/derive/time_held.hpp"
#include "daemon/report/asked.hpp"
#include "daemon/report/clock_reports.hpp"

// Whom the time belongs to: midnights summed over a scope and window; hours of one person.

namespace washup::report {
namespace {

using derive::HeldBy;
using derive::Window;

constexpr Window windows[] = {Window::now, Window::days_7, Window::days_28, Window::days_91};
constexpr HeldBy ways[] = {HeldBy::holder, HeldBy::theme, HeldBy::reason, HeldBy::local_reason,
                           HeldBy::cause};

std::string holder_words(core::Code const& holder) {
    return holder.empty() ? derive::unattributed_holder : holder;
}

std::string reason_of(core::Blocker const* blocker) {
    if (blocker == nullptr) return {};
    if (!blocker->local_reason.empty()) return blocker->local_reason;
    return blocker->reason.empty() ? "unmapped" : blocker->reason;
}

struct Sum {
    Duration time;
    std::int64_t midnights = 0;
};

Table sums_of(core::State const& state, core::Stay const& stay,
              std::vector<derive::ClockPiece> const& pieces) {
    std::map<std::string, Sum> by_holder;
    Sum whole;
    for (auto const& piece : pieces) {
        auto& sum = by_holder[holder_words(piece.holder)];
        sum.time = sum.time + (piece.to - piece.from);
        whole.time = whole.time + (piece.to - piece.from);
    }
    for (auto const& night : derive::ledger(state, stay, state.today)) {
        ++by_holder[holder_words(night.holder)].midnights;
        ++whole.midnights;
    }
    Table table;
    table.title = "By holder";
    table.definition =
        "The pieces added up, and the midnights in bed, each of whoever held at that midnight. "
        "Hours are this person's alone; what is summed over people is midnights.";
    table.columns = {"holder", "hours", "midnights"};
    for (auto const& [holder, sum] : by_holder)
        table.lines.push_back({holder, hours_minutes(sum.time), std::to_string(sum.midnights)});
    table.lines.push_back(
        {"the whole", hours_minutes(whole.time), std::to_string(whole.midnights)});
    return table;
}

}  // namespace

Result<Document> chess_clock(core::State const& state, Options const& options) {
    auto const scope = scope_asked(state, options);
    if (!scope) return scope.error();
    auto const window = one_of(options, "window", {"now", "7", "28", "91"}, 2);
    if (!window) return window.error();
    auto const by =
        one_of(options, "by", {"holder", "theme", "reason", "local_reason", "cause"}, 0);
    if (!by) return by.error();
    derive::HeldAsked asked{*scope, windows[*window], ways[*by], {}, option(options, "reason")};
    auto holders = state.config.holders;
    holders.push_back(derive::unattributed_holder);
    if (!option(options, "holder").empty()) {
        auto const holder = one_of(options, "holder", holders, 0);
        if (!holder) return holder.error();
        asked.holder = holders[*holder];
    }
    auto const held = derive::time_held(state, asked);
    Table table;
    table.title = fmt::format("Bed days lost by {}, {}", derive::name_of(asked.by),
                              derive::words_of(state.config, asked.scope));
    table.definition = fmt::format(
        "Midnights in bed after the ready date, each of whoever held the clock at that midnight; "
        "{}. People: distinct, never added up.",
        asked.window == Window::now ? "of people still here, all days so far"
                                    : "of complete London days, people who have left included");
    table.columns = {derive::name_of(asked.by), "words", "bed days", "share %", "people"};
    for (auto const& sum : held.sums) {
        table.lines.push_back({sum.code, sum.words, std::to_string(sum.midnights),
                               derive::percent(sum.midnights, held.midnights),
                               std::to_string(sum.people)});
    }
    table.lines.push_back({"all", "what was asked for", std::to_string(held.midnights),
                           derive::percent(held.midnights, held.midnights),
                           std::to_string(held.people)});
    table.lines.push_back(
        {"headline", "of this scope and window", std::to_string(held.headline), "", ""});
    return Document{{std::move(table)}};
}

Result<Document> chess_clock_person(core::State const& state, Options const& options) {
    auto const* stay = derive::stay_called(state, option(options, "stay"));
    if (stay == nullptr) return invalid("no stay of that name is here", "stay");
    auto const whole = derive::whole_of(state, *stay);
    auto const pieces = derive::chess_clock(state, *stay, state.last_at);
    auto const blockers = derive::blockers_of(state, *stay);
    Table table;
    table.title = "The chess clock";
    table.definition =
        "The time since ready, split between the blockers that held it, without gap or overlap. "
        "No end: it runs.";
    table.columns = {"from", "to", "hours", "holder", "blocker", "reason"};
    for (auto const& piece : pieces) {
        core::Blocker const* held = nullptr;
        for (auto const* blocker : blockers) {
            if (blocker->id == piece.blocker) held = blocker;
        }
        auto const runs = !whole->until && &piece == &pieces.back();
        table.lines.push_back({to_rfc3339(piece.from), runs ? "" : to_rfc3339(piece.to),
                               hours_minutes(piece.to - piece.from), holder_words(piece.holder),
                               held == nullptr ? "" : std::to_string(held->id.value()),
                               reason_of(held)});
    }
    auto sums = sums_of(state, *stay, pieces);
    return Document{{std::move(table), std::move(sums)}};
}

}  // namespace washup::report
