#pragma once
// Words that may identify somebody, under a key (design.md law 6): those of the house (staff names)
// under the site's, those about a person under the key of the person's record (person_keys.hpp),
// which the site's key wraps. XChaCha20-Poly1305; a box names its key. Threads may share one
// Sealer; its person keys change as persons come and are erased.
//
// Box: 1 octet format (1 site's key, 2 a person's), 8 octets key id, 24 octets nonce, ciphertext,
// 16 octets tag.

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "daemon/core/state.hpp"
#include "daemon/journal/person_keys.hpp"
#include "proto/base/result.hpp"

namespace washup::journal {

class Sealer {
  public:
    static constexpr std::size_t key_bytes = 32;
    static constexpr std::size_t overhead_bytes = 1 + 8 + 24 + 16;

    // `site.key` in the data directory. Made at the first start, mode 0600; a file that others may
    // read, of another size, or that is no plain file is refused, and never repaired in silence.
    // `named`: another file, or none; key_file.hpp says where the key is looked for.
    static Result<Sealer> open_or_make(std::filesystem::path const& data_dir,
                                       std::filesystem::path const& named = {});
    // For tests and the simulator: any 32 octets; person keys follow from it and their owner.
    static Sealer from_key(std::string_view key);

    Sealer(Sealer&&) noexcept;
    Sealer& operator=(Sealer&&) noexcept;
    ~Sealer();  // wipes the keys

    // Under the site's key. The same words give the same box, so a replayed or resent record has
    // the same octets. Empty words give an empty box.
    Bytes seal(std::string_view text) const;
    // Error invalid: not a box, an unknown format, changed; not_found: of another key, or of one
    // that was destroyed. The words of the error hold nothing of the content.
    Result<std::string> open(std::string_view box) const;

    // A keyed hash by which a person or stay is found again; see core::AliasKey. `kind` keeps the
    // indexes apart ("visit", "nhs", "local"); value and name space are taken as they are, so the
    // caller folds them first.
    core::AliasKey alias_key(std::string_view kind, std::string_view name_space,
                             std::string_view value) const;

    // Makes `box` from `text` in every Sealed of the event that has words; before apply. Under the
    // site's key, or under that of `owner`. `held`: words that are sealed already and may be the
    // same (words_owner.hpp); then the box is, too.
    void seal_event(core::Event& event) const;
    void seal_event(core::Event& event, PersonKeys::Named const& owner,
                    core::Sealed const* held = nullptr) const;
    // The whole record, each event under the key of whom it is about (words_owner.hpp); `before` is
    // the state it is applied to. Gives the keys that were made for it: they are journaled with it.
    std::vector<StoredKey> seal_record(core::Record& record, core::State const& before) const;

    // The keys of the journal, as it keeps them; they replace those that are here. Error invalid: a
    // key that does not open under the site's key, and whose.
    Result<void> take_keys(std::vector<StoredKey> const& stored) const;
    PersonKeys& person_keys() const;

    // Makes `text` from `box`; after decoding. A box that cannot be opened leaves the text empty,
    // and everything derived still works. Gives back how many could not be opened.
    std::size_t open_event(core::Event& event) const;
    // The same for a whole fold that was read from an image.
    std::size_t open_state(core::State& state) const;

    // A keyed digest: who can make it holds the site's key.
    Digest256 seal_mark(std::string_view bytes) const;

    std::string key_id_hex() const;

  private:
    struct Keys;
    Sealer(std::unique_ptr<Keys const> keys, PersonKeys::Chance chance);
    template <class T>
    std::size_t open_each(T& value) const;
    StoredKey wrap(KeyOwner owner, PersonKeys::Named const& named) const;
    Result<WordKey> unwrap(StoredKey const& stored) const;
    std::unique_ptr<Keys const> keys_;
    std::unique_ptr<PersonKeys> persons_;
};

}  // namespace washup::journal
