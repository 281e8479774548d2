#include "adapters/hl7v2/mllp_server.hpp"

#include "tests/unit/adapters/hl7v2/shell/ward_and_daemon.hpp"

namespace washup::hl7v2 {
namespace {

using namespace testing;

class MllpServerTest : public ::testing::Test {
  protected:
    MllpServerTest() : daemon_(std::make_unique<FakeDaemon>(io_, 0)), port_(daemon_->port()) {}

    Adapter& adapter(std::string const& profile = {}, ServerTimes times = {},
                     adapters::SpoolOptions spool = {}) {
        adapter_.emplace(io_, folder_.path() / "store", port_, profile, times, spool);
        EXPECT_TRUE(run_until(io_, [&] { return adapter_->intake->daemon_there(); }));
        return *adapter_;
    }
    bool daemon_has(std::size_t count) {
        return run_until(io_, [&] { return daemon_->records.size() >= count; });
    }

    boost::asio::io_context io_;
    test_support::TempDir folder_;
    std::unique_ptr<FakeDaemon> daemon_;
    std::uint16_t port_;
    std::optional<Adapter> adapter_;
};

TEST_F(MllpServerTest, AcknowledgesInTheOrderOfTheMessages) {
    Ward ward{io_, adapter().port};
    ward.send(framed(a08("1")) + framed(a08("2")));
    ward.send(framed(a08("3")));
    for (auto const* ack : {"AA 1", "AA 2", "AA 3"}) EXPECT_EQ(ward.ack(), ack);
    EXPECT_EQ(daemon_->records.size(), 3u);
    EXPECT_EQ(daemon_->records[0].record_name(), "1");
    EXPECT_EQ(daemon_->records[0].trigger(), "A08");
    EXPECT_TRUE(daemon_->records[0].observation().has_stay());
}

TEST_F(MllpServerTest, GivesNoAckBeforeTheDaemonHoldsTheMessage) {
    daemon_->hold();
    Ward ward{io_, adapter().port};
    ward.send(framed(a08("1")));
    ASSERT_TRUE(daemon_has(1));
    settle(io_);
    EXPECT_EQ(ward.take(), "silence");
    daemon_->answer_all();
    EXPECT_EQ(ward.ack(), "AA 1");
}

TEST_F(MllpServerTest, GivesAResendItsAckAgainWithoutANewRecord) {
    Ward ward{io_, adapter().port}, other{io_, adapter_->port};
    ward.send(framed(a08("1")));
    EXPECT_EQ(ward.ack(), "AA 1");
    ward.send(framed(a08("1")));
    other.send(framed(a08("1")) + framed(a08("1")));
    EXPECT_EQ(ward.ack(), "AA 1");
    EXPECT_EQ(other.ack(), "AA 1");
    EXPECT_EQ(other.ack(), "AA 1");
    EXPECT_EQ(daemon_->records.size(), 1u);
    EXPECT_EQ(adapter_->intake->counts().duplicates, 3u);
}

TEST_F(MllpServerTest, SaysAeWhenNoAnswerComesAndAaToTheResend) {
    daemon_->hold();
    ServerTimes times;
    times.answer_within = milliseconds(50);
    Ward ward{io_, adapter({}, times).port};
    ward.send(framed(a08("1")));
    EXPECT_EQ(ward.ack(), "AE 1");
    daemon_->answer_all();
    ward.send(framed(a08("1")));
    EXPECT_EQ(ward.ack(), "AA 1");
    EXPECT_EQ(daemon_->records.size(), 1u);
}

TEST_F(MllpServerTest, AcknowledgesWhatIsKeptForAPerson) {
    daemon_->judge = [](auto const&) { return v1::IngestAnswer::INBOX; };
    Ward ward{io_, adapter().port};
    auto const unknown = "MSH|^~\\&|PAS|RZZ|W|H|20261101||ADT^A99|9|P|2.4\r";
    ward.send(framed(unknown));
    EXPECT_EQ(ward.ack(), "AA 9");
    EXPECT_TRUE(daemon_->records.at(0).observation().has_set_aside());
}

TEST_F(MllpServerTest, AnswersEachMessageOfABatch) {
    Ward ward{io_, adapter().port};
    ward.send(framed("FHS|^~\\&|\rBHS|^~\\&|\r" + a08("1") + a08("2") + "BTS|2\rFTS|1\r"));
    EXPECT_EQ(ward.ack(), "AA 1");
    EXPECT_EQ(ward.ack(), "AA 2");
}

TEST_F(MllpServerTest, RejectsAFrameAboveItsBoundAndCloses) {
    Ward ward{io_, adapter().port};
    ward.send(framed(a08("1")) +
              framed(a08("2", "OBX|1|ED|doc||" + std::string(frame_bytes_max, 'A') + "\r")));
    EXPECT_EQ(ward.ack(), "AA 1");
    EXPECT_EQ(ward.ack(), "AR 2");
    EXPECT_EQ(ward.ack(), "closed");
    Ward next{io_, adapter_->port};
    next.send(framed(a08("3")));
    EXPECT_EQ(next.ack(), "AA 3") << "nobody else is disturbed";
}

TEST_F(MllpServerTest, KeepsAMessageWithoutControlIdButClosesWithoutAnAck) {
    Ward ward{io_, adapter().port};
    ward.send(framed(a08("1")) + framed(a08("")));
    EXPECT_EQ(ward.ack(), "AA 1");
    EXPECT_EQ(ward.ack(), "closed");
    EXPECT_TRUE(daemon_has(2));
}

TEST_F(MllpServerTest, ShowsTheDoorToWhatIsNoHl7) {
    Ward ward{io_, adapter().port};
    ward.send(framed("hello"));
    EXPECT_EQ(ward.ack(), "closed");
    EXPECT_EQ(daemon_->records.size(), 0u);
    EXPECT_EQ(adapter_->server->counts().unreadable, 1u);
}

TEST_F(MllpServerTest, NeverAcknowledgesAnAcknowledgement) {
    Ward ward{io_, adapter().port};
    ward.send(framed("MSH|^~\\&|P|R|W|H|||ACK^A01|8|P|2.4\rMSA|AA|1\r") + framed(a08("1")));
    EXPECT_EQ(ward.ack(), "AA 1");
    EXPECT_EQ(daemon_->records.size(), 1u);
}

TEST_F(MllpServerTest, AnswersASenderThatHasClosedItsSide) {
    Ward ward{io_, adapter().port};
    boost::asio::ip::tcp::socket socket{io_};
    socket.connect({boost::asio::ip::address_v4::loopback(), adapter_->port});
    boost::asio::write(socket, boost::asio::buffer(framed(a08("1"))));
    socket.shutdown(boost::asio::ip::tcp::socket::shutdown_send);
    std::string heard(4096, '\0');
    std::size_t count = 0;
    socket.async_read_some(boost::asio::buffer(heard),
                           [&](boost::system::error_code, std::size_t n) { count = n; });
    ASSERT_TRUE(run_until(io_, [&] { return count > 0; }));
    EXPECT_NE(heard.find("MSA|AA|1"), std::string::npos);
}

TEST_F(MllpServerTest, ClosesAConnectionThatLeavesAFrameUnfinished) {
    ServerTimes times;
    times.unfinished_within = milliseconds(50);
    Ward ward{io_, adapter({}, times).port}, idle{io_, adapter_->port};
    ward.send("\x0bMSH|^~\\&|half");
    EXPECT_EQ(ward.ack(), "closed");
    EXPECT_FALSE(idle.closed()) << "idle is normal";
}

TEST_F(MllpServerTest, SendsWhatWasKeptAfterARestart) {
    adapter();
    daemon_->deaf = true;
    {
        Ward ward{io_, adapter_->port};
        ward.send(framed(a08("1")) + framed(a08("2")));
        ASSERT_TRUE(run_until(io_, [&] { return adapter_->intake->under_way() == 2; }));
        settle(io_);
    }
    adapter_.reset();
    daemon_.reset();
    daemon_ = std::make_unique<FakeDaemon>(io_, port_);
    Ward ward{io_, adapter().port};
    ASSERT_TRUE(daemon_has(2));
    EXPECT_EQ(daemon_->records[1].record_name(), "2");
    ward.send(framed(a08("2")) + framed(a08("3")));
    EXPECT_EQ(ward.ack(), "AA 2");
    EXPECT_EQ(ward.ack(), "AA 3");
    EXPECT_EQ(daemon_->records.size(), 3u);
}

TEST_F(MllpServerTest, SendsARecordThatIsRefusedToTheInboxSoThatTheFeedGoesOn) {
    daemon_->judge = [](v1::IngestRecord const& record) {
        return record.sequence() == 1 && record.observation().has_stay()
                   ? v1::IngestAnswer::REFUSED
                   : v1::IngestAnswer::ACCEPTED;
    };
    Ward ward{io_, adapter().port};
    ward.send(framed(a08("1")));
    EXPECT_EQ(ward.ack(), "AA 1");
    ASSERT_EQ(daemon_->records.size(), 2u);
    EXPECT_TRUE(daemon_->records[1].observation().has_set_aside());
}

TEST_F(MllpServerTest, SendsARecordAgainThatIsRefusedForAReasonOfTheMoment) {
    int left = 3;
    daemon_->refusal = "not_now";
    daemon_->judge = [&](auto const&) {
        return left-- > 0 ? v1::IngestAnswer::REFUSED : v1::IngestAnswer::ACCEPTED;
    };
    Ward ward{io_, adapter().port};
    ward.send(framed(a08("1")));
    EXPECT_EQ(ward.ack(), "AA 1");
    EXPECT_TRUE(daemon_->records.back().observation().has_stay());
}

TEST_F(MllpServerTest, StopsWhenTheDaemonHoldsMoreThanTheStore) {
    daemon_->watermark = 5;
    adapter();
    EXPECT_NE(adapter_->fatal.find("--data"), std::string::npos);
}

TEST_F(MllpServerTest, SaysWhichProfileReadsTheFeed) {
    Ward ward{io_, adapter().port};
    EXPECT_EQ(daemon_->profile, "by sender; none has sent since it started");
    ward.send(framed(a08("1")));
    ASSERT_TRUE(run_until(io_, [&] { return daemon_->profile == "default (no profile named)"; }));
    EXPECT_EQ(ward.ack(), "AA 1");
    adapter_.reset();
    adapter("itk");
    EXPECT_EQ(daemon_->profile, "ITK HL7 v2");
}

TEST_F(MllpServerTest, CountsAControlIdThatComesWithOtherContentWhenTheyAreUnique) {
    Ward ward{io_, adapter("itk").port};
    ward.send(framed(a08("1")));
    EXPECT_EQ(ward.ack(), "AA 1");
    ward.send(framed(a08("1", "NTE|1\r")));
    EXPECT_EQ(ward.ack(), "AA 1");
    EXPECT_EQ(adapter_->intake->counts().control_id_clashes, 1u);
    EXPECT_EQ(daemon_->records.size(), 2u) << "another message, not a duplicate";
    ward.send(framed(a08("2")) + framed(a08("2", "NTE|1\r")) + framed(a08("2")));
    for (int i = 0; i < 3; ++i) EXPECT_EQ(ward.ack(), "AA 2");
    EXPECT_EQ(adapter_->intake->counts().control_id_clashes, 2u) << "in one packet too";
    EXPECT_EQ(daemon_->records.size(), 4u);
}

TEST_F(MllpServerTest, CountsNoControlIdAgainWhenTheyAreUnreliable) {
    Ward ward{io_, adapter().port};
    ward.send(framed(a08("1")) + framed(a08("1", "NTE|1\r")));
    EXPECT_EQ(ward.ack(), "AA 1");
    EXPECT_EQ(ward.ack(), "AA 1");
    EXPECT_EQ(adapter_->intake->counts().control_id_clashes, 0u);
    EXPECT_EQ(daemon_->records.size(), 2u);
}

TEST_F(MllpServerTest, AnswersWhatIsUnderWayBeforeItStops) {
    daemon_->hold();
    Ward ward{io_, adapter().port};
    ward.send(framed(a08("1")));
    ASSERT_TRUE(daemon_has(1));
    bool stopped = false;
    adapter_->server->drain(seconds(10), [&] { stopped = true; });
    settle(io_);
    EXPECT_FALSE(stopped);
    daemon_->answer_all();
    EXPECT_EQ(ward.ack(), "AA 1");
    EXPECT_TRUE(run_until(io_, [&] { return stopped; }));
}

TEST_F(MllpServerTest, TakesNoMoreOfAConnectionThanItsBound) {
    daemon_->hold();
    Ward ward{io_, adapter().port};
    std::string frames;
    for (std::size_t i = 0; i < connection_pending_max + 10; ++i) {
        frames += framed(a08(std::to_string(i)));
    }
    ward.send(frames);
    ASSERT_TRUE(daemon_has(connection_pending_max));
    settle(io_);
    EXPECT_EQ(adapter_->intake->under_way(), connection_pending_max);
    daemon_->answer_all();
    for (std::size_t i = 0; i < connection_pending_max + 10; ++i) {
        ASSERT_EQ(ward.ack(), "AA " + std::to_string(i));
    }
}

TEST_F(MllpServerTest, TakesNoMoreOfAllConnectionsThanTheirBound) {
    daemon_->hold();
    adapter();
    std::vector<std::unique_ptr<Ward>> wards;
    auto const count = taken_max / connection_pending_max + 2;
    for (std::size_t w = 0; w < count; ++w) {
        wards.push_back(std::make_unique<Ward>(io_, adapter_->port));
        std::string frames;
        for (std::size_t i = 0; i < connection_pending_max; ++i) {
            frames += framed(a08(std::to_string(w) + "-" + std::to_string(i)));
        }
        wards.back()->send(frames);
    }
    ASSERT_TRUE(daemon_has(taken_max));
    settle(io_);
    // A connection with nothing under way may always have one.
    EXPECT_LE(adapter_->intake->under_way(), taken_max + count);
    daemon_->answer_all();
    ASSERT_TRUE(daemon_has(count * connection_pending_max));
}

TEST_F(MllpServerTest, DoesNotReadASenderThatReadsNoAcks) {
    Ward first{io_, adapter().port}, deaf{io_, adapter_->port, false};
    // A long control id makes long acks; a resend costs no record.
    auto const id = std::string(8000, '7');
    auto const frame = framed(a08(id));
    first.send(frame);
    EXPECT_EQ(first.ack(), "AA " + id);
    constexpr std::size_t count = 2000;  // 16 MB of acks: more than a socket swallows
    static_assert(count * 8000 > 8 * connection_unsent_bytes_max);
    std::string frames;
    for (std::size_t i = 0; i < count; ++i) frames += frame;
    deaf.send(frames);
    std::uint64_t before = 0;
    ASSERT_TRUE(run_until(io_, [&] {
        settle(io_);
        return before == std::exchange(before, adapter_->server->counts().acks);
    }));
    EXPECT_LT(before, count) << "it went on answering into nowhere";
    deaf.read_now();
    for (std::size_t i = 0; i < count; ++i) ASSERT_EQ(deaf.ack(), "AA " + id);
}

TEST_F(MllpServerTest, RefusesMoreConnectionsThanItsBoundWhenAllHaveSentSomething) {
    adapter();
    std::vector<std::unique_ptr<Ward>> wards;
    for (std::size_t i = 0; i < connections_max; ++i) {
        wards.push_back(std::make_unique<Ward>(io_, adapter_->port));
        wards.back()->send(framed(a08(std::to_string(i))));
        ASSERT_EQ(wards.back()->ack(), "AA " + std::to_string(i));
    }
    Ward one_more{io_, adapter_->port};
    EXPECT_EQ(one_more.ack(), "closed");
    wards.front()->send(framed(a08("1000")));
    EXPECT_EQ(wards.front()->ack(), "AA 1000");
}

// Slow senders of nothing, as many as there are places, keep no ward out.
TEST_F(MllpServerTest, GivesTheOldestPlaceOfThoseWhoNeverSentAMessageToANewcomer) {
    adapter();
    Ward ward{io_, adapter_->port};
    ward.send(framed(a08("1")));
    EXPECT_EQ(ward.ack(), "AA 1");
    std::vector<std::unique_ptr<Ward>> slow;
    for (std::size_t i = 1; i < connections_max; ++i) {
        slow.push_back(std::make_unique<Ward>(io_, adapter_->port));
        slow.back()->send("\x0bMSH|^~");
    }
    for (auto const* id : {"2", "3"}) {
        Ward newcomer{io_, adapter_->port};
        newcomer.send(framed(a08(id)));
        EXPECT_EQ(newcomer.ack(), std::string("AA ") + id);
    }
    EXPECT_EQ(slow.front()->ack(), "closed");
    ward.send(framed(a08("4")));
    EXPECT_EQ(ward.ack(), "AA 4");
}

}  // namespace
}  // namespace washup::hl7v2
