#pragma once
// XmR charts by the NHS "Making Data Count" rules, as NHSRplotthedots 0.2 draws them: centre line =
// mean, limits = 2.66 x mean moving range, four rules that tell a signal from noise, and whether it
// is for the better. Nothing of dates: the points are in order and without gaps. What is drawn from
// it, and the series themselves, are elsewhere.

#include <cstddef>
#include <set>
#include <vector>

namespace washup::derive {

enum class Better { up, down, neither };

struct XmrSettings {
    Better better = Better::neither;
    // Moving ranges of 3.267 times their mean and more are left out of it: what one wild point
    // does.
    bool screen_outliers = true;
    // The mean and limits are those of the first so many points of each stretch; 0 = of all.
    std::size_t fixed_after = 0;
    // Places (from 0) at which limits are worked out anew: after a change that is known.
    std::set<std::size_t> recalculated_at;
};

// Which rule a point is marked by; of several the first here.
enum class Signal {
    none,
    above_limit,
    below_limit,
    rising,      // 7 points, each above the one before
    falling,     // 7 points, each below the one before
    near_above,  // 2 of 3 on one side of the mean are between two thirds of the way and the limit
    near_below,
    shift_above,  // 7 points on one side of the mean
    shift_below
};
char const* name_of(Signal signal);

enum class Verdict { common_cause, improvement, concern, high, low };
char const* name_of(Verdict verdict);

struct XmrPoint {
    double value = 0, mean = 0, lower = 0, upper = 0;
    Signal signal = Signal::none;
    Verdict verdict = Verdict::common_cause;
    bool trial = false;  // the limits stand on fewer than `settled_points_min` points
};

// With fewer points limits are "trial limits".
inline constexpr std::size_t settled_points_min = 12;
inline constexpr std::size_t run_points = 7;

std::vector<XmrPoint> xmr(std::vector<double> const& values, XmrSettings const& settings);

}  // namespace washup::derive
