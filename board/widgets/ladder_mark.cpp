#include "board/widgets/ladder_mark.hpp"

#include <algorithm>
#include <map>

#include "board/model/text.hpp"
#include "board/widgets/pen.hpp"

namespace washup::board {
namespace {

// The far end of the band an outcome names, seen from the step it was put at; 0 when it names a
// step.
std::uint32_t far_end(Model const& model, Observed const& outcome, std::uint32_t at) {
    if (!outcome.known() || at == 0 || ladder_step(model, outcome.value) != nullptr) return 0;
    std::uint32_t first = 0, last = 0;
    for (auto const& [id, step] : model.ladder) {
        if (step.step == 0 || step.band != outcome.value) continue;
        if (first == 0 || step.step < first) first = step.step;
        last = std::max(last, step.step);
    }
    if (first == 0) return 0;
    // The band's nearest step was chosen, so the truth lies towards the other end.
    return at == first ? last : first;
}

}  // namespace

LadderMark ladder_mark(Model const& model, Stay const& stay) {
    LadderMark mark;
    std::map<std::uint32_t, std::string> band_of;
    for (auto const& [id, step] : model.ladder) {
        if (step.step != 0) band_of[step.step] = step.band;
    }
    std::string band;
    for (auto const& [step, name] : band_of) {
        if (!band.empty() && name != band) mark.band_starts.push_back(step);
        band = name;
        mark.steps = step;
    }
    mark.off_ladder = stay.gap.off_ladder;
    if (mark.off_ladder) return mark;
    mark.ideal = std::min(stay.gap.ideal_step, mark.steps);
    mark.expected = std::min(stay.gap.expected_step, mark.steps);
    if (stay.gap.at_least || !stay.gap.known) {
        mark.ideal_as_far_as = far_end(model, stay.ideal_outcome, mark.ideal);
        mark.expected_as_far_as = far_end(model, stay.expected_outcome, mark.expected);
    }
    return mark;
}

LadderGeometry place_ladder(LadderMark const& mark, float x, float width) {
    LadderGeometry out;
    if (mark.steps == 0) return out;
    float const pitch = mark.steps > 1 ? width / static_cast<float>(mark.steps - 1) : 0.0f;
    auto const at = [&](std::uint32_t step) { return x + pitch * static_cast<float>(step - 1); };
    for (std::uint32_t step = 1; step <= mark.steps; ++step) out.steps.push_back(at(step));
    for (std::uint32_t start : mark.band_starts) out.edges.push_back(at(start) - pitch / 2);
    if (mark.off_ladder) return out;
    if (mark.ideal != 0) out.ring = at(mark.ideal);
    if (mark.expected != 0) out.dot = at(mark.expected);
    if (mark.ideal_as_far_as != 0) {
        out.open.push_back(std::minmax(at(mark.ideal), at(mark.ideal_as_far_as)));
    }
    if (mark.expected_as_far_as != 0) {
        out.open.push_back(std::minmax(at(mark.expected), at(mark.expected_as_far_as)));
    }
    if (!out.ring || !out.dot) return out;
    out.on_track = mark.expected <= mark.ideal;
    out.together = mark.expected == mark.ideal;
    if (!out.on_track) out.bar = {*out.ring, *out.dot};
    return out;
}

void draw_ladder(Pen& pen, LadderMark const& mark, float x, float y, float width, bool greyed) {
    LadderGeometry const g = place_ladder(mark, x, width);
    if (g.steps.empty()) return;
    float const thin = std::max(1.0f, pen.px(3));
    pen.line(g.steps.front(), y, g.steps.back(), y, thin, Ink::hairline);
    for (float edge : g.edges) pen.upright(edge, y - pen.px(19), y + pen.px(19), Ink::track);
    for (float step : g.steps) pen.dot(step, y, pen.px(5.5f), Ink::track);
    Ink const gap_ink = greyed ? Ink::greyed : Ink::expected;
    Ink const ring_ink = greyed ? Ink::greyed : Ink::ideal;
    for (auto const& [from, to] : g.open) {
        // A thinner grey bar: the truth lies somewhere along here.
        pen.line(from, y, to, y, pen.px(11), greyed ? Ink::track : Ink::greyed);
    }
    if (g.bar) pen.line(g.bar->first, y, g.bar->second, y, pen.px(11), gap_ink);
    if (g.ring) pen.ring(*g.ring, y, pen.px(18), pen.px(6), ring_ink);
    if (!g.dot) return;
    Ink const dot_ink = greyed ? Ink::greyed : g.on_track ? Ink::ideal : Ink::expected;
    pen.dot(*g.dot, y, g.together ? pen.px(8.5f) : pen.px(14.5f), dot_ink);
}

}  // namespace washup::board
