#include "tests/support/temp_dir.hpp"

#include <stdlib.h>

#include <fstream>
#include <sstream>
#include <system_error>

#include "proto/base/check.hpp"

namespace washup::test_support {

TempDir::TempDir() {
    auto pattern = (std::filesystem::temp_directory_path() / "washup-test-XXXXXX").string();
    WASHUP_CHECK(mkdtemp(pattern.data()) != nullptr, "the system's temporary folder is writable");
    path_ = pattern;
}

TempDir::~TempDir() {
    std::error_code ignored;  // a test that fails here would hide why it failed before
    std::filesystem::remove_all(path_, ignored);
}

std::string TempDir::write(std::string_view name, std::string_view content) const {
    auto const target = path_ / name;
    std::filesystem::create_directories(target.parent_path());
    std::ofstream out{target, std::ios::binary | std::ios::trunc};
    out << content;
    out.close();
    WASHUP_CHECK(out.good(), "a test's own file can be written");
    return target.string();
}

std::string read_file(std::filesystem::path const& path) {
    std::ifstream in{path, std::ios::binary};
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

}  // namespace washup::test_support
