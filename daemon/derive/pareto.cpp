#include "daemon/derive/pareto.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "daemon/core/reading.hpp"
#include "daemon/derive/chess_clock.hpp"
#include "daemon/derive/gap.hpp"

namespace washup::derive {
namespace {

constexpr char const* unattributed_bar = "unattributed";

// A bar while it is counted.
struct Counting {
    ParetoBar bar;
    std::set<core::PersonId> people;
};

// Bars of nothing go; the others are put in order, and each is told what it comes to with those
// above it.
void rank(Pareto& pareto) {
    auto& bars = pareto.bars;
    std::erase_if(bars, [](auto const& bar) { return bar.weight == 0; });
    auto const order = [](ParetoBar const& bar) {
        return std::tuple{bar.kind == BarKind::other, -bar.weight, bar.code};
    };
    std::sort(bars.begin(), bars.end(),
              [&](auto const& a, auto const& b) { return order(a) < order(b); });
    pareto.total = 0;
    for (auto const& bar : bars) pareto.total += bar.weight;
    std::int64_t so_far = 0;
    for (auto& bar : bars) {
        bar.vital = bar.weight > 0 && so_far * 100 < vital_percent * pareto.total;
        so_far += bar.weight;
        bar.so_far = so_far;
    }
}

class Count {
  public:
    Count(core::State const& state, ParetoAsked const& asked) : state_(state) {
        pareto_.asked = asked;
        pareto_.with_people_gone = asked.window != Window::now;
    }
    void add(core::Stay const& stay) {
        if (stay.joined_into) return;
        auto const here = !core::end_of(state_, stay);
        std::map<core::Code, BarPerson> behind;
        add_midnights(stay, here, behind);
        if (here) add_holding(stay, behind);
        for (auto& [code, person] : behind) {
            // Somebody of whom only the last week counts is not behind a bar of "now".
            if (person.weight != 0 || person.held_now) pareto_.people.push_back(person);
        }
    }
    Pareto finish() {
        for (auto& [code, counting] : bars_) {
            counting.bar.people = static_cast<std::int64_t>(counting.people.size());
            pareto_.bars.push_back(std::move(counting.bar));
        }
        rank(pareto_);
        std::sort(pareto_.people.begin(), pareto_.people.end(), [](auto const& a, auto const& b) {
            return std::tuple{a.bar, -a.weight, a.stay} < std::tuple{b.bar, -b.weight, b.stay};
        });
        return std::move(pareto_);
    }

  private:
    Counting& bar(BarName const& name) {
        auto const [it, fresh] = bars_.try_emplace(name.code);
        if (fresh) {
            it->second.bar.code = name.code;
            it->second.bar.kind = name.kind;
            it->second.bar.words = bar_words(state_.config, pareto_.asked.level, name);
        }
        return it->second;
    }
    static BarPerson& person(std::map<core::Code, BarPerson>& behind, core::Code const& code,
                             core::Stay const& stay, bool here) {
        auto const it = behind.try_emplace(code).first;
        it->second.bar = code;
        it->second.stay = stay.id;
        it->second.here = here;
        return it->second;
    }
    void add_midnights(core::Stay const& stay, bool here, std::map<core::Code, BarPerson>& behind) {
        auto const& asked = pareto_.asked;
        auto const dates = dates_of(asked.window, state_.today);
        auto const week = *dates_of(Window::days_7, state_.today);
        for (auto const& midnight : ledger(state_, stay, state_.today)) {
            if (!asked.scope.holds(place_of(state_.config, midnight))) continue;
            auto const counts = dates ? dates->first <= midnight.date : here;
            auto const of_week = week.first <= midnight.date;
            if (!counts && !of_week) continue;
            auto const name = bar_of(state_.config, asked.level, midnight.reason,
                                     midnight.local_reason, bool{midnight.blocker});
            auto& counting = bar(name);
            if (of_week) ++counting.bar.holds_bed_days_7;
            if (!counts) continue;
            counting.people.insert(state_.survivor_of(stay.person));
            if (asked.weight != Weight::bed_days) continue;
            ++counting.bar.weight;
            ++person(behind, name.code, stay, here).weight;
        }
    }
    // What holds the clock now of somebody who is ready and still here.
    void add_holding(core::Stay const& stay, std::map<core::Code, BarPerson>& behind) {
        auto const& asked = pareto_.asked;
        if (!core::read(state_, stay, core::Field::discharge_ready).known()) return;
        if (!asked.scope.holds(shown_place(state_, stay))) return;
        auto const* const blocker = holding(state_, stay, state_.last_at);
        auto const none = core::Code{};
        auto const name = bar_of(state_.config, asked.level, blocker ? blocker->reason : none,
                                 blocker ? blocker->local_reason : none, blocker != nullptr);
        auto& counting = bar(name);
        ++counting.bar.holds_people;
        auto& who = person(behind, name.code, stay, true);
        who.held_now = true;
        if (asked.weight == Weight::bed_days) return;
        counting.people.insert(state_.survivor_of(stay.person));
        who.weight = asked.weight == Weight::people ? 1 : gap_of(stay);
        counting.bar.weight += who.weight;
    }
    std::int64_t gap_of(core::Stay const& stay) {
        auto const code = [&](core::Field field) {
            auto const said = core::read(state_, stay, field);
            return said.known() ? said.fact->value.code : core::Code{};
        };
        auto const between = gap(state_.config, code(core::Field::ideal_outcome),
                                 code(core::Field::expected_outcome));
        if (!between.known) ++pareto_.gap_unknown;
        return between.known ? std::max(between.steps, 0) : 0;
    }

    core::State const& state_;
    Pareto pareto_;
    std::map<core::Code, Counting> bars_;
};

std::string words_of_reason(core::Config const& config, core::Code const& code) {
    for (auto const& reason : config.reasons) {
        if (reason.code == code) return reason.words;
    }
    return code;
}

}  // namespace

char const* name_of(BarLevel level) {
    switch (level) {
        case BarLevel::theme:
            return "theme";
        case BarLevel::reason:
            return "reason";
        case BarLevel::local_reason:
            return "local_reason";
        case BarLevel::family:
            return "family";
    }
    return "theme";
}

char const* name_of(Weight weight) {
    switch (weight) {
        case Weight::bed_days:
            return "bed_days";
        case Weight::people:
            return "people";
        case Weight::gap:
            return "gap";
    }
    return "bed_days";
}

BarName bar_of(core::Config const& config, BarLevel level, core::Code const& reason,
               core::Code const& local_reason, bool has_blocker) {
    if (!has_blocker && reason.empty() && local_reason.empty())
        return {unattributed_bar, BarKind::unattributed};
    auto const named = [](core::Code code) {
        return code.empty() || code == other_theme ? BarName{other_theme, BarKind::other}
                                                   : BarName{std::move(code), BarKind::named};
    };
    // In words that no vocabulary knows.
    if (reason == unmapped_reason) return bar_of(config, level, {}, {}, true);
    if (reason.empty() && local_reason.empty())
        return named(level == BarLevel::theme ? other_theme : unmapped_reason);
    switch (level) {
        case BarLevel::theme:
            return named(theme_of(config, reason, local_reason));
        case BarLevel::reason:
            return named(reason);
        case BarLevel::local_reason:
            return named(local_reason.empty() ? reason : reason + '/' + local_reason);
        case BarLevel::family:
            for (auto const& entry : config.reasons) {
                if (entry.code == reason) return named(entry.family);
            }
            return named({});
    }
    return named({});
}

std::string bar_words(core::Config const& config, BarLevel level, BarName const& bar) {
    if (bar.kind == BarKind::unattributed) return "Unattributed";
    if (bar.kind == BarKind::other) return "Other";
    if (bar.code == unmapped_reason) return "To be mapped";
    if (level == BarLevel::theme) {
        for (auto const& theme : config.themes) {
            if (theme.code == bar.code) return theme.words;
        }
    }
    if (level == BarLevel::family) {
        auto words = bar.code;
        std::replace(words.begin(), words.end(), '_', ' ');
        return words;
    }
    return words_of_reason(config, bar.code.substr(bar.code.find('/') + 1));
}

std::optional<FrozenBars> frozen_bars(core::State const& state, ParetoAsked const& asked) {
    if (asked.weight != Weight::bed_days) return {};
    core::FrozenPareto const* latest = nullptr;
    for (auto const& [id, cycle] : state.cycles) {
        for (auto const& frozen : cycle.frozen) {
            if (frozen.scope != name_of(asked.scope) || frozen.window != name_of(asked.window))
                continue;
            if (latest == nullptr || latest->date <= frozen.date) latest = &frozen;
        }
    }
    if (latest == nullptr) return {};
    FrozenBars bars{latest->date, {}};
    for (auto const& bar : pareto_of(state.config, latest->leaves, asked.level).bars)
        bars.bed_days[bar.code] = bar.weight;
    return bars;
}

Pareto pareto_of(core::Config const& config, std::vector<core::FrozenLeaf> const& leaves,
                 BarLevel level) {
    Pareto pareto;
    pareto.asked.level = level;
    std::map<core::Code, ParetoBar> bars;
    for (auto const& leaf : leaves) {
        auto const name = bar_of(config, level, leaf.reason, leaf.local_reason, false);
        auto& bar = bars[name.code];
        if (bar.code.empty()) {
            bar.code = name.code;
            bar.kind = name.kind;
            bar.words = bar_words(config, level, name);
        }
        bar.weight += leaf.bed_days;
    }
    for (auto& [code, bar] : bars) pareto.bars.push_back(std::move(bar));
    rank(pareto);
    return pareto;
}

std::optional<std::pair<Date, Date>> dates_of(Window window, Date today) {
    switch (window) {
        case Window::now:
            return {};
        case Window::prior_7:
            return std::pair{today - 14, today - 8};
        case Window::today:
        case Window::days_7:
        case Window::days_28:
        case Window::days_91:
            return std::pair{today - static_cast<int>(window), today - 1};
    }
    return {};
}

Pareto pareto(core::State const& state, ParetoAsked const& asked) {
    Count count{state, asked};
    for (auto const& [id, stay] : state.stays) count.add(stay);
    return count.finish();
}

}  // namespace washup::derive
