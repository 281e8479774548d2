#include "tests/support/town/keyed_town.hpp"

#include <gtest/gtest.h>

#include "tests/support/town/adt.hpp"

namespace washup::integration {

KeyedTown::KeyedTown() {
    auto const got =
        test_support::run({program("washupd"), "public-key", "--data", file("washupd")});
    daemon_key_ = got.out.substr(0, got.out.find('\n'));
    make("ward", {"--role", "source", "--source", "ward"});
    make("wall", {"--role", "display", "--tier", "1", "--approver", "the tests"});
    make("desk", {"--role", "operator", "--tier", "2", "--approver", "the tests"});
}

void KeyedTown::make(std::string const& name, std::vector<std::string> const& role) {
    std::vector<std::string> command{program("washupctl"), "keys", "new", name};
    command.insert(command.end(), role.begin(), role.end());
    command.insert(command.end(),
                   {"--daemon-key", daemon_key_, "--out", key(name), "--list", file("keys.toml")});
    auto const made = test_support::run(command);
    EXPECT_EQ(made.status, 0) << made.err;
}

void KeyedTown::revoke(std::string const& name) {
    auto const revoked = test_support::run(
        {program("washupctl"), "keys", "revoke", name, "--list", file("keys.toml")});
    EXPECT_EQ(revoked.status, 0) << revoked.err;
}

bool KeyedTown::start(std::string const& more) {
    auto const site =
        folder_.write("site.toml", "include = [\"" + source_file("config/site/demo.toml") +
                                       "\", \"" + file("keys.toml") + "\"]\n" + more);
    daemon_.reset();
    daemon_ = std::make_unique<Process>(
        std::vector<std::string>{program("washupd"), "--config", site, "--data", file("washupd"),
                                 "--port", std::to_string(ports.base())});
    return daemon_->wait_for("event=ready", seconds(60));
}

Finished KeyedTown::ctl(std::string const& with, std::vector<std::string> words,
                        std::string const& input) const {
    words.insert(words.begin(), {program("washupctl"), "--daemon", ports.daemon(), "--wait", "10"});
    if (!with.empty()) words.insert(words.end(), {"--keys", key(with)});
    return test_support::run(words, {.input = input}, seconds(40));
}

Finished KeyedTown::ctl_as(std::string const& with, std::string const& staff,
                           std::string const& pin, std::vector<std::string> words) const {
    words.insert(words.end(), {"--as", staff, "--pin-fd", "0"});
    return ctl(with, std::move(words), pin + "\n");
}

void KeyedTown::hire(std::string const& staff, std::string const& pin, std::string const& role) {
    auto const added =
        ctl("desk", {"--actor", "boss", "add-staff", staff, "Person " + staff, role, ""});
    EXPECT_EQ(added.status, 0) << added.out << added.err;
    set_pin(staff, pin);
}

void KeyedTown::set_pin(std::string const& staff, std::string const& pin) {
    auto const set =
        ctl("desk", {"--actor", "boss", "staff", "pin", staff, "--pin-fd", "0"}, pin + "\n");
    EXPECT_EQ(set.status, 0) << set.out << set.err;
}

Finished KeyedTown::feed_ward(std::string const& with, int within_s) const {
    auto const one = folder_.write("one.hl7", text_of({.control_id = "K1", .person = 7}));
    return test_support::run({program("washup-hl7"), "--daemon", ports.daemon(), "--source", "ward",
                              "--data", file("hl7"), "--daemon-within", std::to_string(within_s),
                              "--file", one, "--keys", key(with)});
}

}  // namespace washup::integration
