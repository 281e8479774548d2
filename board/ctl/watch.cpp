#include "board/ctl/watch.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <boost/json.hpp>
#include <cstdio>

#include "board/ctl/choice.hpp"
#include "board/ctl/json_stay.hpp"

namespace washup::board::ctl {
namespace json = boost::json;
namespace {

std::vector<std::string> keys_that_differ(json::object const& before, json::object const& after) {
    std::vector<std::string> keys;
    for (auto const& [key, value] : after) {
        if (key == "version") continue;
        auto const* old = before.if_contains(key);
        if (old == nullptr || *old != value) keys.emplace_back(key);
    }
    return keys;
}

// Rows of one kind. `name` says which it is, `differ` what changed in it.
template <class Row, class Name, class Differ>
void compare(std::vector<Change>& out, char const* kind, std::uint64_t record,
             Rows<Row> const& before, Rows<Row> const& after, Name name, Differ differ) {
    for (auto const& [id, row] : after) {
        auto const old = before.find(id);
        auto what =
            old == before.end() ? std::vector<std::string>{"new"} : differ(old->second, row);
        if (!what.empty()) out.push_back({record, kind, name(id, row), std::move(what)});
    }
    for (auto const& [id, row] : before) {
        if (!after.contains(id)) out.push_back({record, kind, name(id, row), {"gone"}});
    }
}

std::vector<std::string> changed_if(bool changed, char const* what) {
    if (!changed) return {};
    return {what};
}

}  // namespace

std::vector<Change> changes_between(Model const& before, Model const& after) {
    std::vector<Change> out;
    auto const record = after.head;
    if (before.link.phase != after.link.phase) {
        auto const following = after.link.phase == LinkPhase::following;
        out.push_back({record, "link", "daemon", {following ? "following" : "not following"}});
    }
    compare(
        out, "stay", record, before.stays, after.stays,
        [](auto const&, Stay const& stay) { return stay_name(stay); },
        [](Stay const& a, Stay const& b) {
            if (a == b) return std::vector<std::string>{};
            return keys_that_differ(stay_json(a), stay_json(b));
        });
    compare(
        out, "service", record, before.services, after.services,
        [](std::string const& id, Service const&) { return id; },
        [](Service a, Service const& b) {
            a.observed_at = b.observed_at;
            return changed_if(!(a == b), "counters");
        });
    compare(
        out, "source", record, before.sources, after.sources,
        [](auto const&, Source const& source) { return source.name; },
        [](Source const&, Source const&) { return std::vector<std::string>{}; });
    compare(
        out, "inbox", record, before.inbox, after.inbox,
        [](std::string const& id, InboxItem const&) { return id; },
        [](InboxItem const& a, InboxItem const& b) {
            return changed_if(a.settled != b.settled, b.settled ? "settled" : "waits again");
        });
    return out;
}

std::string change_text(Change const& change, Instant now) {
    return fmt::format("{}  {}  {} {}: {}", clock_time(now, true), change.record, change.kind,
                       change.name, fmt::join(change.what, ", "));
}

std::string change_json(Change const& change, Model const& after, Instant now) {
    json::object out;
    out["at"] = to_rfc3339(now);
    out["record"] = change.record;
    out["kind"] = change.kind;
    out["name"] = change.name;
    out["changed"] = json::array(change.what.begin(), change.what.end());
    auto const stay = find_stay(after, change.name);
    bool const there = change.kind == "stay" && stay.has_value();
    out["row"] = there ? json::value(stay_json(**stay)) : json::value(nullptr);
    return json::serialize(out);
}

int run_watch(Options const& options) {
    auto const opened = open_session(options);
    if (!opened) return fail(opened.error());
    auto const& session = *opened;
    auto const first = session->wait_model();
    if (!first) return fail(first.error());
    auto before = *first;
    for (;;) {
        auto const after = session->wait_change(seconds(5));
        if (auto const words = session->ended(); !words.empty()) {
            return fail(Error{ErrorCode::refused, words, {}});
        }
        auto const now = now_of(*after);
        for (auto const& change : changes_between(*before, *after)) {
            fmt::print("{}\n",
                       options.json ? change_json(change, *after, now) : change_text(change, now));
        }
        if (std::fflush(stdout) != 0) return exit_ok;  // nobody reads any more
        before = after;
    }
}

}  // namespace washup::board::ctl
