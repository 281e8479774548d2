#pragma once
// The Flow page: four headline numbers, and the Pareto on its side: what the lost bed days waited
// for, most first, with the cumulative curve and a line under the vital few. Bars are sums of the
// feed's leaf tallies and must add up to the headline; when they do not, the page says so. People
// are never summed: the daemon counts them.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "board/model/alerts.hpp"
#include "board/model/freshness.hpp"
#include "board/model/pareto.hpp"
#include "board/model/phrase.hpp"
#include "board/panels/layout.hpp"
#include "board/widgets/pen.hpp"

namespace washup::board {

struct FlowUi {
    Filter filter;
    std::string window = "28";   // now, 7, 28, 91
    int bars = pareto_bars_max;  // that fit; the rest joins "other"
};

// The scope of the feed that a filter asks for: "team:margate", "site:QEQM", "all".
std::string scope_of(Filter const& filter);

struct FlowNumber {
    Phrase label;
    std::string value, unit;
    Phrase note;
};

struct FlowView {
    std::array<FlowNumber, 4> numbers;
    std::string title;
    Phrase scope_words;  // weight, window, whether people who left are in it
    Pareto pareto;
    std::string empty_words;
    std::string doubt;  // bars do not add up to the headline
    Phrase right;       // for the foot: "4 of 8 make 81%"
    bool old = false;
};

FlowView make_flow(Model const& model, LinkState const& link, Instant now, FlowUi const& ui);

struct ParetoGeometry {
    struct Row {
        Box bar;
        float baseline = 0, middle = 0;
        float curve_x = 0;
    };
    std::vector<Row> rows;
    float vital_y = 0;   // of the line under the vital few
    float eighty_x = 0;  // of 80% on the curve's scale
};
// `bars`: where the longest bar may reach; `curve`: the box of the 0-100% scale; `places`: how many
// bars the height is divided for.
ParetoGeometry place_pareto(Pareto const& pareto, Box const& bars, Box const& curve, int places,
                            float bar_height, float cap_height);

void draw_flow(Pen& pen, FlowView const& view);
std::string text_of(FlowView const& view);

}  // namespace washup::board
