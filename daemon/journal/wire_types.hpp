#pragma once
// Which core types are what on the protobuf wire. Not a codec: wire_writer.hpp and wire_reader.hpp
// use these traits, and a core type that has none does not compile, so nothing is left out in
// silence.

#include <cstdint>
#include <deque>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "daemon/core/fact_list.hpp"
#include "daemon/core/record.hpp"

namespace washup::journal {

enum class WireType : std::uint32_t { varint = 0, length_delimited = 2 };

constexpr std::uint64_t zigzag(std::int64_t value) {
    auto const bits = static_cast<std::uint64_t>(value);
    return (bits << 1) ^ (value < 0 ? ~std::uint64_t{0} : 0);
}
constexpr std::int64_t unzigzag(std::uint64_t bits) {
    return static_cast<std::int64_t>((bits >> 1) ^ (~(bits & 1) + 1));
}

// The values of each enum that this version knows. A number outside is refused on read, because a
// record that is half understood would replay to another state.
constexpr bool known(core::Field field) {
    auto const n = static_cast<std::uint32_t>(field);
    return n <= 7 || (n >= 20 && n <= static_cast<std::uint32_t>(core::Field::at_risk));
}
constexpr bool known(core::Band band) {
    return band >= core::Band::home && band <= core::Band::off_ladder;
}
constexpr bool known(core::IdentifierKind kind) {
    return kind <= core::IdentifierKind::council;
}
constexpr bool known(core::ActionState state) {
    return state <= core::ActionState::cancelled;
}
constexpr bool known(core::CauseKind kind) {
    return kind <= core::CauseKind::command;
}
constexpr bool known(core::Limit limit) {
    return limit >= core::Limit::length && limit <= core::Limit::next_meeting;
}
constexpr bool known(core::Length::Unit unit) {
    return unit >= core::Length::Unit::minutes && unit <= core::Length::Unit::days;
}
constexpr bool known(Precision precision) {
    return precision <= Precision::date;
}

// Scalars: to and from the number that is written as a varint. `from` says no when it does not fit.
template <class T>
struct Varint {
    static constexpr bool is = false;
};

template <>
struct Varint<bool> {
    static constexpr bool is = true;
    static std::uint64_t to(bool value) { return value ? 1 : 0; }
    static bool from(std::uint64_t bits, bool& out) {
        out = bits != 0;
        return bits <= 1;
    }
};

template <class T>
requires std::is_integral_v<T> && std::is_unsigned_v<T> &&(!std::is_same_v<T, bool>)  //
    struct Varint<T> {
    static constexpr bool is = true;
    static std::uint64_t to(T value) { return value; }
    static bool from(std::uint64_t bits, T& out) {
        out = static_cast<T>(bits);
        return bits <= std::numeric_limits<T>::max();
    }
};

template <class T>
requires std::is_integral_v<T> && std::is_signed_v<T>
struct Varint<T> {
    static constexpr bool is = true;
    static std::uint64_t to(T value) { return zigzag(value); }
    static bool from(std::uint64_t bits, T& out) {
        auto const value = unzigzag(bits);
        out = static_cast<T>(value);
        return out == value;
    }
};

template <class T>
requires std::is_enum_v<T>
struct Varint<T> {
    static constexpr bool is = true;
    static std::uint64_t to(T value) { return static_cast<std::uint64_t>(value); }
    static bool from(std::uint64_t bits, T& out) {
        if (bits > std::numeric_limits<std::underlying_type_t<T>>::max()) return false;
        out = static_cast<T>(bits);
        return known(out);
    }
};

template <class Tag>
struct Varint<StrongId<Tag>> {
    static constexpr bool is = true;
    static std::uint64_t to(StrongId<Tag> id) { return id.value(); }
    static bool from(std::uint64_t bits, StrongId<Tag>& out) {
        out = StrongId<Tag>{bits};
        return true;
    }
};

// Instants and durations are sint64 milliseconds, dates sint32 days.
template <class T, auto Member>
struct VarintMember {
    using Inner = std::remove_reference_t<decltype(std::declval<T&>().*Member)>;
    static constexpr bool is = true;
    static std::uint64_t to(T value) { return Varint<Inner>::to(value.*Member); }
    static bool from(std::uint64_t bits, T& out) { return Varint<Inner>::from(bits, out.*Member); }
};
template <>
struct Varint<Instant> : VarintMember<Instant, &Instant::ms> {};
template <>
struct Varint<Duration> : VarintMember<Duration, &Duration::ms> {};
template <>
struct Varint<Date> : VarintMember<Date, &Date::days> {};

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;
// What is written as a repeated field, in the order in which it is walked.
template <class T>
inline constexpr bool is_repeated = false;
template <class T>
inline constexpr bool is_repeated<std::vector<T>> = true;
template <class T>
inline constexpr bool is_repeated<std::deque<T>> = true;
template <class T>
inline constexpr bool is_repeated<std::set<T>> = true;
template <class K, class V>
inline constexpr bool is_repeated<std::map<K, V>> = true;
template <>
inline constexpr bool is_repeated<core::FactList> = true;
// One element of it, as it is made before it is put in.
template <class T>
struct ElementOf {
    using type = typename T::value_type;
};
template <class K, class V>
struct ElementOf<std::map<K, V>> {
    using type = std::pair<K, V>;
};
template <class T, class Element>
void put_last(T& repeated, Element&& each) {
    if constexpr (requires { repeated.push_back(std::forward<Element>(each)); }) {
        repeated.push_back(std::forward<Element>(each));
    } else {
        repeated.insert(repeated.end(), std::forward<Element>(each));
    }
}
template <class T>
inline constexpr bool is_tuple = false;
template <class A, class B>
inline constexpr bool is_tuple<std::pair<A, B>> = true;
template <class... T>
inline constexpr bool is_tuple<std::tuple<T...>> = true;
template <class T>
inline constexpr bool is_variant = false;
template <class... T>
inline constexpr bool is_variant<std::variant<T...>> = true;
template <class T>
inline constexpr bool is_digest = false;
template <std::size_t N>
inline constexpr bool is_digest<DigestOf<N>> = true;

// proto/base knows nothing of describe, so Moment's fields are told here: message Moment of
// common.proto. The parts of a pair or tuple are fields 1, 2, ...
template <class T, class Visit>
void describe_message(T& value, Visit&& visit) {
    if constexpr (std::is_same_v<std::remove_const_t<T>, Moment>) {
        visit(1, value.at);
        visit(2, value.precision);
    } else if constexpr (is_tuple<std::remove_const_t<T>>) {
        [&]<std::size_t... I>(std::index_sequence<I...>) {
            (visit(static_cast<int>(I) + 1, std::get<I>(value)), ...);
        }
        (std::make_index_sequence<std::tuple_size_v<std::remove_const_t<T>>>{});
    } else {
        std::remove_const_t<T>::describe(value, visit);
    }
}

}  // namespace washup::journal
