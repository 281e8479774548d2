// A daemon whose memory ends: it says so and is gone, and what it acknowledged is there.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <fmt/format.h>

#include <fstream>
#include <set>

#include "tests/support/sanitized.hpp"
#include "tests/support/town/adt.hpp"
#include "tests/support/town/town.hpp"

namespace washup::integration {
namespace {

constexpr int people_max = 20'000;

// What the process may map at most, in octets, as it is now.
std::uint64_t mapped(pid_t process) {
    std::ifstream statm{fmt::format("/proc/{}/statm", process)};
    std::uint64_t pages = 0;
    statm >> pages;
    return pages * 4096;
}

TEST(Memory, WhenItEndsTheDaemonSaysSoAndLosesNothingAcknowledged) {
    if (test_support::sanitized()) GTEST_SKIP() << "a sanitizer maps terabytes of its own";
    for (std::uint64_t const more : {std::uint64_t{0}, std::uint64_t{1} << 20}) {
        Town town;
        ASSERT_TRUE(town.start_daemon()) << town.daemon().err();
        ASSERT_TRUE(town.daemon().wait_for("event=ready", seconds(30)));
        ASSERT_TRUE(town.start_hl7()) << town.hl7().err();
        MllpClient ward{town.hl7_port()};
        auto const limit = mapped(town.daemon().id()) + more;
        rlimit const bound{limit, limit};
        ASSERT_EQ(::prlimit(town.daemon().id(), RLIMIT_AS, &bound, nullptr), 0);
        int acknowledged = 0;
        for (int person = 1; person <= people_max && town.daemon().running(); ++person) {
            auto const id = fmt::format("M{}", person);
            ASSERT_TRUE(ward.send(framed(text_of({.control_id = id, .person = person}))));
            auto ack = ward.receive(seconds(1));
            while (!ack && town.daemon().running()) ack = ward.receive(seconds(1));
            if (!ack || ack_code(*ack) != "AA") break;
            acknowledged = person;
        }
        ASSERT_LT(acknowledged, people_max) << "memory never ended";
        auto const status = town.daemon().wait(seconds(30));
        ASSERT_TRUE(status.has_value()) << "it goes on without memory";
        EXPECT_TRUE(*status == 71 || *status == 74) << *status << town.daemon().err();
        EXPECT_NE(town.daemon().err().find("level=error"), std::string::npos)
            << town.daemon().err();

        ASSERT_TRUE(town.start_daemon()) << town.daemon().err();
        std::set<std::string> keys;
        for (auto const& row : town.stays()) keys.insert(std::string{row.at("key").as_string()});
        for (int person = 1; person <= acknowledged; ++person) {
            EXPECT_TRUE(keys.contains(key_of(person))) << key_of(person) << " was acknowledged";
        }
        RecordProperty("acknowledged", acknowledged);
    }
}

}  // namespace
}  // namespace washup::integration
