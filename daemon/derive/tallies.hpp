#pragma once
// Leaf sums of the midnight ledger: bed days and people by reason and local reason, for each scope
// and window, kept up as stays change. Bars, order and cumulative line are the reader's sums over
// these leaves, so bars always add up to the headline of the same scope and window (product.md 5).

#include <map>
#include <set>
#include <string>
#include <vector>

#include "daemon/core/state.hpp"
#include "daemon/derive/ledger.hpp"

namespace washup::derive {

// now = days so far of people still here; the others are complete days up to last midnight and
// count people since gone; prior_7 is the week before the last seven days.
enum class Window : std::uint32_t {
    now = 0,
    days_7 = 7,
    days_28 = 28,
    days_91 = 91,
    prior_7 = 107,
    today = 1
};
char const* name_of(Window window);
inline constexpr Window tallied_windows[] = {Window::now, Window::days_7, Window::days_28,
                                             Window::days_91};

struct LeafKey {
    std::string scope;  // "all", "site:STM", "team:north"
    Window window = Window::now;
    core::Code reason, local_reason;  // both empty = unattributed
    friend auto operator<=>(LeafKey const&, LeafKey const&) = default;
};
struct Leaf {
    std::int64_t bed_days = 0;
    std::int64_t people = 0;
    friend bool operator==(Leaf const&, Leaf const&) = default;
};

// What one stay adds to each leaf.
using Contribution = std::map<LeafKey, Leaf>;
Contribution contribution(core::State const& state, core::Stay const& stay, Date today);

class Tallies {
  public:
    // Counts a stay anew; a stay that is gone is taken out.
    void update(core::State const& state, core::StayId stay);
    // A new day or another config: every window moves.
    void recount(core::State const& state);
    std::map<LeafKey, Leaf> const& leaves() const { return leaves_; }
    // Leaves that changed since the last call, the vanished ones with zero days and people.
    std::set<LeafKey> take_changed();

  private:
    void add(Contribution const& parts, int sign);
    std::map<LeafKey, Leaf> leaves_;
    std::map<core::StayId, Contribution> by_stay_;
    std::set<LeafKey> changed_;
};

}  // namespace washup::derive
