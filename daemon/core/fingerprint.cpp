#include <array>
#include <string>
#include <string_view>
#include <tuple>

#include "daemon/core/state.hpp"
#include "proto/base/digest_stream.hpp"

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
    Digest128 digest() {
        hash_.add({room_.data(), used_});
        return hash_.digest();
    }

  private:
    void put_number(std::uint64_t value) {
        if (used_ + 8 > room_.size()) flush();
        for (unsigned i = 0; i < 8; ++i) {
            room_[used_ + i] = static_cast<char>(value >> (8 * i) & 0xFF);
        }
        used_ += 8;
    }
    void put_octets(std::string_view octets) {
        if (used_ + octets.size() > room_.size()) flush();
        if (octets.size() > room_.size()) return hash_.add(octets);
        octets.copy(room_.data() + used_, octets.size());
        used_ += octets.size();
    }
    void flush() {
        hash_.add({room_.data(), used_});
        used_ = 0;
    }
    void put(std::string const& text) {
        put_number(text.size());
        put_octets(text);
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
        put_octets(as_bytes(digest));
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
    template <class... T>
    void put(std::tuple<T...> const& parts) {
        std::apply([this](auto const&... part) { (this->put(part), ...); }, parts);
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

    // All of a large State at once would be a gigabyte to write and read again.
    std::array<char, 16'384> room_;
    std::size_t used_ = 0;
    DigestStream hash_;
};

}  // namespace

Digest128 fingerprint(State const& state) {
    Feeder feeder;
    State::describe(state, feeder);
    return feeder.digest();
}

}  // namespace washup::core
