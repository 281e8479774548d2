#pragma once
// A base port with room for a daemon's sockets (base .. base + 12) that nobody on this machine
// uses, and that no other test takes while this object lives.

#include <cstdint>
#include <string>

namespace washup::test_support {

class FreePorts {
  public:
    FreePorts();
    ~FreePorts();
    FreePorts(FreePorts const&) = delete;
    FreePorts& operator=(FreePorts const&) = delete;

    std::uint16_t base() const { return base_; }
    // One that no daemon uses, for another listener of the same test (13 or 14 or 15).
    std::uint16_t spare(int which = 0) const {
        return static_cast<std::uint16_t>(base_ + 13 + which);
    }
    std::string daemon() const;  // "127.0.0.1:BASE", as --daemon takes it

  private:
    std::uint16_t base_ = 0;
    int lock_ = -1;
};

}  // namespace washup::test_support
