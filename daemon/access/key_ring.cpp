#include "daemon/access/key_ring.hpp"

#include <fmt/format.h>

namespace washup::access {
namespace {

Error not_for(std::string_view name, std::string_view what) {
    return refused(fmt::format("the key {} may not {}; the daemon's key list says what it may",
                               name.empty() ? "of nobody" : name, what),
                   "role");
}

std::string what(wire::Kind kind) {
    switch (kind) {
        case wire::Kind::command:
            return "send commands";
        case wire::Kind::history_request:
            return "ask for histories";
        default:
            return fmt::format("send a {} here", wire::to_words(kind));
    }
}

}  // namespace

KeyRing::KeyRing(std::vector<config::KeyEntry> const& keys) {
    for (auto const& key : keys) {
        by_name_.insert_or_assign(key.name, Held{key, rights_of(key)});
        names_.insert_or_assign(key.public_key, key.name);
    }
}

KeyRing::Held const* KeyRing::find(std::string_view name) const {
    auto const found = by_name_.find(name);
    return found == by_name_.end() ? nullptr : &found->second;
}

link::Admission KeyRing::admit(std::string_view door, std::string_view public_key) const {
    auto const name = names_.find(public_key);
    if (name == names_.end()) return {false, {}, "unknown_key"};
    auto const* const held = find(name->second);
    if (!held->entry.revoked.empty()) return {false, name->second, "revoked"};
    auto const at = door_named(door);
    if (!at || !may_enter(held->rights, *at)) return {false, name->second, "wrong_role"};
    return {true, name->second, {}};
}

Result<void> KeyRing::may_send(std::string_view name, Door door, wire::Kind kind) const {
    if (!has_keys()) return boost::system::in_place_value;
    auto const* const held = find(name);
    if (held == nullptr || !access::may_send(held->rights, door, kind)) {
        return not_for(name, what(kind));
    }
    return boost::system::in_place_value;
}

Result<void> KeyRing::may_see(std::string_view name, int tier) const {
    if (!has_keys()) return boost::system::in_place_value;
    auto const* const held = find(name);
    if (held == nullptr || !access::may_see(held->rights, tier)) {
        return not_for(name, fmt::format("see tier {}", tier));
    }
    return boost::system::in_place_value;
}

Result<void> KeyRing::may_speak_as(std::string_view name, std::string_view source) const {
    if (!has_keys()) return boost::system::in_place_value;
    auto const* const held = find(name);
    if (held == nullptr || !held->rights.ingest || held->entry.source != source) {
        auto error =
            not_for(name, held == nullptr || held->entry.source.empty()
                              ? std::string("speak as a source")
                              : fmt::format("speak as another source than {}", held->entry.source));
        error.field = "source";
        return error;
    }
    return boost::system::in_place_value;
}

}  // namespace washup::access
