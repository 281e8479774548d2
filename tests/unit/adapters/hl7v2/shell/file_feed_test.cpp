#include "adapters/hl7v2/file_feed.hpp"

#include "tests/unit/adapters/hl7v2/shell/ward_and_daemon.hpp"

namespace washup::hl7v2 {
namespace {

using namespace testing;

class FileFeedTest : public ::testing::Test {
  protected:
    // Exit code and what was printed.
    std::pair<int, std::string> feed(std::vector<std::string> const& paths,
                                     std::uint16_t daemon_port, Duration within = seconds(10)) {
        Adapter adapter{io_, folder_.path() / "store", daemon_port};
        auto const files = files_of(paths);
        EXPECT_TRUE(files);
        FileFeed feed{io_, *adapter.intake, *files, within};
        adapter.intake->on_change = [&] { feed.changed(); };
        std::optional<int> code;
        ::testing::internal::CaptureStdout();
        feed.start([&](int exit_code) { code = exit_code; });
        EXPECT_TRUE(run_until(io_, [&] { return code.has_value(); }));
        return {code.value_or(-1), ::testing::internal::GetCapturedStdout()};
    }

    boost::asio::io_context io_;
    test_support::TempDir folder_;
};

TEST_F(FileFeedTest, PrintsOneLineForEachMessageInOrder) {
    FakeDaemon daemon{io_, 0};
    auto const file = folder_.write("a.hl7", a08("1") + "\n\n" + a08("2"));
    auto const [code, lines] = feed({file}, daemon.port());
    EXPECT_EQ(code, 0);
    EXPECT_EQ(lines, "1\tADT^A08\taccepted at 1001\n2\tADT^A08\taccepted at 1002\n");
    auto const [again, repeated] = feed({file}, daemon.port());
    EXPECT_EQ(again, 0);
    EXPECT_EQ(repeated, "1\tADT^A08\taccepted (came before)\n2\tADT^A08\taccepted (came before)\n");
    EXPECT_EQ(daemon.records.size(), 2u);
}

TEST_F(FileFeedTest, EndsOnlyWhenWhatAnEarlierRunLeftIsAnsweredToo) {
    FakeDaemon daemon{io_, 0};
    auto const first = folder_.write("a.hl7", a08("1"));
    EXPECT_EQ(feed({first}, daemon.port()).first, 0);
    {
        // A loop of its own that never turns: what is posted to it goes with it.
        boost::asio::io_context stopped;
        Adapter ended_before_the_answer{stopped, folder_.path() / "store", daemon.port()};
        ended_before_the_answer.intake->take(a08("2"), *read_header(a08("2")), [](auto const&) {});
    }
    EXPECT_EQ(daemon.watermark, 1u);
    EXPECT_EQ(feed({first}, daemon.port()).first, 0);
    EXPECT_EQ(daemon.watermark, 2u);
}

TEST_F(FileFeedTest, TheDaemonKnowsByWhichProfileTheFileWasRead) {
    FakeDaemon daemon{io_, 0};
    feed({folder_.write("a.hl7", a08("1"))}, daemon.port());
    EXPECT_EQ(daemon.profile, "default (no profile named)");
}

TEST_F(FileFeedTest, TakesFoldersAndFramesAndMessagesWithoutControlId) {
    FakeDaemon daemon{io_, 0};
    folder_.write("in/2.hl7", framed(a08("2")) + framed(a08("3")));
    folder_.write("in/1.hl7", a08(""));
    folder_.write("in/more/4.hl7", a08("4"));
    auto const [code, lines] = feed({folder_.file("in")}, daemon.port());
    EXPECT_EQ(code, 0);
    EXPECT_EQ(lines,
              "-\tADT^A08\taccepted at 1001\n2\tADT^A08\taccepted at 1002\n"
              "3\tADT^A08\taccepted at 1003\n4\tADT^A08\taccepted at 1004\n");
}

TEST_F(FileFeedTest, EndsWithOneWhenSomethingIsNoMessage) {
    FakeDaemon daemon{io_, 0};
    auto const file = folder_.write("a.hl7", "Dear all\n" + a08("1"));
    auto const [code, lines] = feed({file}, daemon.port());
    EXPECT_EQ(code, 1);
    EXPECT_NE(lines.find("1\tADT^A08\taccepted"), std::string::npos);
    EXPECT_NE(lines.find("-\t-\trefused: "), std::string::npos);
}

TEST_F(FileFeedTest, EndsWith69WhenTheDaemonIsAway) {
    std::uint16_t port = 0;
    { port = FakeDaemon{io_, 0}.port(); }
    auto const file = folder_.write("a.hl7", a08("1"));
    EXPECT_EQ(feed({file}, port, milliseconds(100)).first, 69);
}

TEST_F(FileFeedTest, EndsAnEmptyFileAtOnce) {
    FakeDaemon daemon{io_, 0};
    EXPECT_EQ(feed({folder_.write("a.hl7", "")}, daemon.port()).first, 0);
    EXPECT_FALSE(files_of({folder_.file("nowhere.hl7")}));
}

TEST_F(FileFeedTest, GoesThroughManyMessages) {
    FakeDaemon daemon{io_, 0};
    daemon.in_flight_max = 16;
    std::string text;
    for (std::size_t i = 0; i < file_under_way_max + 200; ++i) text += a08(std::to_string(i));
    auto const [code, lines] = feed({folder_.write("a.hl7", text)}, daemon.port());
    EXPECT_EQ(code, 0);
    EXPECT_EQ(std::count(lines.begin(), lines.end(), '\n'), file_under_way_max + 200);
}

}  // namespace
}  // namespace washup::hl7v2
