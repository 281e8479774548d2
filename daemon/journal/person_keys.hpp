#pragma once
// The keys under which a person's words lie: one for each person record, and one for each inbox
// item, because an item holds the words of somebody who may not be known yet. To destroy a key is
// to erase what lies under it, wherever a copy of the journal may be. Not a store: which keys there
// are is kept by the journal, in a table beside the chain, each wrapped by the site's key.
//
// Threads may share one: the engine makes and destroys keys while others open words.

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "daemon/core/record.hpp"
#include "proto/base/result.hpp"

namespace washup::journal {

// Whose words. The house's own (staff names) lie under the site's key.
struct KeyOwner {
    enum class Kind : std::uint8_t { house = 0, person = 1, inbox = 2 };
    Kind kind = Kind::house;
    std::uint64_t number = 0;
    friend auto operator<=>(KeyOwner const&, KeyOwner const&) = default;
};
inline KeyOwner owner_of(core::PersonId person) {
    return {KeyOwner::Kind::person, person.value()};
}
inline KeyOwner owner_of(core::InboxId item) {
    return {KeyOwner::Kind::inbox, item.value()};
}

// A key as the journal keeps it. `id` names it in every box; `wrapped` is all zeros when it was
// destroyed: the row stays, so that a destroyed key is not taken for a lost one.
struct StoredKey {
    static constexpr std::size_t id_bytes = 8;
    static constexpr std::size_t wrapped_bytes = 24 + 32 + 16;
    Bytes id;
    KeyOwner owner;
    Bytes wrapped;
    bool destroyed() const { return wrapped.find_first_not_of('\0') == Bytes::npos; }
    friend bool operator==(StoredKey const&, StoredKey const&) = default;
};

// 32 octets, wiped when it goes.
struct WordKey {
    std::array<unsigned char, 32> octets{};
    WordKey() = default;
    WordKey(WordKey const&) = default;
    WordKey& operator=(WordKey const&) = default;
    ~WordKey();
};

class PersonKeys {
  public:
    // Where new keys come from: chance is an argument. 32 octets.
    using Chance = std::function<Bytes(KeyOwner)>;
    explicit PersonKeys(Chance chance) : chance_(std::move(chance)) {}

    struct Named {
        Bytes id;
        WordKey key;
    };

    // Forgets what it has and takes these. The second is the open key; nothing of a destroyed one.
    void take(std::vector<std::pair<StoredKey, WordKey>> keys);

    // The key of an owner; made when there was none, and then `made` is set. Of an owner whose key
    // was destroyed: one that nobody keeps, so that what is sealed under it is gone at once.
    Named of(KeyOwner owner, bool& made);
    // Empty when it is not here: destroyed, or never known.
    bool find(std::string_view id, WordKey& key) const;

    // Gives the ids of the keys that are destroyed now, in the order of `owners`.
    std::vector<Bytes> destroy(std::vector<KeyOwner> const& owners);
    bool destroyed(KeyOwner owner) const;
    std::vector<KeyOwner> all_destroyed() const;
    // Rises with each destroy() that destroyed something: what was opened before may have to go.
    std::uint64_t erasures() const;

    // Up to this record words about persons lie under the site's key, because the journal was begun
    // before persons had keys; none = no such words. They cannot be erased where they stand.
    core::RecordNumber old_words() const;
    void note_old_words(core::RecordNumber up_to);

  private:
    struct Held {
        Bytes id;
        bool destroyed = false;
    };
    mutable std::shared_mutex mutex_;
    std::map<KeyOwner, Held> by_owner_;
    std::unordered_map<std::string, WordKey> by_id_;
    std::uint64_t erasures_ = 0;
    core::RecordNumber old_words_;
    Chance chance_;
};

// The ids of the keys that go with this record.
std::vector<Bytes> destroyed_by(core::Record const& record);

// What a key is called in boxes and lists: a digest of it, so it says nothing about its owner.
Bytes id_of(WordKey const& key);

}  // namespace washup::journal
