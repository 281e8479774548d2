#pragma once
// Which page the wall shows and when it turns: pages rotate, a key holds them for a while and the
// head says for how long. A plain machine: instants and keys come in, the choice comes out. It also
// turns the Wash-up list, which may change at no other moment.

#include <cstdint>
#include <optional>
#include <vector>

#include "board/panels/page.hpp"

namespace washup::board {

inline constexpr std::int64_t turn_after_ms = 15'000;
inline constexpr std::int64_t hold_ms = 60'000;

enum class Key : std::uint8_t { wash_up, flow, next, previous, hold, window };

class Rotation {
  public:
    // `pages`: those that rotate, at least one; one page alone is pinned.
    Rotation(std::vector<PageId> pages, Filter filter, Sizes const& sizes);

    // Call at every change and every second; turns when it is time.
    void tick(Model const& model, Instant now, std::int64_t steady_ms);
    void press(Key key, Model const& model, Instant now, std::int64_t steady_ms);
    // One turn onwards, whatever the time.
    void turn(Model const& model, Instant now, std::int64_t steady_ms);

    // Of the Flow page, before the first tick: now, 7, 28, 91.
    void choose_window(std::string window) { ui_.flow.window = std::move(window); }

    // A window that changed its size shows more or fewer rows from the next tick on.
    void set_sizes(Sizes const& sizes);

    PageUi const& ui() const { return ui_; }
    // Sheets of all pages, once each: what a whole round shows.
    std::size_t sheets_a_round() const;

  private:
    void show(PageId page, std::size_t sheet, Model const& model, Instant now,
              std::int64_t steady_ms);
    void turn_back(Model const& model, Instant now, std::int64_t steady_ms);
    std::size_t index_of(PageId page) const;

    std::vector<PageId> pages_;
    PageUi ui_;
    int rows_a_page_ = 6;
    // Of the last complete picture. Another one has other people on it, or none: it begins anew.
    std::optional<int> tier_;
    std::int64_t turned_ms_ = 0;
    std::int64_t held_until_ms_ = 0;  // 0 = not held
};

// A filter's team may be given by its words; this finds its code.
Filter resolved(Filter filter, Model const& model);

}  // namespace washup::board
