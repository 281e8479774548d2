#include "adapters/common/forget_shell.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <fstream>
#include <iostream>
#include <sstream>

#include "adapters/common/program.hpp"

namespace washup::adapters {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t records_a_read = 256;

Result<void> write_file(fs::path const& path, std::string const& octets) {
    int const fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    auto const fine =
        fd >= 0 &&
        ::write(fd, octets.data(), octets.size()) == static_cast<ssize_t>(octets.size()) &&
        ::fsync(fd) == 0;
    if (fd >= 0) ::close(fd);
    if (fine) return {};
    return io_error(fmt::format("cannot write {}", path.string()));
}

Result<ForgetWords> read_words(std::string const& file) {
    std::stringstream lines;
    if (file == "-") {
        lines << std::cin.rdbuf();
    } else {
        std::ifstream in(file, std::ios::binary);
        if (!in) return io_error("cannot read " + file);
        lines << in.rdbuf();
    }
    return ForgetWords::of(lines.str());
}

}  // namespace

Result<ForgotPerson> forget_person(RecordStore& store, ForgetWords const& words) {
    ForgotPerson out;
    std::vector<std::uint64_t> sequences;
    for (std::uint64_t from = 1; from <= store.last_sequence();) {
        auto const records = store.read(from, records_a_read);
        if (!records) return records.error();
        if (records->empty()) break;
        for (auto const& record : *records) {
            from = record.sequence + 1;
            if (!record.raw || !words.in(*record.raw)) continue;
            record.outcome ? sequences.push_back(record.sequence) : void(++out.waiting);
        }
    }
    if (auto const gone = store.erase_raw(sequences); !gone) return gone.error();
    out.records = sequences.size();
    return out;
}

Result<std::uint64_t> forget_rows(fs::path const& folder, ForgetWords const& words) {
    std::uint64_t gone = 0;
    std::error_code none;
    std::vector<fs::path> files;
    for (auto const& entry : fs::directory_iterator(folder, none)) {
        if (entry.is_regular_file(none)) files.push_back(entry.path());
    }
    for (auto const& file : files) {
        std::ifstream in{file, std::ios::binary};
        std::string const octets{std::istreambuf_iterator<char>{in}, {}};
        if (!in.good() && !in.eof()) return io_error("cannot read " + file.string());
        std::uint64_t rows = 0;
        auto const rest = without_rows(octets, words, rows);
        if (rows == 0) continue;
        auto draft = file;
        draft += ".tmp";
        if (auto const written = write_file(draft, rest); !written) return written.error();
        fs::rename(draft, file, none);
        if (none) return io_error("cannot replace " + file.string());
        gone += rows;
    }
    return gone;
}

int forget_now(std::string const& data, std::string const& file,
               std::vector<fs::path> const& folders) {
    auto const fail = [](Error const& error) {
        fmt::print(stderr, "{}\n", error.words);
        return error.code == ErrorCode::invalid ? exit_usage : exit_temporary;
    };
    auto const words = read_words(file);
    if (!words) return fail(words.error());
    auto store = RecordStore::open(data);
    if (!store) return fail(store.error());
    auto const gone = forget_person(**store, *words);
    if (!gone) return fail(gone.error());
    fmt::print("forgot {} records\n", gone->records);
    for (auto const& folder : folders) {
        auto const rows = forget_rows(folder, *words);
        if (!rows) return fail(rows.error());
        fmt::print("took {} rows out of {}\n", *rows, folder.string());
    }
    if (gone->waiting == 0) return exit_ok;
    fmt::print(
        "{} records wait for the daemon and were kept: start this adapter until they are answered, "
        "erase the person again, and forget again\n",
        gone->waiting);
    return exit_findings;
}

}  // namespace washup::adapters
