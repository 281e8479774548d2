#pragma once
// A directory of a test's own, gone afterwards. In memory where the system has such a place: what
// these tests prove does not hang on a real disk, and thousands of syncs would.

#include <stdlib.h>
#include <unistd.h>

#include <filesystem>
#include <string>

namespace washup::journal::test {

class ScratchDir {
  public:
    ScratchDir() {
        std::filesystem::path const memory{"/dev/shm"};
        auto const place =
            ::access(memory.c_str(), W_OK) == 0 ? memory : std::filesystem::temp_directory_path();
        auto name = (place / "washup-test-XXXXXX").string();
        path_ = ::mkdtemp(name.data());
    }
    ScratchDir(ScratchDir const&) = delete;
    ScratchDir& operator=(ScratchDir const&) = delete;
    ~ScratchDir() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    std::filesystem::path const& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

}  // namespace washup::journal::test
