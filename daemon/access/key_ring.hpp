#pragma once
// The keys of a site at work: who may shake hands at which door, and what their frames may ask.
// Immutable, so that the gate's thread and the loop may both ask it.

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/access/rights.hpp"
#include "proto/base/result.hpp"
#include "proto/link/zap.hpp"

namespace washup::access {

class KeyRing {
  public:
    // Empty: a daemon without keys, on this machine only. Everybody may do everything.
    explicit KeyRing(std::vector<config::KeyEntry> const& keys);
    bool has_keys() const { return !by_name_.empty(); }
    std::size_t size() const { return by_name_.size(); }

    // `why` of one who is not admitted: unknown_key, revoked or wrong_role.
    link::Admission admit(std::string_view door, std::string_view public_key) const;

    // Of a frame: `name` is the connection's key. Error::field = role or source; its words name
    // the key, and nothing of the frame.
    Result<void> may_send(std::string_view name, Door door, wire::Kind kind) const;
    Result<void> may_see(std::string_view name, int tier) const;
    Result<void> may_speak_as(std::string_view name, std::string_view source) const;

  private:
    struct Held {
        config::KeyEntry entry;
        Rights rights;
    };
    Held const* find(std::string_view name) const;
    std::map<std::string, Held, std::less<>> by_name_;
    std::map<std::string, std::string, std::less<>> names_;  // public key -> name
};

}  // namespace washup::access
