// A month of one trust, told twice: the test hospital's messages and files through the real
// mappers, the real engine and the real journal (make_journal; its sockets alone are left out), the
// reports by the real daemon over that journal, and a script of its own that works out the same
// from the clear part of the events. Equal to the last digit, or one of them is wrong.

#include <gtest/gtest.h>

#include "tests/support/long_run.hpp"
#include "tests/support/town/town.hpp"

namespace washup::integration {
namespace {

using test_support::run;

// From 6 January on: so many records end after February and before it is let go. The counters of
// services come as often for few beds as for many.
constexpr std::uint64_t beds = 180;
std::uint64_t records() {
    return test_support::long_run() ? 26'000 : 5'000;
}
constexpr char const* month = "2025-02";

class Month {
  public:
    Finished make() {
        return run(
            {program("make_journal"), "--data", data(), "--records", std::to_string(records()),
             "--beds", std::to_string(test_support::long_count(beds))},
            {}, seconds(300));
    }
    bool serve() {
        auto const site = folder.write(
            "site.toml", "include = [\"" + source_file("config/site/demo.toml") +
                             "\"]\n[clock]\nstart = \"2025-01-06T06:00:00Z\"\nrate = 1\n");
        daemon_ = std::make_unique<Process>(
            std::vector<std::string>{program("washupd"), "--config", site, "--data", data(),
                                     "--port", std::to_string(ports_.base())});
        return daemon_->wait_for("event=ready", seconds(60));
    }
    Finished report(std::vector<std::string> words) const {
        words.insert(words.begin(), {program("washupctl"), "--daemon", ports_.daemon(), "report"});
        return run(words);
    }
    // The clear part of every event, once the daemon has written what it had to.
    std::string events() {
        auto const printed =
            run({program("washupd"), "journal", "--data", data(), "print", "--clear"}, {},
                seconds(120));
        EXPECT_EQ(printed.status, 0) << printed.err;
        return printed.out;
    }
    std::string data() const { return folder.file("washupd"); }

    test_support::TempDir folder;

  private:
    test_support::FreePorts ports_;
    std::unique_ptr<Process> daemon_;
};

TEST(Month, IsToldByTheReportsAsAScriptOfItsOwnWorksItOut) {
    Month trust;
    auto const made = trust.make();
    ASSERT_EQ(made.status, 0) << made.err;
    ASSERT_TRUE(trust.serve());
    auto const file = [&](char const* name) { return trust.folder.file(name); };
    for (auto const& words : std::vector<std::vector<std::string>>{
             {"acute_sitrep", "--month", month, "--out", file("sitrep.csv")},
             {"ready_date", "--month", month, "--out", file("ready_date.csv")},
             {"pareto", "--window", "28", "--out", file("pareto.json")}}) {
        auto const told = trust.report(words);
        ASSERT_EQ(told.status, 0) << words[0] << ": " << told.err;
    }
    auto const events = trust.events();
    EXPECT_EQ(events.find("\"box\""), std::string::npos) << "a sealed word is in the export";
    trust.folder.write("events.jsonl", events);
    auto const recomputed = python("recompute.py", {file("events.jsonl"), month, file("sitrep.csv"),
                                                    file("ready_date.csv"), file("pareto.json")});
    EXPECT_EQ(recomputed.status, 0) << recomputed.out << recomputed.err;
    // It must have had something to compare: 28 days of 3, 8 destinations, 4 snapshots of 3, 37
    // reasons twice and 40 costs.
    EXPECT_NE(recomputed.out.find("sitrep: 218 numbers, 0 differ"), std::string::npos)
        << recomputed.out;
}

TEST(Month, WouldSeeANumberThatIsOneTooHigh) {
    Month trust;
    ASSERT_EQ(trust.make().status, 0);
    ASSERT_TRUE(trust.serve());
    auto const sitrep = trust.folder.file("sitrep.csv");
    for (auto const& words : std::vector<std::vector<std::string>>{
             {"acute_sitrep", "--month", month, "--out", sitrep},
             {"ready_date", "--month", month, "--out", trust.folder.file("ready_date.csv")},
             {"pareto", "--out", trust.folder.file("pareto.json")}})
        ASSERT_EQ(trust.report(words).status, 0);
    auto text = test_support::read_file(sitrep);
    auto const at = text.find(",Discharges,") + std::string{",Discharges,"}.size();
    text.insert(at, "1");
    trust.folder.write("sitrep.csv", text);
    trust.folder.write("events.jsonl", trust.events());
    auto const recomputed = python(
        "recompute.py", {trust.folder.file("events.jsonl"), month, sitrep,
                         trust.folder.file("ready_date.csv"), trust.folder.file("pareto.json")});
    EXPECT_EQ(recomputed.status, 1);
    EXPECT_NE(recomputed.out.find("sitrep: 218 numbers, 1 differ"), std::string::npos)
        << recomputed.out;
}

}  // namespace
}  // namespace washup::integration
