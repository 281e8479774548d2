#include "board/app/rotation.hpp"

#include <algorithm>
#include <array>

#include "board/panels/layout.hpp"
#include "proto/base/check.hpp"

namespace washup::board {

Rotation::Rotation(std::vector<PageId> pages, Filter filter, Sizes const& sizes)
    : pages_(std::move(pages)) {
    WASHUP_CHECK(!pages_.empty(), "a wall shows at least one page");
    ui_.page = pages_.front();
    ui_.filter = std::move(filter);
    ui_.wash_up.filter = ui_.flow.filter = ui_.filter;
    set_sizes(sizes);
    ui_.wash_up.rows_a_page = rows_a_page_;
}

void Rotation::set_sizes(Sizes const& sizes) {
    rows_a_page_ = rows_a_page(sizes);
    ui_.flow.bars = flow_layout(sizes).bars;
}

std::size_t Rotation::index_of(PageId page) const {
    auto const at = std::find(pages_.begin(), pages_.end(), page);
    return at == pages_.end() ? 0 : static_cast<std::size_t>(at - pages_.begin());
}

void Rotation::show(PageId page, std::size_t sheet, Model const& model, Instant now,
                    std::int64_t steady_ms) {
    page = page_in(model, page);
    ui_.page = page;
    ui_.filter = ui_.wash_up.filter = ui_.flow.filter = resolved(ui_.filter, model);
    if (page == PageId::wash_up) {
        if (ui_.wash_up.rows_a_page != rows_a_page_) {
            ui_.wash_up.rows_a_page = rows_a_page_;
            sheet = 0;  // other rows a page: the sheets are other ones too
        }
        turn_wash_up(ui_.wash_up, model, now, sheet);
    }
    turned_ms_ = steady_ms;
}

void Rotation::tick(Model const& model, Instant now, std::int64_t steady_ms) {
    if (model.complete && tier_ != model.tier) {
        // Whoever signs in, and whoever leaves, begins with the first page; but a page that was
        // chosen before there was anything to see stays.
        auto const first = tier_ ? pages_.front() : ui_.page;
        tier_ = model.tier;
        turn_wash_up(ui_.wash_up, model, now, 0);
        show(first, 0, model, now, steady_ms);
    }
    if (tier_ && ui_.wash_up.rows_a_page != rows_a_page_) {
        show(PageId::wash_up, 0, model, now, steady_ms);
    }
    if (turned_ms_ == 0) turned_ms_ = steady_ms;
    if (held_until_ms_ > steady_ms) {
        ui_.held_s = static_cast<int>((held_until_ms_ - steady_ms + 999) / 1000);
        return;
    }
    if (held_until_ms_ != 0) {
        held_until_ms_ = 0;
        turned_ms_ = steady_ms - turn_after_ms;  // the hold was longer than a page's time
    }
    ui_.held_s = 0;
    if (steady_ms - turned_ms_ >= turn_after_ms) turn(model, now, steady_ms);
}

void Rotation::turn(Model const& model, Instant now, std::int64_t steady_ms) {
    bool const more_sheets =
        ui_.page == PageId::wash_up && ui_.wash_up.page + 1 < ui_.wash_up.list.pages;
    if (more_sheets) {
        show(PageId::wash_up, ui_.wash_up.page + 1, model, now, steady_ms);
        return;
    }
    show(pages_[(index_of(ui_.page) + 1) % pages_.size()], 0, model, now, steady_ms);
}

void Rotation::turn_back(Model const& model, Instant now, std::int64_t steady_ms) {
    if (ui_.page == PageId::wash_up && ui_.wash_up.page > 0) {
        show(PageId::wash_up, ui_.wash_up.page - 1, model, now, steady_ms);
        return;
    }
    PageId const page = pages_[(index_of(ui_.page) + pages_.size() - 1) % pages_.size()];
    if (page == PageId::wash_up) turn_wash_up(ui_.wash_up, model, now, 0);
    show(page, ui_.wash_up.list.pages - 1, model, now, steady_ms);
}

void Rotation::press(Key key, Model const& model, Instant now, std::int64_t steady_ms) {
    bool const was_held = held_until_ms_ > steady_ms;
    held_until_ms_ = steady_ms + hold_ms;
    switch (key) {
        case Key::wash_up:
            show(PageId::wash_up, 0, model, now, steady_ms);
            break;
        case Key::flow:
            show(PageId::flow, 0, model, now, steady_ms);
            break;
        case Key::next:
            turn(model, now, steady_ms);
            break;
        case Key::previous:
            turn_back(model, now, steady_ms);
            break;
        case Key::hold:
            // The same key lets it go again.
            if (was_held) held_until_ms_ = 0;
            turned_ms_ = steady_ms;
            break;
        case Key::window: {
            static constexpr std::array<char const*, 4> windows{"now", "7", "28", "91"};
            auto const at = std::find(windows.begin(), windows.end(), ui_.flow.window);
            auto const next = static_cast<std::size_t>(at - windows.begin()) + 1;
            ui_.flow.window = windows[next % windows.size()];
            show(PageId::flow, 0, model, now, steady_ms);
            break;
        }
    }
    tick(model, now, steady_ms);
}

std::size_t Rotation::sheets_a_round() const {
    if (tier_ == 0) return 1;  // whatever was chosen: page_in
    std::size_t n = 0;
    for (PageId page : pages_) n += page == PageId::wash_up ? ui_.wash_up.list.pages : 1;
    return n;
}

Filter resolved(Filter filter, Model const& model) {
    if (filter.team.empty() || model.teams.contains(filter.team)) return filter;
    for (auto const& [code, team] : model.teams) {
        if (team.words == filter.team) filter.team = code;
    }
    return filter;
}

}  // namespace washup::board
