#include <string>

#include "daemon/core/state.hpp"

// Feeds every described field to BLAKE2b: number, then value, lengths in front. Of sealed words
// only the sealed bytes count, so that a fold without the key has the same fingerprint.

namespace washup::core {
namespace {

class Feeder {
  public:
    template <class T>
    void operator()(int number, T const& value) {
        put_number(static_cast<std::uint64_t>(number));
        put(value);
    }
    Digest128 digest() const { return blake2b_128(bytes_); }

  private:
    void put_number(std::uint64_t value) {
        for (int shift = 0; shift < 64; shift += 8)
            bytes_ += static_cast<char>(value >> shift & 0xFF);
    }
    void put(std::string const& text) {
        put_number(text.size());
        bytes_ += text;
    }
    void put(Instant at) { put_number(static_cast<std::uint64_t>(at.ms)); }
    void put(Duration span) { put_number(static_cast<std::uint64_t>(span.ms)); }
    void put(Date date) { put_number(static_cast<std::uint64_t>(date.days)); }
    void put(Moment const& moment) {
        put(moment.at);
        put_number(static_cast<std::uint64_t>(moment.precision));
    }
    template <class Tag>
    void put(StrongId<Tag> id) {
        put_number(id.value());
    }
    template <std::size_t N>
    void put(DigestOf<N> const& digest) {
        bytes_ += as_bytes(digest);
    }
    template <class T>
    requires std::is_integral_v<T> || std::is_enum_v<T>
    void put(T value) { put_number(static_cast<std::uint64_t>(value)); }
    template <class T>
    void put(std::optional<T> const& value) {
        put_number(value ? 1 : 0);
        if (value) put(*value);
    }
    template <class A, class B>
    void put(std::pair<A, B> const& pair) {
        put(pair.first);
        put(pair.second);
    }
    template <class Range>
    requires requires(Range const& range) {
        range.begin(), range.end(), range.size();
    } &&(!std::is_same_v<Range, std::string>)void put(Range const& range) {
        put_number(range.size());
        for (auto const& entry : range) put(entry);
    }
    template <Described T>
    void put(T const& value) {
        T::describe(value, *this);
    }

    std::string bytes_;
};

}  // namespace

Digest128 fingerprint(State const& state) {
    Feeder feeder;
    State::describe(state, feeder);
    return feeder.digest();
}

}  // namespace washup::core
