#include "board/panels/head.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "board/model/text.hpp"

namespace washup::board {
namespace {

std::string joined(std::vector<std::string> const& parts) {
    std::string out;
    for (std::string const& part : parts) {
        if (part.empty()) continue;
        if (!out.empty()) out += " · ";
        out += part;
    }
    return out;
}

std::string filter_words(Model const& model, Filter const& filter) {
    return joined(
        {filter.site, filter.team.empty() ? "" : team_words(model, filter.team), filter.ward});
}

std::size_t people_shown(Model const& model, Filter const& filter) {
    std::size_t n = 0;
    for (auto const& [id, stay] : model.stays) n += stay.live() && filter.passes(stay) ? 1 : 0;
    return n;
}

// Who is signed in; on a machine that people sign in at, how the last session ended and how the
// next begins. The second is left out where there is no room.
std::pair<std::string, std::string> who_forms(Person const& person) {
    if (person.state == PersonState::not_asked) return {};
    if (person.state == PersonState::signed_in) {
        auto const no = person.refused.empty() ? "" : "no names for this role";
        return {joined({person.staff, no}), person.staff};
    }
    auto const why = person.words.substr(0, person.words.find(':'));
    // Of a wrong PIN the form has told.
    auto const ended = why == "locked" || why == "signed out" ? why : std::string();
    return {joined({ended, "Enter signs in"}), ended};
}

Phrase place_phrase(Model const& model, HeadUi const& ui) {
    std::string const filter = filter_words(model, ui.filter);
    std::string const people =
        model.complete && model.tier > 0
            ? count_words(static_cast<std::int64_t>(people_shown(model, ui.filter)), "person",
                          "people")
            : "";
    std::string const sheet =
        ui.pages > 1 ? fmt::format("{} of {}", ui.page + 1, ui.pages) : std::string();
    std::string const demo =
        model.link.rate != 1.0 ? fmt::format("demo {:g}x", model.link.rate) : std::string();
    std::string const hold = ui.held_s > 0 ? fmt::format("held {} s", ui.held_s) : "";
    auto const [who, who_short] =
        ui.form ? std::pair<std::string, std::string>{} : who_forms(model.person);
    Phrase phrase;
    // Who is signed in or how one does, the filter, the hold and the demo are never left out; the
    // rest goes first.
    phrase.forms = {
        joined({who, model.site_words, filter, people, sheet, demo, hold}),
        joined({who, without_brackets(model.site_words), filter, people, sheet, demo, hold}),
        joined({who, filter.empty() ? model.site_words : filter, people, sheet, demo, hold}),
        joined({who, filter, people, sheet, demo, hold}),
        joined({who, filter, sheet, demo, hold}),
        joined({who, filter, demo, hold}),
        joined({who_short, filter, demo, hold})};
    return phrase;
}

std::string oldest_age(std::vector<SourceAge> const& ages, Instant now) {
    Instant oldest = now;
    for (SourceAge const& age : ages) {
        if (!age.silent && !age.never) oldest = std::min(oldest, age.last_heard);
    }
    return age_words(now - oldest);
}

std::vector<HeadView::Feeds> feed_forms(Model const& model, Instant now) {
    std::vector<SourceAge> const ages = source_ages(model, now);
    std::vector<std::string> silent, silent_names, calm;
    for (SourceAge const& age : ages) {
        // Nothing is expected of it and it never spoke: people's own commands, before the first.
        if (age.never && !age.silent) continue;
        if (age.silent) {
            silent.push_back(age.never ? age.words + " not heard"
                                       : age.words + " silent " + age.age);
            silent_names.push_back(age.words);
        } else {
            calm.push_back(age.words + " " + age.age);
        }
    }
    if (ages.empty()) return {{"", "live · no feed yet"}, {"", "no feed yet"}, {"", ""}};
    std::string const n = count_words(static_cast<std::int64_t>(calm.size()), "feed", "feeds");
    std::string const alive =
        calm.empty() ? "" : n + (calm.size() > 1 ? ", oldest " : " ") + oldest_age(ages, now);
    std::string const dead =
        silent.size() > 1 ? fmt::format("{} feeds silent", silent.size()) : joined(silent);
    std::vector<HeadView::Feeds> forms = {
        {joined(silent), joined(calm)}, {joined(silent), alive}, {dead, alive}, {dead, ""}};
    std::string const oldest = calm.empty() ? "" : "oldest " + oldest_age(ages, now);
    if (silent.empty()) forms = {{"", joined(calm)}, {"", alive}, {"", oldest}};
    // That the link itself lives is said in a word as long as there is room for it.
    HeadView::Feeds const longest = forms.front();
    forms.insert(forms.begin(), {longest.alarm, joined({"live", longest.calm})});
    return forms;
}

}  // namespace

HeadView make_head(Model const& model, LinkState const& link, Instant now, HeadUi const& ui) {
    HeadView view;
    view.title = ui.title;
    view.place = place_phrase(model, ui);
    view.clock = clock_time(now, true);
    if (link.phase == LinkPhase::loading && link.freshness == Freshness::live) {
        view.feeds = {{"", link.words}};
    } else if (link.marked()) {
        view.feeds = {{link.words, ""}};
    } else if (!link.words.empty()) {
        // Late, catching up, clock not trusted: said before the feeds, which are then less sure.
        view.feeds = {{link.words, ""}};
        if (link.freshness == Freshness::late) view.feeds = {{"", link.words}};
    } else {
        view.feeds = feed_forms(model, now);
    }
    return view;
}

std::string text_of(HeadView const& view) {
    HeadView::Feeds const feeds = view.feeds.empty() ? HeadView::Feeds{} : view.feeds.front();
    std::string alarm = feeds.alarm.empty() ? "" : "▲ " + feeds.alarm;
    return joined({view.title, view.place.words(), alarm, feeds.calm, view.clock}) + "\n";
}

}  // namespace washup::board
