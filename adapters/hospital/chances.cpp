#include "adapters/hospital/chances.hpp"

#include <algorithm>
#include <array>

namespace washup::hospital {
namespace {

using Word = std::string_view;

constexpr int any = 0b1111, p0 = 0b0001, p1 = 0b0010, p2 = 0b0100, p3 = 0b1000;

constexpr std::array<Reason, 37> all_reasons = {{
    {"HP1", 683, any},          {"HP2", 418, any},     {"HP3", 319, any},
    {"HP4", 300, any},          {"HP5", 238, any},     {"HP6", 153, any},
    {"HP7", 31, any},           {"WB1", 170, any},     {"WB2", 144, any},
    {"WB3", 123, any},          {"WB4", 103, any},     {"TH1", 921, any},
    {"TH2", 335, any},          {"TH3", 72, any},      {"IF1", 644, p3},
    {"IF2", 629, p2},           {"IF3", 470, p1},      {"IF4", 407, p1},
    {"IF5", 197, any},          {"IF6", 141, p1 | p3}, {"IF7", 104, any},
    {"IF8", 76, any},           {"IF9", 73, p0 | p1},  {"IF10", 57, any},
    {"IF11", 49, p1},           {"IF12", 23, any},     {"CP1", 859, p2},
    {"CP2", 664, p3},           {"CP3", 575, p1},      {"CP4", 275, p1},
    {"CP5", 206, p1 | p2 | p3}, {"CP6", 148, p1 | p3}, {"CP7", 119, p1},
    {"CP8", 102, p0},           {"CP9", 64, p2},       {"CP10", 55, p1 | p3},
    {"CP11", 53, p0 | p1},
}};

// Of 1000 people waiting on a day, how many are of each pathway: the draws below, weighed by days.
constexpr std::array<int, 4> waiting_permille = {87, 469, 278, 166};
constexpr std::array<std::uint64_t, 4> delay_chance = {40, 680, 790, 880};

// Among those delayed: 4.7, 3.2, 2.3, 2.3, 0.8, 0.9 of 14.2.
struct Band {
    int weight, low, high;
};
constexpr std::array<Band, 6> bands = {
    {{47, 1, 1}, {32, 2, 3}, {23, 4, 6}, {23, 7, 13}, {8, 14, 20}, {9, 21, 55}}};

bool fits(Reason const& reason, int pathway) {
    return (reason.pathways & (1 << pathway)) != 0;
}

// In ten thousandths of the people of one of its pathways: a reason of few pathways is the more
// frequent there.
int specific_weight(Reason const& reason) {
    int reached = 0;
    for (int p = 0; p < 4; ++p) {
        if (fits(reason, p)) reached += waiting_permille[static_cast<std::size_t>(p)];
    }
    return reason.share * 1000 / reached;
}

// What is left for the reasons of every pathway is divided by their shares.
int weight_for(Reason const& reason, int pathway) {
    if (!fits(reason, pathway)) return 0;
    if (reason.pathways != any) return specific_weight(reason);
    int specific = 0, common = 0;
    for (auto const& other : all_reasons) {
        if (other.pathways == any) {
            common += other.share;
        } else if (fits(other, pathway)) {
            specific += specific_weight(other);
        }
    }
    return reason.share * std::max(10'000 - specific, 0) / common;
}

int draw_band_days(Prng& chance) {
    int total = 0;
    for (auto const& band : bands) total += band.weight;
    auto draw = static_cast<int>(chance.below(static_cast<std::uint64_t>(total)));
    for (auto const& band : bands) {
        if (draw < band.weight) return static_cast<int>(chance.between(band.low, band.high));
        draw -= band.weight;
    }
    return 1;
}

template <std::size_t N>
std::string pick(Prng& chance, std::array<Word, N> const& words) {
    return std::string{words[chance.below(N)]};
}

struct LocalWords {
    Word code;
    std::array<Word, 3> words;
};
constexpr std::array<LocalWords, 5> local_words = {{
    {"CP4", {"Night sitting", "Double-handed care", "Live-in care"}},
    {"CP5", {"Awaiting hoist", "Profiling bed", "Telecare"}},
    {"WB1", {"Key safe", "Deep clean", "Accommodation not suitable"}},
    {"IF1", {"Awaiting care home assessment", "", ""}},
    {"WB4", {"Family concern", "Carer's support", ""}},
}};

struct ActionWords {
    Word family;  // the first letters of a code
    std::array<Word, 4> words;
};
constexpr std::array<ActionWords, 7> action_words = {{
    {"HP",
     {"Ask the ward for the decision at board round", "Chase the discharge letter",
      "Book the therapy review for tomorrow morning", "Order medicines to take home"}},
    {"TH",
     {"Confirm the pathway with the hub", "Send the missing part of the referral",
      "Ask the hub who holds the case", "Bring to the funding panel"}},
    {"WB",
     {"Speak with the family about going home", "Arrange the capacity assessment",
      "Visit the home with the therapist", "Agree the safeguarding plan"}},
    {"IF1",
     {"Ring the home about their assessment", "Send the assessment to three homes",
      "Ask the family which homes they have seen", "Agree the start date with the home"}},
    {"IF",
     {"Chase brokerage for a start date", "Ring the provider about the first visit",
      "Agree the care plan with the provider", "Ask for a bridging start"}},
    {"CP5",
     {"Chase the equipment delivery", "Book the hoist training", "Ask the store for another bed",
      "Agree the delivery with the family"}},
    {"CP",
     {"Ask for alternatives to night sitting", "Take to the weekly cycle",
      "Ask the area team for capacity", "Offer the step-down flat"}},
}};

}  // namespace

int draw_pathway(Prng& chance) {
    auto const draw = chance.below(1000);
    return draw < 852 ? 0 : draw < 951 ? 1 : draw < 983 ? 2 : 3;
}

bool draw_delayed(Prng& chance, int pathway) {
    return chance.chance(delay_chance[static_cast<std::size_t>(pathway)]);
}

int draw_delay_days(Prng& chance, int pathway) {
    // The longer of two and the shorter of two, equally often, give the distribution of one.
    auto const one = draw_band_days(chance), other = draw_band_days(chance);
    return pathway == 0 ? std::min(one, other) : pathway == 1 ? one : std::max(one, other);
}

std::span<Reason const> reasons() {
    return all_reasons;
}

Reason const& draw_reason(Prng& chance, int pathway) {
    int total = 0;
    for (auto const& reason : all_reasons) total += weight_for(reason, pathway);
    auto draw = static_cast<int>(chance.below(static_cast<std::uint64_t>(total)));
    for (auto const& reason : all_reasons) {
        auto const weight = weight_for(reason, pathway);
        if (draw < weight) return reason;
        draw -= weight;
    }
    return all_reasons.front();
}

std::string draw_local_reason(Prng& chance, std::string_view code) {
    for (auto const& local : local_words) {
        if (local.code == code) return chance.chance(700) ? pick(chance, local.words) : "";
    }
    return {};
}

std::string draw_action(Prng& chance, std::string_view code) {
    for (auto const& action : action_words) {
        if (code.starts_with(action.family)) return pick(chance, action.words);
    }
    return "Discuss at the next wash-up";
}

Outcomes draw_outcomes(Prng& chance, int pathway, std::string_view residence) {
    bool const in_care = residence == "Residential home" || residence == "Nursing home";
    std::string const before = in_care || residence == "Extra care housing"
                                   ? "Usual residence, care as before"
                                   : "Own home, no care";
    static constexpr std::array<Word, 5> ideal_1{"Home with reablement", "Home with reablement",
                                                 "Home with care", "Own home, no care", "Home"};
    static constexpr std::array<Word, 2> actual_1{"Home with reablement", "Home with care"};
    static constexpr std::array<Word, 5> ideal_2{"Home with reablement", "Home with care",
                                                 "Rehabilitation bed", "Rehabilitation bed",
                                                 "Home"};
    static constexpr std::array<Word, 3> actual_2{"Rehabilitation bed", "Rehabilitation bed",
                                                  "Short-term care home"};
    static constexpr std::array<Word, 5> ideal_3{"Home with care", "Extra care housing",
                                                 "Residential care", "Residential care", "Home"};
    static constexpr std::array<Word, 5> actual_3{
        "Residential care", "Residential care", "Residential care", "Nursing care", "Nursing care"};
    Outcomes out;
    switch (pathway) {
        case 0:
            out = {before, before, before};
            break;
        case 1:
            out = {pick(chance, ideal_1), {}, pick(chance, actual_1)};
            out.expected = chance.chance(150) ? "Short-term care home" : out.actual;
            break;
        case 2:
            out = {pick(chance, ideal_2), {}, pick(chance, actual_2)};
            out.expected = chance.chance(200) ? "Residential care" : out.actual;
            break;
        default:
            out = {pick(chance, ideal_3), {}, pick(chance, actual_3)};
            if (in_care) out = {"Nursing care", {}, "Nursing care"};
            out.expected = out.actual;
            if (chance.chance(40)) out = {"Hospice", "Hospice", "Hospice"};
            break;
    }
    return out;
}

int draw_hours_until_ready(Prng& chance, int pathway) {
    switch (pathway) {
        case 0: {
            auto const draw = chance.below(100);
            if (draw < 58) return static_cast<int>(chance.between(7, 44));
            if (draw < 92) return static_cast<int>(chance.between(44, 110));
            return static_cast<int>(chance.between(110, 264));
        }
        case 1:
            return static_cast<int>(chance.between(80, 300));
        case 2:
            return static_cast<int>(chance.between(130, 390));
        default:
            return static_cast<int>(chance.between(170, 480));
    }
}

}  // namespace washup::hospital
