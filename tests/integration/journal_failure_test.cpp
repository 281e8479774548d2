// A disk that is full: the daemon stops acknowledging and ends, and what it acknowledged is there.
#include <gtest/gtest.h>

#include <fmt/format.h>

#include "tests/support/town/adt.hpp"
#include "tests/support/town/town.hpp"

namespace washup::integration {
namespace {

constexpr std::uint64_t small_disk = 256 * 1024;

TEST(FullDisk, EndsTheDaemonAndLosesNothingAcknowledged) {
    Town town;
    ASSERT_TRUE(town.start_daemon({.file_bytes_limit = small_disk})) << town.daemon().err();
    ASSERT_TRUE(town.start_hl7()) << town.hl7().err();
    MllpClient ward{town.hl7_port()};
    int acknowledged = 0;
    for (int person = 1; person <= 5000 && town.daemon().running(); ++person) {
        auto const id = fmt::format("D{}", person);
        ASSERT_TRUE(ward.send(framed(text_of({.control_id = id, .person = person}))));
        auto const ack = ward.receive(seconds(40));  // AE after 30 s when the daemon is away
        if (!ack || ack_code(*ack) != "AA") break;
        acknowledged = person;
    }
    EXPECT_GT(acknowledged, 10) << "the disk was too small to say anything";
    ASSERT_LT(acknowledged, 5000) << "the disk was never full";
    auto const status = town.daemon().wait(seconds(20));
    ASSERT_TRUE(status.has_value()) << "it goes on without its journal";
    EXPECT_NE(*status, 0);
    EXPECT_LT(*status, 128) << "it was ended by a signal: " << town.daemon().err();
    EXPECT_NE(town.daemon().err().find("level=error"), std::string::npos) << town.daemon().err();

    ASSERT_TRUE(town.start_daemon()) << town.daemon().err();
    EXPECT_GE(static_cast<int>(town.stays().size()), acknowledged);
    for (int person = 1; person <= acknowledged; ++person) {
        ASSERT_TRUE(town.stay(key_of(person)).is_object()) << person;
        if (person > 20) break;  // asking for each one takes a second; the count says the rest
    }
}

}  // namespace
}  // namespace washup::integration
