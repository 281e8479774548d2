#pragma once
// A folder of its own for one test, taken away with everything in it when the test ends.

#include <filesystem>
#include <string>
#include <string_view>

namespace washup::test_support {

class TempDir {
  public:
    TempDir();
    ~TempDir();
    TempDir(TempDir const&) = delete;
    TempDir& operator=(TempDir const&) = delete;

    std::filesystem::path const& path() const { return path_; }
    std::string file(std::string_view name) const { return (path_ / name).string(); }
    // Writes the whole file; folders on the way are made.
    std::string write(std::string_view name, std::string_view content) const;

  private:
    std::filesystem::path path_;
};

std::string read_file(std::filesystem::path const& path);

}  // namespace washup::test_support
