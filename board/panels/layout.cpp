#include "board/panels/layout.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace washup::board {
namespace {

constexpr float gap_ref = 19;

struct Spec {
    ColumnId id;
    float width_ref;
    bool grows;
};

// Tier 1 says initials and a role; from tier 2 a name and the action's words need the room.
constexpr std::array<Spec, 6> narrow_names{{{ColumnId::person, 230, true},
                                            {ColumnId::ready, 150, false},
                                            {ColumnId::ladder, 284, true},
                                            {ColumnId::waiting, 470, true},
                                            {ColumnId::action, 325, true},
                                            {ColumnId::due, 270, false}}};
constexpr std::array<Spec, 6> wide_names{{{ColumnId::person, 310, true},
                                          {ColumnId::ready, 150, false},
                                          {ColumnId::ladder, 284, true},
                                          {ColumnId::waiting, 336, true},
                                          {ColumnId::action, 381, true},
                                          {ColumnId::due, 270, false}}};
constexpr std::array<ColumnId, 3> drop_order{ColumnId::action, ColumnId::ladder, ColumnId::ready};

float needed(std::vector<Spec> const& specs) {
    float sum = gap_ref * static_cast<float>(specs.size() - 1);
    for (Spec const& spec : specs) sum += spec.width_ref;
    return sum;
}

}  // namespace

int rows_a_page(Sizes const& sizes) {
    float const room =
        sizes.height / sizes.unit - head_height_ref - foot_height_ref - column_head_height_ref;
    return std::clamp(static_cast<int>(std::floor(room / row_height_ref)), 1, rows_a_page_max);
}

std::vector<Column> wash_up_columns(Sizes const& sizes, int tier) {
    auto const& all = tier >= 2 ? wide_names : narrow_names;
    std::vector<Spec> specs(all.begin(), all.end());
    float const room = sizes.width / sizes.unit - 2 * margin_ref;
    for (ColumnId drop : drop_order) {
        if (needed(specs) <= room + 0.5f) break;
        std::erase_if(specs, [&](Spec const& spec) { return spec.id == drop; });
    }
    float const spare = std::max(0.0f, room - needed(specs));
    float growing = 0;
    for (Spec const& spec : specs) growing += spec.grows ? spec.width_ref : 0.0f;
    std::vector<Column> columns;
    float x = margin_ref;
    for (Spec const& spec : specs) {
        float const grown = spec.grows ? spec.width_ref * (1 + spare / growing) : spec.width_ref;
        columns.push_back({spec.id, x * sizes.unit, grown * sizes.unit});
        x += grown + gap_ref;
    }
    return columns;
}

FlowLayout flow_layout(Sizes const& sizes) {
    constexpr float number_width_ref = 330, curve_from_ref = 1300;
    FlowLayout layout;
    float const width = sizes.width / sizes.unit - 2 * margin_ref;
    int const fit = std::clamp(static_cast<int>(width / number_width_ref), 1, 4);
    layout.number_columns = fit == 3 ? 2 : fit;  // an even composition
    layout.number_pitch_ref = width / static_cast<float>(layout.number_columns);
    layout.numbers_height_ref = number_line_ref * static_cast<float>(4 / layout.number_columns);
    layout.curve = width >= curve_from_ref;
    layout.words_ref = std::min(500.0f, width * 0.45f);
    float const room = sizes.height / sizes.unit - head_height_ref - foot_height_ref -
                       layout.numbers_height_ref - pareto_head_ref - pareto_end_ref;
    layout.bars = std::clamp(static_cast<int>(room / pareto_pitch_ref), 2, pareto_bars_max);
    return layout;
}

}  // namespace washup::board
