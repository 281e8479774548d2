#include "tests/sim/disk.hpp"
namespace washup::sim {
std::unique_ptr<Disk> make_sqlite_disk() {
    return nullptr;
}
}  // namespace washup::sim
