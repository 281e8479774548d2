#pragma once
// Does a piece of work again and again, and lets its first allocation fail, its second, and so on
// until none does: once each, and then for ever after. Whatever the work made is gone afterwards.

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdint>
#include <new>
#include <string_view>

#include "proto/base/out_of_memory.hpp"
#include "tests/support/alloc/failing_alloc.hpp"
#include "tests/support/long_run.hpp"

namespace washup::allocation {

// How a work ended that did not throw: `failed` is an Error in place of a result.
enum class Ended { right, failed, wrong };

// One by one at first, because most of the ways through a program lie there; then in steps, all of
// them in a long run.
inline std::uint64_t next_place(std::uint64_t n) {
    if (n < 300 || test_support::long_count(10) == 10) return n + 1;
    return n + 1 + n / 40;
}

// `work` makes everything it uses and tells how it ended; `after` looks at what is left on the
// disk, with memory again.
template <class Work, class After>
std::uint64_t fail_each(Work const& work, After const& after) {
    using namespace test_support;
    EXPECT_EQ(work(), Ended::right) << "with all memory";  // and fills what is made once
    after();
    std::uint64_t places = 0;
    for (bool const for_ever : {false, true}) {
        for (std::uint64_t n = 1;; n = next_place(n)) {
            auto const before = failing_alloc::live();
            auto ended = Ended::failed;
            try {
                failing_alloc::Armed const armed{n, for_ever};
                ended = work();
            } catch (std::bad_alloc const&) {
            }
            auto const reached = failing_alloc::failed();
            auto const left = failing_alloc::live() - before;
            EXPECT_EQ(left, 0) << "left behind when allocation " << n << " fails"
                               << (for_ever ? " and all after it" : "");
            EXPECT_NE(ended, Ended::wrong) << "allocation " << n << ", for ever " << for_ever;
            after();
            if (testing::Test::HasFailure()) return n;
            if (!reached) {
                EXPECT_EQ(ended, Ended::right) << "with all memory again";
                places = n - 1;
                break;
            }
        }
    }
    return places;
}
template <class Work>
std::uint64_t fail_each(Work const& work) {
    return fail_each(work, [] {});
}

// The same as one of our programs would meet it, a process for each place: for work through
// libraries that are not built for a bad_alloc (protobuf loses what it had, toml++ terminates).
// It ends with the last word and its exit code, and with nothing else.
template <class Work>
std::uint64_t fail_each_as_a_program(Work const& work) {
    using namespace test_support;
    EXPECT_EQ(work(), Ended::right) << "with all memory";
    std::uint64_t places = 0;
    for (bool const for_ever : {false, true}) {
        for (std::uint64_t n = 1;; n = next_place(n)) {
            int words[2];
            EXPECT_EQ(::pipe(words), 0);
            auto const child = ::fork();
            if (child == 0) {
                ::dup2(words[1], STDERR_FILENO);
                stop_when_memory_ends("test");
                failing_alloc::Armed const armed{n, for_ever};
                ::_exit(static_cast<int>(work()));
            }
            ::close(words[1]);
            char said[512] = {};
            auto const size = ::read(words[0], said, sizeof said - 1);
            ::close(words[0]);
            int status = 0;
            EXPECT_EQ(::waitpid(child, &status, 0), child);
            EXPECT_TRUE(WIFEXITED(status)) << "allocation " << n << ", signal " << WTERMSIG(status);
            if (WIFEXITED(status) && WEXITSTATUS(status) == static_cast<int>(Ended::right)) {
                places = n - 1;
                break;
            }
            EXPECT_EQ(WEXITSTATUS(status), exit_out_of_memory) << "allocation " << n;
            EXPECT_GT(size, 0);
            EXPECT_NE(std::string_view{said}.find("event=out_of_memory program=test"),
                      std::string_view::npos)
                << said;
            if (testing::Test::HasFailure()) return n;
        }
    }
    return places;
}

}  // namespace washup::allocation
