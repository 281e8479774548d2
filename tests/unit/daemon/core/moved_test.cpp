// A move to another hospital: two stays, one way of one person (product.md section 3).

#include "daemon/core/moved.hpp"

#include <gtest/gtest.h>

#include "tests/support/core/ward.hpp"

namespace washup::tests {
namespace {

using core::Field;

struct Moved : testing::Test {
    Ward ward;
    // In the other trust's bed, under its own number of the person and the same NHS number.
    void admit(std::string const& visit, std::string const& authority, std::string const& when) {
        ward.receive(said(a01(visit, "", when), visit, authority));
    }
    void end(std::string const& visit, std::string const& authority, char const* how,
             std::string const& when) {
        auto message = said(a03(visit, "", when), visit, authority);
        for (auto& fact : message.observation.facts) {
            if (fact.field == Field::ending) fact.value.code = how;
        }
        ward.receive(message);
    }
    static Message said(Message message, std::string const& visit, std::string const& authority) {
        message.observation.subject.identifiers.clear();
        message.visit(visit, authority).person("M" + visit, authority).nhs("9990000018");
        return message;
    }
    core::Stay const* before(std::string const& visit, std::string const& authority) const {
        return core::came_from(ward.state(), *ward.stay(visit, authority));
    }
};

TEST_F(Moved, LinksTheTwoStaysBothWays) {
    admit("V1", "RZZ", "2026-11-02T09:00");
    end("V1", "RZZ", core::ended::transferred, "2026-11-06T23:30");
    EXPECT_EQ(core::went_on_as(ward.state(), *ward.stay("V1")), nullptr) << "nobody has told yet";
    admit("W1", "RYY", "2026-11-07T00:40");
    EXPECT_EQ(before("W1", "RYY"), ward.stay("V1"));
    EXPECT_EQ(core::went_on_as(ward.state(), *ward.stay("V1")), ward.stay("W1", "RYY"));
    EXPECT_EQ(before("V1", "RZZ"), nullptr);
}

TEST_F(Moved, AlsoWhenTheReceivingHospitalWritesItDownFirst) {
    admit("V1", "RZZ", "2026-11-02T09:00");
    admit("W1", "RYY", "2026-11-06T10:00");
    EXPECT_EQ(before("W1", "RYY"), nullptr);
    end("V1", "RZZ", core::ended::transferred, "2026-11-06T12:00");
    EXPECT_EQ(before("W1", "RYY"), ward.stay("V1"));
}

TEST_F(Moved, IsNeitherADischargeHomeNorAnAdmissionDaysLater) {
    admit("V1", "RZZ", "2026-11-02T09:00");
    end("V1", "RZZ", core::ended::discharged, "2026-11-06T12:00");
    admit("W1", "RYY", "2026-11-06T20:00");
    EXPECT_EQ(before("W1", "RYY"), nullptr) << "home, and back the same day";
    end("W1", "RYY", core::ended::transferred, "2026-11-08T12:00");
    admit("X1", "RXX", "2026-11-10T09:00");
    EXPECT_EQ(before("X1", "RXX"), nullptr) << "not within move_days, which is " << core::move_days;
}

TEST_F(Moved, PartsAgainWhenTheEndingIsTakenBack) {
    admit("V1", "RZZ", "2026-11-02T09:00");
    end("V1", "RZZ", core::ended::transferred, "2026-11-06T12:00");
    admit("W1", "RYY", "2026-11-06T15:00");
    ASSERT_EQ(before("W1", "RYY"), ward.stay("V1"));
    ward.receive(a13("V1", "MV1", "2026-11-06T16:00"));
    EXPECT_EQ(before("W1", "RYY"), nullptr);
}

}  // namespace
}  // namespace washup::tests
