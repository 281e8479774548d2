#include "tests/support/free_ports.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstddef>

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

// A name in the kernel, held until the object goes (or its process dies) and leaving no file, so
// that tests that run at the same time take different ports.
int lock_of(int base) {
    int const lock = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un name{};
    name.sun_family = AF_UNIX;
    auto const words = "washup-test-port-" + std::to_string(base);
    words.copy(name.sun_path + 1, sizeof name.sun_path - 1);  // after a zero: no path
    auto const size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + words.size());
    if (bind(lock, reinterpret_cast<sockaddr const*>(&name), size) == 0) return lock;
    close(lock);
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
