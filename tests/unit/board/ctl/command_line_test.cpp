#include "board/ctl/command_line.hpp"

#include <gtest/gtest.h>

#include "proto/base/time.hpp"
#include "washup/v1/command.pb.h"

namespace washup::board::ctl {
namespace {

v1::Command command(std::string_view line) {
    v1::Command out;
    auto const parsed = parse_command_line(line, out);
    EXPECT_TRUE(parsed) << parsed.error().words;
    return out;
}
std::string fault(std::string_view line) {
    v1::Command out;
    auto const parsed = parse_command_line(line, out);
    return parsed ? "none" : parsed.error().words;
}

TEST(CommandLine, ReadsACommandByTheNamesOfTheSchema) {
    auto const c = command(
        R"({"raise_blocker": {"stay": "RXX:1", "reason": "CP4", "local_reason": "night"},
            "actor": "kfinch", "id": "c1"})");
    EXPECT_EQ(c.actor(), "kfinch");
    EXPECT_EQ(c.id(), "c1");
    EXPECT_EQ(c.raise_blocker().stay(), "RXX:1");
    EXPECT_EQ(c.raise_blocker().local_reason(), "night");
    EXPECT_FALSE(c.raise_blocker().has_opened_at());
}

TEST(CommandLine, TakesMomentsAsRfc3339OrAsADate) {
    auto c = command(R"({"assign_action": {"stay": "A:1", "text": "t", "owner": "o",
                         "deadline": "2026-11-24T14:00:00+00:00", "agreed_at": "2026-11-20"}})");
    EXPECT_EQ(to_rfc3339(Instant{c.assign_action().deadline().at_ms()}),
              "2026-11-24T14:00:00+00:00");
    EXPECT_EQ(c.assign_action().deadline().precision(), v1::PRECISION_MINUTE);
    EXPECT_EQ(c.assign_action().agreed_at().precision(), v1::PRECISION_DATE);
    c = command(R"({"reopen": {"stay": "A:1", "why": "w"}, "entered_at": "2026-11-22T09:00:00Z"})");
    EXPECT_EQ(to_rfc3339(Instant{c.entered_at_ms()}), "2026-11-22T09:00:00+00:00");
    c = command(R"({"assign_action": {"deadline": {"at_ms": 5}}})");
    EXPECT_EQ(c.assign_action().deadline().at_ms(), 5);
}

TEST(CommandLine, TakesAFieldByItsWordAndItsValueInTheFieldsShape) {
    auto c = command(R"({"set_field": {"stay": "A:1", "field": "discharge_ready",
                                       "value": "2026-11-20"}})");
    EXPECT_EQ(c.set_field().field(), v1::FIELD_DISCHARGE_READY);
    EXPECT_EQ(c.set_field().value().moment().precision(), v1::PRECISION_DATE);
    c = command(R"({"set_field": {"field": "FIELD_TEAM", "value": "margate"}})");
    EXPECT_EQ(c.set_field().value().code(), "margate");
    c = command(R"({"set_field": {"field": "location", "value": "QEQM/Ford/C/1"}})");
    EXPECT_EQ(c.set_field().value().location().bed(), "1");
    c = command(R"({"set_field": {"field": "ideal_outcome", "value": {"code": "home"}}})");
    EXPECT_EQ(c.set_field().value().code(), "home");
    c = command(R"({"set_field": {"field": "discharge_ready"}})");
    EXPECT_FALSE(c.set_field().has_value());  // taken away
    c = command(R"({"confirm_field": {"stay": "A:1", "field": "team"}})");
    EXPECT_EQ(c.confirm_field().field(), v1::FIELD_TEAM);
}

TEST(CommandLine, TellsAbsentCountersFromZero) {
    auto const c = command(R"({"report_capacity": {"service": "s", "accepting": 0, "total": 5}})");
    EXPECT_TRUE(c.report_capacity().has_accepting());
    EXPECT_FALSE(c.report_capacity().has_occupied());
}

TEST(CommandLine, SaysWhatIsWrong) {
    EXPECT_NE(fault("{").find("not JSON"), std::string::npos);
    EXPECT_EQ(fault("[]"), "a command is a JSON object");
    EXPECT_NE(fault("{}").find("say what is to be done"), std::string::npos);
    EXPECT_NE(fault(R"({"actor": "x"})").find("say what is to be done"), std::string::npos);
    EXPECT_NE(fault(R"({"raise_blocker": {"sty": "A:1"}})")
                  .find("\"sty\" is not known; known are "
                        "stay, reason"),
              std::string::npos);
    EXPECT_NE(fault(R"({"set_field": {"field": "colour"}})").find("no field \"colour\""),
              std::string::npos);
    EXPECT_NE(fault(R"({"set_field": {"value": "x"}})").find("which field"), std::string::npos);
    EXPECT_NE(fault(R"({"assign_action": {"deadline": "soon"}})"), "none");
    EXPECT_NE(fault(R"({"reopen": {"stay": 5}})"), "none");
    EXPECT_NE(fault(R"({"reopen": {"stay": "A:1"}, "entered_at": 5})"), "none");
    EXPECT_EQ(fault(R"({"reopen": {"stay": "A:1"}, "raise_blocker": {"stay": "A:1"}})"),
              "reopen and raise_blocker: one thing a line");
    EXPECT_NE(fault(R"({"set_field": {"field": "location", "value": "a/b/c/d/e"}})"), "none");
}

TEST(CommandLine, RefusesALineAboveCommandLineBytesMax) {
    std::string line = R"({"reopen": {"stay": "A:1"}})";
    line.resize(command_line_bytes_max, ' ');
    EXPECT_EQ(fault(line), "none");
    line += ' ';
    EXPECT_NE(fault(line).find("at most"), std::string::npos);
}

TEST(FieldWords, NameEveryFieldOfTheSchema) {
    auto const words = field_words();
    EXPECT_EQ(words.size(), static_cast<std::size_t>(v1::Field_descriptor()->value_count() - 1));
    for (auto const& word : words) EXPECT_TRUE(field_number(word)) << word;
    EXPECT_FALSE(field_number("none"));
}

}  // namespace
}  // namespace washup::board::ctl
