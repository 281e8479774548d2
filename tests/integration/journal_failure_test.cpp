// A disk that is full: the daemon stops acknowledging and ends, and what it acknowledged is there.
#include <gtest/gtest.h>

#include <fmt/format.h>

#include <set>

#include "tests/support/town/adt.hpp"
#include "tests/support/town/town.hpp"

namespace washup::integration {
namespace {

constexpr std::uint64_t small_disk = 256 * 1024;

void expect_all(Town const& town, int acknowledged) {
    std::set<std::string> keys;
    for (auto const& row : town.stays()) keys.insert(std::string{row.at("key").as_string()});
    for (int person = 1; person <= acknowledged; ++person) {
        EXPECT_TRUE(keys.contains(key_of(person))) << key_of(person) << " was acknowledged";
    }
}

TEST(FullDisk, EndsTheDaemonAndLosesNothingAcknowledged) {
    Town town;
    ASSERT_TRUE(town.start_daemon({.file_bytes_limit = small_disk})) << town.daemon().err();
    ASSERT_TRUE(town.start_hl7()) << town.hl7().err();
    MllpClient ward{town.hl7_port()};
    int acknowledged = 0;
    for (int person = 1; person <= 5000 && town.daemon().running(); ++person) {
        auto const id = fmt::format("D{}", person);
        ASSERT_TRUE(ward.send(framed(text_of({.control_id = id, .person = person}))));
        auto ack = ward.receive(seconds(1));
        while (!ack && town.daemon().running()) ack = ward.receive(seconds(1));
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
    expect_all(town, acknowledged);
}

// The adapter keeps each message before it says AA; when it cannot, it says AE, or nothing and
// ends.
TEST(FullDisk, OfTheAdapterIsNeverAnAcknowledgement) {
    Town town;
    ASSERT_TRUE(town.start_daemon()) << town.daemon().err();
    ASSERT_TRUE(town.start_hl7({.file_bytes_limit = small_disk})) << town.hl7().err();
    MllpClient ward{town.hl7_port()};
    int acknowledged = 0;
    std::string last_code = "AA";
    for (int person = 1; person <= 5000 && last_code == "AA"; ++person) {
        auto const id = fmt::format("D{}", person);
        if (!ward.send(framed(text_of({.control_id = id, .person = person})))) break;
        auto const ack = ward.receive(seconds(40));
        last_code = ack ? ack_code(*ack) : "";
        if (last_code == "AA") acknowledged = person;
    }
    EXPECT_GT(acknowledged, 10) << "the disk was too small to say anything";
    ASSERT_LT(acknowledged, 5000) << "the disk was never full";
    EXPECT_TRUE(last_code == "AE" || last_code.empty()) << last_code;
    EXPECT_NE(town.hl7().err().find("level=error"), std::string::npos) << town.hl7().err();
    EXPECT_TRUE(town.daemon().running());
    expect_all(town, acknowledged);
}

}  // namespace
}  // namespace washup::integration
