#pragma once
// --file: takes the messages of files through the Intake in their order, several under way, and
// prints one line each: control id, type, outcome. Ends when the daemon has answered for everything
// in the store, what an earlier run left there included. With --dry-run it maps and prints and
// needs neither store nor daemon.

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstdio>
#include <deque>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "adapters/hl7v2/intake.hpp"
#include "adapters/hl7v2/profile.hpp"

namespace washup::hl7v2 {

inline constexpr std::size_t file_under_way_max = 1024;
inline constexpr std::size_t file_bytes_max = std::size_t{2} << 30;

// Files as given; a folder stands for all files in it and below, sorted. Error names what cannot be
// read.
Result<std::vector<std::filesystem::path>> files_of(std::vector<std::string> const& paths);
Result<std::string> read_file(std::filesystem::path const& file);

// Exit code: 0, or 1 when something in the files is no message.
int dry_run(std::vector<std::filesystem::path> const& files, ProfileSet const& profiles,
            std::string const& profile, std::FILE* out);

class FileFeed {
  public:
    FileFeed(boost::asio::io_context& io, Intake& intake, std::vector<std::filesystem::path> files,
             Duration daemon_within);

    // `done` gets the exit code: 0 all taken, 1 something refused, 69 the daemon is away.
    void start(std::function<void(int exit_code)> done);
    void changed();  // the daemon came or went, or there is room

  private:
    struct Line {
        std::string control_id, type, outcome;
        bool ready = false;
    };

    void feed();
    bool next_file();
    void take(std::string raw);
    void print_ready();
    void wait_for_daemon();
    void finish(int exit_code);

    Intake& intake_;
    std::deque<std::filesystem::path> files_;
    Duration daemon_within_;
    boost::asio::steady_timer timer_;
    std::function<void(int)> done_;
    std::deque<std::string> messages_;
    std::deque<std::shared_ptr<Line>> lines_;
    bool feeding_ = false, found_fault_ = false, was_there_ = false;
};

}  // namespace washup::hl7v2
