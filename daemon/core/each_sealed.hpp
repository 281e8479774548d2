#pragma once
// Finds every Sealed inside a value, by describe() alone, so that no words are forgotten when they
// are sealed, opened or wiped.

#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "daemon/core/value.hpp"

namespace washup::core {

template <class T, class Visit>
void each_sealed(T& value, Visit& visit) {
    using Plain = std::remove_const_t<T>;
    if constexpr (std::is_same_v<Plain, Sealed>) {
        visit(value);
    } else if constexpr (std::is_same_v<Plain, std::string>) {
        // open by its nature
    } else if constexpr (requires { std::variant_size<Plain>::value; }) {
        std::visit([&](auto& kind) { each_sealed(kind, visit); }, value);
    } else if constexpr (requires { value.has_value(), *value; }) {
        if (value) each_sealed(*value, visit);
    } else if constexpr (requires { value.first, value.second; }) {
        each_sealed(value.second, visit);
    } else if constexpr (requires { value.begin(), value.end(), value.size(); }) {
        for (auto& each : value) each_sealed(each, visit);
    } else if constexpr (Described<Plain>) {
        Plain::describe(value, [&](int, auto& part) { each_sealed(part, visit); });
    }
}

// Makes the open words unreadable where they stand; the boxes stay.
template <class T>
void wipe_words(T& value) {
    auto wipe = [](Sealed& sealed) {
        // Written through volatile, else the compiler sees that nobody reads it again.
        auto volatile* octets = sealed.text.data();
        for (std::size_t i = 0; i < sealed.text.size(); ++i) octets[i] = 0;
        sealed.text.clear();
    };
    each_sealed(value, wipe);
}

}  // namespace washup::core
