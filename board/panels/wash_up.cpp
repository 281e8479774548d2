#include "board/panels/wash_up.hpp"

#include <algorithm>
#include <tuple>

namespace washup::board {
namespace {

// An unknown gap stands behind every known one and before "on track": it wants an answer too.
std::int32_t gap_weight(Gap const& gap) {
    if (!gap.known) return gap.off_ladder ? 0 : 1;
    return std::max(gap.steps, 0) * 2;
}

bool was_discussed(Stay const& stay) {
    return stay.ready() || !stay.actions.empty() || !stay.blockers.empty() ||
           stay.expected_outcome.known();
}

bool gone_since_wash_up(Model const& model, Stay const& stay, Instant now) {
    if (stay.died || stay.ended.value != "discharged" || !stay.ended.moment) return false;
    if (!was_discussed(stay)) return false;
    Instant const last = last_wash_up(model, stay, now);
    if (stay.ended.moment->precision == Precision::date) {
        return london_date(stay.ended.moment->at) >= london_date(last);
    }
    return stay.ended.moment->at > last;
}

struct Ranked {
    Need need;
    std::string id;
};

std::vector<Ranked> ranked(Model const& model, Instant now, Filter const& filter) {
    std::vector<std::tuple<Need, std::int32_t, std::int32_t, std::string>> keys;
    for (auto const& [id, stay] : model.stays) {
        if (stay.died || !filter.passes(stay)) continue;
        if (!stay.live() && !gone_since_wash_up(model, stay, now)) continue;
        keys.emplace_back(need_of(model, stay, now), -gap_weight(stay.gap), -stay.days_lost, id);
    }
    std::sort(keys.begin(), keys.end());
    std::vector<Ranked> out;
    for (auto const& [need, gap, days, id] : keys) out.push_back({need, id});
    return out;
}

Phrase more_words(WashUpList const& list) {
    if (list.rest == 0) return {};
    std::string const n = "+" + std::to_string(list.rest);
    if (list.rest_overdue == 0) return Phrase::of(n + ", none overdue", n);
    return Phrase(n + ", " + std::to_string(list.rest_overdue) + " overdue");
}

}  // namespace

Instant last_wash_up(Model const& model, Stay const& stay, Instant now) {
    // The feed tells the next one; for now wash-ups are at one time, Monday to Friday, so the last
    // one was at that time of the latest such day.
    int hour = 9, minute = 0;
    auto const team = model.teams.find(stay.team.value);
    if (team != model.teams.end() && team->second.next_wash_up.ms != 0) {
        WallTime const wall = london_wall(team->second.next_wash_up);
        hour = wall.hour;
        minute = wall.minute;
    }
    Date date = london_date(now);
    while (weekday(date) > 5 || london_time(date, hour, minute) > now) date = date - 1;
    return london_time(date, hour, minute);
}

Need need_of(Model const&, Stay const& stay, Instant now) {
    if (!stay.live()) return Need::gone;
    bool const late = std::any_of(stay.actions.begin(), stay.actions.end(),
                                  [&](Action const& action) { return overdue(action, now); });
    if (late) return Need::overdue;
    if (without_plan(stay)) return Need::no_plan;
    Action const* next = next_action(stay);
    if (next != nullptr && next->deadline &&
        due_words(*next->deadline, now).kind == DueKind::today) {
        return Need::due_today;
    }
    return Need::rest;
}

std::vector<std::string> wash_up_order(Model const& model, Instant now, Filter const& filter) {
    std::vector<std::string> ids;
    for (Ranked& row : ranked(model, now, filter)) ids.push_back(std::move(row.id));
    return ids;
}

WashUpList list_wash_up(Model const& model, Instant now, Filter const& filter, int rows_a_page) {
    std::vector<Ranked> const rows = ranked(model, now, filter);
    auto const count = [&](auto test) {
        return static_cast<std::size_t>(std::count_if(
            rows.begin(), rows.end(), [&](Ranked const& row) { return test(row.need); }));
    };
    std::size_t const wanting = count([](Need need) { return need < Need::gone; });
    std::size_t const gone = count([](Need need) { return need == Need::gone; });
    auto const a_page = static_cast<std::size_t>(std::max(rows_a_page, 1));
    WashUpList list;
    list.pages = std::max<std::size_t>((wanting + a_page - 1) / a_page, 1);
    // Who has gone asks nothing of anybody: they fill the last page, and take one more at most.
    if (wanting + gone > list.pages * a_page) list.pages += 1;
    list.pages = std::min(list.pages, wash_up_pages_max);
    std::size_t const shown = std::min(rows.size(), list.pages * a_page);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (i < shown) {
            list.on_wall.push_back(rows[i].id);
            continue;
        }
        // Who has gone is no longer one of the people; the count says who is here and not shown.
        if (rows[i].need == Need::gone) continue;
        list.rest += 1;
        list.rest_overdue += rows[i].need == Need::overdue ? 1 : 0;
    }
    return list;
}

void turn_wash_up(WashUpUi& ui, Model const& model, Instant now, std::size_t page) {
    if (page == 0 || ui.list.on_wall.empty() || page >= ui.list.pages) {
        ui.list = list_wash_up(model, now, ui.filter, ui.rows_a_page);
        page = std::min(page, ui.list.pages - 1);
    }
    ui.page = page;
}

WashUpView make_wash_up(Model const& model, LinkState const& link, Instant now,
                        WashUpUi const& ui) {
    WashUpView view;
    view.tier = model.tier;
    view.rows_a_page = std::max(ui.rows_a_page, 1);
    view.old = link.marked();
    view.page = ui.page;
    view.pages = std::max<std::size_t>(ui.list.pages, 1);
    view.more = more_words(ui.list);
    if (!model.complete) {
        view.empty_words = link.phase == LinkPhase::refused ? "The daemon refuses this view"
                                                            : "Waiting for the first picture";
        return view;
    }
    auto const a_page = static_cast<std::size_t>(view.rows_a_page);
    std::size_t const first = ui.page * a_page;
    for (std::size_t i = first; i < std::min(first + a_page, ui.list.on_wall.size()); ++i) {
        auto const at = model.stays.find(ui.list.on_wall[i]);
        // Died, or gone from the feed: the row leaves at once, others keep their place in the
        // order.
        if (at == model.stays.end() || at->second.died) continue;
        view.rows.push_back(make_wash_up_row(model, at->second, now));
    }
    if (view.rows.empty()) {
        view.empty_words = ui.filter.active() ? "Nobody in this filter" : "Nobody is here";
    }
    return view;
}

}  // namespace washup::board
