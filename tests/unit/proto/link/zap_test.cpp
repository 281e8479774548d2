#include "proto/link/zap.hpp"

#include <gtest/gtest.h>

#include "proto/base/z85.hpp"

namespace washup::link {
namespace {

std::string const key(key_octets, 'k');

std::vector<std::string> question(std::string const& door = "ingest",
                                  std::string const& mechanism = "CURVE",
                                  std::string const& credential = key) {
    return {"1.0", "17", door, "192.0.2.1", "id", mechanism, credential};
}

Admission anybody(std::string_view, std::string_view) {
    return {true, "ward", {}};
}

TEST(Zap, TellsTheGateDoorAndKeyAndAnswersWithTheName) {
    std::string door, letters;
    auto const answer = answer_zap(question(), [&](auto asked_door, auto asked_key) {
        door = asked_door;
        letters = asked_key;
        return Admission{true, "ward", {}};
    });
    EXPECT_EQ(door, "ingest");
    EXPECT_EQ(letters, to_z85(key));
    EXPECT_EQ(answer.parts, (std::vector<std::string>{"1.0", "17", "200", "", "ward", ""}));
}

TEST(Zap, SaysWhyAKeyIsNotAdmitted) {
    auto const answer = answer_zap(question(), [](auto, auto) {
        return Admission{false, "ward", "role"};
    });
    EXPECT_EQ(answer.parts, (std::vector<std::string>{"1.0", "17", "400", "role", "", ""}));
    EXPECT_FALSE(answer.admission.admitted);
}

TEST(Zap, AdmitsNobodyWithoutAKeyADoorOrAName) {
    auto const why = [](std::vector<std::string> const& parts, Admit const& admit = anybody) {
        auto const answer = answer_zap(parts, admit);
        EXPECT_FALSE(answer.admission.admitted);
        EXPECT_EQ(answer.parts.size(), 6u);
        return answer.admission.why;
    };
    EXPECT_EQ(why(question("ingest", "NULL")), "not_curve");
    EXPECT_EQ(why(question("ingest", "PLAIN")), "not_curve");
    EXPECT_EQ(why(question("ingest", "CURVE", "short")), "no_key");
    EXPECT_EQ(why(question("ingest", "CURVE", key + "k")), "no_key");
    EXPECT_EQ(why({"1.0", "17", "ingest", "a", "b", "CURVE"}), "no_key");
    EXPECT_EQ(why(question("")), "no_door");
    EXPECT_EQ(why(question(), [](auto, auto) { return Admission{true, "", {}}; }), "no_name");
}

TEST(Zap, AnswersNothingThatIsNoQuestion) {
    EXPECT_TRUE(answer_zap({}, anybody).parts.empty());
    EXPECT_TRUE(answer_zap({"1.0", "17", "ingest", "a", "b"}, anybody).parts.empty());
    auto other = question();
    other[0] = "2.0";
    EXPECT_TRUE(answer_zap(other, anybody).parts.empty());
    auto many = question();
    many.resize(zap_parts_max);
    EXPECT_EQ(answer_zap(many, anybody).admission.why, "no_key");
    many.resize(zap_parts_max + 1);
    EXPECT_TRUE(answer_zap(many, anybody).parts.empty());
}

}  // namespace
}  // namespace washup::link
