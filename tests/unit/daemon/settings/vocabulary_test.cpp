#include "daemon/core/vocabulary.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/settings/settings.hpp"

namespace washup::core {
namespace {

// The shipped vocabulary, read from where a site finds it.
Config const& shipped() {
    static Config const config = [] {
        config::Faults faults;
        auto settings = settings::load_settings(WASHUP_SOURCE_DIR "/config/site/demo.toml", faults);
        for (auto const& fault : faults.list()) ADD_FAILURE() << config::to_text(fault);
        return settings ? settings->config : Config{};
    }();
    return config;
}

ReasonConfig const& reason(std::string const& code) {
    for (auto const& candidate : shipped().reasons) {
        if (candidate.code == code) return candidate;
    }
    ADD_FAILURE() << code;
    static ReasonConfig const none;
    return none;
}

std::string national(std::string_view text) {
    auto const match = match_reason(shipped(), text);
    return match ? match->reason + (match->local_reason.empty() ? "" : "/" + match->local_reason)
                 : "none";
}

TEST(Fold, TakesDashesBlanksCapitalsQuotesAndAccentsAway) {
    EXPECT_EQ(fold("Capacity \u2013 Equipment"), "capacity equipment");
    EXPECT_EQ(fold("Capacity\u2013Equipment"), "capacity equipment");
    EXPECT_EQ(fold("  Home\u2011based\t\tcare \n"), "home based care");
    EXPECT_EQ(fold("night_sitting"), "night sitting");
    EXPECT_EQ(fold("Patient /family / carer"), "patient/family/carer");
    EXPECT_EQ(fold("Patient\u2019s \u201Cplan\u201D"), "patient's \"plan\"");
    EXPECT_EQ(fold("Caf\u00E9 CAFE\u0301"), "cafe cafe");
    EXPECT_EQ(fold("T&O & A&E"), "t and o and a and e");
    EXPECT_EQ(fold("\uFF28\uFF30\uFF11"), "hp1");
    EXPECT_EQ(fold("a\uFF3Fb\uFF06c\uFF0D\uFF0Fd"), "a b and c/d");
    EXPECT_EQ(fold("a/&b"), "a/and b");
    EXPECT_EQ(fold(""), "");
    EXPECT_EQ(fold(" \u2013 "), "");
}

TEST(Fold, FoldsEveryDashAndBlankOfUnicodeTheSame) {
    for (auto const* dash :
         {"-", "\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2015", "\u2212"})
        EXPECT_EQ(fold(std::string("a") + dash + "b"), "a b") << dash;
    for (auto const* blank :
         {" ", "\u00A0", "\u202F", "\u2007", "\u2009", "\u3000", "\t", "\u2003"})
        EXPECT_EQ(fold(std::string("a") + blank + "b"), "a b") << blank;
    for (auto const* nothing : {"\u200B", "\uFEFF", "\u00AD", "\u2060"})
        EXPECT_EQ(fold(std::string("a") + nothing + "b"), "ab");
}

TEST(Fold, ReadsOctetsThatAreNoUtf8AsWindows1252) {
    EXPECT_EQ(fold("Capacity \x96 Equipment"), "capacity equipment");
    EXPECT_EQ(fold("Capacity\xA0\x96 Equipment"), "capacity equipment");
    EXPECT_EQ(fold("Patient\x92s"), "patient's");
    EXPECT_EQ(fold("caf\xE9"), "cafe");
    EXPECT_EQ(fold("cut \xE2\x80"), "cut a\u0080");  // a cut-off sequence is octets, too
}

TEST(MatchReason, FindsEveryShippedReasonByEverySpellingOfIt) {
    ASSERT_EQ(shipped().reasons.size(), 51u);
    for (auto const& each : shipped().reasons) {
        auto const wanted = each.parent.empty() ? each.code : each.parent + "/" + each.code;
        EXPECT_EQ(national(each.code), wanted);
        EXPECT_EQ(national(each.label), wanted);
        EXPECT_EQ(national(each.words), wanted);
        for (auto const& alias : each.aliases) EXPECT_EQ(national(alias), wanted) << alias;
        for (auto const& spelling : spellings(each))
            EXPECT_EQ(national(spelling), wanted) << spelling;
    }
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
    return text;
}

TEST(MatchReason, FindsEveryPublishedLabelThroughItsByteTraps) {
    for (auto const& each : shipped().reasons) {
        if (!each.parent.empty()) continue;
        auto const& label = each.label;
        ASSERT_NE(label.find(" – "), std::string::npos) << label;
        for (auto const* dash :
             {"- ", " - ", "\u00A0– ", " –\u00A0", "– ", "–", " \x96 ", "\xA0\x96 "})
            EXPECT_EQ(national(replaced(label, " – ", dash)), each.code) << label << dash;
        EXPECT_EQ(national(replaced(label, " ", "\u00A0")), each.code) << label;
        EXPECT_EQ(national(replaced(label, " ", "\u202F")), each.code) << label;
        EXPECT_EQ(national(replaced(label, " ", "  ")), each.code) << label;
        EXPECT_EQ(national(replaced(label, "/", " /")), each.code) << label;
        EXPECT_EQ(national(replaced(label, "-", " ")), each.code) << label;
        EXPECT_EQ(national(" " + label + "\r\n"), each.code) << label;
        std::string upper = label;
        for (auto& c : upper) c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c);
        EXPECT_EQ(national(upper), each.code) << label;
    }
}

// The published file itself writes these so.
TEST(MatchReason, FindsThePublishedBytes) {
    EXPECT_EQ(
        national("Hospital process - Awaiting medical review of need for supported discharge"),
        "HP3");
    EXPECT_EQ(national("Wellbeing concerns - Issues with discharge destination readiness"), "WB1");
    EXPECT_EQ(
        national("Care transfer hub process– Awaiting necessary referrals by care transfer hub"),
        "TH2");
    EXPECT_EQ(national("Wellbeing concerns –\u00A0Patient /family/carer concerns over discharge "
                       "readiness"),
              "WB4");
    EXPECT_EQ(national("Interface process\u00A0–\u00A0End of life care inc Fast-Track CHC\u202F"
                       "arrangement still underway (Pathway 1 or 3)"),
              "IF6");
    EXPECT_EQ(
        national("Interface process – Home based rehabilitation, reablement or recovery service "
                 "arrangements still underway (Pathway 1)"),
        "IF4");
    EXPECT_EQ(
        national("Capacity –\u00A0Home-based rehabilitation,\u00A0reablement or recovery services "
                 "not yet available (Pathway 1)"),
        "CP3");
}

TEST(MatchReason, TellsTheLocalReasonAndItsParent) {
    auto const match = match_reason(shipped(), "Night sitting service not available");
    ASSERT_TRUE(match);
    EXPECT_EQ(*match, (ReasonMatch{"CP4", "night_sitting"}));
}

TEST(MatchReason, RefusesWhatNobodyConfigured) {
    for (auto const* text : {"", " ", "-", "CP12", "the weather", "Capacity"})
        EXPECT_EQ(national(text), "none") << text;
}

TEST(MatchOutcome, TakesStepsAndBandsInTheirSpellings) {
    auto const outcome = [](std::string_view text) {
        return match_outcome(shipped(), text).value_or("none");
    };
    for (auto const& step : shipped().ladder) {
        EXPECT_EQ(outcome(step.code), step.code);
        EXPECT_EQ(outcome(step.words), step.code);
        EXPECT_EQ(outcome(step.short_words), step.code);
    }
    EXPECT_EQ(outcome("Home"), "home");
    EXPECT_EQ(outcome("short_bed"), "short_bed");
    EXPECT_EQ(outcome("Long term residential care"), "residential");
    EXPECT_EQ(outcome("Own Home Without Care"), "own_home");
    EXPECT_EQ(outcome("off_ladder"), "none");
    EXPECT_EQ(outcome(""), "none");
    EXPECT_EQ(outcome("prison"), "none");
}

TEST(MatchHolder, TakesTheConfiguredHoldersInTheirSpellings) {
    EXPECT_EQ(match_holder(shipped(), "NHS"), "nhs");
    EXPECT_EQ(match_holder(shipped(), "Social Care"), "social_care");
    EXPECT_EQ(match_holder(shipped(), "disputed"), "disputed");
    EXPECT_FALSE(match_holder(shipped(), ""));
    EXPECT_FALSE(match_holder(shipped(), "somebody"));
}

// product.md section 5 gives themes and default holders; every one is here and no other.
TEST(ShippedReasons, HaveTheThemesAndHoldersOfTheProduct) {
    struct Group {
        char const* of;
        std::vector<std::string> codes;
    };
    std::vector<Group> const themes{
        {"home_care", {"IF3", "IF4", "IF7", "IF11", "CP3", "CP4", "CP7", "CP8"}},
        {"care_home", {"IF1", "CP2"}},
        {"rehab_bed", {"IF2", "CP1", "CP9"}},
        {"assessment", {"HP1", "TH1"}},
        {"hub", {"HP2", "TH2"}},
        {"equipment", {"CP5", "CP10"}},
        {"choice", {"IF8", "WB4"}},
        {"housing", {"IF9", "IF12", "CP11", "WB1"}},
        {"ward", {"HP3", "HP4", "HP5", "HP6", "HP7"}},
        {"capacity_safeguarding", {"WB2", "WB3"}},
        {"funding", {"TH3", "IF5", "IF10"}},
        {"end_of_life", {"IF6", "CP6"}}};
    std::vector<Group> const holders{
        {"nhs",
         {"HP1", "HP2", "HP3", "HP4", "HP5", "HP6", "HP7", "IF2", "IF6", "IF11", "CP1", "CP6",
          "CP7", "CP9"}},
        {"social_care", {"IF1", "IF3", "IF5", "IF7", "CP2", "CP4", "CP8"}},
        {"both", {"TH1", "TH2", "TH3", "WB2", "WB3", "IF4", "CP3", "CP5"}},
        {"housing", {"IF9", "IF12", "CP10", "CP11", "WB1"}},
        {"choice", {"IF8", "WB4"}},
        {"provider", {"IF10"}}};
    std::size_t in_themes = 0, held = 0;
    for (auto const& [theme, codes] : themes) {
        for (auto const& code : codes) EXPECT_EQ(reason(code).theme, theme) << code;
        in_themes += codes.size();
    }
    for (auto const& [holder, codes] : holders) {
        for (auto const& code : codes) EXPECT_EQ(reason(code).holder, holder) << code;
        held += codes.size();
    }
    EXPECT_EQ(in_themes, 37u);
    EXPECT_EQ(held, 37u);
    EXPECT_EQ(reason("night_sitting").theme, "night_sitting");
    EXPECT_EQ(reason("night_sitting").holder, "social_care");  // of its parent
}

TEST(ShippedReasons, HideWhatIsSensitiveAndBlameNobody) {
    for (auto const* code : {"WB2", "WB3", "IF9", "IF12"})
        EXPECT_TRUE(reason(code).sensitive) << code;
    for (auto const& each : shipped().reasons) {
        EXPECT_LE(each.words.size(), 18u) << each.words;
        for (auto const* blame : {"fault", "family", "blame", "refus", "fail"})
            EXPECT_EQ(fold(each.words).find(blame), std::string::npos) << each.words;
    }
}

}  // namespace
}  // namespace washup::core
