#pragma once
// A State as octets, whole or in parts. In parts, because a house knows ten times as many persons
// as it has stays: whoever asks for a past minute reads the part that boards show and, one by one,
// the few others that come back before that minute. Pure; the files are state_image's.

#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "daemon/core/state.hpp"
#include "proto/base/result.hpp"

namespace washup::journal {

// State and its indexes, whole. Error invalid names the field by its path.
Bytes encode_state(core::State const& state);
Result<core::State> decode_state(std::string_view bytes);

// Persons of one part: few enough to look for one in, enough that the list of parts stays short.
inline constexpr std::size_t part_persons_max = 512;

struct StatePart {
    core::PersonId first;  // of the persons of this part; none in the first two
    Bytes octets;
};

// First the house: all that boards show, so the stays, the persons whose they are, and whoever is
// linked to these by a merge. Then what only deciding needs: the names by which persons and answers
// are found. Then all other persons, in order.
std::vector<StatePart> encode_parts(core::State const& state);
// How parts are got, from any thread: one is read while another is taken in.
struct PartSource {
    std::vector<std::uint64_t> sizes;
    std::function<Result<Bytes>(std::size_t index)> read;
};
// The State that was encoded, by all parts; on two threads. By the first alone: the house.
Result<core::State> decode_parts(PartSource const& parts);
Result<core::State> decode_house(std::string_view first_part);
// One person of a part of persons; none when it is not there.
Result<std::optional<core::Person>> find_person(std::string_view part, core::PersonId id);

// Gives `into` the person and all whom merges link to it, as `find` finds them; who is there
// already is left.
using FindPerson = std::function<Result<std::optional<core::Person>>(core::PersonId)>;
Result<void> bring_person(core::PersonId wanted, core::State& into, FindPerson const& find);

}  // namespace washup::journal
