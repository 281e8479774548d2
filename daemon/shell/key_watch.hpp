#pragma once
// Sees when the files change in which the site's keys and staff roles stand, and reads them again:
// a key that was revoked comes in no more within a second or two, and nobody restarts the daemon.
// It decides nothing about a key.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "config/keys/key_list.hpp"
#include "config/keys/staff_roles.hpp"

namespace washup::shell {

class KeyWatch {
  public:
    explicit KeyWatch(std::string site_file) : site_file_(std::move(site_file)) {}

    struct News {
        std::vector<config::KeyEntry> keys;
        std::vector<config::StaffRole> staff_roles;
        std::string fault;  // the list cannot be read: the one before goes on counting
    };
    // None: nothing was written since the last look. The first look always reads.
    std::optional<News> look();

  private:
    struct Seen {
        std::filesystem::path file;
        std::int64_t written_ns = 0, size = 0;
        std::uint64_t inode = 0;
        friend bool operator==(Seen const&, Seen const&) = default;
    };
    static Seen see(std::filesystem::path const& file);

    std::string site_file_;
    std::vector<Seen> seen_;
};

}  // namespace washup::shell
