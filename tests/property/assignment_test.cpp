// Matching: best by the order of those who wait, against a search of everything there is.

#include "daemon/derive/assignment.hpp"
#include "tests/property/properties.hpp"

namespace washup::tests {
namespace {

struct Puzzle {
    std::vector<std::vector<std::size_t>> may;
    std::vector<std::size_t> places;
};

Puzzle puzzle(Prng& chance, std::int64_t most_people, std::int64_t most_services) {
    Puzzle made;
    auto const services = chance.between(0, most_services);
    for (std::int64_t i = 0; i < services; ++i)
        made.places.push_back(static_cast<std::size_t>(chance.between(0, 3)));
    auto const people = chance.between(0, most_people);
    auto const often = chance.between(100, 900);
    for (std::int64_t i = 0; i < people; ++i) {
        auto& may = made.may.emplace_back();
        for (std::int64_t s = 0; s < services; ++s) {
            if (chance.chance(static_cast<std::uint32_t>(often)))
                may.push_back(static_cast<std::size_t>(s));
        }
    }
    return made;
}

// Who has a place, first candidate first: of two, the greater is the better.
using Served = std::vector<bool>;

Served best_of_all(Puzzle const& given, std::size_t candidate, std::vector<std::size_t> left) {
    if (candidate == given.may.size()) return {};
    Served best;
    auto const consider = [&](bool served) {
        auto rest = best_of_all(given, candidate + 1, left);
        rest.insert(rest.begin(), served);
        if (best.empty() || best < rest) best = std::move(rest);
    };
    consider(false);
    for (auto const service : given.may[candidate]) {
        if (left[service] == 0) continue;
        --left[service];
        consider(true);
        ++left[service];
    }
    return best;
}

Served served(derive::Assignment const& made) {
    Served all;
    for (auto const& service : made.service) all.push_back(service.has_value());
    return all;
}

void expect_allowed(Puzzle const& given, derive::Assignment const& made) {
    RC_ASSERT(made.service.size() == given.may.size());
    auto left = given.places;
    for (std::size_t i = 0; i < given.may.size(); ++i) {
        if (!made.service[i]) continue;
        auto const& may = given.may[i];
        RC_ASSERT(std::count(may.begin(), may.end(), *made.service[i]) == 1);
        RC_ASSERT(left[*made.service[i]]-- > 0u);
    }
}

TEST(Assignment, IsTheBestInTheOrderOfThoseWhoWaitByASearchOfAll) {
    std::int64_t moved = 0;
    hold("augmenting paths = search of all", [&](std::uint64_t seed) {
        Prng chance{seed};
        for (int i = 0; i < 20; ++i) {
            auto const given = puzzle(chance, 6, 4);
            auto const made = derive::assign(given.may, given.places);
            expect_allowed(given, made);
            RC_ASSERT(served(made) == best_of_all(given, 0, given.places));
            for (std::size_t k = 0; k < given.may.size(); ++k)
                moved += made.service[k] && *made.service[k] != given.may[k].front() ? 1 : 0;
        }
    });
    EXPECT_GT(moved, 300) << "nobody had to take a second choice";
}

TEST(Assignment, ServesAsManyAsAnyAssignmentCan) {
    hold("as many as any", [](std::uint64_t seed) {
        Prng chance{seed};
        auto const given = puzzle(chance, 6, 4);
        auto const many = served(derive::assign(given.may, given.places));
        auto turned = given;  // another order serves others, and never more
        std::reverse(turned.may.begin(), turned.may.end());
        auto const other = served(derive::assign(turned.may, turned.places));
        RC_ASSERT(std::count(many.begin(), many.end(), true) ==
                  std::count(other.begin(), other.end(), true));
    });
}

TEST(Assignment, OfAWholeCountyIsAllowedAndServesTheFirstFirst) {
    Prng chance{7};
    for (int i = 0; i < 3; ++i) {
        auto given = puzzle(chance, 1000, 200);
        given.may.resize(1000);
        auto const made = derive::assign(given.may, given.places);
        expect_allowed(given, made);
    }
}

}  // namespace
}  // namespace washup::tests
