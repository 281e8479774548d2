// Drawing of the two bands that every page shares.

#include <algorithm>

#include "board/panels/foot.hpp"
#include "board/panels/head.hpp"
#include "board/panels/layout.hpp"
#include "board/widgets/pen.hpp"

namespace washup::board {
namespace {

struct HeadWords {
    std::string place;
    HeadView::Feeds feeds;
};

float feeds_width(Pen const& pen, HeadView::Feeds const& feeds) {
    float wide = pen.width(Cut::small, feeds.calm);
    if (feeds.alarm.empty()) return wide;
    wide += pen.width(Cut::small_strong, feeds.alarm) +
            pen.cap_height(Cut::small_strong) * Pen::sign_of_cap + pen.px(14);
    return feeds.calm.empty() ? wide : wide + pen.px(30);
}

// The age of every feed is always said when it can be (product.md section 10): the place, but not
// the filter in it, gives way first.
HeadWords choose(Pen const& pen, HeadView const& view, float room) {
    float const gap = pen.px(40);
    for (HeadView::Feeds const& feeds : view.feeds) {
        for (std::string const& place : view.place.forms) {
            if (pen.width(Cut::small, place) + gap + feeds_width(pen, feeds) <= room) {
                return {place, feeds};
            }
        }
    }
    HeadView::Feeds const last = view.feeds.empty() ? HeadView::Feeds{} : view.feeds.back();
    return {fit(view.place, room - gap - feeds_width(pen, last), pen.measure(Cut::small)), last};
}

}  // namespace

void draw_head(Pen& pen, HeadView const& view) {
    Sizes const& sizes = pen.sizes();
    float const baseline = pen.px(head_baseline_ref);
    float const left = pen.px(margin_ref), right = sizes.width - pen.px(margin_ref);
    float const title = pen.text(Cut::title, left, baseline, Ink::primary, view.title);
    float const clock =
        pen.text(Cut::strong, right, baseline, Ink::primary, view.clock, Align::right);
    float const from = left + title + pen.px(38);
    float const to = right - clock - pen.px(42);
    HeadWords const words = choose(pen, view, to - from);
    pen.text(Cut::small, from, baseline, Ink::muted, words.place);
    float x = to - feeds_width(pen, words.feeds);
    if (!words.feeds.alarm.empty()) {
        x += pen.triangle(Cut::small_strong, x, baseline, Ink::alarm) + pen.px(14);
        x += pen.text(Cut::small_strong, x, baseline, Ink::alarm, words.feeds.alarm) + pen.px(30);
    }
    pen.text(Cut::small, x, baseline, Ink::muted, words.feeds.calm);
    pen.hairline(0, sizes.width, pen.px(head_height_ref) - pen.px(2), Ink::hairline);
}

void draw_foot(Pen& pen, FootView const& view) {
    Sizes const& sizes = pen.sizes();
    float const top = sizes.height - pen.px(foot_height_ref);
    pen.hairline(0, sizes.width, top, Ink::hairline);
    float const baseline = top + pen.px(66);
    float const left = pen.px(margin_ref), right = sizes.width - pen.px(margin_ref);
    float room = right - left;
    float const gap = pen.px(30);
    if (!view.right.empty()) {
        room -= pen.phrase(Cut::small, right, baseline, room / 2, Ink::muted, view.right,
                           Align::right) +
                pen.px(48);
    }
    float x = left;
    if (view.alarm) x += pen.triangle(Cut::small_strong, x, baseline, Ink::alarm) + pen.px(14);
    float const due = view.due.empty() ? 0.0f : pen.width(Cut::small, view.due) + gap;
    float const words_room = left + room - x - due - gap;
    // The subject shortens only when the shortest of what it is about would not fit beside it.
    std::string const least = view.what.forms.empty() ? "" : view.what.forms.back();
    float const subject_room = words_room - std::min(pen.width(Cut::small, least), words_room / 2);
    if (!view.subject.empty()) {
        x += pen.phrase(Cut::small_strong, x, baseline, subject_room, Ink::alarm, view.subject) +
             gap;
    }
    if (!view.what.empty()) {
        x += pen.phrase(Cut::small, x, baseline, left + room - due - x,
                        view.alarm ? Ink::primary : Ink::muted, view.what) +
             gap;
    }
    if (!view.due.empty()) pen.text(Cut::small, x, baseline, Ink::muted, view.due);
}

}  // namespace washup::board
