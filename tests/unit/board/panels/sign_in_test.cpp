#include "board/panels/sign_in.hpp"

#include <gtest/gtest.h>

#include "board/panels/page.hpp"

namespace washup::board {
namespace {

using Key = SignInForm::Key;

void type(SignInForm& form, std::string const& text) {
    for (char const c : text) form.type(static_cast<char32_t>(c));
}

TEST(SignInForm, TakesAStaffIdThenAPinByNumberKeys) {
    SignInForm form;
    EXPECT_FALSE(form.press(Key::enter)) << "nothing is typed yet";
    EXPECT_FALSE(form.at_pin());
    type(form, "m.osei_2-x!? /");
    form.type(U'\u00e9');
    EXPECT_EQ(form.staff(), "m.osei_2-x");
    EXPECT_FALSE(form.press(Key::enter));
    EXPECT_TRUE(form.at_pin());
    type(form, "4a7b1c1");
    EXPECT_EQ(form.pin_digits(), 4u) << "letters are no digits";
    auto const entered = form.press(Key::enter);
    ASSERT_TRUE(entered);
    EXPECT_EQ(entered->staff, "m.osei_2-x");
    EXPECT_EQ(entered->pin, "4711");
    EXPECT_EQ(form.pin_digits(), 0u) << "it is kept no longer than it is needed";
    EXPECT_TRUE(form.at_pin()) << "a wrong one is typed again at once";
    EXPECT_FALSE(form.press(Key::enter));
}

TEST(SignInForm, ErasesLeavesAndExpects) {
    SignInForm form;
    form.expect("mary");
    EXPECT_TRUE(form.at_pin()) << "who was locked out comes back by the PIN alone";
    type(form, "12");
    form.press(Key::erase);
    EXPECT_EQ(form.pin_digits(), 1u);
    form.press(Key::erase);
    form.press(Key::erase);
    EXPECT_FALSE(form.at_pin()) << "and back to the id";
    form.press(Key::erase);
    EXPECT_EQ(form.staff(), "mar");
    form.expect("mary");
    type(form, "12");
    form.press(Key::leave);
    EXPECT_EQ(form.staff(), "");
    EXPECT_EQ(form.pin_digits(), 0u);
    EXPECT_FALSE(form.at_pin());
    form.expect("");
    EXPECT_FALSE(form.at_pin());
}

TEST(SignInForm, TakesNoMoreThanStaffIdTypedMaxAndPinTypedMax) {
    SignInForm form;
    type(form, std::string(staff_id_typed_max + 5, 'a'));
    EXPECT_EQ(form.staff().size(), staff_id_typed_max);
    form.press(Key::enter);
    type(form, std::string(pin_typed_max + 5, '7'));
    EXPECT_EQ(form.pin_digits(), pin_typed_max);
}

TEST(SignInPage, StandsInPlaceOfEveryPageAndShowsNoDigit) {
    Model model;
    model.tier = 3;
    model.link.phase = LinkPhase::signed_out;
    model.link.heard_steady_ms = 1000;
    model.person = {PersonState::signed_out, "mary", "locked: nobody did anything here for 120 s"};
    PageUi ui;
    ui.sign_in = {"mary", 3, true};
    for (auto const page : all_pages) {
        ui.page = page;
        auto const text = text_of(make_page(model, link_state(model.link, 1500), Instant{}, ui));
        EXPECT_NE(text.find("Sign in"), std::string::npos) << text;
        EXPECT_NE(text.find("Locked: nobody did anything here for 120 s"), std::string::npos);
        EXPECT_NE(text.find("mary"), std::string::npos);
        EXPECT_NE(text.find("PIN       \u25cf\u25cf\u25cf_"), std::string::npos) << text;
    }
    model.link.heard_steady_ms.reset();
    auto const away = text_of(make_page(model, link_state(model.link, 1500), Instant{}, ui));
    EXPECT_NE(away.find("waiting for the daemon"), std::string::npos) << away;
}

}  // namespace
}  // namespace washup::board
