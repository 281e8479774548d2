#pragma once
// Finds every id of one kind inside a value, by describe() alone: whom an event is about, without a
// list that a new event would be forgotten in.

#include <optional>
#include <string>
#include <variant>

#include "daemon/core/describe.hpp"
#include "daemon/core/ids.hpp"

namespace washup::core {

// `visit` is given each that is set.
template <class Id, class T, class Visit>
void each_id(T const& value, Visit&& visit) {
    if constexpr (std::is_same_v<T, Id>) {
        if (value) visit(value);
    } else if constexpr (std::is_same_v<T, std::string>) {
        // holds none
    } else if constexpr (requires { std::variant_size<T>::value; }) {
        std::visit([&](auto const& kind) { each_id<Id>(kind, visit); }, value);
    } else if constexpr (requires { value.has_value(), *value; }) {
        if (value) each_id<Id>(*value, visit);
    } else if constexpr (requires { value.begin(), value.end(), value.size(); }) {
        for (auto const& each : value) each_id<Id>(each, visit);
    } else if constexpr (Described<T const>) {
        T::describe(value, [&](int, auto const& part) { each_id<Id>(part, visit); });
    }
}

}  // namespace washup::core
