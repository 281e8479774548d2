#pragma once
// The rows of one view, as the publisher holds them and as each follower holds them, and their
// fingerprint. It knows nothing of records, deltas or sockets: replica.hpp does. A row is held as
// protobuf wrote it, so that to send it again nothing is written anew.
//
// A row's term is BLAKE2b-128 over its kind, id, version and set fields in number order,
// length-prefixed; the fingerprint is the sum of the terms mod 2^128. Never over protobuf bytes:
// those may differ between writers. proto/README.md, "Fingerprint", gives the octets.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "proto/base/digest.hpp"

namespace washup::v1 {
class Row;
}

namespace washup::wire {

// Field number of what the row is of (StayRow = 10); 0 when a newer writer's kind is not known
// here.
std::uint32_t row_kind(v1::Row const& row);
// As protobuf writes it here: what a FeedState holds and a frame carries.
Bytes write_row(v1::Row const& row);
// The octets that are digested, and the digest.
Bytes row_octets(v1::Row const& row);
Digest128 row_digest(v1::Row const& row);

// As the heartbeat carries it: 16 octets, big endian.
Bytes to_octets(Fingerprint const& fingerprint);
std::optional<Fingerprint> fingerprint_from_octets(std::string_view octets);

class FeedState {
  public:
    // True when it changed something. A row of no known kind is not kept (and the fingerprint will
    // tell).
    bool put(v1::Row const& row);
    // The same with what write_row gave for it.
    bool put(std::uint32_t kind, std::string const& id, Bytes written);
    bool remove(std::uint32_t kind, std::string_view id);
    void clear();

    // Read anew at each call; null when there is none.
    std::shared_ptr<v1::Row const> find(std::uint32_t kind, std::string_view id) const;
    // Lives until the row is put or removed; empty when there is none.
    std::string_view written(std::uint32_t kind, std::string_view id) const;
    Fingerprint fingerprint() const { return fingerprint_; }
    std::size_t size() const { return rows_.size(); }
    // By kind, then id.
    void for_each(std::function<void(v1::Row const&)> const& visit) const;
    void for_each_written(std::function<void(std::string_view)> const& visit) const;

  private:
    struct Held {
        Bytes written;
        Digest128 term;
    };
    using Rows = std::map<std::pair<std::uint32_t, std::string>, Held>;
    Rows rows_;
    Fingerprint fingerprint_;
};

}  // namespace washup::wire
