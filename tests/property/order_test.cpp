// The order of arrival does not matter, and what is said twice is said once (product.md section 3,
// "Late and repeated facts").

#include "daemon/core/reading.hpp"
#include "tests/property/properties.hpp"
#include "tests/support/core/ward.hpp"

namespace washup::tests {
namespace {

using core::Field;

char const* const wards[] = {"FORD", "KENT", "DOVER"};

std::string hour(int h) {
    auto const when = at("2026-11-02T08:00").at + hours(h);
    return to_rfc3339(when);
}

// One visit, each message at a time of its own. Cancels name a place where the person was or not.
std::vector<Message> a_story(Prng& chance) {
    std::vector<Message> story;
    auto const count = static_cast<int>(chance.between(2, 7));
    for (int i = 0; i < count; ++i) {
        auto const when = hour(i);
        auto const* ward = wards[chance.below(3)];
        switch (chance.below(7)) {
            case 0:
                story.push_back(a01("V1", "M1", when, ward));
                break;
            case 1:
            case 2:
                story.push_back(a02("V1", "M1", when, ward));
                break;
            case 3:
                story.push_back(a03("V1", "M1", when));
                break;
            case 4: {  // the person is elsewhere than where the cancel takes them from
                auto const* really = ward == wards[0] ? wards[1] : wards[0];
                story.push_back(a12("V1", "M1", when, really, ward));
                break;
            }
            case 5:
                story.push_back(a13("V1", "M1", when));
                break;
            default:
                story.push_back(a08("V1", "M1", when)
                                    .time(Field::expected_discharge,
                                          chance.chance(500) ? "2026-11-09" : "2026-11-10")
                                    .code(Field::pathway, chance.chance(500) ? "P1" : "P2"));
        }
    }
    return story;
}

// Everything a row would say of the stay, but when it was heard of.
std::string picture(Ward const& ward) {
    auto const* stay = ward.stay("V1");
    if (stay == nullptr) return "no stay";
    std::string words = stay->inferred ? "inferred " : "admitted ";
    for (auto const field : {Field::location, Field::admitted_at, Field::expected_discharge,
                             Field::pathway, Field::ending}) {
        auto const current = core::read(ward.state(), *stay, field);
        words += std::string{"\n"} + core::name_of(field) + ": ";
        if (!current.known()) continue;
        auto const& fact = *current.fact;
        words += fact.value.code + " ";
        if (fact.value.moment) words += to_text(*fact.value.moment);
        if (fact.value.location) words += fact.value.location->ward;
        words += " since " + to_text(fact.times.occurred);
    }
    // And where the person was all the way: bed days of the past belong to that ward.
    for (int h = 0; h < 8; ++h) {
        auto const when = at("2026-11-02T08:30").at + hours(h);
        words +=
            "\n" + std::to_string(h) + ": " + core::location_at(ward.state(), *stay, when).ward;
    }
    return words;
}

std::string told(std::vector<Message> const& story) {
    Ward ward;
    ward.wait_until("2026-11-05T08:00");
    for (auto const& message : story) ward.receive(message);
    return picture(ward);
}

std::string words_of(std::vector<Message> const& story) {
    std::string words;
    for (auto const& message : story) {
        words += message.observation.trigger + "@" +
                 to_text(message.observation.times.occurred).substr(11, 5) + " ";
    }
    return words;
}

void shuffle(std::vector<Message>& story, Prng& chance) {
    for (std::size_t i = story.size(); i > 1; --i) std::swap(story[i - 1], story[chance.below(i)]);
}

TEST(Order, AnyPermutationOfAStoryEndsInTheSamePicture) {
    hold("the order of arrival does not matter", [](std::uint64_t seed) {
        Prng chance{seed};
        auto story = a_story(chance);
        auto const in_order = told(story);
        for (int i = 0; i < 10; ++i) {
            shuffle(story, chance);
            auto const shuffled = told(story);
            RC_LOG() << words_of(story) << '\n' << shuffled << "\nin order:\n" << in_order;
            RC_ASSERT(shuffled == in_order);
        }
    });
}

TEST(Order, WhatIsSaidTwiceChangesNothing) {
    hold("duplicates change nothing", [](std::uint64_t seed) {
        Prng chance{seed};
        auto story = a_story(chance);
        auto const once = told(story);
        auto const count = story.size();
        for (std::size_t i = 0; i < count; ++i) {
            if (chance.chance(600)) story.push_back(story[i]);
        }
        auto const at_the_end = told(story);
        RC_LOG() << words_of(story) << '\n' << at_the_end << "\nonce:\n" << once;
        RC_ASSERT(at_the_end == once);
        shuffle(story, chance);
        RC_ASSERT(told(story) == once);
    });
}

}  // namespace
}  // namespace washup::tests
