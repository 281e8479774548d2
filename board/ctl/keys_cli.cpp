// `washupctl keys`: makes key files and keeps the site's key list. Talks to no daemon: a daemon
// that runs with keys looks at its list each second.

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/json.hpp>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "board/ctl/program.hpp"
#include "config/keys/key_list.hpp"
#include "proto/base/clock.hpp"
#include "proto/base/z85.hpp"
#include "proto/link/key_pair.hpp"

namespace washup::board::ctl {
namespace {

namespace fs = std::filesystem;

constexpr char const* counts_from = "a daemon that runs with keys counts it within two seconds";

struct NewKey {
    config::KeyEntry entry;
    std::string role, daemon_key, out, list;
};

Result<std::string> read_list(std::string const& file) {
    std::ifstream in(file, std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    std::error_code none;
    if (!in || fs::is_directory(file, none)) return io_error(fmt::format("cannot read {}", file));
    return text.str();
}

// The list with `text` for its content, whole or as it was.
Result<void> write_list(std::string const& file, std::string const& text) {
    auto const draft = file + ".new";
    {
        std::ofstream out(draft, std::ios::binary | std::ios::trunc);
        out << text;
        out.flush();
        if (!out) return io_error(fmt::format("cannot write {}", draft));
    }
    std::error_code fault;
    if (fs::exists(file, fault)) fs::permissions(draft, fs::status(file).permissions(), fault);
    int const fd = ::open(draft.c_str(), O_RDONLY | O_CLOEXEC);
    auto const synced = fd >= 0 && ::fsync(fd) == 0;
    if (fd >= 0) ::close(fd);
    if (!synced || ::rename(draft.c_str(), file.c_str()) != 0) {
        return io_error(fmt::format("cannot write {}: {}", file, std::strerror(errno)));
    }
    return boost::system::in_place_value;
}

// Every fault of a list, as the daemon would tell it.
Result<std::vector<config::KeyEntry>> keys_in(std::string const& text, std::string const& file) {
    config::Faults faults;
    auto tree = config::parse_tree(text, file, faults);
    config::KeyReader reader;
    reader.read(tree.root(faults));
    if (faults.empty()) return reader.keys();
    std::string words;
    for (auto const& fault : faults.list()) {
        words += (words.empty() ? "" : "\n") + config::to_text(fault);
    }
    return invalid(words);
}

int make_key(NewKey wanted) {
    auto const role = config::role_named(wanted.role);  // checked by the option
    wanted.entry.role = *role;
    // The table would leave them out, and somebody would take them for said.
    if (!wanted.entry.source.empty() && *role != config::Role::source) {
        return fail(invalid("is for the role source only", "--source"));
    }
    auto const shows = config::has_standing_tier(*role);
    for (auto const& [said, option] : {std::pair{wanted.entry.tier != 0, "--tier"},
                                       std::pair{!wanted.entry.approver.empty(), "--approver"}}) {
        if (said && !shows) {
            return fail(invalid("is for display, workstation, operator and auditor only", option));
        }
    }
    if (!is_key(wanted.daemon_key)) {
        return fail(invalid("this is no public key; `washupd public-key` prints the daemon's",
                            "--daemon-key"));
    }
    if (wanted.out.empty()) wanted.out = wanted.entry.name + ".key";
    auto const pair = link::make_key_pair();
    wanted.entry.public_key = pair.public_key;
    auto const table = config::to_toml(wanted.entry);
    std::string list;
    std::error_code none;
    if (!wanted.list.empty() && fs::exists(wanted.list, none)) {
        auto text = read_list(wanted.list);
        if (!text) return fail(text.error());
        list = *text;
        if (!list.empty() && list.back() != '\n') list += '\n';
        if (!list.empty()) list += '\n';
    }
    list += table;
    // Judged with the whole list, before anything is written.
    auto const file = wanted.list.empty() ? std::string("the new key") : wanted.list;
    if (auto const fine = keys_in(list, file); !fine) return fail(fine.error());
    auto const made =
        link::write_key_file(wanted.out, {wanted.entry.name, pair, wanted.daemon_key});
    if (!made) return fail(made.error());
    if (wanted.list.empty()) {
        fmt::print("{}", table);
    } else if (auto const written = write_list(wanted.list, list); !written) {
        std::error_code fault;
        fs::remove(wanted.out, fault);
        return fail(written.error());
    }
    fmt::print(stderr, "{} holds the secret half, mode 0600; {}, {}\n", wanted.out,
               wanted.list.empty() ? "put the table above into the site's key list"
                                   : wanted.list + " lists the public half",
               counts_from);
    return exit_ok;
}

int list_keys(std::string const& file, bool json) {
    auto const text = read_list(file);
    if (!text) return fail(text.error());
    auto const keys = keys_in(*text, file);
    if (!keys) return fail(keys.error());
    if (json) {
        boost::json::array out;
        for (auto const& key : *keys) {
            out.push_back({{"name", key.name},
                           {"role", std::string(config::to_words(key.role))},
                           {"source", key.source},
                           {"tier", key.tier},
                           {"approver", key.approver},
                           {"revoked", key.revoked},
                           {"public", key.public_key}});
        }
        fmt::print("{}\n", boost::json::serialize(out));
        return exit_ok;
    }
    for (auto const& key : *keys) {
        std::string more;
        if (key.role == config::Role::source) more = "speaks for " + key.source;
        if (config::has_standing_tier(key.role)) more = fmt::format("tier {}", key.tier);
        if (!key.approver.empty()) more += ", approved by " + key.approver;
        if (!key.revoked.empty()) more += " REVOKED " + key.revoked;
        fmt::print("{:32} {:12} {} {}\n", key.name, config::to_words(key.role), key.public_key,
                   more);
    }
    return exit_ok;
}

int revoke_key(std::string const& name, std::string const& file) {
    auto const text = read_list(file);
    if (!text) return fail(text.error());
    if (auto const fine = keys_in(*text, file); !fine) return fail(fine.error());
    auto const today = to_rfc3339(system_now()).substr(0, 10);
    auto const revoked = config::revoke_in(*text, name, today);
    if (!revoked) {
        return fail(Error{ErrorCode::not_found,
                          fmt::format("{} has no [[key]] \"{}\" that is not revoked", file, name),
                          {}});
    }
    if (auto const written = write_list(file, *revoked); !written) return fail(written.error());
    fmt::print(stderr, "{} is revoked in {}; {} and hangs up; `washupctl doors` says if not\n",
               name, file, counts_from);
    return exit_ok;
}

}  // namespace

CLI::App* add_keys(CLI::App& app, Run& run) {
    auto* const keys = app.add_subcommand("keys", "who may connect: make, list and revoke keys");
    keys->require_subcommand(1);
    keys->fallthrough();

    auto const wanted = std::make_shared<NewKey>();
    auto* const make = keys->add_subcommand("new", "write a key file and list its public half");
    make->fallthrough();
    std::vector<std::string> roles;
    for (auto const role : config::all_roles) roles.emplace_back(config::to_words(role));
    make->add_option("NAME", wanted->entry.name, "small letters, digits, _ and -")->required();
    make->add_option("--role", wanted->role, "what it may do")
        ->required()
        ->check(CLI::IsMember(roles));
    make->add_option("--source", wanted->entry.source, "of a source: the one it speaks for");
    make->add_option("--tier", wanted->entry.tier,
                     "what it shows while nobody is signed in, 0 to 2; a display for ever");
    make->add_option("--approver", wanted->entry.approver, "who answers for a tier above 0");
    make->add_option("--daemon-key", wanted->daemon_key,
                     "the daemon's public key (washupd public-key)")
        ->required();
    make->add_option("--out", wanted->out, "the key file (default NAME.key)");
    make->add_option("--list", wanted->list,
                     "add the public half to this file; without it it is printed");
    make->callback(
        [wanted, &run] { run = [wanted](Options const&) { return make_key(*wanted); }; });

    auto const file = std::make_shared<std::string>();
    auto* const list = keys->add_subcommand("list", "the keys of a list, and its faults");
    list->fallthrough();
    list->add_option("FILE", *file, "the file with the [[key]] tables")->required();
    list->callback([file, &run] {
        run = [file](Options const& options) { return list_keys(*file, options.json); };
    });

    auto const name = std::make_shared<std::string>();
    auto* const revoke = keys->add_subcommand("revoke", "write today's date into a key of a list");
    revoke->fallthrough();
    revoke->add_option("NAME", *name, "of the key")->required();
    revoke->add_option("--list", *file, "the file with the [[key]] tables")->required();
    revoke->callback(
        [file, name, &run] { run = [=](Options const&) { return revoke_key(*name, *file); }; });
    return keys;
}

}  // namespace washup::board::ctl
