#include "daemon/core/fact_list.hpp"

#include <gtest/gtest.h>

namespace washup::core {
namespace {

Fact fact_of(std::string const& code) {
    Fact fact;
    fact.value.code = code;
    return fact;
}

std::string codes(FactList const& facts) {
    std::string all;
    for (auto const& fact : facts) all += fact.value.code;
    return all;
}

TEST(FactList, KeepsTheOrderInWhichFactsAreInserted) {
    FactList facts;
    facts.push_back(fact_of("b"));
    facts.insert(0, fact_of("a"));
    facts.push_back(fact_of("d"));
    facts.insert(2, fact_of("c"));
    EXPECT_EQ(codes(facts), "abcd");
    facts.erase(1);
    EXPECT_EQ(codes(facts), "acd");
    facts.erase_if([](Fact const& fact) { return fact.value.code == "c"; });
    EXPECT_EQ(codes(facts), "ad");
}

TEST(FactList, SharesItsFactsWithACopyUntilOneOfThemChanges) {
    FactList facts;
    facts.push_back(fact_of("a"));
    facts.push_back(fact_of("b"));
    auto copy = facts;
    EXPECT_EQ(&std::as_const(copy).front(), &std::as_const(facts).front());
    for (auto& fact : copy) fact.value.code += "!";
    EXPECT_EQ(codes(copy), "a!b!");
    EXPECT_EQ(codes(facts), "ab");
    auto const* const own = &std::as_const(copy).front();
    for (auto& fact : copy) fact.value.code += "!";
    EXPECT_EQ(&std::as_const(copy).front(), own) << "what nobody shares is changed in place";
}

}  // namespace
}  // namespace washup::core
