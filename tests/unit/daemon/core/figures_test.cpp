// Requests, imported figures, what somebody answers for: taken, refused, kept for a person.

#include <gtest/gtest.h>

#include "tests/support/core/ward.hpp"

namespace washup::tests {
namespace {

using core::Field;

struct House {
    Ward ward;
    House() {
        auto config = small_config();
        config.service_kinds = {{"home_care", "Home care", {"CP4"}, "P1", {}}};
        config.zones = {{"coast", "Coast", {}, {"CT1"}}};
        ward.adopt(config);
        ward.receive(a01("V1", "M1", "2026-11-01T09:00"));
    }
    std::string refused(auto what) {
        auto command = command_for("V1");
        command.what = std::move(what);
        auto const done = ward.command(command);
        return done ? "" : done.error().field;
    }
    core::Outcome see(auto kind) {
        Message message{"hub", "2026-11-01T10:00"};
        message.source("hub").person("M1").observation.kind = kind;
        return ward.receive(message);
    }
    core::Stay const& stay() const { return *ward.stay("V1"); }
};

core::ReportFigure figure(std::string measure, std::int64_t value, std::string scope = {}) {
    return {measure, scope, at("2026-11-01"), {}, value};
}

TEST(Requests, AreRefusedWithTheFieldToBlame) {
    House house;
    EXPECT_EQ(house.refused(core::RequestService{"moonlight", {}, {}}), "kind");
    EXPECT_EQ(house.refused(core::RequestService{"home_care", "mars", {}}), "zone");
    EXPECT_EQ(house.refused(core::RequestService{"home_care", {}, at("2036-01-01")}), "wanted_at");
    EXPECT_EQ(house.refused(core::AnswerRequest{{}, "offered", {}, {}, {}}), "request");
    EXPECT_EQ(house.refused(core::RequestService{"home_care", "coast", {}}), "");
    EXPECT_EQ(house.refused(core::RequestService{"home_care", {}, {}}), "kind") << "asked already";
    EXPECT_EQ(house.refused(core::AnswerRequest{{}, "perhaps", {}, {}, {}}), "how");
    EXPECT_EQ(house.refused(core::AnswerRequest{{}, "refused", {}, {}, {}}), "why");
    EXPECT_EQ(house.refused(core::AnswerRequest{{}, "refused", {}, "Mrs Smith is ill", {}}), "why");
    EXPECT_EQ(house.refused(core::AnswerRequest{{}, "offered", "nowhere", {}, {}}), "service");
    EXPECT_EQ(house.refused(core::AnswerRequest{{}, "started", {}, {}, at("2026-12-01")}), "at");
    EXPECT_EQ(house.refused(core::AnswerRequest{{}, "started", {}, {}, {}}), "");
    EXPECT_EQ(house.refused(core::AnswerRequest{core::RequestId{1}, "offered", {}, {}, {}}),
              "request")
        << "it is over";
    ASSERT_EQ(house.stay().requests.size(), 1u);
    EXPECT_EQ(house.stay().requests[0].steps.size(), 1u);
}

TEST(Requests, OfASourceAreFoundAgainByItsReferenceAndToldOnce) {
    House house;
    core::RequestSeen seen;
    seen.kind = "home_care";
    seen.reference = "R1";
    seen.wanted_at = at("2026-10-30");
    house.see(seen);
    seen.how = "refused";
    seen.why = "no_carers";
    house.see(seen);
    house.see(seen);
    ASSERT_EQ(house.stay().requests.size(), 1u);
    ASSERT_EQ(house.stay().requests[0].steps.size(), 1u);
    EXPECT_EQ(house.stay().requests[0].steps[0].why, "no_carers");
    seen.reference = "R2";
    seen.kind = "moonlight";
    EXPECT_EQ(house.see(seen).code, "inbox");
    seen.reference = "R1";
    seen.how = "perhaps";
    EXPECT_EQ(house.see(seen).code, "inbox");
}

TEST(Requests, OfOneStayAreBounded) {
    House house;
    core::RequestSeen seen;
    seen.kind = "home_care";
    for (std::size_t i = 0; i < core::stay_requests_max; ++i) {
        seen.reference = "R" + std::to_string(i);
        EXPECT_EQ(house.see(seen).code, "accepted");
    }
    seen.reference = "one more";
    EXPECT_EQ(house.see(seen).code, "inbox");
    seen.reference = "R0";
    seen.how = "offered";
    for (std::size_t i = 0; i < core::request_steps_max; ++i) {
        seen.at = Moment{at("2026-10-01T08:00").at + minutes(static_cast<std::int64_t>(i)),
                         Precision::minute};
        EXPECT_EQ(house.see(seen).code, "accepted");
    }
    seen.at = at("2026-10-31T08:00");
    EXPECT_EQ(house.see(seen).code, "inbox");
}

TEST(Figures, ThatAreCountedElsewhereAreTakenOnceAndCorrected) {
    House house;
    EXPECT_EQ(house.refused(figure("caseload", 12'000, "team:north")), "");
    core::FigureSeen seen{figure("caseload", 14'500, "team:north")};
    house.see(seen);
    auto const records = house.ward.records().size();
    house.see(seen);
    EXPECT_TRUE(house.ward.records().back().events.empty()) << "it said the same";
    EXPECT_EQ(house.ward.records().size(), records + 1);
    ASSERT_EQ(house.ward.state().figures.size(), 1u);
    EXPECT_EQ(house.ward.state().figures.begin()->second.value, 14'500);
}

TEST(Figures, ThatCannotBeAreRefusedOrKeptForAPerson) {
    House house;
    EXPECT_EQ(house.refused(figure("home", 1000)), "measure") << "this one is counted here";
    EXPECT_EQ(house.refused(figure("caseload", 1000, "team:nobody")), "scope");
    EXPECT_EQ(house.refused(figure("caseload", -1)), "value");
    EXPECT_EQ(house.refused(figure("opel", 5000)), "value");
    EXPECT_EQ(house.refused(figure("opel", 2500)), "value");
    EXPECT_EQ(house.refused(figure("opel", 3000)), "");
    auto backwards = figure("caseload", 1000);
    backwards.until = at("2026-10-01");
    EXPECT_EQ(house.refused(backwards), "until");
    backwards.until =
        Moment{backwards.from->at + hours(24 * core::figure_days_max), Precision::date};
    EXPECT_EQ(house.refused(backwards), "until");
    EXPECT_EQ(house.refused(core::ReportFigure{"caseload", {}, {}, {}, 1}), "from");
    EXPECT_EQ(house.refused(core::ReportFigure{"caseload", {}, at("2026-11-01"), {}, {}}), "value");
    EXPECT_EQ(house.see(core::FigureSeen{figure("caseload", -1)}).code, "inbox");
    EXPECT_EQ(house.see(core::FigureSeen{figure("weather", 1)}).code, "inbox");
}

TEST(Answering, ForAPeriodIsOfCompleteDays) {
    House house;
    house.ward.wait_until("2026-11-20T09:00");
    core::ConfirmPeriod confirm{"inappropriate_14", {}, at("2026-11-06"), at("2026-11-20")};
    EXPECT_EQ(house.refused(confirm), "until");
    confirm.until = at("2026-11-19");
    EXPECT_EQ(house.refused(confirm), "");
    confirm.measure = "home";
    EXPECT_EQ(house.refused(confirm), "measure");
    ASSERT_EQ(house.ward.state().confirmed_periods.size(), 1u);
    EXPECT_EQ(house.ward.state().confirmed_periods[0].actor, "chair");
}

TEST(Answering, ForAMatrixIsBronzeSilverOrGold) {
    House house;
    EXPECT_EQ(house.refused(core::ConfirmMaturity{"nobody", "daily", "gold", {}}), "team");
    EXPECT_EQ(house.refused(core::ConfirmMaturity{"north", "", "gold", {}}), "dimension");
    EXPECT_EQ(house.refused(core::ConfirmMaturity{"north", "daily", "platinum", {}}), "level");
    EXPECT_EQ(house.refused(core::ConfirmMaturity{"north", "daily", "gold", "seen"}), "");
    EXPECT_EQ(house.ward.state().maturity.at("north").at("daily").level, "gold");
}

TEST(Discharges, AreReportedInappropriateByKindAndReporter) {
    House house;
    core::ReportDischarge report{"unsafe", {}, "no key", "the daughter"};
    EXPECT_EQ(house.refused(report), "stay") << "nobody was discharged";
    house.ward.receive(a03("V1", "M1", "2026-11-01T15:00"));
    report.kind = "sad";
    EXPECT_EQ(house.refused(report), "kind");
    report.kind = "no_care";
    report.reporter.clear();
    EXPECT_EQ(house.refused(report), "reporter");
    report.reporter = "the GP";
    for (std::size_t i = 0; i < core::stay_reports_max; ++i) EXPECT_EQ(house.refused(report), "");
    EXPECT_EQ(house.refused(report), "stay") << "twenty are enough";
}

}  // namespace
}  // namespace washup::tests
