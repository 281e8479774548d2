#include <optional>
#include <type_traits>

#include "daemon/settings/settings.hpp"

namespace washup::settings {
namespace {

// Walks a struct by its own description and writes each field that says something: its number, the
// length, the value. A field at its default is left out, so that a field added later leaves the
// digest of a configuration that does not use it as it was.
class Canonical {
  public:
    template <class T>
    std::string of(T const& value) const {
        std::string out;
        auto const write = [&](int number, auto const& field) {
            auto const text = octets(field);
            if (text.empty()) return;
            append_number(out, static_cast<std::uint64_t>(number));
            append_number(out, text.size());
            out += text;
        };
        T::describe(value, write);
        return out;
    }

  private:
    static void append_number(std::string& out, std::uint64_t number) {
        for (int shift = 56; shift >= 0; shift -= 8) out += static_cast<char>(number >> shift);
    }
    static std::string octets(std::string const& value) { return value; }
    static std::string octets(Date value) { return number(static_cast<std::uint32_t>(value.days)); }
    template <core::Described T>
    std::string octets(T const& part) const {
        return of(part);
    }
    // A nought that was written is not what was left out.
    template <class T>
    std::string octets(std::optional<T> const& value) const {
        return value ? '=' + octets(*value) : std::string{};
    }
    static std::string octets(Duration value) {
        return number(static_cast<std::uint64_t>(value.ms));
    }
    template <class T>
    requires std::is_integral_v<T> || std::is_enum_v<T>
    static std::string octets(T value) { return number(static_cast<std::uint64_t>(value)); }
    static std::string number(std::uint64_t value) {
        std::string out;
        if (value != 0) append_number(out, value);
        return out;
    }
    template <class T>
    std::string octets(std::vector<T> const& list) const {
        std::string out;
        for (auto const& item : list) {
            std::string text;
            if constexpr (core::Described<T const>) {
                text = of(item);
            } else {
                text = octets(item);
            }
            append_number(out, text.size());
            out += text;
        }
        return out;
    }
};

}  // namespace

Digest256 digest_of(core::Config const& config) {
    return blake2b_256(Canonical{}.of(config));
}

}  // namespace washup::settings
