#include "board/panels/foot.hpp"

#include "board/model/text.hpp"

namespace washup::board {
namespace {

FootView link_foot(LinkState const& link, bool complete) {
    FootView view;
    view.alarm = true;
    if (!complete) {
        view.alarm = link.phase == LinkPhase::refused || link.freshness != Freshness::live;
        view.subject = link.phase == LinkPhase::refused       ? "The daemon refuses this view"
                       : link.freshness == Freshness::waiting ? "No daemon yet"
                                                              : "";
        view.what = Phrase::of("nothing here is known yet", "nothing known yet");
        return view;
    }
    view.subject = Phrase::of("Not live since " + clock_time(link.as_of, true), "Not live");
    view.what = Phrase::of("everything here is from then", "all from then");
    return view;
}

}  // namespace

FootView make_foot(Model const& model, LinkState const& link, Instant now, Filter const& filter,
                   Phrase right) {
    if (link.marked()) {
        FootView view = link_foot(link, model.complete);
        view.right = std::move(right);
        return view;
    }
    FootView view;
    view.right = std::move(right);
    if (!model.complete) return view;
    std::vector<Alert> const alerts = derive_alerts(model, now, filter);
    if (alerts.empty() && model.tier == 0) {
        view.what = Phrase::of("Counts only: what is overdue is not known here", "Counts only");
        return view;
    }
    if (alerts.empty()) {
        view.what = Phrase::of("Nothing overdue, everyone ready has a plan", "Nothing overdue");
        return view;
    }
    Alert const& first = alerts.front();
    view.alarm = true;
    view.subject = first.subject;
    if (auto const at = model.stays.find(first.stay); at != model.stays.end()) {
        Stay const& stay = at->second;
        // Who, then where: the place shortens before the name does, and goes before the initials.
        Phrase const names = name_forms(stay, model.tier), places = place_forms(stay);
        view.subject = first.subject;
        for (std::string const& name : {names.words(), names.forms.back()}) {
            for (std::string const& place : places.forms) {
                view.subject.forms.push_back(name + ", " + place);
            }
            view.subject.forms.push_back(name);
        }
    }
    view.what = text_forms(first.what);
    view.due = first.due;
    return view;
}

std::string text_of(FootView const& view) {
    std::string out = view.alarm ? "▲ " : "";
    for (std::string const& part : {view.subject.words(), view.what.words(), view.due}) {
        if (part.empty()) continue;
        if (out.size() > 4) out += " · ";
        out += part;
    }
    if (!view.right.empty()) out += "   [" + view.right.words() + "]";
    return out + "\n";
}

}  // namespace washup::board
