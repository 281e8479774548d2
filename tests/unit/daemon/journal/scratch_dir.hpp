#pragma once
// A directory of a test's own, gone afterwards.

#include <stdlib.h>

#include <filesystem>
#include <string>

namespace washup::journal::test {

class ScratchDir {
  public:
    ScratchDir() {
        auto name = (std::filesystem::temp_directory_path() / "washup-test-XXXXXX").string();
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
