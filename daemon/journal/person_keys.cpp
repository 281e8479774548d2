#include "daemon/journal/person_keys.hpp"

#include <sodium.h>

#include <algorithm>
#include <mutex>

#include "proto/base/check.hpp"
#include "proto/base/digest.hpp"

namespace washup::journal {
namespace {

WordKey made_of(Bytes chance) {
    WordKey key;
    WASHUP_CHECK(chance.size() == key.octets.size(), "a key has 32 octets");
    std::copy(chance.begin(), chance.end(), key.octets.begin());
    sodium_memzero(chance.data(), chance.size());
    return key;
}

}  // namespace

WordKey::~WordKey() {
    sodium_memzero(octets.data(), octets.size());
}

Bytes id_of(WordKey const& key) {
    std::string_view const octets{reinterpret_cast<char const*>(key.octets.data()),
                                  key.octets.size()};
    return Bytes{as_bytes(blake2b_256("washup 2 key id", octets)).substr(0, StoredKey::id_bytes)};
}

std::vector<Bytes> destroyed_by(core::Record const& record) {
    std::vector<Bytes> ids;
    for (auto const& event : record.events) {
        auto const* erased = std::get_if<core::PersonErased>(&event);
        if (erased != nullptr) ids.insert(ids.end(), erased->keys.begin(), erased->keys.end());
    }
    return ids;
}

void PersonKeys::take(std::vector<std::pair<StoredKey, WordKey>> keys) {
    std::unique_lock const lock{mutex_};
    by_owner_.clear();
    by_id_.clear();
    by_id_.reserve(keys.size());
    for (auto const& [stored, key] : keys) {
        auto const gone = stored.destroyed();
        by_owner_[stored.owner] = Held{stored.id, gone};
        if (!gone) by_id_[stored.id] = key;
    }
}

PersonKeys::Named PersonKeys::of(KeyOwner owner, bool& made) {
    std::unique_lock const lock{mutex_};
    made = false;
    auto const held = by_owner_.find(owner);
    if (held != by_owner_.end() && !held->second.destroyed) {
        return {held->second.id, by_id_.at(held->second.id)};
    }
    auto key = made_of(chance_(owner));
    auto id = id_of(key);
    if (held != by_owner_.end()) return {std::move(id), key};
    by_owner_[owner] = Held{id, false};
    by_id_[id] = key;
    made = true;
    return {std::move(id), key};
}

bool PersonKeys::find(std::string_view id, WordKey& key) const {
    std::shared_lock const lock{mutex_};
    auto const found = by_id_.find(std::string{id});
    if (found == by_id_.end()) return false;
    key = found->second;
    return true;
}

std::vector<Bytes> PersonKeys::destroy(std::vector<KeyOwner> const& owners) {
    std::unique_lock const lock{mutex_};
    std::vector<Bytes> ids;
    for (auto const& owner : owners) {
        auto const held = by_owner_.find(owner);
        if (held == by_owner_.end()) {
            // It has no words; nor will it get any.
            by_owner_[owner] = Held{{}, true};
            continue;
        }
        if (held->second.destroyed) continue;
        held->second.destroyed = true;
        by_id_.erase(held->second.id);
        ids.push_back(held->second.id);
    }
    if (!ids.empty()) ++erasures_;
    return ids;
}

bool PersonKeys::destroyed(KeyOwner owner) const {
    std::shared_lock const lock{mutex_};
    auto const held = by_owner_.find(owner);
    return held != by_owner_.end() && held->second.destroyed;
}

std::vector<KeyOwner> PersonKeys::all_destroyed() const {
    std::shared_lock const lock{mutex_};
    std::vector<KeyOwner> owners;
    for (auto const& [owner, held] : by_owner_) {
        if (held.destroyed) owners.push_back(owner);
    }
    return owners;
}

core::RecordNumber PersonKeys::old_words() const {
    std::shared_lock const lock{mutex_};
    return old_words_;
}

void PersonKeys::note_old_words(core::RecordNumber up_to) {
    std::unique_lock const lock{mutex_};
    old_words_ = up_to;
}

std::uint64_t PersonKeys::erasures() const {
    std::shared_lock const lock{mutex_};
    return erasures_;
}

}  // namespace washup::journal
