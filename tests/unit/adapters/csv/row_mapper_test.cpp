#include "adapters/csv/row_mapper.hpp"

#include <gtest/gtest.h>

#include "adapters/csv/intake.hpp"

namespace washup::csv {
namespace {

// The shipped profile: what the product sends out is what is tested.
Profile const& shipped() {
    static Profile const profile = [] {
        config::Faults faults;
        auto loaded =
            load_profile(std::string{WASHUP_SOURCE_DIR} + "/config/sources/csv_hub.toml", faults);
        for (auto const& fault : faults.list()) ADD_FAILURE() << to_text(fault);
        return loaded.value_or(Profile{});
    }();
    return profile;
}

std::vector<v1::Observation> mapped(std::string const& name, std::string const& text) {
    auto const intake = take_file(shipped(), name, text);
    if (!intake) {
        ADD_FAILURE() << intake.error().words;
        return {};
    }
    auto const mapper = FileMapper::make(shipped(), name, intake->batch.about).value();
    std::vector<v1::Observation> out;
    for (auto const& record : intake->records) out.push_back(mapper.map(record.raw));
    return out;
}

v1::Observation one(std::string const& name, std::string const& header, std::string const& row) {
    auto const all = mapped(name, header + "\n" + row + "\n");
    EXPECT_EQ(all.size(), 1u);
    return all.empty() ? v1::Observation{} : all[0];
}

v1::Value const* fact(v1::Observation const& observation, v1::Field field) {
    for (auto const& one : observation.facts()) {
        if (one.field() == field) return &one.value();
    }
    return nullptr;
}

std::int64_t ms(int year, unsigned month, unsigned day, int hour = 0, int minute = 0) {
    return london_time(make_date(year, month, day), hour, minute).ms;
}

TEST(CsvRowMapper, MakesAReferralWithItsPerson) {
    auto const seen =
        one("referrals_20261122_0915.csv",
            "visit number,NHS Number,Hospital Number,Council ID,Surname,Forename,"
            "Date of Birth,Postcode,Usual Residence,Referred,Ideal Outcome",
            "V1001,999 000 0018,0047,C55,O'Connor-Mb\xC3\xA9ki,Siobh\xC3\xA1n,09/03/1941,"
            "ZZ9 2QR,Own home,21/11/2026 15:30,\"Own home, no care\"");
    ASSERT_TRUE(seen.has_stay()) << seen.set_aside().words();
    EXPECT_EQ(seen.stay().effect(), v1::StaySeen::REFERRAL);
    EXPECT_EQ(seen.subject().visit().authority(), "RZZ");
    EXPECT_EQ(seen.subject().visit().number(), "V1001");
    ASSERT_EQ(seen.subject().identifiers_size(), 3);
    EXPECT_EQ(seen.subject().identifiers(0).kind(), v1::Identifier::NHS);
    EXPECT_EQ(seen.subject().identifiers(0).value(), "9990000018");
    EXPECT_EQ(seen.subject().identifiers(1).namespace_(), "RZZ");
    EXPECT_EQ(seen.subject().identifiers(1).value(), "0047");
    EXPECT_EQ(seen.subject().identifiers(2).namespace_(), "invented_bay");
    EXPECT_EQ(fact(seen, v1::FIELD_NAME)->text(), "O'CONNOR-MB\xC3\x89KI, Siobh\xC3\xA1n")
        << "in capitals as the ward's feed writes it, and so no disagreement";
    EXPECT_EQ(fact(seen, v1::FIELD_BIRTH_DATE)->text(), "1941-03-09");
    EXPECT_EQ(fact(seen, v1::FIELD_POSTCODE_DISTRICT)->code(), "ZZ9");
    EXPECT_EQ(fact(seen, v1::FIELD_USUAL_RESIDENCE)->code(), "home");
    EXPECT_EQ(fact(seen, v1::FIELD_IDEAL_OUTCOME)->code(), "own_home");
    EXPECT_EQ(fact(seen, v1::FIELD_REFERRED_AT)->moment().at_ms(), ms(2026, 11, 21, 15, 30));
    EXPECT_EQ(seen.times().occurred().at_ms(), ms(2026, 11, 22, 9, 15));
    EXPECT_EQ(fact(seen, v1::FIELD_EXPECTED_OUTCOME), nullptr);
}

TEST(CsvRowMapper, SetsAsideANumberThatASpreadsheetHasSpoilt) {
    auto const seen = one("outcomes.csv", "NHS Number,Review", "9.99E+09,23/11/2026");
    ASSERT_TRUE(seen.has_set_aside());
    EXPECT_EQ(seen.set_aside().field(), "NHS Number");
    EXPECT_NE(seen.set_aside().words().find("as text"), std::string::npos);
    EXPECT_EQ(seen.set_aside().words().find("9.99"), std::string::npos);
}

TEST(CsvRowMapper, KeepsANumberThatIsNone) {
    auto const seen = one("outcomes.csv", "NHS Number,Review", "99900,23/11/2026");
    ASSERT_TRUE(seen.has_stay());
    EXPECT_EQ(seen.subject().identifiers(0).value(), "99900");
}

TEST(CsvRowMapper, MendsWhatSpreadsheetsDoToNumbers) {
    auto const seen =
        one("outcomes.csv", "NHS Number,Hospital Number", "9990000018.0,\"=\"\"0047\"\"\"");
    ASSERT_EQ(seen.subject().identifiers_size(), 2);
    EXPECT_EQ(seen.subject().identifiers(0).value(), "9990000018");
    EXPECT_EQ(seen.subject().identifiers(1).value(), "0047");
}

TEST(CsvRowMapper, DistinguishesNothingFromTakenAway) {
    auto const seen = one("outcomes.csv", "Visit Number,Expected Outcome,Ideal Outcome,Review",
                          "V1,(none),Not known,-");
    ASSERT_EQ(seen.facts_size(), 1);
    EXPECT_EQ(seen.facts(0).field(), v1::FIELD_EXPECTED_OUTCOME);
    EXPECT_TRUE(seen.facts(0).value().code().empty());
}

TEST(CsvRowMapper, LetsAnUnknownWordThroughAsItStands) {
    auto const seen = one("outcomes.csv", "Visit Number,Expected Outcome", "V1,Castle");
    EXPECT_EQ(fact(seen, v1::FIELD_EXPECTED_OUTCOME)->code(), "Castle");
}

TEST(CsvRowMapper, MakesABlockerOpenAndClosed) {
    auto const header = "Visit Number,Blocker Ref,Reason,Holder,Opened,Closed,Closed Because";
    auto const open = one("blockers.csv", header, "V1,B9,Night sitting,Social care,20/11/2026,,");
    ASSERT_TRUE(open.has_blocker());
    EXPECT_EQ(open.blocker().reason(), "Night sitting");
    EXPECT_EQ(open.blocker().holder(), "social_care");
    EXPECT_EQ(open.blocker().opened_at().precision(), v1::PRECISION_DATE);
    EXPECT_FALSE(open.blocker().closed());
    auto const closed =
        one("blockers.csv", header, "V1,B9,Night sitting,,20/11/2026,22/11/2026 10:00,sit found");
    EXPECT_TRUE(closed.blocker().closed());
    EXPECT_EQ(closed.blocker().closed_at().at_ms(), ms(2026, 11, 22, 10));
    auto const without = one("blockers.csv", header, "V1,B9,,,20/11/2026,,");
    EXPECT_EQ(without.set_aside().field(), "Reason");
}

TEST(CsvRowMapper, MakesAnActionAndLeavesItsGapsToTheDaemon) {
    auto const header = "Visit Number,Action,Owner,Deadline,State,For Blocker";
    auto const action =
        one("actions.csv", header, "V1,\"ring family,\nask about key\",S104,23/11/2026,,CP4");
    ASSERT_TRUE(action.has_action());
    EXPECT_EQ(action.action().text(), "ring family,\nask about key");
    EXPECT_EQ(action.action().owner(), "S104");
    EXPECT_EQ(action.action().state(), "open");
    EXPECT_EQ(action.action().blocker_reason(), "CP4");
    auto const draft = one("actions.csv", header, "V1,ring family,,,Not done because,");
    ASSERT_TRUE(draft.has_action());
    EXPECT_EQ(draft.action().state(), "not_done");
    EXPECT_FALSE(draft.action().has_deadline());
    auto const odd = one("actions.csv", header, "V1,ring family,S1,23/11/2026,perhaps,");
    EXPECT_EQ(odd.set_aside().field(), "State");
    auto const month_first = one("actions.csv", header, "V1,ring family,S1,11/23/2026,,");
    EXPECT_EQ(month_first.set_aside().field(), "Deadline");
    auto const none = one("actions.csv", header, "V1,,S1,23/11/2026,,");
    EXPECT_EQ(none.set_aside().field(), "Action");
}

TEST(CsvRowMapper, MakesAMilestone) {
    auto const seen = one("milestones.csv", "Visit Number,Milestone,Reached",
                          "V1,Medicines ready,22/11/2026 10:05");
    ASSERT_TRUE(seen.has_milestone());
    EXPECT_EQ(seen.milestone().name(), "medicines_ready");
    EXPECT_EQ(seen.milestone().at().at_ms(), ms(2026, 11, 22, 10, 5));
}

TEST(CsvRowMapper, CountsAServiceAndKeepsUnknownApartFromZero) {
    auto const header =
        "Service,Kind,Zone,Pathway,Unit,Total,Occupied,Reserved,Accepting Now,As Of";
    auto const seen =
        one("capacity.csv", header,
            "Night sitting,Night sitting,Harbour,P1,Slot,\"1,200\",6,-,0,22/11/2026 08:00");
    ASSERT_TRUE(seen.has_capacity());
    auto const& capacity = seen.capacity();
    EXPECT_EQ(capacity.service(), "invented-bay-harbour-night-sitting");
    EXPECT_EQ(capacity.kind(), "night_sitting");
    EXPECT_EQ(capacity.total(), 1200);
    EXPECT_FALSE(capacity.has_reserved());
    ASSERT_TRUE(capacity.has_accepting());
    EXPECT_EQ(capacity.accepting(), 0);
    EXPECT_EQ(seen.times().occurred().at_ms(), ms(2026, 11, 22, 8));
    auto const bad = one("capacity.csv", header, "Night sitting,,Harbour,,,many,,,,");
    EXPECT_EQ(bad.set_aside().field(), "Total");
}

TEST(CsvRowMapper, SetsAsideARowThatNamesNobody) {
    auto const seen = one("outcomes.csv", "Visit Number,NHS Number,Review", ",,23/11/2026");
    ASSERT_TRUE(seen.has_set_aside());
    EXPECT_EQ(seen.set_aside().field(), "Visit Number");
}

TEST(CsvRowMapper, SetsAsideAnUnquotedDelimiterAndTakesMissingCellsAsEmpty) {
    auto const all = mapped(
        "blockers.csv",
        "Visit Number,Reason,Note,Opened\nV1,CP4,a, b,20/11/2026\nV2,CP4\nV3,CP4,,20/11/2026,,\n");
    ASSERT_EQ(all.size(), 3u);
    EXPECT_NE(all[0].set_aside().words().find("5 cells"), std::string::npos);
    EXPECT_TRUE(all[1].has_blocker());
    EXPECT_TRUE(all[2].has_blocker());
}

TEST(CsvRowMapper, KeepsADoubtfulBirthDateWithoutLosingTheRow) {
    auto const seen =
        one("referrals.csv", "Visit Number,Referred,Date of Birth", "V1,21/11/2026,31/02/1941");
    ASSERT_TRUE(seen.has_stay());
    auto const* const birth = fact(seen, v1::FIELD_BIRTH_DATE);
    ASSERT_NE(birth, nullptr);
    EXPECT_EQ(birth->text(), "31/02/1941");
    for (auto const& one_fact : seen.facts()) {
        if (one_fact.field() == v1::FIELD_BIRTH_DATE) {
            EXPECT_FALSE(one_fact.doubt().empty());
        }
    }
}

TEST(CsvIntake, RefusesAFileAsAWholeWithWords) {
    auto const refused = [](std::string const& name, std::string const& text) {
        auto const intake = take_file(shipped(), name, text);
        return intake ? std::string{"taken"} : intake.error().words;
    };
    EXPECT_NE(refused("timesheet.csv", "a\n1\n").find("pattern"), std::string::npos);
    EXPECT_NE(refused("actions.csv", "Visit Number,Owner\nV1,S1\n").find("action"),
              std::string::npos);
    EXPECT_NE(refused("blockers.csv", "Reason\nCP4\n").find("whose"), std::string::npos);
    EXPECT_NE(refused("blockers.csv", "").find("empty"), std::string::npos);
    EXPECT_EQ(refused("blockers.csv", "Visit Number,Reason\n"), "taken");
}

TEST(CsvIntake, NamesRowsByTheLineOfTheFile) {
    auto const intake =
        take_file(shipped(), "blockers.csv", "sep=,\nVisit Number,Reason\nV1,\"a\nb\"\nV2,CP4\n");
    ASSERT_TRUE(intake.has_value());
    EXPECT_EQ(intake->records[1].name, "blockers.csv:5");
    EXPECT_EQ(row_of(intake->records[1].name), 5u);
    EXPECT_EQ(intake->records[0].trigger, "blockers.csv");
}

TEST(CsvProfile, NamesEveryFaultAtOnce) {
    config::Faults faults;
    auto tree = config::parse_tree(R"(
name = "x"
words = "x"
visit_authority = "R"
local_namespace = "R"
council = "c"
colour = "red"
[[file]]
kind = "blocker"
pattern = "b*.csv"
[file.columns]
"Visit" = "visti"
"Why" = "reason"
"why" = "note"
)",
                                   "x.toml", faults);
    auto root = tree.root(faults);
    (void)read_profile(root);
    tree.report_unknown(faults);
    std::string all;
    for (auto const& fault : faults.list()) all += to_text(fault) + "\n";
    for (auto const* const words : {"colour", "visti", "twice", "blocker"}) {
        EXPECT_NE(all.find(words), std::string::npos) << words << "\n" << all;
    }
}

TEST(CsvRowMapper, MakesARequestAndItsAnswer) {
    auto const seen = one("requests_20261122_0915.csv",
                          "Visit Number,Request Ref,Kind,Zone,Wanted,Answer,Why,Answered",
                          "V1001,R7,Night sitting,Coast,20/11/2026 22:00,refused,no_carers,"
                          "21/11/2026 10:00");
    ASSERT_TRUE(seen.has_request()) << seen.set_aside().words();
    EXPECT_EQ(seen.request().kind(), "night_sitting");
    EXPECT_EQ(seen.request().reference(), "R7");
    EXPECT_EQ(seen.request().how(), "refused");
    EXPECT_EQ(seen.request().why(), "no_carers");
    EXPECT_EQ(seen.request().wanted_at().at_ms(), ms(2026, 11, 20, 22));
    EXPECT_EQ(seen.request().at().at_ms(), ms(2026, 11, 21, 10));
}

TEST(CsvRowMapper, MakesAFigureInThousandthsThatNamesNobody) {
    auto const figure = [](std::string value) {
        return one("figures_20261122_0915.csv", "Measure,Scope,From,To,Value",
                   "caseload,team:MILDRED,16/11/2026,22/11/2026," + value);
    };
    auto const seen = figure("\"1,204.5\"");
    ASSERT_TRUE(seen.has_figure()) << seen.set_aside().words();
    EXPECT_EQ(seen.figure().measure(), "caseload");
    EXPECT_EQ(seen.figure().scope(), "team:MILDRED");
    EXPECT_EQ(seen.figure().from().at_ms(), ms(2026, 11, 16));
    EXPECT_EQ(seen.figure().thousandths(), 1'204'500);
    EXPECT_FALSE(seen.has_subject());
    EXPECT_EQ(figure("63.2%").figure().thousandths(), 63'200);
    EXPECT_EQ(figure("-3").figure().thousandths(), -3'000) << "the daemon keeps it for a person";
    for (auto const* wrong : {"1.2345", "many", "1.2.3", "9999999999999"})
        EXPECT_EQ(figure(wrong).set_aside().field(), "Value") << wrong;
}

}  // namespace
}  // namespace washup::csv
