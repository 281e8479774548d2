#include <fmt/format.h>

#include <boost/json.hpp>
#include <cstdio>

#include "board/ctl/choice.hpp"
#include "board/ctl/doors.hpp"
#include "board/ctl/json_stay.hpp"
#include "board/ctl/json_views.hpp"
#include "board/ctl/program.hpp"
#include "board/ctl/text_views.hpp"
#include "board/ctl/watch.hpp"
#include "board/link/past_picture.hpp"
#include "proto/base/clock.hpp"
#include "proto/base/time.hpp"
#include "washup/v1/command.pb.h"

namespace washup::board::ctl {
namespace {

// What a view is printed from: a picture that a heartbeat confirmed, or one of a past minute; and
// how the history of one of its stays is found.
struct Picture {
    std::shared_ptr<Model const> model;
    Instant now;
    std::function<Result<std::shared_ptr<v1::History const>>(std::string const& stay)> history;
};
using Print = std::function<int(Picture const&, Options const&)>;

// The minute a view is asked for, when it is not now.
struct Past {
    std::string at, true_at;
};
std::shared_ptr<Past> add_past(CLI::App& sub) {
    auto const past = std::make_shared<Past>();
    auto* at = sub.add_option("--at", past->at,
                              "as the boards showed it at that minute: \"2026-11-20 09:14\"");
    sub.add_option("--true-at", past->true_at, "as is known now of that minute")->excludes(at);
    return past;
}

int print_past(Past const& past, Print const& print, Options const& options) {
    auto const at = minute_of(past.at.empty() ? past.true_at : past.at);
    if (!at) return fail(at.error());
    auto const whom = whom_to_ask(options);
    if (!whom) return fail(whom.error());
    PastQuestion question;
    question.whom = *whom;
    auto const tier = tier_of(*whom);
    if (!tier) return fail(tier.error());
    question.tier = *tier;
    question.at = *at;
    question.as_known_now = past.at.empty();
    auto const model = past_picture(question);
    if (!model) return fail(model.error());
    return print(
        {*model, *at, [&](std::string const& stay) { return past_history(question, stay); }},
        options);
}

// Nothing to see is not nothing there: who may not see it is told so.
Result<void> has(Model const& model, int tier_min) {
    if (model.tier >= tier_min) return boost::system::in_place_value;
    return refused(fmt::format("nobody is signed in, and tier {}, which this key shows to "
                               "everybody, has nothing of that: sign in with --as ID",
                               model.tier),
                   "session");
}

// `tier_min`: the lowest that holds what is printed.
Run from_picture(std::shared_ptr<Past const> past, int tier_min, Print shown) {
    auto print = [tier_min, shown = std::move(shown)](Picture const& picture, Options const& o) {
        if (auto const seen = has(*picture.model, tier_min); !seen) return fail(seen.error());
        return shown(picture, o);
    };
    return [past = std::move(past), print = std::move(print)](Options const& options) {
        if (!past->at.empty() || !past->true_at.empty()) return print_past(*past, print, options);
        auto const opened = open_session(options);
        if (!opened) return fail(opened.error());
        auto const& session = *opened;
        auto const model = session->wait_model();
        if (!model) return fail(model.error());
        return print({*model, now_of(**model),
                      [&](std::string const& stay) { return session->history(stay); }},
                     options);
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

// Everything that was ever said of a stay, oldest first; the stay itself in `found`.
Result<std::vector<HistoryLine>> history_of(Picture const& picture, std::string const& name,
                                            Stay const*& found) {
    auto const stay = find_stay(*picture.model, name);
    if (!stay) return stay.error();
    found = *stay;
    auto const history = picture.history(stay_name(*found));
    if (!history) return history.error();
    return history_lines(**history);
}

int print_stay(std::string const& name, Picture const& picture, Options const& options) {
    Stay const* stay = nullptr;
    auto const lines = history_of(picture, name, stay);
    if (!lines) return fail(lines.error());
    if (options.json) {
        auto document = stay_json(*stay);
        document["history"] = history_json(*lines);
        put(document);
    } else {
        put(stay_text(*picture.model, *stay, *lines, picture.now, options.wide));
    }
    return exit_ok;
}

int print_why(std::string const& name, std::string const& field, Picture const& picture,
              Options const& options) {
    auto const words = words_behind(field);
    if (!words) return fail(words.error());
    Stay const* stay = nullptr;
    auto const lines = history_of(picture, name, stay);
    if (!lines) return fail(lines.error());
    auto const behind = lines_behind(*lines, *words);
    if (options.json) {
        put(boost::json::object{
            {"stay", stay_name(*stay)}, {"field", *words}, {"events", history_json(behind)}});
    } else if (behind.empty()) {
        put(std::string{"nobody has said anything of it\n"});
    } else {
        put(history_text(behind, options.wide));
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
    auto const past = add_past(*sub);
    sub->callback([&run, choice, past] {
        run = from_picture(past, 1, [choice](Picture const& picture, Options const& o) {
            auto const& m = *picture.model;
            if (o.json) {
                put(stays_json(m, choice->filter, choice->live_only));
            } else {
                put(stays_text(m, picture.now, choice->filter, choice->live_only, o.wide));
            }
            return exit_ok;
        });
    });
}

void add_stay(CLI::App& app, Run& run) {
    auto* sub = app.add_subcommand("stay", "one stay with its history");
    auto const key = std::make_shared<std::string>();
    sub->add_option("KEY", *key, "AUTHORITY:NUMBER, the number alone, or #internal")->required();
    auto const past = add_past(*sub);
    sub->callback([&run, key, past] {
        run = from_picture(past, 1, [key](Picture const& picture, Options const& o) {
            return print_stay(*key, picture, o);
        });
    });
}

void add_why(CLI::App& app, Run& run) {
    auto* sub = app.add_subcommand("why", "the events behind a value of a stay");
    auto const key = std::make_shared<std::string>();
    auto const field = std::make_shared<std::string>();
    sub->add_option("KEY", *key, "as of stay")->required();
    sub->add_option("FIELD", *field, "discharge_ready, blocker, action, ...")->required();
    auto const past = add_past(*sub);
    sub->callback([&run, key, field, past] {
        run = from_picture(past, 1, [key, field](Picture const& picture, Options const& o) {
            return print_why(*key, *field, picture, o);
        });
    });
}

struct ParetoChoice {
    std::string scope = "all", window = "28", level = "theme";
};

void add_pareto(CLI::App& app, Run& run) {
    auto* sub = app.add_subcommand("pareto", "what the lost bed days waited for");
    auto const choice = std::make_shared<ParetoChoice>();
    sub->add_option("--scope", choice->scope,
                    "all (the county), area:CODE, site:CODE, team:CODE, ward:SITE/CODE")
        ->capture_default_str();
    sub->add_option("--window", choice->window, "now, or the last complete days")
        ->check(CLI::IsMember({"now", "7", "28", "91"}))
        ->capture_default_str();
    sub->add_option("--level", choice->level, "what one bar is")
        ->check(CLI::IsMember({"theme", "reason", "local"}))
        ->capture_default_str();
    auto const past = add_past(*sub);
    sub->callback([&run, choice, past] {
        // A ward is few people: only whoever may see all of them sees its figures.
        auto const tier = choice->scope.starts_with("ward:") ? 3 : 0;
        run = from_picture(past, tier, [choice](Picture const& picture, Options const& o) {
            auto const& m = *picture.model;
            auto const level = choice->level == "theme"    ? ParetoLevel::theme
                               : choice->level == "reason" ? ParetoLevel::reason
                                                           : ParetoLevel::local_reason;
            auto const scope = choice->scope == "county" ? "all" : choice->scope;
            auto const list = pareto_of(m, scope, choice->window, level);
            if (!list.headline) {
                return fail(Error{ErrorCode::not_found,
                                  "no figures are kept for scope " + choice->scope +
                                      "; write all, area:CODE, site:CODE, team:CODE or "
                                      "ward:SITE/CODE of somebody who waits or waited",
                                  "scope"});
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

// Whoever runs the daemon is told in short who came in vain; to others it is not told. Of a past
// minute nobody knows it.
int print_status(Picture const& picture, Options const& options, bool past) {
    std::shared_ptr<v1::DoorsReport const> report;
    if (auto const daemon = link::daemon_address(options.daemon, options.keys); !past && daemon) {
        // It goes by the key, whoever is signed in.
        Asked const machine{*daemon, {}, {}, seconds(options.wait_s)};
        auto const standing = ask_standing(machine);
        if (!standing) return fail(standing.error());
        if ((*standing)->doors()) {
            auto const told = ask_doors(machine);
            if (!told) return fail(told.error());
            report = *told;
        }
    }
    auto const& m = *picture.model;
    if (options.json) {
        auto document = status_json(m, picture.now, steady_now().ms);
        document["doors"] = nullptr;
        if (report) document["doors"] = doors_counts_json(*report);
        put(document);
    } else {
        put(status_text(m, picture.now, steady_now().ms, report ? doors_line(*report) : "",
                        options.wide));
    }
    return exit_ok;
}

void add_status(CLI::App& app, Run& run) {
    auto* sub = app.add_subcommand("status", "the daemon, the link, the numbers at a glance");
    auto const past = add_past(*sub);
    sub->callback([&run, past] {
        auto const then = !past->at.empty() || !past->true_at.empty();
        run = from_picture(past, 0, [then](Picture const& picture, Options const& o) {
            return print_status(picture, o, then);
        });
    });
}

// A view without options of its own.
template <class Json, class Text>
void add_plain(CLI::App& app, Run& run, char const* name, int tier_min, char const* what, Json json,
               Text text) {
    auto* sub = app.add_subcommand(name, what);
    auto const past = add_past(*sub);
    sub->callback([&run, tier_min, json, text, past] {
        run = from_picture(past, tier_min, [json, text](Picture const& picture, Options const& o) {
            if (o.json) {
                put(json(*picture.model, picture.now));
            } else {
                put(text(*picture.model, picture.now, o.wide));
            }
            return exit_ok;
        });
    });
}

void add_inbox(CLI::App& app, Run& run) {
    auto* sub = app.add_subcommand("inbox", "what could not be applied: message, field, why");
    auto const all = std::make_shared<bool>(false);
    sub->add_flag("--all", *all, "the counted kinds that are not yet handled too");
    auto const past = add_past(*sub);
    sub->callback([&run, all, past] {
        run = from_picture(past, 3, [all](Picture const& picture, Options const& o) {
            auto const& m = *picture.model;
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
    add_status(app, run);
    add_stays(app, run);
    add_stay(app, run);
    add_why(app, run);
    add_pareto(app, run);
    add_plain(
        app, run, "capacity", 0, "the services and their counters",
        [](Model const& m, Instant) { return capacity_json(m); },
        [](Model const& m, Instant now, bool wide) { return capacity_text(m, now, wide); });
    add_plain(
        app, run, "alerts", 1, "what needs an answer now",
        [](Model const& m, Instant now) { return alerts_json(m, derive_alerts(m, now)); },
        [](Model const& m, Instant now, bool wide) {
            return alerts_text(derive_alerts(m, now), wide);
        });
    add_plain(
        app, run, "sources", 0, "the feeds, their profile and when each was heard",
        [](Model const& m, Instant now) { return sources_json(m, now); },
        [](Model const& m, Instant now, bool wide) { return sources_text(m, now, wide); });
    add_inbox(app, run);
    app.add_subcommand("watch", "a line for each change, until it is stopped")->callback([&run] {
        run = run_watch;
    });
}

}  // namespace washup::board::ctl
