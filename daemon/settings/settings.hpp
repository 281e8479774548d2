#pragma once
// The site's file, and what it includes, as the structs the daemon runs on. Every fault is found in
// one reading; with any fault there are no settings at all. Reads files and touches nothing else;
// it opens no port and makes no folder.

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/keys/key_list.hpp"
#include "config/keys/staff_roles.hpp"
#include "config/load/faults.hpp"
#include "daemon/core/config.hpp"

namespace washup::settings {

// The ports a daemon opens lie from its base port up to this far above it (design.md section 4).
inline constexpr std::uint16_t ports_above_base = 12;
inline constexpr std::uint16_t base_port_min = 1024;
inline constexpr std::uint16_t base_port_max = 65000;
inline constexpr std::uint16_t base_port_default = 7700;
static_assert(base_port_max + ports_above_base <= 65535);

// What sources say of other centuries is taken for no time at all, so no daemon lives in one.
inline constexpr Instant clock_start_min{946'684'800'000};    // 2000
inline constexpr Instant clock_start_max{4'102'444'800'000};  // 2100
// A stay leaves the live state 100 days after its end; a person cannot leave before.
inline constexpr Duration keep_persons_min = hours(100 * 24);
inline constexpr Duration keep_persons_max = hours(100 * 366 * 24);
// How long a clock of a stay may run.
inline constexpr std::int64_t clock_minutes_max = 365 * 24 * 60;
inline constexpr std::int64_t clock_days_max = 366;
inline constexpr double clock_rate_min = 0.1;
inline constexpr double clock_rate_max = 10000;

// A clock that does not run here, and the events that nothing records; none of them: it is switched
// off.
struct ClockOff {
    core::Code clock;
    std::vector<core::Code> events;
};

struct DaemonSettings {
    core::Config config;
    std::vector<ClockOff> clocks_off;  // for check-config
    Digest256 digest;                  // of the meaning of `config`; not of the file's bytes
    std::string bind_host = "127.0.0.1";
    std::uint16_t base_port = base_port_default;
    std::string data_dir = "run/washupd";  // relative: to where the daemon is started
    std::string site_key;                  // a file; empty: key_file.hpp says where it is then
    std::optional<Instant> clock_start;    // of a journal that is new
    double clock_rate = 1;
    // None: no key is asked for, and only this machine is listened to. They decide who may speak
    // and not what is true, so they are no part of `config` and its digest.
    std::vector<config::KeyEntry> keys;
    std::vector<config::StaffRole> staff_roles;  // the same holds of them
    std::string site_file;
};

// None exactly when `faults` holds something.
std::optional<DaemonSettings> load_settings(std::string const& site_file, config::Faults& faults);

// The keys and the roles of people alone, for a daemon that is running: what else is wrong with the
// site's files does not keep a key from being revoked. `files` are those they stand in, or may.
struct KeyList {
    std::vector<config::KeyEntry> keys;
    std::vector<config::StaffRole> staff_roles;
    std::vector<std::string> files;
};
KeyList load_keys(std::string const& site_file, config::Faults& faults);

// `washupd check-config FILE`: all faults, one a line, or what the site holds and "no faults".
// Gives the process's exit code: 0, or 78 (EX_CONFIG).
inline constexpr int exit_config_fault = 78;
int check_config(std::string const& site_file, std::ostream& out);

// Only this machine can reach it: 127.x.x.x, ::1, localhost.
bool is_loopback(std::string_view host);

// Two configurations that mean the same have the same digest, whatever their files look like.
Digest256 digest_of(core::Config const& config);

}  // namespace washup::settings
