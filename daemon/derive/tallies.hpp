#pragma once
// Sums of the midnight ledger for each scope and window, kept up as stays change. Bed days are kept
// by reason and local reason: bars, order and cumulative line are the board's sums over these
// leaves, so bars always add up to the headline of the same scope and window (product.md 5). People
// cannot be summed: who waited for two reasons of one theme is one person of that theme. So they
// are counted here, distinct, at each level that a picture may show.

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

struct LeafKey {
    std::string scope;  // as names_of(Place) gives it: "all", "team:north"
    Window window = Window::now;
    core::Code reason, local_reason;  // both empty = unattributed
    friend auto operator<=>(LeafKey const&, LeafKey const&) = default;
};
struct Leaf {
    std::int64_t bed_days = 0;
    std::int64_t people = 0;  // distinct: a person's second stay is no second person
    friend bool operator==(Leaf const&, Leaf const&) = default;
};

// What a bar may stand for besides a leaf.
enum class Level : std::uint32_t { theme = 1, reason = 2 };
char const* name_of(Level level);

struct PeopleKey {
    std::string scope;
    Window window = Window::now;
    Level level = Level::theme;
    core::Code code;  // of the theme or reason; empty = unattributed
    friend auto operator<=>(PeopleKey const&, PeopleKey const&) = default;
};

// The leaf's reason of a blocker whose words the vocabulary does not know: it holds the clock, so
// its days are not unattributed.
inline constexpr char const* unmapped_reason = "unmapped";
// The theme's code of reasons that have none.
inline constexpr char const* other_theme = "other";
// A local reason may be its own theme; else its reason's. Empty for the unattributed.
core::Code theme_of(core::Config const& config, core::Code const& reason,
                    core::Code const& local_reason);

// What one stay adds.
struct Contribution {
    core::PersonId person;  // the record that reads for all that were merged into it
    std::map<LeafKey, std::int64_t> bed_days;
    std::set<PeopleKey> people;
    friend bool operator==(Contribution const&, Contribution const&) = default;
};
Contribution contribution(core::State const& state, core::Stay const& stay, Date today);

class Tallies {
  public:
    // Counts a stay anew; a stay that is gone is taken out.
    void update(core::State const& state, core::StayId stay);
    // Another config: every key may be another.
    void recount(core::State const& state);
    // A new day: the windows move over what is counted. Who is in no window yet can come into one
    // by the day alone only while the stay has not ended, or ends on a day still to come:
    // `still_open` has those at least.
    void turn_day(core::State const& state, std::set<core::StayId> still_open);
    std::map<LeafKey, Leaf> const& leaves() const { return leaves_; }
    // None of a key that is not there.
    std::int64_t people(PeopleKey const& key) const;
    // What changed since the last call, what vanished included.
    std::set<LeafKey> take_changed();
    std::set<PeopleKey> take_changed_people();

  private:
    // How many stays of each person stand behind a number.
    using Crowd = std::map<core::PersonId, std::uint32_t>;
    // What a stay adds, and what that was made of: most events leave it as it is.
    struct Held {
        std::vector<LostMidnight> ledger;
        core::PersonId person;
        bool here = false;
        Date today;
        Contribution parts;
    };
    void take_over(core::StayId id, Held fresh);
    void add(Contribution const& parts, int sign);

    std::map<LeafKey, Leaf> leaves_;
    std::map<LeafKey, Crowd> of_leaf_;
    std::map<PeopleKey, Crowd> of_level_;
    std::map<core::StayId, Held> by_stay_;
    std::set<LeafKey> changed_;
    std::set<PeopleKey> changed_people_;
};

}  // namespace washup::derive
