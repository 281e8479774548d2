#include <arpa/inet.h>
#include <fmt/format.h>

#include "daemon/settings/draft.hpp"

namespace washup::settings {
namespace {

bool is_address(std::string const& host) {
    in6_addr buffer{};  // large enough for both kinds
    return host == "localhost" || inet_pton(AF_INET, host.c_str(), &buffer) == 1 ||
           inet_pton(AF_INET6, host.c_str(), &buffer) == 1;
}

void read_listening(config::Table table, Draft& draft) {
    auto& settings = draft.settings;
    if (auto const host = table.maybe_placed("host")) {
        settings.bind_host = host->text;
        if (!is_address(host->text)) {
            draft.faults.add(host->at,
                             fmt::format("\"{}\" is no address of this machine", host->text),
                             "an IPv4 or IPv6 address, or localhost");
        } else if (!is_loopback(host->text)) {
            draft.far_host = *host;  // keys may stand in a file that is read later
        }
    }
    settings.base_port = static_cast<std::uint16_t>(
        table.integer_or("base_port", base_port_default, base_port_min, base_port_max));
    if (auto const dir = table.maybe_placed("data_dir")) {
        settings.data_dir = dir->text;
        if (dir->text.empty() || dir->text.find('\0') != std::string::npos)
            draft.faults.add(dir->at, "`data_dir` must name a folder");
    }
    if (auto const key = table.maybe_placed("site_key")) {
        settings.site_key = key->text;
        if (key->text.empty() || key->text.find('\0') != std::string::npos)
            draft.faults.add(key->at, "`site_key` must name a file");
    }
}

// A clock that does not tell the real time must never be taken for one that does.
void read_clock(config::Table table, Draft& draft) {
    auto& settings = draft.settings;
    settings.clock_start = table.maybe_instant("start");
    if (settings.clock_start &&
        (*settings.clock_start < clock_start_min || *settings.clock_start > clock_start_max)) {
        table.fault("start", "`start` must lie between 2000 and 2100");
    }
    settings.clock_rate = table.number_or("rate", 1, clock_rate_min, clock_rate_max);
    // [daemon] may stand in a file that is read later, so the judgement waits (judge_clock).
    if (settings.clock_start) draft.clock_keys.push_back(table.position("start"));
    if (settings.clock_rate != 1) draft.clock_keys.push_back(table.position("rate"));
}

}  // namespace

bool is_loopback(std::string_view host) {
    return host == "localhost" || host == "::1" || host.substr(0, 4) == "127.";
}

bool first_time(Draft& draft, config::Table& table, std::string_view key) {
    auto const [first, added] = draft.given_once.emplace(key, table.position(key));
    if (!added) {
        table.fault(key, fmt::format("`{}` is given twice", key),
                    fmt::format("the first is at {}", short_place(first->second)));
    }
    return added;
}

void read_daemon(config::Table root, Draft& draft) {
    auto daemon = root.maybe_table("daemon");
    if (daemon && first_time(draft, root, "daemon")) read_listening(*daemon, draft);
    auto retention = root.maybe_table("retention");
    if (retention && first_time(draft, root, "retention")) {
        draft.settings.config.keep_persons =
            retention->duration_or("persons", Duration{}, keep_persons_min, keep_persons_max);
    }
    auto clock = root.maybe_table("clock");
    if (clock && first_time(draft, root, "clock")) read_clock(*clock, draft);
}

// Anybody who reaches the ports may read and command, until keys say who is who.
void judge_listening(Draft& draft) {
    if (!draft.far_host || !draft.keys.keys().empty()) return;
    draft.faults.add(
        draft.far_host->at,
        fmt::format("listening on {} needs keys, and there is no [[key]]", draft.far_host->text),
        "listen on 127.0.0.1, or list keys: config/README.md, \"Keys\"");
}

void judge_clock(Draft& draft) {
    if (is_loopback(draft.settings.bind_host)) return;
    for (auto const& at : draft.clock_keys) {
        draft.faults.add(at,
                         fmt::format("an invented clock is for this machine alone, and the daemon "
                                     "listens on {}",
                                     draft.settings.bind_host),
                         "take `start` and `rate` away, or listen on 127.0.0.1");
    }
}

}  // namespace washup::settings
