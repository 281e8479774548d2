#include "daemon/derive/xmr.hpp"

#include <algorithm>
#include <cmath>
#include <span>

namespace washup::derive {
namespace {

constexpr double limit_ranges = 2.66;
constexpr double near_ranges = 2 * (limit_ranges / 3);
constexpr double wild_ranges = 3.267;
// A series of one value all along has a mean that differs from it in the last bit: that is no side.
constexpr double same_within = 1e-10;

bool above(double value, double line) {
    return value - line > same_within * std::max(1.0, std::abs(line));
}
int side_of(double value, double line) {
    return above(value, line) ? 1 : (above(line, value) ? -1 : 0);
}

double mean_of(std::vector<double> const& values) {
    if (values.empty()) return 0;
    double sum = 0;
    for (auto const value : values) sum += value;
    return sum / static_cast<double>(values.size());
}

double mean_range(std::span<double const> values, bool screen_outliers) {
    std::vector<double> ranges;
    for (std::size_t i = 1; i < values.size(); ++i)
        ranges.push_back(std::abs(values[i] - values[i - 1]));
    auto const first = mean_of(ranges);
    if (!screen_outliers) return first;
    std::erase_if(ranges, [&](double range) { return !above(wild_ranges * first, range); });
    return mean_of(ranges);
}

// One stretch of points under the same limits. The rules do not look over its edges.
class Stretch {
  public:
    Stretch(std::span<double const> values, XmrSettings const& settings)
        : values_(values), better_(settings.better) {
        auto const count = settings.fixed_after == 0
                               ? values.size()
                               : std::min(settings.fixed_after, values.size());
        auto const base = values.first(count);
        mean_ = mean_of({base.begin(), base.end()});
        range_ = mean_range(base, settings.screen_outliers);
        trial_ = count < settled_points_min;
        for (std::size_t i = 0; i < values.size(); ++i) sides_.push_back(side_of(values[i], mean_));
    }
    void write(std::vector<XmrPoint>& out) const {
        auto const up = runs([&](std::size_t i) { return values_[i] > values_[i - 1]; });
        auto const down = runs([&](std::size_t i) { return values_[i] < values_[i - 1]; });
        auto const shifts = one_side();
        for (std::size_t i = 0; i < values_.size(); ++i) {
            XmrPoint point{values_[i], mean_, lower(), upper()};
            point.trial = trial_;
            point.signal = signal_at(i, up, down, shifts);
            point.verdict = verdict_of(point.signal);
            out.push_back(point);
        }
    }

  private:
    double lower() const { return mean_ - limit_ranges * range_; }
    double upper() const { return mean_ + limit_ranges * range_; }
    bool outside(std::size_t i) const {
        return above(values_[i], upper()) || above(lower(), values_[i]);
    }
    bool near_limit(std::size_t i) const {
        auto const away = near_ranges * range_;
        return !outside(i) && (above(mean_ - away, values_[i]) || above(values_[i], mean_ + away));
    }
    // Which points are part of 7 or more of which each goes on from the one before.
    template <class GoesOn>
    std::vector<bool> runs(GoesOn goes_on) const {
        std::vector<bool> part(values_.size(), false);
        std::size_t length = 1;
        for (std::size_t i = 1; i < values_.size(); ++i) {
            length = goes_on(i) ? length + 1 : 1;
            if (length < run_points) continue;
            for (auto k = i + 1 - run_points; k <= i; ++k) part[k] = true;
        }
        return part;
    }
    std::vector<bool> one_side() const {
        return runs([&](std::size_t i) { return sides_[i] != 0 && sides_[i] == sides_[i - 1]; });
    }
    // It is near a limit itself, and of three in a row with it on one side so is another.
    bool two_of_three(std::size_t i) const {
        if (!near_limit(i)) return false;
        for (std::size_t first = i < 2 ? 0 : i - 2; first <= i; ++first) {
            if (first + 3 > values_.size()) break;
            int near = 0, side = 0;
            for (auto k = first; k < first + 3; ++k) {
                near += near_limit(k) ? 1 : 0;
                side += sides_[k];
            }
            if (near >= 2 && std::abs(side) == 3) return true;
        }
        return false;
    }
    // Where one run ends another may begin: a point of both goes by the one that follows it.
    Signal trend_at(std::size_t i, std::vector<bool> const& up,
                    std::vector<bool> const& down) const {
        if (!up[i] && !down[i]) return Signal::none;
        auto const next_too = i + 1 < values_.size() && (up[i + 1] || down[i + 1]);
        auto const rises = next_too ? values_[i + 1] > values_[i] : values_[i] > values_[i - 1];
        return rises ? Signal::rising : Signal::falling;
    }
    Signal signal_at(std::size_t i, std::vector<bool> const& up, std::vector<bool> const& down,
                     std::vector<bool> const& shifts) const {
        auto const high = sides_[i] > 0;
        if (outside(i)) return high ? Signal::above_limit : Signal::below_limit;
        if (auto const trend = trend_at(i, up, down); trend != Signal::none) return trend;
        if (two_of_three(i)) return high ? Signal::near_above : Signal::near_below;
        if (shifts[i]) return high ? Signal::shift_above : Signal::shift_below;
        return Signal::none;
    }
    Verdict verdict_of(Signal signal) const {
        if (signal == Signal::none) return Verdict::common_cause;
        auto const high = signal == Signal::above_limit || signal == Signal::rising ||
                          signal == Signal::near_above || signal == Signal::shift_above;
        if (better_ == Better::neither) return high ? Verdict::high : Verdict::low;
        return high == (better_ == Better::up) ? Verdict::improvement : Verdict::concern;
    }

    std::span<double const> values_;
    Better better_;
    double mean_ = 0, range_ = 0;
    bool trial_ = false;
    std::vector<int> sides_;
};

}  // namespace

char const* name_of(Signal signal) {
    switch (signal) {
        case Signal::none:
            return "";
        case Signal::above_limit:
            return "above the upper limit";
        case Signal::below_limit:
            return "below the lower limit";
        case Signal::rising:
            return "7 points rising";
        case Signal::falling:
            return "7 points falling";
        case Signal::near_above:
            return "2 of 3 near the upper limit";
        case Signal::near_below:
            return "2 of 3 near the lower limit";
        case Signal::shift_above:
            return "7 points above the mean";
        case Signal::shift_below:
            return "7 points below the mean";
    }
    return "";
}

char const* name_of(Verdict verdict) {
    switch (verdict) {
        case Verdict::common_cause:
            return "common cause";
        case Verdict::improvement:
            return "improvement";
        case Verdict::concern:
            return "concern";
        case Verdict::high:
            return "high";
        case Verdict::low:
            return "low";
    }
    return "";
}

std::vector<XmrPoint> xmr(std::vector<double> const& values, XmrSettings const& settings) {
    std::vector<XmrPoint> points;
    std::set<std::size_t> edges{0, values.size()};
    for (auto const at : settings.recalculated_at) {
        if (at < values.size()) edges.insert(at);
    }
    std::span<double const> const all{values};
    for (auto it = edges.begin(); std::next(it) != edges.end(); ++it) {
        Stretch{all.subspan(*it, *std::next(it) - *it), settings}.write(points);
    }
    return points;
}

}  // namespace washup::derive
