#include "board/ctl/table.hpp"

#include <gtest/gtest.h>

#include "board/ctl/text_views.hpp"
#include "tests/unit/board/ctl/sample_model.hpp"

namespace washup::board::ctl {
namespace {

TEST(Table, AlignsWordsLeftAndNumbersRight) {
    Table table({{"NAME", false, 0}, {"DAYS", true, 0}});
    table.add({"Ford", "7"});
    table.add({"Deal Ward", "112"});
    EXPECT_EQ(table.text(),
              "NAME       DAYS\n"
              "Ford          7\n"
              "Deal Ward   112\n");
}

TEST(Table, CountsCharactersNotOctets) {
    Table table({{"A", false, 0}, {"B", false, 0}});
    table.add({"é→", "x"});
    EXPECT_EQ(table.text(), "A   B\né→  x\n");
}

TEST(Table, SaysHowManyCellsItCutAtWidthMax) {
    Table table({{.head = "A", .width_max = 5}});
    table.add({"12345"});
    table.add({"123456"});
    EXPECT_EQ(table.text(),
              "A\n"
              "12345\n"
              "1234…\n"
              "(1 cell cut at …; --wide shows everything)\n");
    EXPECT_EQ(table.text(true), "A\n12345\n123456\n");
}

TEST(Table, KeepsARowOnItsLine) {
    Table table({{"A", false, 0}});
    table.add({"one\ntwo\tthree"});
    EXPECT_EQ(table.text(), "A\none two three\n");
    EXPECT_DEATH(table.add({"one", "too many"}), "cell for each column");
}

TEST(StaysText, ShowsTheRowOfTheWashUp) {
    auto const model = sample_model();
    auto const text = stays_text(model, model.link.daemon_time, {}, true, false);
    for (char const* part : {"RXX:900123", "Edith Ashdown", "Ford C1", "11", "Night sitting",
                             "K. Finch", "3 d late", "1 stay"}) {
        EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
    }
    EXPECT_EQ(text.find("900124"), std::string::npos);
}

TEST(StayText, ShowsFieldsBlockersActionsAndHistory) {
    auto const model = sample_model();
    HistoryLine line;
    line.what = "discharge ready";
    line.value = "2025-11-12";
    line.source = "ward";
    line.record = 12;
    line.note = "late";
    auto const text = stay_text(model, model.stays.at("17"), {line}, model.link.daemon_time, false);
    for (char const* part : {"discharge ready", "holds the clock", "K. Finch", "late", "team"}) {
        EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
    }
    auto const gone = stay_text(model, model.stays.at("18"), {}, model.link.daemon_time, false);
    EXPECT_NE(gone.find("discharged, 2025-11-22T10:30:00+00:00"), std::string::npos) << gone;
}

}  // namespace
}  // namespace washup::board::ctl
