#pragma once
// A daemon, its adapters and washupctl as a test sees them: started on free ports over a folder of
// their own, and gone with this object. Knows how to ask, not what is right.

#include <boost/json/value.hpp>
#include <memory>
#include <string>
#include <vector>

#include "tests/support/free_ports.hpp"
#include "tests/support/process.hpp"

namespace washup::integration {

using test_support::Finished;
using test_support::Process;
using test_support::ProcessOptions;

std::string program(std::string const& name);      // path of one of our binaries
std::string source_file(std::string const& name);  // path of a file of the project
bool built(std::string const& name);

// Runs one of the Python scripts beside this file, with the schema on its path.
Finished python(std::string const& script, std::vector<std::string> arguments);

// What the full view was when the daemon last said so.
struct Heartbeat {
    std::uint64_t head = 0;
    std::string fingerprint;
    friend bool operator==(Heartbeat const&, Heartbeat const&) = default;
};

class Town {
  public:
    Town() = default;

    // Starts washupd and waits until it answers (or ended: then false).
    bool start_daemon(ProcessOptions const& options = {});
    Process& daemon() { return *daemon_; }
    // Starts washup-hl7 on hl7_port() and waits until it listens.
    bool start_hl7(ProcessOptions const& options = {});
    Process& hl7() { return *hl7_; }
    // What the daemon starts from; the demo's when a test names none.
    std::string site_file = source_file("config/site/demo.toml");
    // Words on the command line of start_hl7() besides.
    std::vector<std::string> hl7_words;
    std::vector<std::string> hl7_file(std::vector<std::string> const& files) const;

    std::uint16_t port() const { return ports_.base(); }
    std::uint16_t hl7_port() const { return ports_.spare(0); }
    std::string address() const { return ports_.daemon(); }
    test_support::TempDir const& folder() const { return folder_; }
    std::vector<std::string> daemon_command() const;

    // washupctl with --daemon set.
    Finished ctl(std::vector<std::string> words) const;
    // The same with --json, read. A failure is a null and a line on stderr.
    boost::json::value ask(std::vector<std::string> words) const;
    boost::json::array stays() const;
    boost::json::value stay(std::string const& key) const;  // null when there is none
    // How many records of this source were applied, put into the inbox or only counted. Time makes
    // records too (a clock runs out), so the journal's head does not say this. 0: not answered.
    std::uint64_t taken_from(std::string const& source) const;
    // From the wire itself, so that it does not lean on washupctl. Zero and empty: not heard.
    Heartbeat heartbeat() const;

    // Reaped and started again with nothing but its folder.
    void kill_daemon() { daemon_->kill_9(); }

  private:
    test_support::FreePorts ports_;
    test_support::TempDir folder_;
    std::unique_ptr<Process> daemon_, hl7_;
};

// True when something listens on this port of the loopback.
bool listening(std::uint16_t port);

}  // namespace washup::integration
