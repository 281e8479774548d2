#include "daemon/shell/key_watch.hpp"

#include <gtest/gtest.h>

#include "proto/link/key_pair.hpp"
#include "tests/support/temp_dir.hpp"

namespace washup::shell {
namespace {

class Site {
  public:
    Site() {
        folder_.write("site.toml", "include = [\"keys.toml\"]\n");
        write({"desk"});
    }
    void write(std::vector<std::string> const& names, std::string const& more = {}) {
        std::string text;
        for (auto const& name : names) {
            config::KeyEntry key;
            key.name = name;
            key.public_key = link::make_key_pair().public_key;
            key.role = config::Role::operator_;
            text += config::to_toml(key) + "\n";
        }
        // Written beside and renamed, as washupctl does.
        auto const draft = folder_.write("keys.toml.new", text + more);
        std::filesystem::rename(draft, folder_.file("keys.toml"));
    }
    KeyWatch watch() const { return KeyWatch{folder_.file("site.toml")}; }
    std::filesystem::path file(std::string const& name) const { return folder_.file(name); }

  private:
    test_support::TempDir folder_;
};

TEST(KeyWatch, ReadsTheListAtFirstAndAgainWhenItIsWritten) {
    Site site;
    auto watch = site.watch();
    auto const first = watch.look();
    ASSERT_TRUE(first);
    EXPECT_EQ(first->fault, "");
    ASSERT_EQ(first->keys.size(), 1u);
    EXPECT_EQ(first->keys[0].name, "desk");
    while (watch.look()) {  // files that are new to it are read twice
    }
    site.write({"desk", "pc"});
    auto const second = watch.look();
    ASSERT_TRUE(second);
    EXPECT_EQ(second->keys.size(), 2u);
    EXPECT_FALSE(watch.look()) << "nobody wrote since";
}

TEST(KeyWatch, SaysWhatIsWrongAndSeesWhenItIsMended) {
    Site site;
    auto watch = site.watch();
    while (watch.look()) {
    }
    site.write({"desk"}, "[[key\n");
    auto const broken = watch.look();
    ASSERT_TRUE(broken);
    EXPECT_NE(broken->fault.find("keys.toml:"), std::string::npos) << broken->fault;
    EXPECT_FALSE(watch.look()) << "told once";
    std::filesystem::remove(site.file("keys.toml"));
    auto const gone = watch.look();
    ASSERT_TRUE(gone);
    EXPECT_NE(gone->fault, "") << "a list that is not there lets nobody in by accident";
    site.write({"desk", "pc", "wall"});
    auto const mended = watch.look();
    ASSERT_TRUE(mended);
    EXPECT_EQ(mended->fault, "");
    EXPECT_EQ(mended->keys.size(), 3u);
}

TEST(KeyWatch, IsNotHeldUpByAFaultElsewhereInTheSitesFile) {
    Site site;
    test_support::TempDir folder;
    auto const file = folder.write("site.toml",
                                   "nonsense = 1\n[clock]\nrate = \"fast\"\n[[key]]\nname = \"a\"\n"
                                   "role = \"auditor\"\npublic = \"" +
                                       link::make_key_pair().public_key + "\"\n");
    KeyWatch watch{file};
    auto const news = watch.look();
    ASSERT_TRUE(news);
    EXPECT_EQ(news->fault, "");
    EXPECT_EQ(news->keys.size(), 1u);
}

}  // namespace
}  // namespace washup::shell
