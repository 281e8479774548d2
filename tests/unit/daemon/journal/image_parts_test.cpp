#include "daemon/journal/image_parts.hpp"

#include <gtest/gtest.h>

#include "tests/unit/daemon/journal/fill.hpp"

namespace washup::journal {
namespace {

using core::PersonId;

core::State full_state(std::uint64_t persons) {
    auto state = test::full_state(1);
    for (auto& [id, stay] : state.stays) stay.person = {};  // no person is of the house
    state.persons.clear();
    for (std::uint64_t id = 1; id <= persons; ++id) {
        test::Filler{id}.fill(state.persons[PersonId{id}]);
        state.persons[PersonId{id}].stays.clear();
    }
    return state;
}

PartSource source_of(std::vector<StatePart> const& parts) {
    PartSource source;
    for (auto const& part : parts) source.sizes.push_back(part.octets.size());
    source.read = [&parts](std::size_t index) -> Result<Bytes> { return parts[index].octets; };
    return source;
}

TEST(ImageParts, GiveBackEveryFieldAndEveryIndexOfHoweverManyPersons) {
    for (auto const persons : {std::size_t{0}, std::size_t{1}, part_persons_max,
                               part_persons_max + 1, 3 * part_persons_max + 2}) {
        auto const state = full_state(persons);
        auto const parts = encode_parts(state);
        EXPECT_EQ(parts.size(), 2 + (persons + part_persons_max - 1) / part_persons_max);
        auto const decoded = decode_parts(source_of(parts));
        ASSERT_TRUE(decoded) << decoded.error().words;
        EXPECT_EQ(encode_state(*decoded), encode_state(state)) << persons << " persons";
    }
}

TEST(ImageParts, AreNoStateWhenOneIsMissingOrIsNoMessage) {
    auto const state = full_state(2 * part_persons_max);
    auto const parts = encode_parts(state);
    for (std::size_t bad = 0; bad < parts.size(); ++bad) {
        auto source = source_of(parts);
        source.read = [&](std::size_t index) -> Result<Bytes> {
            if (index == bad) return invalid("is damaged");
            return parts[index].octets;
        };
        EXPECT_FALSE(decode_parts(source)) << "part " << bad;
        source.read = [&](std::size_t index) -> Result<Bytes> {
            return index == bad ? Bytes{"\x07"} : parts[index].octets;
        };
        EXPECT_FALSE(decode_parts(source)) << "part " << bad;
    }
}

TEST(ImageParts, TheHouseHoldsWhoHasAStayAndWhomMergesLinkToThem) {
    core::State state;
    auto const person = [&](std::uint64_t id) -> core::Person& {
        auto& found = state.persons[PersonId{id}];
        found.id = PersonId{id};
        return found;
    };
    for (std::uint64_t id = 1; id <= 6; ++id) person(id);
    person(2).stays.insert(core::StayId{1});
    state.stays[core::StayId{1}].person = PersonId{2};
    person(2).survivor = PersonId{3};  // 2 is read through 3, 3 through 4; 5 through 4 too
    person(3).retired.insert(PersonId{2});
    person(3).survivor = PersonId{4};
    person(4).retired = {PersonId{3}, PersonId{5}};
    person(5).survivor = PersonId{4};
    auto const parts = encode_parts(state);
    auto const house = decode_house(parts[0].octets);
    ASSERT_TRUE(house) << house.error().words;
    std::vector<std::uint64_t> ids;
    for (auto const& [id, each] : house->persons) ids.push_back(id.value());
    EXPECT_EQ(ids, (std::vector<std::uint64_t>{2, 3, 4, 5}));
    ASSERT_EQ(parts.size(), 3u);
    EXPECT_EQ(parts[2].first, PersonId{1});
}

TEST(ImageParts, FindEachPersonAndNobodyElse) {
    auto const state = full_state(5);
    auto const part = encode_parts(state)[2].octets;
    for (std::uint64_t id = 1; id <= 5; ++id) {
        auto const found = find_person(part, PersonId{id});
        ASSERT_TRUE(found && *found) << id;
        core::State one;
        one.persons[PersonId{id}] = **found;
        core::State held;
        held.persons[PersonId{id}] = state.persons.at(PersonId{id});
        EXPECT_EQ(encode_state(one), encode_state(held));
    }
    for (std::uint64_t const id : {0, 6}) {
        auto const found = find_person(part, PersonId{id});
        ASSERT_TRUE(found);
        EXPECT_FALSE(*found) << id;
    }
    EXPECT_FALSE(find_person("\x07", PersonId{1}));
}

TEST(ImageParts, BringAPersonWithAllWhomMergesLinkToThem) {
    core::State from, into;
    for (std::uint64_t id = 1; id <= 4; ++id) from.persons[PersonId{id}].id = PersonId{id};
    from.persons[PersonId{1}].survivor = PersonId{2};
    from.persons[PersonId{2}].retired = {PersonId{1}, PersonId{3}};
    from.persons[PersonId{3}].survivor = PersonId{2};
    into.persons[PersonId{3}].last_contact = Instant{7};  // folded on: stays as it is
    auto const find = [&](PersonId id) -> Result<std::optional<core::Person>> {
        auto const it = from.persons.find(id);
        return it == from.persons.end() ? std::nullopt : std::optional{it->second};
    };
    ASSERT_TRUE(bring_person(PersonId{1}, into, find));
    ASSERT_TRUE(bring_person(PersonId{9}, into, find)) << "nobody";
    EXPECT_EQ(into.persons.size(), 3u);
    EXPECT_EQ(into.persons[PersonId{3}].last_contact, Instant{7});
}

}  // namespace
}  // namespace washup::journal
