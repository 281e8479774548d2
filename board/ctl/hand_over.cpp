#include "board/ctl/hand_over.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "board/ctl/program.hpp"

namespace washup::board::ctl {

int become_washupd(char** argv) {
    std::error_code none;
    auto const here = std::filesystem::read_symlink("/proc/self/exe", none).parent_path();
    auto washupd = (here / "washupd").string();
    argv[0] = washupd.data();
    ::execv(washupd.c_str(), argv);
    fmt::print(stderr, "washupctl: cannot run {}: {}; look after a journal on its own machine\n",
               washupd, std::strerror(errno));
    return exit_daemon_away;
}

}  // namespace washup::board::ctl
