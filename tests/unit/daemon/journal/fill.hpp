#pragma once
// Fills every field of a core struct, by describe(), with values that differ from each other and
// from the default. A field that describe() forgets keeps its default, and the comparison by ==
// with a struct filled twice does not see it; the reflection test over event.proto does.

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "daemon/core/state.hpp"
#include "daemon/journal/wire_types.hpp"

namespace washup::journal::test {

class Filler {
  public:
    explicit Filler(std::uint64_t first) : next_(first) {}

    template <class T>
    void fill(T& value) {
        if constexpr (is_optional<T>) {
            fill(value.emplace());
        } else if constexpr (is_repeated<T>) {
            for (int i = 0; i < 2; ++i) {
                typename ElementOf<T>::type each{};
                fill(each);
                put_last(value, std::move(each));
            }
        } else if constexpr (std::is_same_v<T, std::string>) {
            value = "text " + std::to_string(next_++);
        } else if constexpr (is_digest<T>) {
            for (auto& octet : value.bytes) octet = static_cast<std::uint8_t>(next_++ % 255 + 1);
        } else if constexpr (std::is_same_v<T, bool>) {
            value = true;
        } else if constexpr (std::is_enum_v<T>) {
            value = static_cast<T>(1 + next_++ % 2);
            if (!known(value)) value = static_cast<T>(1);
        } else if constexpr (Varint<T>::is) {
            // Every second number is negative where the type can be: zigzag shows.
            auto const fits = Varint<T>::from(200 + 2 * next_ + next_ % 2, value);
            if (!fits) ++next_;
            ++next_;
        } else {
            describe_message(value, [this](int, auto& part) { this->fill(part); });
        }
    }

  private:
    std::uint64_t next_;
};

// One event of every kind, in the order of the variant; empty without a filler.
template <std::size_t... I>
std::vector<core::Event> every_kind(std::index_sequence<I...>, Filler* filler) {
    std::vector<core::Event> events;
    auto add = [&]<std::size_t Kind>() {
        std::variant_alternative_t<Kind, core::Event> event;
        if (filler != nullptr) filler->fill(event);
        events.emplace_back(std::in_place_index<Kind>, std::move(event));
    };
    (add.template operator()<I>(), ...);
    return events;
}
inline std::vector<core::Event> every_kind(Filler* filler) {
    return every_kind(std::make_index_sequence<std::variant_size_v<core::Event>>{}, filler);
}

// A State with something in every part and every index.
inline core::State full_state(std::uint64_t first) {
    Filler filler{first};
    core::State state;
    filler.fill(state);
    filler.fill(state.config);
    filler.fill(state.person_by_key);
    filler.fill(state.stay_by_key);
    filler.fill(state.waiting);
    filler.fill(state.deadlines);
    filler.fill(state.command_order);
    filler.fill(state.announced);
    return state;
}

// How many sealed texts there are in a value, counted apart from the code under test.
template <class T>
std::size_t count_sealed(T const& value) {
    if constexpr (std::is_same_v<T, core::Sealed>) {
        return 1;
    } else if constexpr (is_variant<T>) {
        return std::visit([](auto const& kind) { return count_sealed(kind); }, value);
    } else if constexpr (is_optional<T>) {
        return value ? count_sealed(*value) : 0;
    } else {
        std::size_t count = 0;
        if constexpr (is_repeated<T>) {
            for (auto const& each : value) count += count_sealed(each);
        } else if constexpr (core::Described<T>) {
            T::describe(value, [&](int, auto const& part) { count += count_sealed(part); });
        }
        return count;
    }
}

}  // namespace washup::journal::test
