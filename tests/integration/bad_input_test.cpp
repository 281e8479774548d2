// What cannot be right, sent to the real programs: a source is never refused, and a person sees
// what is wrong; a command is refused with its reason; a configuration with a fault does not start
// (product.md section 3).
#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>
#include <filesystem>

#include "proto/base/clock.hpp"
#include "tests/support/town/adt.hpp"
#include "tests/support/town/town.hpp"

namespace washup::integration {
namespace {

namespace fs = std::filesystem;

bool has(std::string const& text, std::string const& words) {
    return text.find(words) != std::string::npos;
}

struct BadInput : testing::Test {
    Town town;
    fs::path const drop{town.folder().path() / "drop"};
    void SetUp() override {
        ASSERT_TRUE(town.start_daemon()) << town.daemon().err();
        fs::create_directories(drop);
        ward({.control_id = "A1", .person = 1, .occurred = days_ago(9)});
        ward({.control_id = "A2", .person = 2, .occurred = days_ago(9)});
        command({"add-staff", "posei", "Peter Osei", "chair", "MILDRED"}, 0);
    }
    static Instant days_ago(int days) { return system_now() - hours(24 * days); }
    static std::string date(int days_back) { return to_iso(london_date(days_ago(days_back))); }

    // With a ready date when one is given.
    void ward(Adt const& adt, Instant ready = {}) {
        auto text = text_of(adt);
        if (ready.ms != 0) {
            auto date = to_iso(london_date(ready));
            std::erase(date, '-');
            text += "OBX|1|TS|DRD^Discharge ready date^WASHUP||" + date + "\r";
        }
        auto const file = town.folder().write(adt.control_id + ".hl7", text);
        auto const done = test_support::run(town.hl7_file({file}));
        ASSERT_EQ(done.status, 0) << done.err;
    }
    // A file of the hub: its heading and one line.
    void hub(std::string const& name, std::string const& heading, std::string const& line) {
        auto const written = town.folder().write(name, heading + "\r\n" + line + "\r\n");
        fs::rename(written, drop / name);
        auto const done = test_support::run(
            {program("washup-csv"), "--drop", drop.string(), "--daemon", town.address(), "--data",
             town.folder().file("csv"), "--once", "--config", source_file("config/sources")},
            {}, seconds(90));
        ASSERT_EQ(done.status, 0) << done.err;
    }
    std::string command(std::vector<std::string> words, int status) {
        words.insert(words.begin(), {"--actor", "posei"});
        auto const done = town.ctl(std::move(words));
        EXPECT_EQ(done.status, status) << done.out << done.err;
        return done.out + done.err;
    }
    std::string card(int person) {
        auto const done = town.ctl({"--wide", "stay", key_of(person)});
        EXPECT_EQ(done.status, 0) << done.err;
        return done.out;
    }
    std::string blocker_of(int person) {
        auto const stay = town.stay(key_of(person));
        return stay.is_object() ? boost::json::serialize(stay.at("blockers")) : "";
    }
    boost::json::array inbox() {
        auto const items = town.ask({"inbox"});
        return items.is_array() ? items.as_array() : boost::json::array{};
    }
};

TEST_F(BadInput, ABlockerThatClosedBeforeItOpenedIsDoubtfulAndByHandRefused) {
    hub("blockers.csv", "Visit Number,Blocker Ref,Reason,Opened,Closed,Updated",
        "V1001,B1,CP4," + date(3) + "," + date(5) + "," + date(1));
    EXPECT_TRUE(has(blocker_of(1), "closed before it opened")) << blocker_of(1);
    command({"raise-blocker", key_of(2), "--reason", "CP4", "--opened", date(3)}, 0);
    EXPECT_TRUE(has(command({"close-blocker", key_of(2), "--closed", date(5)}, 1),
                    "it cannot close before it opened"));
}

TEST_F(BadInput, AReadyDateOutsideTheStayIsDoubtfulAndByHandRefused) {
    ward({.trigger = "A08", .control_id = "A3", .person = 1, .occurred = days_ago(5)},
         days_ago(30));
    EXPECT_TRUE(has(card(1), "before the admission")) << card(1);
    EXPECT_TRUE(has(command({"declare-ready", key_of(2), date(30)}, 1), "before the admission"));
    ward({.trigger = "A03", .control_id = "A4", .person = 1, .occurred = days_ago(4)});
    ward({.trigger = "A08", .control_id = "A5", .person = 1, .occurred = days_ago(1)}, days_ago(2));
    EXPECT_TRUE(has(card(1), "after the stay ended")) << card(1);
    EXPECT_TRUE(has(command({"declare-ready", key_of(1), date(1)}, 1), "after the stay ended"));
}

TEST_F(BadInput, ADischargeOfAnUnknownStayWaitsInTheInbox) {
    ward({.trigger = "A03", .control_id = "A6", .person = 77});
    ASSERT_EQ(inbox().size(), 1u);
    EXPECT_TRUE(town.stay(key_of(77)).is_null());
    EXPECT_TRUE(has(command({"declare-ready", key_of(77), date(1)}, 1), "no stay"));
    // The ward tells of the stay after all: what waited is carried out.
    ward({.control_id = "A7", .person = 77, .occurred = days_ago(9)});
    auto const stay = town.stay(key_of(77));
    ASSERT_TRUE(stay.is_object());
    EXPECT_FALSE(stay.at("live").as_bool()) << "what waited ended it";
}

TEST_F(BadInput, TwoInOneBedAreBothShownAsAClash) {
    ward({.control_id = "A8", .person = 7, .occurred = days_ago(2)});  // the bed of person 1
    for (int const person : {1, 7}) EXPECT_TRUE(has(card(person), "! bed clash")) << card(person);
    EXPECT_FALSE(has(card(2), "clash"));
    ward({.trigger = "A03", .control_id = "A9", .person = 7});
    EXPECT_FALSE(has(card(1), "clash")) << "one of them left";
}

TEST_F(BadInput, CountersBelowZeroWaitAndAboveTheTotalAreDoubtful) {
    hub("capacity.csv", "Service,Kind,Zone,Total,Occupied,As Of",
        "Nights,night_sitting,thanet,4,-1," + date(1));
    ASSERT_EQ(inbox().size(), 1u);
    EXPECT_TRUE(has(boost::json::serialize(inbox()), "zero")) << boost::json::serialize(inbox());
    EXPECT_TRUE(has(command({"report-capacity", "nights", "--total", "4", "--occupied=-1"}, 1),
                    "below zero"));
    EXPECT_TRUE(town.ask({"capacity"}).as_array().empty()) << "nothing of it counts";
    hub("capacity2.csv", "Service,Kind,Zone,Total,Occupied,As Of",
        "Nights,night_sitting,thanet,4,6," + date(1));
    command({"report-capacity", "days", "--total", "4", "--occupied", "6"}, 0);
    auto const services = town.ask({"capacity"}).as_array();
    ASSERT_EQ(services.size(), 2u);
    for (auto const& each : services) EXPECT_NE(each.at("doubt"), boost::json::value(nullptr));
}

TEST_F(BadInput, AnOutcomeOffTheLadderWaitsAndByHandIsRefused) {
    hub("outcomes.csv", "Visit Number,Expected Outcome,Updated",
        "V1001,a castle in Spain," + date(1));
    ASSERT_EQ(inbox().size(), 1u);
    EXPECT_EQ(inbox()[0].at("field"), boost::json::value("expected outcome"));
    EXPECT_EQ(inbox()[0].at("record_name"), boost::json::value("outcomes.csv:2"));
    EXPECT_TRUE(has(command({"set-outcome", "expected", key_of(1), "a castle in Spain"}, 1),
                    "\"a castle in Spain\" is not an outcome of the ladder"));
}

TEST_F(BadInput, AnIdealIsNotLoweredBecauseThereIsNoService) {
    command({"set-outcome", "ideal", key_of(1), "own_home"}, 0);
    EXPECT_TRUE(has(command({"set-outcome", "ideal", key_of(1), "nursing"}, 1), "need_changed"));
    auto const said =
        command({"set-outcome", "ideal", key_of(1), "nursing", "--why", "no service"}, 1);
    EXPECT_TRUE(has(said, "blocker")) << said;
    command({"set-outcome", "ideal", key_of(1), "nursing", "--why", "need_changed"}, 0);
    EXPECT_TRUE(has(card(1), "own_home")) << "every revision is kept";
}

// A site file that is the demo's with these lines in it.
struct BadConfig : testing::Test {
    Town town;
    void expect_refused(std::string const& lines, std::string const& named) {
        town.site_file = site(lines);
        auto const done = test_support::run({program("washupd"), "check-config", town.site_file});
        EXPECT_EQ(done.status, 78);
        EXPECT_TRUE(has(done.out + done.err, named)) << done.out << done.err;
        EXPECT_TRUE(has(done.out + done.err, "site.toml:")) << done.out << done.err;
        EXPECT_FALSE(town.start_daemon());
    }
    std::string site(std::string const& lines) {
        auto text = test_support::read_file(source_file("config/site/demo.toml"));
        auto const here = source_file("config/");
        for (auto at = text.find("\"../"); at != std::string::npos; at = text.find("\"../")) {
            text.replace(at + 1, 3, here);
        }
        return town.folder().write("site.toml", text + "\n" + lines);
    }
};

TEST_F(BadConfig, AClockOfAnUnknownEventIsNamedWithItsPlaceAndNothingStarts) {
    expect_refused(
        "[[stay_clock]]\ncode = \"tea\"\nwords = \"Tea\"\nshort = \"Tea\"\n"
        "start = \"kettle_on\"\nstop = \"discharged\"\nlength = \"2h\"\n",
        "kettle_on");
}

TEST_F(BadConfig, ACodeThatStandsTwiceInTheVocabularyIsNamedAndNothingStarts) {
    expect_refused(
        "[[local_reason]]\ncode = \"CP4\"\nlabel = \"Once more\"\nwords = \"Once more\"\n"
        "parent = \"CP3\"\n",
        "CP4");
}

}  // namespace
}  // namespace washup::integration
