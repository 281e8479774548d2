#include <fmt/format.h>

#include <algorithm>

#include "daemon/report/asked.hpp"
#include "daemon/report/cells.hpp"
#include "daemon/report/return_reports.hpp"
#include "daemon/report/stays.hpp"

// What was recorded since a minute: facts, cancels, blockers, hand-overs and actions, each with
// when it happened and when it was recorded, so that the late and the corrected are seen.

namespace washup::report {
namespace {

std::string told(Instant at) {
    return to_iso(london_date(at)) + " " + clock_time(at);
}

class Changes {
  public:
    Changes(core::State const& state, Instant since) : state_(state), since_(since) {
        table_.name = "facts";
        table_.title = "What was recorded since";
        table_.columns = {"stay", "name", "what", "value", "happened", "recorded", "by", "is"};
        table_.key_columns = 6;
        table_.definition =
            "New = it happened since. Late = it happened before, and was recorded since. Corrected "
            "= late, and another value was held. Taken back, reopened = a cancel.";
    }
    void take(core::Stay const& stay) {
        now_ = &stay;
        for (auto const* part : core::parts_of(state_, stay)) {
            for (auto const& [field, history] : part->fields) of_field(field, history);
            for (auto const& blocker : part->blockers) of_blocker(blocker);
            for (auto const& action : part->actions) of_action(action);
        }
        for (auto const* person : state_.records_of(state_.survivor_of(stay.person))) {
            for (auto const& [field, history] : person->fields) of_field(field, history);
        }
    }
    Table table() {
        std::vector<std::size_t> order(table_.lines.size());
        for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
        std::stable_sort(order.begin(), order.end(),
                         [&](auto a, auto b) { return at_[a] < at_[b]; });
        auto sorted = table_;
        for (std::size_t i = 0; i < order.size(); ++i) {
            sorted.lines[i] = table_.lines[order[i]];
            sorted.stays[i] = table_.stays[order[i]];
        }
        return sorted;
    }

  private:
    void of_field(core::Field field, core::FieldHistory const& history) {
        core::Fact const* before = nullptr;
        for (auto const& fact : history.facts) {
            if (fact.received <= since_) {
                before = &fact;
                continue;
            }
            // A source that repeats its value confirms it.
            auto const repeats = before != nullptr && before->source == fact.source &&
                                 core::same_value(before->value, fact.value);
            if (!repeats)
                line(core::name_of(field), words_of(field, fact.value), fact.times.occurred,
                     fact.received, fact.actor.empty() ? fact.source : fact.actor,
                     before != nullptr);
            before = &fact;
        }
        for (auto const& cancel : history.retractions) {
            if (cancel.recorded <= since_) continue;
            put(core::name_of(field), "", cancel.occurred ? told(*cancel.occurred) : "",
                cancel.recorded, cancel.actor.empty() ? cancel.source : cancel.actor,
                field == core::Field::ending ? "reopened" : "taken back");
        }
    }
    void of_blocker(core::Blocker const& blocker) {
        auto const words = reason_words(state_.config, blocker.reason, blocker.local_reason);
        auto const by = blocker.actor.empty() ? blocker.source : blocker.actor;
        if (blocker.recorded > since_)
            line("blocker opened", words, blocker.opened, blocker.recorded, by, false);
        else if (blocker.told > since_)
            line("blocker", words, blocker.opened, blocker.told, by, true);
        if (blocker.closed && blocker.closed_recorded > since_)
            line("blocker closed", words, *blocker.closed, blocker.closed_recorded, by, false);
    }
    void of_action(core::Action const& action) {
        auto const by = action.actor.empty() ? action.source : action.actor;
        if (action.recorded > since_)
            line("action", action.text.text, {action.agreed, Precision::minute}, action.recorded,
                 by, false);
        else if (action.changed_at > since_)
            line(fmt::format("action {}", core::name_of(action.state)), action.text.text,
                 {action.changed_at, Precision::minute}, action.changed_at, by, false);
    }

    std::string words_of(core::Field field, core::Value const& value) const {
        switch (field) {
            case core::Field::ideal_outcome:
            case core::Field::expected_outcome:
            case core::Field::actual_outcome:
            case core::Field::proposed_outcome:
                return outcome_words(state_.config, value.code);
            default:
                break;
        }
        std::vector<std::string> parts;
        if (!value.code.empty()) parts.push_back(value.code);
        if (value.location) {
            auto const& at = *value.location;
            parts.push_back(
                ward_cell(state_.config, core::site_code(state_.config, at.site), at.ward) + " " +
                at.bed);
        }
        if (value.moment)
            parts.push_back(value.moment->precision == Precision::date
                                ? to_iso(london_date(value.moment->at))
                                : told(value.moment->at));
        if (!value.text.text.empty()) parts.push_back(value.text.text);
        return parts.empty() ? "taken away" : fmt::format("{}", fmt::join(parts, ", "));
    }
    void line(std::string what, std::string value, Moment const& happened, Instant recorded,
              std::string const& by, bool held_another) {
        auto const late = happened.precision == Precision::date
                              ? london_date(happened.at) < london_date(since_)
                              : happened.at <= since_;
        put(std::move(what), std::move(value),
            happened.precision == Precision::date ? to_iso(london_date(happened.at))
                                                  : told(happened.at),
            recorded, by,
            !late          ? "new"
            : held_another ? "corrected"
                           : "late");
    }
    void put(std::string what, std::string value, std::string happened, Instant recorded,
             std::string const& by, char const* how) {
        auto const name = core::read(state_, *now_, core::Field::name);
        table_.lines.push_back({fmt::format("#{}", now_->id.value()),
                                name.known() ? name.fact->value.text.text : "", std::move(what),
                                std::move(value), std::move(happened), told(recorded), by, how});
        table_.stays.push_back({{now_->id, 1}});
        at_.push_back(recorded);
    }

    core::State const& state_;
    Instant since_;
    core::Stay const* now_ = nullptr;
    Table table_;
    std::vector<Instant> at_;
};

}  // namespace

Result<Document> changes(core::State const& state, Options const& options) {
    auto since = state.last_at - hours(24);
    if (auto const given = option(options, "since"); !given.empty()) {
        auto const moment = parse_moment(given);
        if (!moment) return invalid(moment.error().words, "since");
        since = moment->at;
    }
    Changes changes{state, since};
    for (auto const& [id, stay] : state.stays) {
        if (!stay.joined_into) changes.take(stay);
    }
    Document document;
    document.tables = {changes.table()};
    document.title = "What changed";
    document.about = state.config.site_words + ", since " + told(since);
    return document;
}

}  // namespace washup::report
