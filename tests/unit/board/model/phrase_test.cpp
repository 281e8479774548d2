#include "board/model/phrase.hpp"

#include <gtest/gtest.h>

#include "tests/support/board_models.hpp"

namespace washup::board {
namespace {

// A typeface in which every octet is one wide.
float count(std::string_view text) {
    return static_cast<float>(text.size());
}

TEST(Phrase, TakesTheLongestFormThatFits) {
    Phrase const phrase = Phrase::of("Edith Ashdown", "E. Ashdown", "E. A.");
    EXPECT_EQ(fit(phrase, 13, count), "Edith Ashdown");
    EXPECT_EQ(fit(phrase, 12, count), "E. Ashdown");
    EXPECT_EQ(fit(phrase, 9, count), "E. A.");
}

TEST(Phrase, LosesWholeWordsWhenNoFormFits) {
    Phrase const phrase("Ask the area manager");
    EXPECT_EQ(fit(phrase, 16, count), "Ask the area…");
    EXPECT_EQ(fit(phrase, 8, count), "Ask…");
    EXPECT_EQ(fit(phrase, 1, count), "Ask…");  // the first word always stays
    EXPECT_EQ(fit(Phrase("Indivisible"), 3, count), "Indivisible");
    EXPECT_EQ(fit(Phrase{}, 3, count), "");
}

TEST(Phrase, ShortensANameToItsInitials) {
    Stay stay = tests::a_stay("1", "GL", "Ford", "C1");
    stay.name = tests::known("LLEWELLYN-FITZGERALD, Gwen");
    EXPECT_EQ(name_forms(stay, 2).forms,
              (std::vector<std::string>{"Gwen Llewellyn-Fitzgerald", "G. Llewellyn-Fitzgerald",
                                        "G. Llewellyn-F.", "Llewellyn-F.", "G. L."}));
    EXPECT_EQ(name_forms(stay, 1).forms, std::vector<std::string>{"G. L."});
}

TEST(Phrase, LeavesANameWithoutACommaWhole) {
    Stay stay = tests::a_stay("1", "SA", "Ford", "C1");
    stay.name = tests::known("Sim Adult");
    EXPECT_EQ(name_forms(stay, 3).forms, (std::vector<std::string>{"Sim Adult", "S. A."}));
}

TEST(Phrase, ShortensAWardByItsInitialsAndKeepsTheBed) {
    Stay stay = tests::a_stay("1", "GL", "Cardiothoracic High Dependency Unit 4B", "Bay 12 Bed 3");
    EXPECT_EQ(fit(place_forms(stay), 60, count),
              "Cardiothoracic High Dependency Unit 4B Bay 12 Bed 3");
    EXPECT_EQ(fit(place_forms(stay), 14, count), "CHDU 4B 12/3");
    stay.ward.value = "Stroke Unit";
    stay.bed.value = "Bed 2";
    EXPECT_EQ(fit(place_forms(stay), 14, count), "Stroke Unit 2");
    stay.ward.value = "Ward 7";
    EXPECT_EQ(fit(place_forms(stay), 11, count), "Ward 7 · 2");
    stay.ward.value = "Sandwich";
    stay.bed.value = "22";
    EXPECT_EQ(fit(place_forms(stay), 10, count), "Sandw. 22");
}

TEST(Phrase, CallsAWardAsItsSiteDoes) {
    Stay stay = tests::a_stay("1", "GL", "FORD", "C1");
    stay.ward_words = "Ford";
    EXPECT_EQ(place_forms(stay).words(), "Ford C1");
}

TEST(Phrase, ShortensWhatIsToBeDoneToItsVerbAndItsThing) {
    auto const forms = text_forms("Agree the start date with the home").forms;
    EXPECT_EQ(forms, (std::vector<std::string>{"Agree the start date with the home",
                                               "Agree start date with home", "Agree start date"}));
    EXPECT_EQ(text_forms("Bring to panel").forms, std::vector<std::string>{"Bring to panel"});
    EXPECT_EQ(text_forms("Needs and pathway").forms,
              (std::vector<std::string>{"Needs and pathway", "Needs, pathway", "Needs"}));
}

TEST(Phrase, SaysTheThingWithoutItsVerbWhenNothingElseFits) {
    EXPECT_EQ(fit(action_forms("Take to the weekly cycle"), 13, count), "Weekly cycle");
    EXPECT_EQ(fit(action_forms("Ask the area manager for two night sits"), 12, count),
              "Area manager");
    EXPECT_EQ(fit(action_forms("Bring to the funding panel"), 14, count), "Funding panel");
    EXPECT_EQ(action_forms("Hoist").forms, (std::vector<std::string>{"Hoist"}));
}

TEST(Phrase, SaysTheFamilysNameBeforeItFallsBackToInitials) {
    Stay stay = tests::a_stay("1", "RS", "Ford", "C1");
    stay.name = tests::known("SUBRAMANIAM, Rosalind");
    EXPECT_EQ(fit(name_forms(stay, 3), 14, count), "R. Subramaniam");
    EXPECT_EQ(fit(name_forms(stay, 3), 12, count), "Subramaniam");
    EXPECT_EQ(fit(name_forms(stay, 3), 6, count), "R. S.");
    EXPECT_EQ(fit(name_forms(stay, 1), 14, count), "R. S.");
}

TEST(Phrase, SaysThatAWardIsUnknown) {
    Stay stay = tests::a_stay("1", "GL", "Ford", "C1");
    stay.ward = {};
    EXPECT_EQ(place_forms(stay).words(), "ward unknown");
}

TEST(Phrase, ShortensOutcomesWithoutLosingWhichIsWhich) {
    Model const model = tests::empty_board();
    Stay stay = tests::a_stay("1", "GL", "Ford", "C1");
    tests::set_outcomes(stay, 1, 8);
    EXPECT_EQ(outcome_forms(model, stay, false).forms,
              (std::vector<std::string>{"home → long bed", "home → long"}));
    EXPECT_EQ(outcome_forms(model, stay, true).forms.back(), "doubtful");
    tests::set_outcomes(stay, 6, 8);
    EXPECT_EQ(outcome_forms(model, stay, false).forms.back(), "short → long");
}

TEST(Phrase, ShortensWhatSomebodyWaitsForToItsThingThenItsTheme) {
    EXPECT_EQ(waiting_forms("Arrange home care", "home care, reablement").forms,
              (std::vector<std::string>{"Arrange home care", "Home care"}));
    EXPECT_EQ(waiting_forms("No care home yet", "care-home place").forms,
              (std::vector<std::string>{"No care home yet", "Care home"}));
    EXPECT_EQ(waiting_forms("Mental capacity", "capacity, safeguarding").forms,
              (std::vector<std::string>{"Mental capacity", "Capacity"}));
}

TEST(Phrase, ShortensRolesAsHospitalsDo) {
    EXPECT_EQ(role_forms("Community occupational therapist").forms.back(), "Comm. OT");
    EXPECT_EQ(role_forms("Social worker").forms, (std::vector<std::string>{"Social worker", "SW"}));
}

TEST(Phrase, LeavesOutOfARoleWhatGoesWithoutSaying) {
    EXPECT_EQ(role_forms("brokerage officer").forms.back(), "Brokerage");
    EXPECT_EQ(role_forms("senior social worker").forms[1], "Senior SW");
}

TEST(Phrase, DropsTheTailFirst) {
    EXPECT_EQ(
        with_tail(Phrase::of("social care 6 d", "social care"), {" · +1 more", " · +1"}).forms,
        (std::vector<std::string>{"social care 6 d · +1 more", "social care 6 d · +1",
                                  "social care · +1 more", "social care · +1", "social care 6 d",
                                  "social care"}));
}

}  // namespace
}  // namespace washup::board
