#include "board/model/text.hpp"

#include <gtest/gtest.h>

#include "tests/support/board_models.hpp"

namespace washup::board {
namespace {

using tests::board_now;

Moment minute_of(unsigned day, int hour, int minute) {
    return {london_time(make_date(2026, 11, day), hour, minute), Precision::minute};
}
Moment date_of(unsigned day, unsigned month = 11) {
    return {london_midnight(make_date(2026, month, day)), Precision::date};
}

TEST(DueWords, TakeADateAloneAsFiveInTheAfternoon) {
    EXPECT_EQ(deadline_instant(date_of(23)), london_time(make_date(2026, 11, 23), 17, 0));
    EXPECT_EQ(due_words(date_of(23), board_now()).words, "today");
    Instant const evening = london_time(make_date(2026, 11, 23), 17, 0);
    EXPECT_EQ(due_words(date_of(23), evening).kind, DueKind::overdue);
    EXPECT_EQ(due_words(date_of(23), evening - milliseconds(1)).kind, DueKind::today);
}

TEST(DueWords, CountLatenessInLondonDates) {
    EXPECT_EQ(due_words(date_of(21), board_now()).words, "2 d late");
    EXPECT_EQ(due_words(minute_of(22, 23, 59), board_now()).words, "1 d late");
    EXPECT_EQ(due_words(minute_of(23, 6, 0), board_now()).words, "3 h late");
    EXPECT_EQ(due_words(minute_of(23, 9, 0), board_now()).words, "14 min late");
}

TEST(DueWords, SayTheTimeTodayTheWeekdayThisWeekAndTheDateAfterwards) {
    EXPECT_EQ(due_words(minute_of(23, 14, 0), board_now()).words, "14:00");
    EXPECT_EQ(due_words(date_of(24), board_now()).words, "Tue");
    EXPECT_EQ(due_words(date_of(29), board_now()).words, "Sun");
    // The same weekday a week on would read as today.
    EXPECT_EQ(due_words(date_of(30), board_now()).words, "30 Nov");
    EXPECT_EQ(due_words(date_of(4, 12), board_now()).words, "4 Dec");
}

TEST(DueWords, HoldOverTheNightTheClocksGoBack) {
    Instant const sunday = london_time(make_date(2026, 10, 25), 12, 0);
    Moment const saturday{london_midnight(make_date(2026, 10, 24)), Precision::date};
    EXPECT_EQ(due_words(saturday, sunday).words, "1 d late");
}

TEST(Words, SayNamesAsPeopleSayThem) {
    EXPECT_EQ(name_words("ASHDOWN, Edith Mary"), "Edith Ashdown");
    EXPECT_EQ(name_words("LLEWELLYN-JONES, GWEN"), "Gwen Llewellyn-Jones");
    EXPECT_EQ(name_words("O'BRIEN, Max"), "Max O'Brien");
    EXPECT_EQ(name_words("McKay, Ann"), "Ann McKay");
    EXPECT_EQ(name_words("SÁNCHEZ, SIOBHÁN"), "Siobhán Sánchez");
    EXPECT_EQ(name_words("ÖZDEMİR, ÅSE"), "Åse Özdemİr");  // a letter without one small form stays
    EXPECT_EQ(name_words("ŁUKASIŃSKI, STANISŁAW"), "Stanisław Łukasiński");
    EXPECT_EQ(name_words("DVOŘÁK, ŽOFIE"), "Žofie Dvořák");
    EXPECT_EQ(name_words("ASHDOWN"), "Ashdown");
    EXPECT_EQ(name_words(""), "");
}

TEST(Words, SayInitialsWithTheirPointsOrThatTheyAreUnknown) {
    Stay stay = tests::a_stay("1", "EA", "Ford", "C1");
    EXPECT_EQ(initials_words(stay), "E. A.");
    stay.initials = "E A";
    EXPECT_EQ(initials_words(stay), "E. A.");
    stay.initials = "ŴS";
    EXPECT_EQ(initials_words(stay), "Ŵ. S.");
    stay.initials = "";
    EXPECT_EQ(initials_words(stay), "?");
}

TEST(Words, NeverSayANameBelowTierTwo) {
    Stay stay = tests::a_stay("1", "EA", "Ford", "C1");
    stay.name = tests::known("ASHDOWN, Edith");
    EXPECT_EQ(person_words(stay, 1), "E. A.");
    EXPECT_EQ(person_words(stay, 2), "Edith Ashdown");
}

TEST(Words, SayBothOutcomesOrWhatIsNotKnown) {
    Model const model = tests::empty_board();
    auto const pair = [&](std::uint32_t ideal, std::uint32_t expected) {
        Stay stay = tests::a_stay("1", "EA", "Ford", "C1");
        tests::set_outcomes(stay, ideal, expected);
        return outcome_pair_words(model, stay);
    };
    EXPECT_EQ(pair(1, 8), "home → long bed");
    EXPECT_EQ(pair(2, 6), "home → short bed");
    EXPECT_EQ(pair(3, 3), "on track");
    EXPECT_EQ(pair(3, 1), "on track");  // better than the ideal
    EXPECT_EQ(pair(1, 4), "home, 3 steps");
    EXPECT_EQ(pair(1, 2), "home, 1 step");
    EXPECT_EQ(pair(0, 8), "unknown → long bed");
    EXPECT_EQ(pair(1, 0), "home → unknown");
    EXPECT_EQ(pair(0, 0), "unknown");
}

TEST(Words, SayAtLeastWhenAnOutcomeIsKnownToItsBandOnly) {
    Model const model = tests::empty_board();
    Stay stay = tests::a_stay("1", "EA", "Ford", "C1");
    tests::set_outcomes(stay, 5, 8);
    stay.expected_outcome = tests::known("long_bed");
    stay.gap.at_least = true;
    EXPECT_EQ(outcome_pair_words(model, stay), "at least 3 steps");
    EXPECT_EQ(outcome_words(model, stay.expected_outcome), "long bed");
}

TEST(Words, SayADestinationOffTheLadderWithoutAGap) {
    Model const model = tests::empty_board();
    Stay stay = tests::a_stay("1", "EA", "Ford", "C1");
    stay.expected_outcome = tests::known("end_of_life");
    stay.gap.off_ladder = true;
    EXPECT_EQ(outcome_pair_words(model, stay), "end of life");
}

TEST(Words, ShowACodeTheyDoNotKnowAsItIs) {
    EXPECT_EQ(holder_words("social_care"), "social care");
    EXPECT_EQ(holder_words("fire_brigade"), "fire brigade");
    EXPECT_EQ(holder_words(""), "unattributed");
}

}  // namespace
}  // namespace washup::board
