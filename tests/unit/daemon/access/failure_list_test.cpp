#include "daemon/access/failure_list.hpp"

#include <gtest/gtest.h>

namespace washup::access {
namespace {

TEST(FailureList, ReadsWhatItWrites) {
    for (auto const& counts : {FailureCounts{}, FailureCounts{{"mary", 3}, {"S101", 4'000'000'000}},
                               FailureCounts{{"two\nlines \xff", 1}}}) {
        auto const read = read_failures(to_text(counts));
        ASSERT_TRUE(read) << read.error().words;
        EXPECT_EQ(*read, counts);
    }
}

TEST(FailureList, TakesNoPartForTheWhole) {
    auto const text = to_text({{"mary", 3}, {"tom", 12}});
    for (std::size_t n = 0; n < text.size(); ++n) {
        EXPECT_FALSE(read_failures(text.substr(0, n))) << n;
    }
}

TEST(FailureList, NamesTheLineThatIsOdd) {
    auto const line_of = [](std::string const& text) {
        auto const read = read_failures(text);
        return read ? "none" : read.error().words.substr(0, 6);
    };
    std::string const head = "washup-sign-in-failures 1\n";
    EXPECT_EQ(line_of(""), "line 1");
    EXPECT_EQ(line_of("something\n"), "line 1");
    EXPECT_EQ(line_of(head + "3 zz\nend 1\n"), "line 2");
    EXPECT_EQ(line_of(head + "0 6d\nend 1\n"), "line 2");
    EXPECT_EQ(line_of(head + "-1 6d\nend 1\n"), "line 2");
    EXPECT_EQ(line_of(head + "5000000000 6d\nend 1\n"), "line 2");
    EXPECT_EQ(line_of(head + "3 6d\n4 6d\nend 2\n"), "line 3");
    EXPECT_EQ(line_of(head + "3 6d\nend 2\n"), "line 3");
    EXPECT_EQ(line_of(head + "end 0\nmore\n"), "line 2");
}

}  // namespace
}  // namespace washup::access
