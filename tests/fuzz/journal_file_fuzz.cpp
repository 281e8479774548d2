// A journal's file in any state: it is looked through, or refused in words; never more records are
// good than lie there, and the file is not changed.

#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "daemon/journal/rows.hpp"
#include "daemon/journal/verify.hpp"
#include "proto/base/check.hpp"

namespace {

using namespace washup;
namespace fs = std::filesystem;

fs::path scratch() {
    auto const memory = fs::path{"/dev/shm"};
    auto const place = ::access(memory.c_str(), W_OK) == 0 ? memory : fs::temp_directory_path();
    return place / ("washup-fuzz-" + std::to_string(::getpid()) + ".db");
}

std::string content_of(fs::path const& file) {
    std::ifstream in{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}

struct Gone {
    fs::path file = scratch();
    ~Gone() {
        std::error_code ignored;
        for (auto const* ending : {"", "-wal", "-shm", "-journal"}) {
            fs::remove(file.string() + ending, ignored);
        }
    }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    Gone const gone;
    std::string const given{reinterpret_cast<char const*>(data), size};
    std::ofstream{gone.file, std::ios::binary} << given;
    auto const report = journal::verify({gone.file, {}, {}});
    if (!report) {
        WASHUP_CHECK(!report.error().words.empty(), "a refusal says why");
    } else {
        WASHUP_CHECK(!report->fault || !report->fault->words.empty(), "a fault has words");
        WASHUP_CHECK(!report->fault || report->fault->first == report->good + 1,
                     "what is good ends before what is bad");
    }
    WASHUP_CHECK(content_of(gone.file) == given, "looking changes nothing");
    return 0;
}
