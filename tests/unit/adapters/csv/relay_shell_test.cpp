#include "adapters/csv/relay_shell.hpp"

#include <gtest/gtest.h>

#include <set>

#include "proto/link/zmq_socket.hpp"
#include "proto/wire/envelope.hpp"
#include "tests/support/temp_dir.hpp"

namespace washup::csv {
namespace {

namespace fs = std::filesystem;
using test_support::read_file;
using test_support::TempDir;

// The ingest side of a daemon: welcomes every source and answers by `outcome_of`; silent when told.
class FakeDaemon {
  public:
    explicit FakeDaemon(boost::asio::io_context& io, std::uint16_t port = 0)
        : socket_(io, context_, link::SocketType::router) {
        EXPECT_TRUE(socket_.bind("tcp://127.0.0.1:" + std::to_string(port)).has_value());
        socket_.on_message([this](std::string const& from, std::string const& bytes) {
            auto const frame = wire::decode(bytes);
            ASSERT_TRUE(frame.has_value());
            if (frame->kind == wire::Kind::source_hello) return hello(from, *frame);
            v1::IngestRecord record;
            ASSERT_TRUE(wire::parse(*frame, record).has_value());
            if (!silent) answer(from, record);
        });
    }
    std::uint16_t port() const { return socket_.port(); }

    bool silent = false;
    std::uint64_t watermark = 0;
    std::vector<v1::IngestRecord> heard;
    std::vector<std::string> epochs;
    std::set<std::uint64_t> sequences() const {
        std::set<std::uint64_t> all;
        for (auto const& record : heard) all.insert(record.sequence());
        return all;
    }

  private:
    void hello(std::string const& from, wire::Frame const& frame) {
        v1::SourceHello said;
        ASSERT_TRUE(wire::parse(frame, said).has_value());
        epochs.push_back(said.epoch());
        v1::SourceWelcome welcome;
        welcome.set_source(said.source());
        welcome.set_epoch(said.epoch());
        welcome.set_watermark(watermark);
        welcome.set_in_flight_max(64);
        socket_.try_send(from, wire::encode(wire::Kind::source_welcome, welcome));
    }
    void answer(std::string const& from, v1::IngestRecord const& record) {
        heard.push_back(record);
        watermark = std::max(watermark, record.sequence());
        v1::IngestAnswer answer;
        answer.set_source(record.source());
        answer.set_epoch(record.epoch());
        answer.set_sequence(record.sequence());
        auto const& seen = record.observation();
        if (seen.has_set_aside() || seen.subject().visit().number() == "ODD") {
            answer.set_outcome(v1::IngestAnswer::INBOX);
            answer.set_field("expected outcome");
            answer.set_words("the outcome is off the ladder");
        }
        socket_.try_send(from, wire::encode(wire::Kind::ingest_answer, answer));
    }

    link::ZmqContext context_;
    link::ZmqSocket socket_;
};

class RelayTest : public ::testing::Test {
  protected:
    void SetUp() override {
        config::Faults faults;
        auto loaded =
            load_profile(std::string{WASHUP_SOURCE_DIR} + "/config/sources/csv_hub.toml", faults);
        ASSERT_TRUE(loaded.has_value());
        profile_ = *loaded;
        profile_.settle = minutes(60);  // only what is renamed into place counts here
        fs::create_directories(drop_path());
    }
    void TearDown() override { stop(); }

    fs::path drop_path() const { return temp_.path() / "drop"; }

    void start(RelaySpool spool = {}) {
        start(std::move(spool), daemon_.port());
        run_until([&] { return relay_->connected(); });
    }
    // Its daemon comes later, if at all.
    void start_without(RelaySpool spool) {
        later_ = FakeDaemon{io_}.port();
        start(std::move(spool), later_);
    }
    void daemon_comes() { late_ = std::make_unique<FakeDaemon>(io_, later_); }
    void start(RelaySpool spool, std::uint16_t port) {
        store_ = adapters::RecordStore::open(temp_.path() / "store").value();
        drop_ = DropFolder::open(io_, drop_path(), profile_.settle).value();
        adapters::IngestClientOptions options;
        options.ingest_port = port;
        options.source = "hub";
        options.epoch = store_->epoch();
        relay_ = std::make_unique<Relay>(io_, profile_, *drop_, *store_, options,
                                         adapters::Retention{30}, std::move(spool),
                                         [](Error const& error) { ADD_FAILURE() << error.words; });
        ASSERT_TRUE(relay_->start().has_value());
    }
    void stop() {
        if (relay_) relay_->stop();
        relay_.reset();
        drop_.reset();
        store_.reset();
    }
    void drop(std::string const& name, std::string const& text) {
        temp_.write("half", text);
        fs::rename(temp_.path() / "half", drop_path() / name);
    }
    void run_until(std::function<bool()> const& done) {
        // The limit is only so that a broken relay fails instead of hanging.
        for (int turns = 0; turns < 2000 && !done(); ++turns) {
            io_.run_one_for(std::chrono::milliseconds(20));
        }
        ASSERT_TRUE(done());
    }
    std::string report(std::string const& name, char const* where = "done") const {
        return read_file(drop_path() / where / (name + ".report.csv"));
    }

    TempDir temp_;
    boost::asio::io_context io_;
    FakeDaemon daemon_{io_};
    Profile profile_;
    std::unique_ptr<adapters::RecordStore> store_;
    std::unique_ptr<DropFolder> drop_;
    std::unique_ptr<Relay> relay_;
    std::uint16_t later_ = 0;
    std::unique_ptr<FakeDaemon> late_;
};

TEST_F(RelayTest, SendsTheGoodRowsAndReportsTheOthers) {
    start();
    drop("blockers_20261122_0900.csv",
         "Visit Number,Reason,Opened\nV1,CP4,20/11/2026\nV2,CP4,11/23/2026\nODD,CP4,\nV4,CP5,\n");
    run_until([&] { return daemon_.heard.size() == 4 && relay_->idle(); });
    EXPECT_EQ(daemon_.heard[0].sequence(), 1u);
    EXPECT_EQ(daemon_.heard[0].record_name(), "blockers_20261122_0900.csv:2");
    EXPECT_EQ(daemon_.heard[0].digest().size(), 32u);
    EXPECT_TRUE(daemon_.heard[1].observation().has_set_aside());
    EXPECT_EQ(daemon_.heard[3].observation().blocker().reason(), "CP5");
    EXPECT_TRUE(fs::exists(drop_path() / "done" / "blockers_20261122_0900.csv"));
    EXPECT_EQ(report("blockers_20261122_0900.csv"),
              "file,row,column,reason\r\n"
              "blockers_20261122_0900.csv,3,Opened,there is no such day; the day comes first: "
              "dd/mm/yyyy\r\n"
              "blockers_20261122_0900.csv,4,expected outcome,the outcome is off the ladder\r\n");
}

TEST_F(RelayTest, SaysWhichHeadingsItLeftOutAndWhatStandsTwice) {
    start();
    drop("blockers_1.csv",
         "Visit Number,Reason,Shoe Size,Reason\nV1,CP4,7,CP4\nV2,CP4,7,CP5\nV3,,7,CP5\n");
    run_until([&] { return daemon_.heard.size() == 3 && relay_->idle(); });
    EXPECT_EQ(daemon_.heard[0].observation().blocker().reason(), "CP4");
    EXPECT_EQ(daemon_.heard[2].observation().blocker().reason(), "CP5");
    EXPECT_EQ(report("blockers_1.csv"),
              "file,row,column,reason\r\n"
              "blockers_1.csv,,Shoe Size,the profile does not know this heading; it was left "
              "out\r\n"
              "blockers_1.csv,3,Reason,\"this heading stands twice, and the row says two things "
              "under it\"\r\n");
}

TEST_F(RelayTest, NeverProcessesTheSameContentTwice) {
    start();
    drop("blockers_1.csv", "Visit Number,Reason\nV1,CP4\n");
    run_until([&] { return daemon_.heard.size() == 1 && relay_->idle(); });
    drop("blockers_2.csv", "Visit Number,Reason\nV1,CP4\n");
    run_until([&] { return fs::exists(drop_path() / "done" / "blockers_2.csv.report.csv"); });
    EXPECT_NE(report("blockers_2.csv").find("came before as blockers_1.csv"), std::string::npos);
    drop("blockers_1.csv", "Visit Number,Reason\nV1,CP4\nV2,CP4\n");
    run_until([&] { return daemon_.heard.size() == 3 && relay_->idle(); });
    EXPECT_TRUE(fs::exists(drop_path() / "done" / "blockers_1.csv.2"));
    EXPECT_EQ(relay_->counts().seen_before, 1u);
}

TEST_F(RelayTest, MovesWhatCannotBeReadToFailed) {
    start();
    drop("timesheet.csv", "a,b\n1,2\n");
    drop("blockers_3.csv", std::string("PK\x03\x04\0\0", 6));
    run_until([&] { return relay_->counts().failed == 2 && relay_->idle(); });
    EXPECT_NE(report("blockers_3.csv", "failed").find("NUL"), std::string::npos);
    ASSERT_EQ(daemon_.heard.size(), 2u) << "a person sees it in the inbox";
    EXPECT_EQ(daemon_.heard[0].record_name(), "blockers_3.csv");
    EXPECT_NE(daemon_.heard[1].observation().set_aside().words().find("no [[file]]"),
              std::string::npos);
    // A name that no pattern knows may be anybody's.
    auto const told = daemon_.heard[1].record_name();
    EXPECT_TRUE(told.starts_with("file-")) << told;
    EXPECT_NE(report(told, "failed").find("no [[file]]"), std::string::npos);
}

TEST_F(RelayTest, KeepsAFileThatNamesSomebodyUnderAPlainName) {
    start();
    drop("blockers Ann Specimen.csv", "Visit Number,Reason\nODD,CP4\n");
    run_until([&] { return daemon_.heard.size() == 1 && relay_->idle(); });
    auto const row = daemon_.heard[0].record_name();
    auto const told = row.substr(0, row.find(':'));
    EXPECT_TRUE(fs::exists(drop_path() / "done" / told)) << told;
    EXPECT_NE(report(told).find(told), std::string::npos);
    stop();
    for (auto const& entry : fs::recursive_directory_iterator(temp_.path())) {
        EXPECT_EQ(entry.path().filename().string().find("Specimen"), std::string::npos);
        if (!entry.is_regular_file()) continue;
        EXPECT_EQ(test_support::read_file(entry.path()).find("Specimen"), std::string::npos)
            << entry.path();
    }
}

TEST_F(RelayTest, LeavesAHalfWrittenFileAlone) {
    start();
    temp_.write("drop/.blockers.csv.tmp", "Visit Number,Reason\nV1,CP4\n");
    temp_.write("drop/blockers_growing.csv", "Visit Number,Reason\nV1,CP4\n");
    drop("blockers_whole.csv", "Visit Number,Reason\nV2,CP4\n");
    run_until([&] { return daemon_.heard.size() == 1; });
    EXPECT_EQ(daemon_.heard[0].observation().subject().visit().number(), "V2");
    EXPECT_TRUE(fs::exists(drop_path() / "blockers_growing.csv"));
}

TEST_F(RelayTest, SendsAgainAfterARestartWhatWasNotAnswered) {
    start();
    daemon_.silent = true;
    drop("blockers_1.csv", "Visit Number,Reason\nV1,CP4\nV2,\nV3,CP5\n");
    run_until([&] { return fs::exists(drop_path() / "done" / "blockers_1.csv"); });
    stop();
    daemon_.silent = false;
    start();
    // What the first run sent may be heard too, late; the rows are the same.
    run_until([&] { return daemon_.sequences().size() == 3 && relay_->idle(); });
    EXPECT_EQ(daemon_.heard.back().sequence(), 3u);
    EXPECT_EQ(daemon_.heard.back().observation().blocker().reason(), "CP5");
    EXPECT_EQ(daemon_.epochs.front(), daemon_.epochs.back());
    EXPECT_NE(report("blockers_1.csv").find("blockers_1.csv,3,Reason"), std::string::npos);
}

TEST_F(RelayTest, AsksAgainForAnswersThatWereLost) {
    start();
    daemon_.silent = true;
    drop("blockers_1.csv", "Visit Number,Reason\nV1,CP4\nODD,CP4\n");
    run_until([&] { return fs::exists(drop_path() / "done" / "blockers_1.csv"); });
    stop();
    daemon_.silent = false;
    daemon_.watermark = 2;  // durable there; only the answers did not come home
    start();
    run_until([&] { return relay_->idle(); });
    EXPECT_EQ(daemon_.sequences().size(), 2u);
    EXPECT_NE(report("blockers_1.csv").find("off the ladder"), std::string::npos);
}

TEST_F(RelayTest, TakesNoFurtherFileAtRowsWaitingMax) {
    start();
    daemon_.silent = true;
    std::string many = "Visit Number,Reason\n";
    for (std::size_t i = 1; i <= rows_waiting_max; ++i) many += "V" + std::to_string(i) + ",CP4\n";
    drop("blockers_1.csv", many);
    run_until([&] { return fs::exists(drop_path() / "done" / "blockers_1.csv"); });
    drop("blockers_2.csv", "Visit Number,Reason\nX,CP4\n");
    for (int turns = 0; turns < 100; ++turns) io_.run_one_for(std::chrono::milliseconds(20));
    EXPECT_TRUE(fs::exists(drop_path() / "blockers_2.csv"));
    EXPECT_EQ(relay_->counts().files, 1u);
}

TEST_F(RelayTest, TakesFilesWithoutTheDaemonAndSendsThemInOrderWhenItIsThere) {
    start_without({.options = {.after = milliseconds(20)}, .status = {}});
    for (std::string const name : {"blockers_1.csv", "blockers_2.csv"}) {
        drop(name,
             "Visit Number,Reason\nV1,CP4\nODD" + std::string(name, 9, 1) + ",CP4\nODD,CP4\n");
        run_until([&] { return fs::exists(drop_path() / "done" / name); });
    }
    run_until([&] { return relay_->spool().spooling; });
    EXPECT_EQ(relay_->spool().waiting, 6u);
    daemon_comes();
    run_until([&] { return relay_->idle(); });
    ASSERT_EQ(late_->heard.size(), 6u);
    for (std::uint64_t i = 0; i < 6; ++i) EXPECT_EQ(late_->heard[i].sequence(), i + 1);
    EXPECT_EQ(relay_->spool().waiting, 0u);
    EXPECT_NE(report("blockers_2.csv").find("off the ladder"), std::string::npos);
}

TEST_F(RelayTest, LeavesFilesWhereTheyAreWhenItMayNotSpool) {
    start_without({.options = {.after = std::nullopt}, .status = {}});
    drop("blockers_1.csv", "Visit Number,Reason\nV1,CP4\n");
    for (int turns = 0; turns < 20; ++turns) io_.run_one_for(std::chrono::milliseconds(10));
    EXPECT_TRUE(fs::exists(drop_path() / "blockers_1.csv"));
}

TEST_F(RelayTest, LeavesAFileThatTheSpoolHasNoRoomFor) {
    start_without({.options = {.after = milliseconds(20), .records_max = 3}, .status = {}});
    drop("blockers_1.csv", "Visit Number,Reason\nV1,CP4\nV2,CP4\n");
    run_until([&] { return fs::exists(drop_path() / "done" / "blockers_1.csv"); });
    drop("blockers_2.csv", "Visit Number,Reason\nV3,CP4\nV4,CP4\n");
    for (int turns = 0; turns < 20; ++turns) io_.run_one_for(std::chrono::milliseconds(10));
    EXPECT_TRUE(fs::exists(drop_path() / "blockers_2.csv"));
    EXPECT_EQ(relay_->spool().waiting, 2u);
    daemon_comes();
    run_until([&] { return relay_->idle(); });
    EXPECT_EQ(late_->sequences().size(), 4u) << "taken as soon as there was room";
}

TEST_F(RelayTest, TakesNoFurtherFileAtFilesWaitingMax) {
    start_without({.options = {.after = milliseconds(20)}, .status = {}});
    for (std::size_t i = 0; i < files_waiting_max + 2; ++i) {
        drop("blockers_" + std::to_string(1000 + i) + ".csv",
             "Visit Number,Reason\nV" + std::to_string(i) + ",CP4\n");
    }
    run_until([&] { return relay_->counts().files == files_waiting_max; });
    for (int turns = 0; turns < 20; ++turns) io_.run_one_for(std::chrono::milliseconds(10));
    EXPECT_EQ(relay_->counts().files, files_waiting_max);
}

TEST(DropFolder, KnowsUnfinishedNames) {
    for (auto const* const name : {".x.csv", "x.csv.tmp", "x.part", "x.csv.partial", "x~", ""}) {
        EXPECT_TRUE(unfinished_name(name)) << name;
    }
    EXPECT_FALSE(unfinished_name("x.csv"));
    EXPECT_FALSE(unfinished_name("partial.csv"));
}

}  // namespace
}  // namespace washup::csv
