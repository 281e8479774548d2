#include "daemon/journal/image_parts.hpp"

#include <algorithm>
#include <future>
#include <set>

#include <fmt/format.h>

#include "daemon/journal/wire_reader.hpp"
#include "daemon/journal/wire_writer.hpp"

namespace washup::journal {
namespace {

constexpr int persons_field = 5;
constexpr std::size_t parts_before_persons = 2;

// What describe() leaves out of the fingerprint, because it follows from the rest, does not all
// follow in the same order: who came first to a number is known by the index alone.
struct Whole {
    core::State state;
    static void describe(auto& self, auto&& field) {
        core::State::describe(self.state, field);
        field(101, self.state.config);
        field(102, self.state.person_by_key);
        field(103, self.state.stay_by_key);
        field(104, self.state.waiting);
        field(105, self.state.deadlines);
        field(106, self.state.command_order);
        field(107, self.state.announced);
        field(108, self.state.breach_dues);
        field(109, self.state.breach_due_of);
    }
};
struct WholeView {
    core::State const& state;
    static void describe(auto& self, auto&& field) { Whole::describe(self, field); }
};

// commands, the ids given last, let_go, and the indexes by which decide finds persons, inbox items
// and what is due. No row is made of them, and apply only writes them.
constexpr bool only_decides(int number) {
    return (number >= 11 && number <= 17) || (number >= 27 && number <= 30) || number == 102 ||
           (number >= 104 && number <= 109);
}

// An entry of State::persons as the wire has it.
struct Entry {
    core::PersonId id;
    core::Person const& person;
    static void describe(auto& self, auto&& field) {
        field(1, self.id);
        field(2, self.person);
    }
};
struct PersonsView {
    std::vector<Entry> entries;
    static void describe(auto& self, auto&& field) { field(persons_field, self.entries); }
};
// All fields but the persons, of one sort or the other.
struct FieldsView {
    core::State const& state;
    bool deciding;
    static void describe(auto& self, auto&& field) {
        WholeView const whole{self.state};
        WholeView::describe(whole, [&](int number, auto const& part) {
            if (number != persons_field && only_decides(number) == self.deciding)
                field(number, part);
        });
    }
};

template <class View>
Bytes encode(View const& view) {
    Bytes out;
    WireWriter{out}.message(view);
    return out;
}

Result<void> decode_into(Whole& whole, std::string_view bytes) {
    WireReader reader;
    if (reader.message(bytes, whole)) return {};
    return invalid(fmt::format("state: field {} {}", reader.path(), reader.words()));
}

// Whose stays are here, and all whom merges link to them, however far.
std::set<core::PersonId> persons_of_the_house(core::State const& state) {
    std::set<core::PersonId> house;
    std::vector<core::PersonId> next;
    auto const add = [&](core::PersonId id) {
        if (id && state.persons.contains(id) && house.insert(id).second) next.push_back(id);
    };
    for (auto const& [id, stay] : state.stays) add(stay.person);
    for (auto const& [id, person] : state.persons) {
        if (!person.stays.empty()) add(id);
    }
    while (!next.empty()) {
        auto const& person = state.persons.at(next.back());
        next.pop_back();
        add(person.survivor);
        for (auto const retired : person.retired) add(retired);
    }
    return house;
}

// The id of the entry with which `bytes` begins, and its octets; they leave the front.
struct FoundEntry {
    core::PersonId id;
    std::string_view octets;
};
std::optional<FoundEntry> take_entry(std::string_view& bytes) {
    constexpr auto sized = static_cast<std::uint64_t>(WireType::length_delimited);
    auto const all = bytes;
    std::uint64_t tag = 0, size = 0, id = 0;
    if (!WireReader::varint(bytes, tag) || tag != (std::uint64_t{persons_field} << 3 | sized) ||
        !WireReader::varint(bytes, size) || size > bytes.size()) {
        return {};
    }
    auto entry = bytes.substr(0, size);
    bytes.remove_prefix(size);
    if (!WireReader::varint(entry, tag) || tag >> 3 != 1 || !WireReader::varint(entry, id)) {
        return {};
    }
    return FoundEntry{core::PersonId{id}, all.substr(0, all.size() - bytes.size())};
}

}  // namespace

Bytes encode_state(core::State const& state) {
    return encode(WholeView{state});
}

Result<core::State> decode_state(std::string_view bytes) {
    Whole whole;
    if (auto const read = decode_into(whole, bytes); !read) return read.error();
    return std::move(whole.state);
}

std::vector<StatePart> encode_parts(core::State const& state) {
    auto const house = persons_of_the_house(state);
    PersonsView inside, others;
    for (auto const id : house) inside.entries.push_back({id, state.persons.at(id)});
    std::vector<StatePart> parts;
    parts.push_back({{}, encode(FieldsView{state, false}) + encode(inside)});
    parts.push_back({{}, encode(FieldsView{state, true})});
    auto const put = [&] {
        if (others.entries.empty()) return;
        parts.push_back({others.entries.front().id, encode(others)});
        others.entries.clear();
    };
    for (auto const& [id, person] : state.persons) {
        if (house.contains(id)) continue;
        others.entries.push_back({id, person});
        if (others.entries.size() == part_persons_max) put();
    }
    put();
    return parts;
}

Result<core::State> decode_parts(PartSource const& parts) {
    auto const decode = [&](std::size_t from, std::size_t to, Whole& whole) -> Result<void> {
        for (auto i = from; i < to; ++i) {
            auto const part = parts.read(i);
            if (!part) return part.error();
            if (auto const taken = decode_into(whole, *part); !taken) return taken.error();
        }
        return {};
    };
    // Each thread has about half of the octets: one of them the last of the persons alone.
    std::uint64_t all = 0, behind = 0;
    for (auto const size : parts.sizes) all += size;
    auto const count = parts.sizes.size();
    auto cut = count;
    while (cut > parts_before_persons && 2 * behind < all) behind += parts.sizes[--cut];
    Whole whole, others;
    auto apart = std::async(cut < count ? std::launch::async : std::launch::deferred,
                            [&] { return decode(cut, count, others); });
    auto const first = decode(0, cut, whole);
    auto const second = apart.get();
    if (!first) return first.error();
    if (!second) return second.error();
    whole.state.persons.merge(others.state.persons);
    return std::move(whole.state);
}

Result<core::State> decode_house(std::string_view first_part) {
    return decode_state(first_part);
}

Result<std::optional<core::Person>> find_person(std::string_view part, core::PersonId id) {
    while (!part.empty()) {
        auto const entry = take_entry(part);
        if (!entry) return invalid("state: a part of persons holds something else");
        if (entry->id < id) continue;
        if (entry->id != id) break;
        Whole whole;
        if (auto const read = decode_into(whole, entry->octets); !read) return read.error();
        return std::optional{std::move(whole.state.persons.at(id))};
    }
    return std::optional<core::Person>{};
}

Result<void> bring_person(core::PersonId wanted, core::State& into, FindPerson const& find) {
    for (std::vector<core::PersonId> next{wanted}; !next.empty();) {
        auto const id = next.back();
        next.pop_back();
        if (!id || into.persons.contains(id)) continue;
        auto person = find(id);
        if (!person) return person.error();
        if (!*person) continue;
        next.push_back((*person)->survivor);
        next.insert(next.end(), (*person)->retired.begin(), (*person)->retired.end());
        into.persons.emplace(id, std::move(**person));
    }
    return {};
}

}  // namespace washup::journal
