#include "proto/base/out_of_memory.hpp"

#include <sys/uio.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <new>

namespace washup {
namespace {

char const* program_name = "washup";

// No allocation from here on, not even for the time of the line.
[[noreturn]] void last_word() {
    std::array<char const*, 3> const parts{
        "level=error event=out_of_memory program=", program_name,
        " words=\"the memory that this program may use is at its end\" next=\"stopping; nothing "
        "more is acknowledged; what was acknowledged is on the disk\"\n"};
    std::array<iovec, parts.size()> line{};
    for (std::size_t i = 0; i < parts.size(); ++i) {
        line[i] = {const_cast<char*>(parts[i]), std::strlen(parts[i])};
    }
    auto const told = ::writev(STDERR_FILENO, line.data(), static_cast<int>(line.size()));
    static_cast<void>(told);  // nobody is left to tell
    ::_exit(exit_out_of_memory);
}

}  // namespace

void stop_when_memory_ends(char const* program) {
    program_name = program;
    std::set_new_handler(last_word);
}

}  // namespace washup
