#pragma once
// The keys of a site at work: who may shake hands at which door, and what their frames may ask.
// Immutable, so that the gate's thread and the loop may both ask it: a newer list is a newer ring.

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
    // Empty: a daemon without keys, on this machine only. Everybody may do everything. `keyed`: it
    // was started with keys, and an empty list lets nobody in.
    explicit KeyRing(std::vector<config::KeyEntry> const& keys, bool keyed = false);
    bool has_keys() const { return keyed_; }
    std::size_t size() const { return held_.size(); }
    std::size_t revoked() const;
    // What a connection is known by is its public key: a name may be given to another key later.
    // The name is for logs and the journal; empty: not on the list.
    std::string name_of(std::string_view key) const;
    // Listed here as it was there, and not revoked.
    bool holds_as(KeyRing const& other, std::string_view key) const;
    std::vector<std::string> keys() const;

    // `why` of one who is not admitted: unknown_key, revoked or wrong_role; their `name` is for the
    // log. Of one who is, it is the public key.
    link::Admission admit(std::string_view door, std::string_view key) const;
    bool may_enter(std::string_view key, Door door) const;

    // Of a frame: `key` is the connection's. Error::field = role, source or session (sign in
    // first); its words name the key, and nothing of the frame.
    Result<void> may_send(std::string_view key, Door door, wire::Kind kind) const;
    Result<void> may_see(std::string_view key, int view, bool signed_in) const;
    // A machine that is given one report alone; `plain`: of now, without who stands behind it.
    bool prints_sheet(std::string_view key) const;
    Result<void> may_print(std::string_view key, std::string_view report, bool plain) const;
    // What the machine shows while nobody is signed in there, and whether anybody may; without keys
    // everything, and nobody. Tier -1: nothing.
    struct Standing {
        int tier = -1;
        bool people = false;
        bool doors = false;  // is told who was turned away
    };
    Standing standing(std::string_view key) const;
    // Adds people and sets PINs without having signed in.
    bool keeps_staff_list(std::string_view key) const;
    Result<void> may_erase(std::string_view key) const;
    Result<void> may_speak_as(std::string_view key, std::string_view source) const;

  private:
    struct Held {
        config::KeyEntry entry;
        Rights rights;
    };
    Held const* find(std::string_view key) const;
    Error not_for(std::string_view key, std::string_view what) const;
    bool keyed_ = false;
    std::map<std::string, Held, std::less<>> held_;  // by public key
};

}  // namespace washup::access
