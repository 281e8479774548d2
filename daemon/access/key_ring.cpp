#include "daemon/access/key_ring.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace washup::access {
namespace {

std::string what(wire::Kind kind) {
    switch (kind) {
        case wire::Kind::command:
            return "send commands";
        case wire::Kind::history_request:
            return "ask for histories";
        case wire::Kind::sign_in:
            return "let people sign in";
        case wire::Kind::doors_request:
            return "ask who was turned away";
        default:
            return fmt::format("send a {} here", wire::to_words(kind));
    }
}

}  // namespace

KeyRing::KeyRing(std::vector<config::KeyEntry> const& keys, bool keyed)
    : keyed_(keyed || !keys.empty()) {
    for (auto const& key : keys) held_.insert_or_assign(key.public_key, Held{key, rights_of(key)});
}

std::size_t KeyRing::revoked() const {
    return static_cast<std::size_t>(std::count_if(held_.begin(), held_.end(), [](auto const& held) {
        return !held.second.entry.revoked.empty();
    }));
}

std::string KeyRing::name_of(std::string_view key) const {
    auto const* const held = find(key);
    return held == nullptr ? std::string() : held->entry.name;
}

bool KeyRing::holds_as(KeyRing const& other, std::string_view key) const {
    auto const* const mine = find(key);
    auto const* const theirs = other.find(key);
    return mine != nullptr && theirs != nullptr && mine->entry == theirs->entry &&
           mine->entry.revoked.empty();
}

std::vector<std::string> KeyRing::keys() const {
    std::vector<std::string> keys;
    for (auto const& [key, held] : held_) keys.push_back(key);
    return keys;
}

KeyRing::Held const* KeyRing::find(std::string_view key) const {
    auto const found = held_.find(key);
    return found == held_.end() ? nullptr : &found->second;
}

Error KeyRing::not_for(std::string_view key, std::string_view what) const {
    auto const name = name_of(key);
    return refused(fmt::format("the key {} may not {}; the daemon's key list says what it may",
                               name.empty() ? "of nobody" : name, what),
                   "role");
}

link::Admission KeyRing::admit(std::string_view door, std::string_view key) const {
    auto const* const held = find(key);
    if (held == nullptr) return {false, {}, "unknown_key"};
    if (!held->entry.revoked.empty()) return {false, held->entry.name, "revoked"};
    auto const at = door_named(door);
    if (!at || !access::may_enter(held->rights, *at)) {
        return {false, held->entry.name, "wrong_role"};
    }
    return {true, std::string(key), {}};
}

bool KeyRing::may_enter(std::string_view key, Door door) const {
    auto const* const held = find(key);
    return !has_keys() || (held != nullptr && access::may_enter(held->rights, door));
}

Result<void> KeyRing::may_send(std::string_view key, Door door, wire::Kind kind) const {
    if (!has_keys()) return boost::system::in_place_value;
    auto const* const held = find(key);
    if (held == nullptr || !access::may_send(held->rights, door, kind)) {
        return not_for(key, what(kind));
    }
    return boost::system::in_place_value;
}

Result<void> KeyRing::may_see(std::string_view key, int view, bool signed_in) const {
    if (!has_keys()) return boost::system::in_place_value;
    auto const* const held = find(key);
    if (held != nullptr && access::may_see(held->rights, view, signed_in)) {
        return boost::system::in_place_value;
    }
    if (held != nullptr && access::may_see(held->rights, view, true)) {
        return refused("sign in for this: it is given to people, not to machines", "session");
    }
    return not_for(key, view == room_view ? std::string("see the room's view")
                                          : fmt::format("see tier {}", view));
}

bool KeyRing::prints_sheet(std::string_view key) const {
    auto const* const held = find(key);
    return has_keys() && held != nullptr && held->rights.sheet;
}

Result<void> KeyRing::may_print(std::string_view key, std::string_view report, bool plain) const {
    if (prints_sheet(key) && report == sheet_report && plain) return boost::system::in_place_value;
    return not_for(key, "be given any report but the sheet of now");
}

KeyRing::Standing KeyRing::standing(std::string_view key) const {
    if (!has_keys()) return {3, false, true};
    auto const* const held = find(key);
    if (held == nullptr) return {};
    return {held->rights.highest_tier, held->rights.sign_in, held->rights.doors};
}

bool KeyRing::keeps_staff_list(std::string_view key) const {
    auto const* const held = find(key);
    return held != nullptr && held->rights.staff_list;
}

Result<void> KeyRing::may_erase(std::string_view key) const {
    if (!has_keys()) return boost::system::in_place_value;
    auto const* const held = find(key);
    if (held == nullptr || !held->rights.erase) return not_for(key, "erase a person");
    return boost::system::in_place_value;
}

Result<void> KeyRing::may_speak_as(std::string_view key, std::string_view source) const {
    if (!has_keys()) return boost::system::in_place_value;
    auto const* const held = find(key);
    if (held == nullptr || !held->rights.ingest || held->entry.source != source) {
        auto error =
            not_for(key, held == nullptr || held->entry.source.empty()
                             ? std::string("speak as a source")
                             : fmt::format("speak as another source than {}", held->entry.source));
        error.field = "source";
        return error;
    }
    return boost::system::in_place_value;
}

}  // namespace washup::access
