// Messages kept as not yet handled, sent again by an adapter whose profile handles them.

#include "adapters/hl7v2/run_again.hpp"

#include "adapters/common/sqlite.hpp"
#include "adapters/hl7v2/file_feed.hpp"
#include "adapters/hl7v2/forgetting.hpp"
#include "tests/unit/adapters/hl7v2/shell/ward_and_daemon.hpp"

namespace washup::hl7v2 {
namespace {

using namespace testing;

std::string with_trigger(std::string text, std::string const& trigger) {
    return text.replace(text.find("A08"), 3, trigger);
}

class RunAgainTest : public ::testing::Test {
  protected:
    void SetUp() override {
        daemon_.judge = [](v1::IngestRecord const& record) {
            return record.observation().has_set_aside() ? v1::IngestAnswer::INBOX
                                                        : v1::IngestAnswer::ACCEPTED;
        };
        daemon_.code = [](v1::IngestRecord const& record) {
            return record.observation().has_set_aside() ? "not_yet_handled" : "";
        };
    }
    // The shipped default, and one that handles fewer triggers.
    ProfileSet profiles(std::string const& handles) {
        folder_.write("profiles/default.toml",
                      read_file(WASHUP_SOURCE_DIR "/config/sources/default.toml").value());
        folder_.write("profiles/few.toml",
                      "words = \"few\"\n[message]\nhandles = [" + handles + "]\n");
        config::Faults faults;
        auto out = ProfileSet::load(folder_.file("profiles"), faults);
        EXPECT_TRUE(faults.empty());
        return out;
    }
    // One life of the adapter: looks for what it may send again, takes `messages`, ends.
    RunAgain live(std::string const& handles, std::vector<std::string> const& messages) {
        auto const set = profiles(handles);
        auto store = adapters::RecordStore::open(folder_.path() / "store");
        EXPECT_TRUE(store);
        auto const again = run_again(**store, set, "few");
        EXPECT_TRUE(again);
        auto const owed = (*store)->last_sequence();
        auto waiting = (*store)->waiting();
        EXPECT_TRUE(waiting);
        RecordKeeper keeper{io_, std::move(*store), std::move(*waiting)};
        IntakeOptions options;
        options.ingest_port = daemon_.port();
        options.profile = "few";
        Intake intake{io_, options, set, keeper};
        std::size_t answered = 0;
        for (auto const& message : messages) {
            intake.take(message, *read_header(message), [&](Taken const& taken) {
                if (taken.durable) ++answered;
            });
        }
        EXPECT_TRUE(run_until(io_, [&] {
            return intake.daemon_there() && daemon_.watermark >= owed &&
                   answered == messages.size();
        }));
        settle(io_);
        keeper.stop();
        return *again;
    }
    std::vector<std::string> sent() const {
        std::vector<std::string> out;
        for (auto const& record : daemon_.records) {
            out.push_back(
                record.trigger() + (record.observation().has_set_aside() ? " kept" : "") +
                (record.again_of() == 0 ? "" : " of " + std::to_string(record.again_of())));
        }
        return out;
    }

    boost::asio::io_context io_;
    test_support::TempDir folder_;
    FakeDaemon daemon_{io_, 0};
};

using Sent = std::vector<std::string>;

TEST_F(RunAgainTest, SendsWhatTheProfileHandlesNowOnceAndInItsOrder) {
    auto const first = live("\"A01\"", {with_trigger(a08("1"), "A02"), a08("2"),
                                        with_trigger(a08("3"), "A01"), a08("4")});
    EXPECT_EQ(first.again, 0u);
    EXPECT_EQ(sent(), (Sent{"A02 kept", "A08 kept", "A01", "A08 kept"}));
    daemon_.records.clear();
    auto const second = live("\"A01\", \"A08\"", {});
    EXPECT_EQ(second.again, 2u);
    EXPECT_EQ(second.waiting, 1u);
    EXPECT_EQ(sent(), (Sent{"A08 of 2", "A08 of 4"}));
    daemon_.records.clear();
    EXPECT_EQ(live("\"A01\", \"A08\"", {}).again, 0u);
    EXPECT_TRUE(daemon_.records.empty());
    // What was sent again is known: the ward's own resend is a duplicate.
    live("\"A01\", \"A08\"", {a08("2")});
    EXPECT_TRUE(daemon_.records.empty());
}

TEST_F(RunAgainTest, LearnsAnAnswerThatWasNotNotedBeforeItSendsAgain) {
    live("\"A01\"", {a08("1")});
    // As after a crash: the daemon's answer came, and was never written down.
    {
        auto db = adapters::Sqlite::open(folder_.path() / "store" / "store.sqlite");
        ASSERT_TRUE(db);
        ASSERT_TRUE(db->run("DELETE FROM outcome"));
    }
    daemon_.records.clear();
    EXPECT_EQ(live("\"A01\", \"A08\"", {}).again, 0u);
    EXPECT_EQ(live("\"A01\", \"A08\"", {}).again, 1u);
    EXPECT_EQ(sent(), Sent{"A08 of 1"});
}

TEST_F(RunAgainTest, LeavesWhatIsForgotten) {
    live("\"A01\"", {a08("1")});
    auto store = adapters::RecordStore::open(folder_.path() / "store");
    RecordKeeper keeper{io_, std::move(*store)};
    auto const later = system_now() + hours(24 * 200);
    Forgetting forgetting{io_, keeper, adapters::Retention{30}, [&] { return later; }};
    forgetting.start();
    std::optional<std::vector<adapters::StoredRecord>> read;
    keeper.read(1, 1, [&](auto records) { read = *records; });
    ASSERT_TRUE(run_until(io_, [&] { return read.has_value(); }));
    keeper.read(1, 1, [&](auto records) { read = *records; });
    settle(io_);
    EXPECT_FALSE(read->front().raw.has_value());
    keeper.stop();
}

}  // namespace
}  // namespace washup::hl7v2
