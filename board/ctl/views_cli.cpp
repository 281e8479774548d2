#include <fmt/format.h>

#include <boost/json.hpp>
#include <cstdio>

#include "board/ctl/choice.hpp"
#include "board/ctl/json_stay.hpp"
#include "board/ctl/json_views.hpp"
#include "board/ctl/program.hpp"
#include "board/ctl/text_views.hpp"
#include "board/ctl/watch.hpp"
#include "proto/base/clock.hpp"

namespace washup::board::ctl {
namespace {

using Print = std::function<int(Model const&, Instant now, Options const&, Session&)>;

// A view is printed from a confirmed picture, never from a half one.
Run from_model(Print print) {
    return [print = std::move(print)](Options const& options) {
        auto const session = open_session(options);
        auto const model = session->wait_model();
        if (!model) return fail(model.error());
        return print(**model, now_of(**model), options, *session);
    };
}

void put(boost::json::value const& document) {
    fmt::print("{}\n", boost::json::serialize(document));
}
void put(std::string const& text) {
    fmt::print("{}", text);
}

struct StaysChoice {
    Filter filter;
    bool live_only = false;
};

int print_stay(std::string const& name, Model const& model, Instant now, Options const& options,
               Session& session) {
    auto const found = find_stay(model, name);
    if (!found) return fail(found.error());
    auto const* stay = *found;
    auto const history = session.history(stay_name(*stay));
    if (!history) return fail(history.error());
    auto const lines = history_lines(**history);
    if (options.json) {
        auto document = stay_json(*stay);
        document["history"] = history_json(lines);
        put(document);
    } else {
        put(stay_text(model, *stay, lines, now, options.wide));
    }
    return exit_ok;
}

void add_stays(CLI::App& app, Run& run) {
    auto* sub = app.add_subcommand("stays", "every stay in the live state");
    auto const choice = std::make_shared<StaysChoice>();
    sub->add_flag("--live", choice->live_only, "only people who are still here");
    sub->add_option("--team", choice->filter.team, "only this team's");
    sub->add_option("--ward", choice->filter.ward, "only this ward's");
    sub->add_option("--site", choice->filter.site, "only this site's");
    sub->callback([&run, choice] {
        run = from_model([choice](Model const& m, Instant now, Options const& o, Session&) {
            if (o.json) {
                put(stays_json(m, choice->filter, choice->live_only));
            } else {
                put(stays_text(m, now, choice->filter, choice->live_only, o.wide));
            }
            return exit_ok;
        });
    });
}

void add_stay(CLI::App& app, Run& run) {
    auto* sub = app.add_subcommand("stay", "one stay with its history");
    auto const key = std::make_shared<std::string>();
    sub->add_option("KEY", *key, "AUTHORITY:NUMBER, the number alone, or #internal")->required();
    sub->callback([&run, key] {
        run = from_model([key](Model const& m, Instant now, Options const& o, Session& s) {
            return print_stay(*key, m, now, o, s);
        });
    });
}

struct ParetoChoice {
    std::string scope = "all", window = "28", level = "theme";
};

void add_pareto(CLI::App& app, Run& run) {
    auto* sub = app.add_subcommand("pareto", "what the lost bed days waited for");
    auto const choice = std::make_shared<ParetoChoice>();
    sub->add_option("--scope", choice->scope, "all, site:CODE, team:CODE")->capture_default_str();
    sub->add_option("--window", choice->window, "now, or the last complete days")
        ->check(CLI::IsMember({"now", "7", "28", "91"}))
        ->capture_default_str();
    sub->add_option("--level", choice->level, "what one bar is")
        ->check(CLI::IsMember({"theme", "reason", "local"}))
        ->capture_default_str();
    sub->callback([&run, choice] {
        run = from_model([choice](Model const& m, Instant, Options const& o, Session&) {
            auto const level = choice->level == "theme"    ? ParetoLevel::theme
                               : choice->level == "reason" ? ParetoLevel::reason
                                                           : ParetoLevel::local_reason;
            auto const list = pareto_of(m, choice->scope, choice->window, level);
            if (!list.headline) {
                return fail(Error{ErrorCode::not_found,
                                  "no figures are kept for scope " + choice->scope, "scope"});
            }
            if (o.json) {
                put(pareto_json(list));
            } else {
                put(pareto_text(list, o.wide));
            }
            return exit_ok;
        });
    });
}

// A view without options of its own.
template <class Json, class Text>
void add_plain(CLI::App& app, Run& run, char const* name, char const* what, Json json, Text text) {
    app.add_subcommand(name, what)->callback([&run, json, text] {
        run = from_model([json, text](Model const& m, Instant now, Options const& o, Session&) {
            if (o.json) {
                put(json(m, now));
            } else {
                put(text(m, now, o.wide));
            }
            return exit_ok;
        });
    });
}

void add_inbox(CLI::App& app, Run& run) {
    auto* sub = app.add_subcommand("inbox", "what could not be applied: message, field, why");
    auto const all = std::make_shared<bool>(false);
    sub->add_flag("--all", *all, "the counted kinds that are not yet handled too");
    sub->callback([&run, all] {
        run = from_model([all](Model const& m, Instant, Options const& o, Session&) {
            if (o.json) {
                put(inbox_json(m, *all));
            } else {
                put(inbox_text(m, *all, o.wide));
            }
            return exit_ok;
        });
    });
}

}  // namespace

void add_views(CLI::App& app, Run& run) {
    add_plain(
        app, run, "status", "the daemon, the link, the numbers at a glance",
        [](Model const& m, Instant now) { return status_json(m, now, steady_now().ms); },
        [](Model const& m, Instant now, bool wide) {
            return status_text(m, now, steady_now().ms, wide);
        });
    add_stays(app, run);
    add_stay(app, run);
    add_pareto(app, run);
    add_plain(
        app, run, "capacity", "the services and their counters",
        [](Model const& m, Instant) { return capacity_json(m); },
        [](Model const& m, Instant now, bool wide) { return capacity_text(m, now, wide); });
    add_plain(
        app, run, "alerts", "what needs an answer now",
        [](Model const& m, Instant now) { return alerts_json(m, derive_alerts(m, now)); },
        [](Model const& m, Instant now, bool wide) {
            return alerts_text(derive_alerts(m, now), wide);
        });
    add_plain(
        app, run, "sources", "the feeds, their profile and when each was heard",
        [](Model const& m, Instant now) { return sources_json(m, now); },
        [](Model const& m, Instant now, bool wide) { return sources_text(m, now, wide); });
    add_inbox(app, run);
    app.add_subcommand("watch", "a line for each change, until it is stopped")->callback([&run] {
        run = run_watch;
    });
}

}  // namespace washup::board::ctl
