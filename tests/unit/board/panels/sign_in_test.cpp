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

TEST(SignInForm, IsOpenUntilItIsLeftOrNobodyTypesForFormIdleMs) {
    SignInForm form;
    EXPECT_FALSE(form.is_open());
    form.open(1000);
    type(form, "mary");
    form.touched(2000);
    form.tick(2000 + form_idle_ms - 1);
    EXPECT_TRUE(form.is_open());
    form.press(Key::leave);
    EXPECT_TRUE(form.is_open()) << "somebody else types their id";
    form.press(Key::leave);
    EXPECT_FALSE(form.is_open());
    form.expect("mary");
    form.open(5000);
    type(form, "471");
    form.tick(5000 + form_idle_ms);
    EXPECT_FALSE(form.is_open());
    EXPECT_EQ(form.pin_digits(), 0u) << "half a PIN is not left in it";
}

TEST(SignInPage, StandsInPlaceOfEveryPageAndShowsNoDigit) {
    Model model;
    model.tier = 1;
    model.link.phase = LinkPhase::following;
    model.link.heard_steady_ms = 1000;
    model.person = {PersonState::signed_out, "mary", "locked: nobody did anything here for 120 s"};
    PageUi ui;
    ui.sign_in = {"mary", 3, true, true};
    for (auto const page : all_pages) {
        ui.page = page;
        auto const text = text_of(make_page(model, link_state(model.link, 1500), Instant{}, ui));
        EXPECT_NE(text.find("Sign in"), std::string::npos) << text;
        EXPECT_NE(text.find("Locked: nobody did anything here for 120 s"), std::string::npos);
        EXPECT_NE(text.find("mary"), std::string::npos);
        EXPECT_NE(text.find("PIN       \u25cf\u25cf\u25cf_"), std::string::npos) << text;
    }
    ui.sign_in.open = false;
    EXPECT_EQ(text_of(make_page(model, link_state(model.link, 1500), Instant{}, ui)).find("PIN"),
              std::string::npos)
        << "else the machine's own tier is seen";
    ui.sign_in.open = true;
    model.link.heard_steady_ms.reset();
    auto const away = text_of(make_page(model, link_state(model.link, 1500), Instant{}, ui));
    EXPECT_NE(away.find("waiting for the daemon"), std::string::npos) << away;
}

TEST(SignInHead, SaysHowTheLastSessionEndedAndHowTheNextBegins) {
    Model model;
    auto const head = [&] {
        return make_page(model, link_state(model.link, 0), Instant{}, {}).head.place.words();
    };
    EXPECT_EQ(head(), "") << "a wall, where nobody signs in";
    model.person.state = PersonState::signed_out;
    EXPECT_EQ(head(), "Enter signs in");
    model.person.words = "locked: nobody did anything here for 120 s";
    EXPECT_EQ(head(), "locked · Enter signs in");
    model.person.words = "staff id and PIN do not go together; the operator sets a PIN";
    EXPECT_EQ(head(), "Enter signs in") << "that was for the form";
    model.person = {PersonState::signed_in, "mary", {}, "the role auditor is not for seeing names"};
    EXPECT_EQ(head(), "mary · no names for this role");
    model.person.refused.clear();
    EXPECT_EQ(head(), "mary");
}

TEST(StandingPage, OfTierNothingButCountsIsTheFlowPageAndSaysNothingOfWhatIsOverdue) {
    Model model;
    model.tier = 0;
    model.complete = true;
    model.link.phase = LinkPhase::following;
    model.link.heard_steady_ms = 0;
    auto const text = text_of(make_page(model, link_state(model.link, 0), Instant{}, {}));
    EXPECT_EQ(text.find("Flow"), 0u) << text;
    EXPECT_NE(text.find("Counts only"), std::string::npos) << text;
    EXPECT_EQ(text.find("0 people"), std::string::npos) << text;
    EXPECT_EQ(text.find("Nothing overdue"), std::string::npos) << text;
}

}  // namespace
}  // namespace washup::board
