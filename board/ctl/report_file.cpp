#include "board/ctl/report_file.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>

#include "board/ctl/whole_file.hpp"
#include "board/paper/csv.hpp"
#include "board/paper/encoding.hpp"
#include "board/paper/html.hpp"
#include "board/paper/json.hpp"
#include "proto/base/clock.hpp"

namespace washup::board::ctl {
namespace {

namespace fs = std::filesystem;

// Should the machine stop between the two renames, the digest beside the file is not the file's,
// and whoever checks it sees that.
Result<void> write_both(std::string const& path, std::string_view octets, std::string_view about,
                        bool names_people) {
    auto const beside = path + ".meta.json";
    auto const draft = path + ".part", about_draft = beside + ".part";
    auto const mode = static_cast<mode_t>(names_people ? 0600 : 0644);
    if (auto done = write_draft(draft, octets, mode); !done) return done;
    if (auto done = write_draft(about_draft, about, mode); !done) {
        ::unlink(draft.c_str());
        return done;
    }
    if (::rename(draft.c_str(), path.c_str()) != 0) {
        auto const why = errno;
        ::unlink(draft.c_str());
        ::unlink(about_draft.c_str());
        return not_written(path, why);
    }
    if (::rename(about_draft.c_str(), beside.c_str()) != 0) {
        auto const why = errno;
        ::unlink(about_draft.c_str());
        return not_written(beside, why);
    }
    sync_folder(path);
    return boost::system::in_place_value;
}

std::string ending_of(std::string const& path) {
    return fs::path{path}.extension().string();
}

Result<ReportTable const*> table_of(Report const& report, std::string const& name) {
    if (report.tables.empty()) return invalid("the report has no table", "--table");
    if (name.empty()) return &report.tables.front();
    std::vector<std::string> names;
    for (auto const& table : report.tables) {
        if (table.name == name) return &table;
        names.push_back(table.name);
    }
    return invalid(
        fmt::format("there is no table \"{}\" in it; there is: {}", name, fmt::join(names, ", ")),
        "--table");
}

}  // namespace

Result<void> judge(FileWanted const& wanted) {
    auto const ending = ending_of(wanted.path);
    if (ending != ".csv" && ending != ".json" && ending != ".html")
        return invalid(fmt::format("\"{}\": its ending says what is written, .csv, .json or .html",
                                   wanted.path),
                       "--out");
    auto const encoding = paper::encoding_of(wanted.encoding);
    if (!encoding) return encoding.error();
    if (*encoding != paper::Encoding::utf8 && ending != ".csv")
        return invalid("only a .csv file has another encoding than utf-8", "--encoding");
    if (!wanted.table.empty() && ending != ".csv")
        return invalid("only a .csv file holds one table alone", "--table");
    return boost::system::in_place_value;
}

Result<std::string> write_report(Report const& report, FileWanted const& wanted) {
    if (auto const good = judge(wanted); !good) return good.error();
    auto const encoding = *paper::encoding_of(wanted.encoding);
    paper::Sidecar about;
    about.file = fs::path{wanted.path}.filename().string();
    about.encoding = paper::name_of(encoding);
    about.options = wanted.options;
    about.as_asked = wanted.asked;
    about.made_at = to_rfc3339(system_now());
    std::size_t rows = 0;
    std::vector<std::string> left_out;
    if (ending_of(wanted.path) == ".csv") {
        auto const table = table_of(report, wanted.table);
        if (!table) return table.error();
        auto octets = paper::encoded(paper::csv_of(**table), encoding);
        if (!octets) return octets.error();
        about.octets = std::move(*octets);
        about.table = (*table)->name;
        rows = (*table)->lines.size();
        for (auto const& other : report.tables) {
            if (&other != *table)
                left_out.push_back(fmt::format("{} ({} rows)", other.name, other.lines.size()));
        }
    } else {
        about.octets = ending_of(wanted.path) == ".json" ? paper::json_of(report) + "\n"
                                                         : paper::html_of(report);
        for (auto const& table : report.tables) rows += table.lines.size();
    }
    auto const beside = paper::sidecar_of(report, about);
    auto const done = write_both(wanted.path, about.octets, beside, report.names_people());
    if (!done) return done.error();
    auto words = fmt::format("{}: {} rows, {} octets; beside it {}.meta.json", wanted.path, rows,
                             about.octets.size(), about.file);
    if (!left_out.empty())
        words += fmt::format("; not in it, --table NAME writes one: {}", fmt::join(left_out, ", "));
    return words;
}

}  // namespace washup::board::ctl
