#pragma once
// The measures of a scope, each as a numerator and what it is a share of (definitions.hpp says what
// they are). Worked out on request from a state alone, so of a past minute too. What other systems
// counted, and targets, are added by whoever shows them.

#include <map>
#include <vector>

#include "daemon/derive/definitions.hpp"
#include "daemon/derive/discharge.hpp"

namespace washup::derive {

struct Figure {
    std::int64_t value = 0;
    std::int64_t of = 0;       // of a percentage or a mean
    std::int64_t unknown = 0;  // left out because something about them is not known
    friend bool operator==(Figure const&, Figure const&) = default;
};
using Figures = std::map<core::Code, Figure>;  // by measure

// The value as it is published; empty where there is nothing to divide by.
std::string text_of(Shape shape, Figure const& figure);

// The London dates that flows are counted over, both included.
struct Days {
    Date first, last;
    bool hold(Date date) const { return first <= date && date <= last; }
};
inline Days complete_days(Date today, int days) {
    return {today - days, today - 1};
}

// A state is walked once; any scope and window is then a sum over what was found.
class FigureSource {
  public:
    explicit FigureSource(core::State const& state) : FigureSource(state, state.today) {}
    // As if `today` had begun.
    FigureSource(core::State const& state, Date today);
    // Of this instant: who is here.
    Figures now(Scope const& scope) const;
    // Of those days: discharges, bed days, placements.
    Figures over(Scope const& scope, Days days) const;
    // Of complete cohorts before today.
    Figures readmissions(Scope const& scope) const;
    // Of the discharges of those days, who came back `within` so many; who died is told beside.
    Figure readmitted(Scope const& scope, Days days, int within, std::int64_t& died) const;
    std::vector<Discharge> const& discharges() const { return discharges_; }
    // The day on which this house heard of the first stay that it still knows.
    std::optional<Date> first_day() const;

  private:
    struct Here {
        Place place;
        bool ready = false;
        Reached on_track = Reached::unknown;
        std::optional<int> days_in;
    };
    struct Lost {
        Place place;
        Date date;
        bool here = false;
    };
    void add_outcomes(Discharge const& discharge, Figures& out) const;

    core::State const& state_;
    Date today_;
    std::vector<Here> here_;
    std::vector<Lost> lost_;
    std::vector<Discharge> discharges_;
};

}  // namespace washup::derive
