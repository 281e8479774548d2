#include "tests/support/town/town.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/json/parse.hpp>
#include <filesystem>
#include <iostream>

namespace washup::integration {

namespace json = boost::json;
using test_support::eventually;

std::string program(std::string const& name) {
    return std::string{WASHUP_BIN_DIR} + "/" + name;
}
std::string source_file(std::string const& name) {
    return std::string{WASHUP_SOURCE_DIR} + "/" + name;
}
bool built(std::string const& name) {
    return std::filesystem::exists(program(name));
}

Finished python(std::string const& script, std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(),
                     {WASHUP_PYTHON, source_file("tests/integration/" + script)});
    return test_support::run(arguments,
                             {.environment = {std::string{"PYTHONPATH="} + WASHUP_PYTHON_SCHEMA,
                                              "PYTHONDONTWRITEBYTECODE=1"}},
                             seconds(120));
}

bool listening(std::uint16_t port) {
    int const probe = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    bool const there =
        connect(probe, reinterpret_cast<sockaddr const*>(&address), sizeof address) == 0;
    close(probe);
    return there;
}

std::vector<std::string> Town::daemon_command() const {
    return {program("washupd"),
            "--config",
            site_file,
            "--data",
            folder_.file("washupd"),
            "--port",
            std::to_string(port())};
}

bool Town::start_daemon(ProcessOptions const& options) {
    daemon_.reset();
    daemon_ = std::make_unique<Process>(daemon_command(), options);
    auto const up = [&] {
        return !daemon_->running() || (listening(port()) && listening(port() + 1));
    };
    return eventually(up, seconds(60)) && daemon_->running();
}

bool Town::start_hl7(ProcessOptions const& options) {
    hl7_.reset();
    std::vector<std::string> command{program("washup-hl7"),
                                     "--listen",
                                     "127.0.0.1:" + std::to_string(hl7_port()),
                                     "--daemon",
                                     address(),
                                     "--data",
                                     folder_.file("washup-hl7")};
    command.insert(command.end(), hl7_words.begin(), hl7_words.end());
    hl7_ = std::make_unique<Process>(command, options);
    auto const up = [&] { return !hl7_->running() || listening(hl7_port()); };
    return eventually(up, seconds(30)) && hl7_->running();
}

std::vector<std::string> Town::hl7_file(std::vector<std::string> const& files) const {
    std::vector<std::string> command{program("washup-hl7"),      "--daemon", address(), "--data",
                                     folder_.file("washup-hl7"), "--file"};
    command.insert(command.end(), files.begin(), files.end());
    return command;
}

Finished Town::ctl(std::vector<std::string> words) const {
    words.insert(words.begin(), program("washupctl"));
    words.insert(words.end(), {"--daemon", address()});
    return test_support::run(words, {}, seconds(30));
}

json::value Town::ask(std::vector<std::string> words) const {
    words.emplace_back("--json");
    auto const done = ctl(words);
    boost::system::error_code fault;
    auto value = json::parse(done.out, fault);
    if (done.status == 0 && !fault) return value;
    std::cerr << "washupctl " << words.front() << " ended with " << done.status << ": " << done.err
              << done.out.substr(0, 500) << '\n';
    return nullptr;
}

json::array Town::stays() const {
    auto const rows = ask({"stays"});
    return rows.is_array() ? rows.as_array() : json::array{};
}

json::value Town::stay(std::string const& key) const {
    for (auto const& row : stays()) {
        if (row.is_object() && row.as_object().contains("key") &&
            row.at("key") == json::value(key)) {
            return row;
        }
    }
    return nullptr;
}

std::uint64_t Town::taken_from(std::string const& source) const {
    std::uint64_t taken = 0;
    auto const sources = ask({"sources"});
    if (!sources.is_array()) return 0;
    for (auto const& row : sources.as_array()) {
        if (row.at("name") != json::value(source)) continue;
        for (auto const* const count : {"accepted", "inbox", "counted"}) {
            taken += row.at(count).to_number<std::uint64_t>();
        }
    }
    return taken;
}

Heartbeat Town::heartbeat() const {
    auto const done = python("heartbeat.py", {std::to_string(port())});
    auto const blank = done.out.find(' ');
    if (done.status != 0 || blank == std::string::npos) return {};
    return {std::stoull(done.out.substr(0, blank)), done.out.substr(blank + 1, 32)};
}

}  // namespace washup::integration
