#pragma once
// How a core struct tells its fields, once, for everything that must walk them: the journal codec,
// the state fingerprint, the tests that fill every field. A struct says
//
//     static void describe(auto& self, auto&& field) { field(1, self.stay); field(2, self.at); }
//
// The numbers are the field numbers of proto/washup/v1/event.proto and are never used twice.

#include <concepts>

namespace washup::core {

namespace impl {
struct AnyField {
    void operator()(int, auto&) const {}
};
}  // namespace impl

template <class T>
concept Described = requires(T& value, impl::AnyField visitor) {
    T::describe(value, visitor);
};

}  // namespace washup::core
