#pragma once
// The shell around the folder that a council drops files into. It says which files are whole:
// renamed into place (inotify tells), or unchanged for the settle time. It moves what was processed
// to done/ or failed/ beside them and writes reports. It reads no row.

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "proto/base/clock.hpp"
#include "proto/base/result.hpp"

namespace washup::csv {

// Hidden files and the names of half-written ones: .x, x.tmp, x.part, x.partial, x~.
bool unfinished_name(std::string_view name);

class DropFolder {
  public:
    // Makes done/ and failed/. Error: the folder is not there or may not be written.
    static Result<std::unique_ptr<DropFolder>> open(boost::asio::io_context& io,
                                                    std::filesystem::path folder, Duration settle);
    virtual ~DropFolder() = default;

    // Called when a file may have become whole; ask whole_files() then.
    virtual void on_change(std::function<void()> handler) = 0;
    // Names of whole files, in order of name.
    virtual std::vector<std::string> whole_files() = 0;
    // Nothing is here, whole or growing.
    virtual bool empty() = 0;
    virtual std::filesystem::path path_of(std::string const& name) const = 0;

    // Moves it to done/ or failed/ under the name `as`; gives the name it has there (a second file
    // of the same name becomes NAME.2).
    virtual Result<std::string> move_to(std::string const& name, std::string const& where,
                                        std::string const& as) = 0;
    // Writes done/NAME.report.csv, or failed/..., by rename; a second one is NAME.2.report.csv.
    virtual Result<void> write_report(std::string const& name, std::string const& where,
                                      std::string const& text) = 0;
    // The watch and its timer end, so that the loop may.
    virtual void stop() = 0;
};

}  // namespace washup::csv
