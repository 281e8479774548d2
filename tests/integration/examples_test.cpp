// The examples of adapters/examples/python, written from proto/README.md alone: a source, and a
// follower that computes the fingerprint by itself.
#include <gtest/gtest.h>

#include "tests/support/town/adt.hpp"
#include "tests/support/town/town.hpp"

namespace washup::integration {
namespace {

std::string example(std::string const& name) {
    return source_file("adapters/examples/python/" + name);
}

TEST(PythonExample, SendsARecordThatBecomesAStay) {
    Town town;
    ASSERT_TRUE(town.start_daemon()) << town.daemon().err();
    auto const done =
        test_support::run({WASHUP_PYTHON, example("send_record.py"), town.address(), "4711"});
    EXPECT_EQ(done.status, 0) << done.out << done.err;
    EXPECT_TRUE(town.stay("EXAMPLE:4711").is_object());
    auto const again =
        test_support::run({WASHUP_PYTHON, example("send_record.py"), town.address(), "4711"});
    EXPECT_EQ(again.status, 0) << again.out << again.err;
    EXPECT_EQ(town.stays().size(), 1u);
}

// Two implementations of the fingerprint agree on every row that the ward's messages touch, for the
// view of a wall and for the full one, while the state changes under them.
TEST(PythonExample, FollowsTheFeedWithTheRightFingerprint) {
    Town town;
    ASSERT_TRUE(town.start_daemon()) << town.daemon().err();
    ASSERT_TRUE(town.start_hl7()) << town.hl7().err();
    MllpClient ward{town.hl7_port()};
    std::vector<std::unique_ptr<Process>> followers;
    for (auto const* const tier : {"1", "3"}) {
        followers.push_back(std::make_unique<Process>(std::vector<std::string>{
            WASHUP_PYTHON, "-u", example("follow_feed.py"), town.address(), tier, "8"}));
    }
    for (int person = 1; followers.back()->running(); ++person) {
        auto const trigger = person % 3 == 0 ? "A02" : "A01";
        auto const id = "E" + std::to_string(person);
        ASSERT_TRUE(ward.send(framed(text_of({.trigger = trigger,
                                              .control_id = id,
                                              .person = person % 40 + 1,
                                              .ward = person % 2 == 0 ? "KENT" : "FORD"}))));
        auto const ack = ward.receive(seconds(40));
        ASSERT_TRUE(ack && ack_code(*ack) == "AA");
        test_support::rest(milliseconds(30));
    }
    for (auto& follower : followers) {
        EXPECT_EQ(follower->wait(seconds(60)), 0) << follower->out() << follower->err();
    }
    EXPECT_GT(town.heartbeat().head, 20u);
}

}  // namespace
}  // namespace washup::integration
