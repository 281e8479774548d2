#include "daemon/core/vocabulary.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "daemon/settings/settings.hpp"
#include "proto/base/fold.hpp"

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

TEST(MatchReason, KeepsToTheDatesOnWhichAReasonIsInForce) {
    auto const words = reason("HP6").label;
    EXPECT_TRUE(match_reason(shipped(), words));
    EXPECT_TRUE(match_reason(shipped(), words, make_date(2024, 5, 27)));
    EXPECT_FALSE(match_reason(shipped(), words, make_date(2024, 5, 26)));
    EXPECT_FALSE(match_reason(shipped(), "HP6", make_date(2024, 5, 26)));
    EXPECT_TRUE(match_reason(shipped(), "night_sitting", make_date(2020, 1, 1)));  // the site's own
}

CodeList const& list(std::string const& code) {
    for (auto const& candidate : shipped().code_lists) {
        if (candidate.code == code) return candidate;
    }
    ADD_FAILURE() << code;
    static CodeList const none;
    return none;
}

TEST(CodeLists, AreShippedWholeAndWithTheirDates) {
    EXPECT_EQ(list("dtoc").entries.size(), 11u);
    EXPECT_EQ(list("acute_2021").entries.size(), 18u);
    EXPECT_EQ(list("mental_health").entries.size(), 38u);
    EXPECT_EQ(list("mental_health_attribution").entries.size(), 4u);
    EXPECT_EQ(list("acute_2021").in_force.until, make_date(2024, 5, 26));
    for (auto const& each : shipped().code_lists) {
        for (auto const& entry : each.entries) {
            for (auto const& code : entry.reasons) EXPECT_TRUE(reason(code).parent.empty());
        }
    }
}

TEST(CodeLists, KnowEveryLabelOfTheirsThroughTheByteTraps) {
    for (auto const& each : shipped().code_lists) {
        for (auto const& entry : each.entries) {
            for (auto const& written :
                 {entry.label, replaced(entry.label, " ", "\u00A0"),
                  replaced(entry.label, "-", "\u2013"), replaced(entry.label, "/", " / "),
                  each.code + " " + entry.code}) {
                auto const all = meanings(shipped(), written);
                EXPECT_TRUE(std::any_of(all.begin(), all.end(), [&](auto const& meaning) {
                    return meaning.kind == each.code && meaning.code == entry.code;
                })) << written;
            }
        }
    }
}

// domain.md 3.15; a code that stands in no list of old ones has no way to it.
TEST(CodeLists, LeadFromTheOldCodesToTodays) {
    using testing::ElementsAre;
    EXPECT_THAT(crosswalk(shipped(), "Awaiting care package in own home"),
                ElementsAre("CP3", "CP4", "CP8", "IF3", "IF4"));
    EXPECT_THAT(crosswalk(shipped(), "awaiting public funding"), ElementsAre("TH3"));
    EXPECT_TRUE(crosswalk(shipped(), "E").empty());
    EXPECT_TRUE(crosswalk(shipped(), "the weather").empty());
    auto const today = make_date(2026, 11, 22);
    EXPECT_EQ(map_reason(shipped(), "Awaiting public funding", today), (ReasonMatch{"TH3", {}}));
    EXPECT_FALSE(map_reason(shipped(), "Awaiting care package in own home", today));
}

TEST(Destinations, AreTheEightPublishedOnesOnTheirPathways) {
    ASSERT_EQ(shipped().destinations.size(), 8u);
    std::string pathways;
    for (auto const& each : shipped().destinations) {
        pathways += each.pathway;
        for (auto const& written : {each.label, each.code, replaced(each.label, " ", "\u00A0"),
                                    replaced(each.label, "\u2019", "'")}) {
            auto const* const found = match_destination(shipped(), written);
            ASSERT_NE(found, nullptr) << written;
            EXPECT_EQ(found->code, each.code);
        }
        for (auto const& outcome : each.outcomes) EXPECT_TRUE(match_outcome(shipped(), outcome));
    }
    EXPECT_EQ(pathways, "P0P0P1P1P1P2P3P3");
    EXPECT_EQ(match_destination(shipped(), "Pathway 4: the moon"), nullptr);
    EXPECT_EQ(match_destination(shipped(), ""), nullptr);
}

// Every step of the ladder on which somebody leaves is counted somewhere.
TEST(Destinations, TakeEveryStepOfTheLadder) {
    for (auto const& step : shipped().ladder) {
        auto const& all = shipped().destinations;
        EXPECT_TRUE(std::any_of(all.begin(), all.end(), [&](Destination const& destination) {
            auto const& outcomes = destination.outcomes;
            return std::find(outcomes.begin(), outcomes.end(), step.code) != outcomes.end();
        })) << step.code;
    }
}

TEST(Meanings, TellOfEveryListWhatWordsMeanThere) {
    auto const kinds = [](std::string_view text) {
        std::string all;
        for (auto const& meaning : meanings(shipped(), text))
            all += meaning.kind + ':' + meaning.code + ' ';
        return all;
    };
    EXPECT_EQ(kinds("Night sitting"), "local_reason:night_sitting ");
    EXPECT_EQ(kinds("home"), "band:home ");
    EXPECT_EQ(kinds("E"), "dtoc:E ");
    EXPECT_EQ(kinds("07"), "mental_health:07 mental_health_attribution:07 ");
    EXPECT_EQ(kinds("housing"), "holder:housing ");
    EXPECT_EQ(kinds(""), "");
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
