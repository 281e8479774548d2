#include "daemon/access/pin.hpp"

#include <gtest/gtest.h>

namespace washup::access {
namespace {

TEST(Pin, IsDigitsBetweenPinDigitsMinAndPinDigitsMax) {
    std::string const digits = "73915073915073";
    for (std::size_t n = 0; n <= digits.size(); ++n) {
        auto const fit = fit_for_a_pin(digits.substr(0, n));
        EXPECT_EQ(fit.has_value(), n >= pin_digits_min && n <= pin_digits_max) << n;
    }
    for (auto const* no : {"47a1", "4 71", "-471", "", "４７１１", "4711\n"}) {
        auto const fit = fit_for_a_pin(no);
        ASSERT_FALSE(fit) << no;
        EXPECT_EQ(fit.error().field, "pin");
    }
}

TEST(Pin, IsNotOneThatIsGuessedFirst) {
    for (auto const* no : {"0000", "999999", "1234", "0123456789", "4321", "987654"}) {
        auto const fit = fit_for_a_pin(no);
        ASSERT_FALSE(fit) << no;
        EXPECT_EQ(fit.error().words.find(no), std::string::npos) << "it is not repeated";
    }
    for (auto const* fine : {"1235", "1122", "9010", "4711"}) EXPECT_TRUE(fit_for_a_pin(fine));
}

}  // namespace
}  // namespace washup::access
