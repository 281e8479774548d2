#include "tests/support/free_ports.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <unistd.h>

#include <filesystem>

#include "proto/base/check.hpp"

namespace washup::test_support {
namespace {

// Below the range from which the kernel gives ports by itself.
constexpr int first_port = 20000, last_port = 32000, ports_each = 16;

bool can_bind(int port) {
    int const probe = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int const yes = 1;
    setsockopt(probe, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    bool const free = bind(probe, reinterpret_cast<sockaddr const*>(&address), sizeof address) == 0;
    close(probe);
    return free;
}

bool all_free(int base) {
    for (int port = base; port < base + ports_each; ++port) {
        if (!can_bind(port)) return false;
    }
    return true;
}

// Held until the object goes, so that tests that run at the same time take different ports.
int lock_of(int base) {
    auto const folder = std::filesystem::temp_directory_path();
    auto const path = (folder / ("washup-test-port-" + std::to_string(base))).string();
    int const file = open(path.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0666);
    if (file >= 0 && flock(file, LOCK_EX | LOCK_NB) == 0) return file;
    if (file >= 0) close(file);
    return -1;
}

}  // namespace

FreePorts::FreePorts() {
    constexpr int places = (last_port - first_port) / ports_each;
    for (int i = 0; i < places && base_ == 0; ++i) {
        int const base = first_port + (getpid() * 7 + i) % places * ports_each;
        lock_ = lock_of(base);
        if (lock_ >= 0 && all_free(base)) {
            base_ = static_cast<std::uint16_t>(base);
        } else if (lock_ >= 0) {
            close(lock_);
        }
    }
    WASHUP_CHECK(base_ != 0, "sixteen free ports in a row");
}

FreePorts::~FreePorts() {
    close(lock_);
}

std::string FreePorts::daemon() const {
    return "127.0.0.1:" + std::to_string(base_);
}

}  // namespace washup::test_support
