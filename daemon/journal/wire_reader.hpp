#pragma once
// Reads a described core struct from the protobuf wire format, by describe() alone. Stricter than a
// protobuf parser: a field, an enum value or a wire type that this version does not know is a
// fault, because a journal must not be half understood. After a fault `words()` and `path()` say
// what and where; the path is made of the field numbers of event.proto, outermost first
// ("4.18.17").

#include <string>
#include <string_view>
#include <utility>

#include "daemon/journal/wire_types.hpp"

namespace washup::journal {

class WireReader {
  public:
    template <class T>
    bool message(std::string_view bytes, T& out) {
        while (!bytes.empty()) {
            std::uint64_t tag = 0;
            if (!varint(bytes, tag) || (tag >> 3) == 0 || (tag >> 3) > last_field_number) {
                return fault("ends in the middle of a field, or is no protobuf message");
            }
            auto const number = static_cast<int>(tag >> 3);
            if (!field(static_cast<std::uint32_t>(tag & 7), number, bytes, out)) {
                path_ = std::to_string(number) + (path_.empty() ? "" : ".") + path_;
                return false;
            }
        }
        return true;
    }
    // Takes a number off the front; false: there is none whole.
    static bool varint(std::string_view& bytes, std::uint64_t& out) {
        out = 0;
        for (std::size_t i = 0; i < bytes.size() && i < 10; ++i) {
            auto const octet = static_cast<unsigned char>(bytes[i]);
            if (i == 9 && octet > 1) return false;  // more than 64 bits
            out |= static_cast<std::uint64_t>(octet & 0x7F) << (7 * i);
            if (octet < 0x80) {
                bytes.remove_prefix(i + 1);
                return true;
            }
        }
        return false;
    }
    std::string const& words() const { return words_; }
    std::string const& path() const { return path_; }

  private:
    static constexpr std::size_t events_at_first = 8;                   // most records have no more
    static constexpr std::uint64_t last_field_number = (1u << 29) - 1;  // protobuf's own

    template <class T>
    bool field(std::uint32_t type, int number, std::string_view& bytes, T& out) {
        bool found = false;
        bool good = false;
        if constexpr (is_variant<T>) {
            found = number <= static_cast<int>(std::variant_size_v<T>);
            if (found) good = alternative(type, number, bytes, out);
        } else {
            describe_message(out, [&](int own, auto& part) {
                if (own != number) return;
                found = true;
                good = value(type, bytes, part);
            });
        }
        return found ? good : fault("is not known to this version; a newer one wrote this record");
    }

    template <class T>
    bool alternative(std::uint32_t type, int number, std::string_view& bytes, T& out) {
        return [&]<std::size_t... I>(std::index_sequence<I...>) {
            bool good = false;
            ((number == static_cast<int>(I) + 1 && (good = value(type, bytes, kind<I>(out)))) ||
             ...);
            return good;
        }
        (std::make_index_sequence<std::variant_size_v<T>>{});
    }
    // As in protobuf: a oneof given twice is its last kind, and the same kind given twice is
    // merged.
    template <std::size_t I, class T>
    auto& kind(T& out) {
        return out.index() == I ? *std::get_if<I>(&out) : out.template emplace<I>();
    }

    template <class T>
    bool value(std::uint32_t type, std::string_view& bytes, T& out) {
        if constexpr (is_optional<T>) {
            if (!out) out.emplace();
            return value(type, bytes, *out);
        } else if constexpr (is_repeated<T>) {
            return repeated(type, bytes, out);
        } else if constexpr (Varint<T>::is) {
            std::uint64_t bits = 0;
            if (type != static_cast<std::uint32_t>(WireType::varint)) return wrong_type();
            if (!varint(bytes, bits)) return fault("ends in the middle of a number");
            return Varint<T>::from(bits, out) || fault("holds a value unknown to this version");
        } else {
            std::string_view body;
            if (type != static_cast<std::uint32_t>(WireType::length_delimited)) return wrong_type();
            return octets(bytes, body) && content(body, out);
        }
    }

    // Numbers may also come packed, as other protobuf writers make them.
    template <class T>
    bool repeated(std::uint32_t type, std::string_view& bytes, T& out) {
        using Element = typename ElementOf<T>::type;
        if constexpr (Varint<Element>::is) {
            if (type == static_cast<std::uint32_t>(WireType::length_delimited)) {
                std::string_view body;
                if (!octets(bytes, body)) return false;
                while (!body.empty()) {
                    Element each{};
                    if (!value(static_cast<std::uint32_t>(WireType::varint), body, each))
                        return false;
                    put_last(out, each);
                }
                return true;
            }
        }
        if constexpr (requires { out.emplace_back(); }) {
            // In place: an event is half a kilobyte, and a journal has millions of them.
            if constexpr (is_variant<Element>) {
                if (out.size() == out.capacity()) out.reserve(2 * out.size() + events_at_first);
            }
            return one_of_many(type, bytes, out.emplace_back());
        } else {
            Element each{};
            if (!one_of_many(type, bytes, each)) return false;
            out.insert(out.end(), std::move(each));
            return true;
        }
    }

    template <class T>
    bool one_of_many(std::uint32_t type, std::string_view& bytes, T& out) {
        if constexpr (is_variant<T>) {
            // The first kind stands in a fresh variant without having been read.
            return oneof(type, bytes, out);
        } else {
            return value(type, bytes, out);
        }
    }

    template <class T>
    bool oneof(std::uint32_t type, std::string_view& bytes, T& out) {
        std::string_view body;
        if (type != static_cast<std::uint32_t>(WireType::length_delimited)) return wrong_type();
        if (!octets(bytes, body)) return false;
        if (body.empty()) return fault("is an event without a kind");
        return message(body, out);
    }

    template <class T>
    bool content(std::string_view body, T& out) {
        if constexpr (std::is_same_v<T, std::string>) {
            out.assign(body);
            return true;
        } else if constexpr (is_digest<T>) {
            if (body.size() != out.bytes.size()) return fault("is a digest of another length");
            for (std::size_t i = 0; i < body.size(); ++i) {
                out.bytes[i] = static_cast<std::uint8_t>(body[i]);
            }
            return true;
        } else {
            return message(body, out);
        }
    }

    bool octets(std::string_view& bytes, std::string_view& body) {
        std::uint64_t size = 0;
        if (!varint(bytes, size) || size > bytes.size()) {
            return fault("is longer than what is there");
        }
        body = bytes.substr(0, size);
        bytes.remove_prefix(size);
        return true;
    }

    bool wrong_type() { return fault("has another wire type than this version writes"); }
    bool fault(char const* words) {
        words_ = words;
        return false;
    }

    std::string words_;
    std::string path_;
};

}  // namespace washup::journal
