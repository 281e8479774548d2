#pragma once
// Writes a described core struct in the protobuf wire format, by describe() alone: proto3 rules,
// default scalars and empty messages left out, except inside optional, repeated and oneof. The same
// value always gives the same octets.

#include <string>

#include "daemon/journal/wire_types.hpp"

namespace washup::journal {

class WireWriter {
  public:
    explicit WireWriter(Bytes& out) : out_(out) {}

    template <class T>
    void message(T const& value) {
        if constexpr (is_variant<T>) {
            auto const number = static_cast<int>(value.index()) + 1;
            std::visit([&](auto const& kind) { nested(number, kind, Empty::keep); }, value);
        } else {
            describe_message(value,
                             [this](int number, auto const& part) { this->field(number, part); });
        }
    }

  private:
    enum class Empty { drop, keep };

    template <class T>
    void field(int number, T const& value) {
        if constexpr (is_optional<T>) {
            if (value) element(number, *value, Empty::keep);
        } else if constexpr (is_repeated<T>) {
            for (auto const& each : value) element(number, each, Empty::keep);
        } else {
            element(number, value, Empty::drop);
        }
    }

    template <class T>
    void element(int number, T const& value, Empty empty) {
        if constexpr (Varint<T>::is) {
            auto const bits = Varint<T>::to(value);
            if (bits == 0 && empty == Empty::drop) return;
            tag(number, WireType::varint);
            varint(bits);
        } else if constexpr (std::is_same_v<T, std::string>) {
            if (value.empty() && empty == Empty::drop) return;
            octets(number, value);
        } else if constexpr (is_digest<T>) {
            if (value == T{} && empty == Empty::drop) return;
            octets(number, as_bytes(value));
        } else {
            nested(number, value, empty);
        }
    }

    // The length stands before a body whose size is known only afterwards. Nearly every message is
    // shorter than 128 octets, so one octet is left free and more are put in when needed.
    template <class T>
    void nested(int number, T const& value, Empty empty) {
        auto const before = out_.size();
        tag(number, WireType::length_delimited);
        auto const length_at = out_.size();
        out_.push_back('\0');
        auto const start = out_.size();
        message(value);
        auto const size = out_.size() - start;
        if (size == 0 && empty == Empty::drop) {
            out_.resize(before);
        } else if (size < 0x80) {
            out_[length_at] = static_cast<char>(size);
        } else {
            Bytes length;
            WireWriter{length}.varint(size);
            out_.replace(length_at, 1, length);
        }
    }

    void octets(int number, std::string_view value) {
        tag(number, WireType::length_delimited);
        varint(value.size());
        out_.append(value);
    }
    void tag(int number, WireType type) {
        varint(static_cast<std::uint64_t>(number) << 3 | static_cast<std::uint64_t>(type));
    }
    void varint(std::uint64_t bits) {
        while (bits >= 0x80) {
            out_.push_back(static_cast<char>(bits | 0x80));
            bits >>= 7;
        }
        out_.push_back(static_cast<char>(bits));
    }

    Bytes& out_;
};

}  // namespace washup::journal
