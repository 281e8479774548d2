#pragma once
// Words that may identify somebody, under the site's key (design.md law 6). XChaCha20-Poly1305; a
// box carries the id of its key, so that a key for each person can come later in the same format.
// Not a key store: one key, in one file of the data directory. Pure after opening; every member is
// const but open_or_make, so threads may share one Sealer.
//
// Box: 1 octet format = 1, 8 octets key id, 24 octets nonce, ciphertext, 16 octets tag.

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "daemon/core/state.hpp"
#include "proto/base/result.hpp"

namespace washup::journal {

class Sealer {
  public:
    static constexpr std::size_t key_bytes = 32;
    static constexpr std::size_t overhead_bytes = 1 + 8 + 24 + 16;

    // `site.key` in the data directory. Made at the first start, mode 0600; a file that others may
    // read, of another size, or that is no plain file is refused, and never repaired in silence.
    static Result<Sealer> open_or_make(std::filesystem::path const& data_dir);
    // For tests and the simulator: any 32 octets.
    static Sealer from_key(std::string_view key);

    Sealer(Sealer&&) noexcept;
    Sealer& operator=(Sealer&&) noexcept;
    ~Sealer();  // wipes the keys

    // The same words give the same box, so a replayed or resent record has the same octets.
    // Empty words give an empty box.
    Bytes seal(std::string_view text) const;
    // Error invalid: not a box, an unknown format, changed; not_found: of another key. The words
    // of the error hold nothing of the content.
    Result<std::string> open(std::string_view box) const;

    // A keyed hash by which a person or stay is found again; see core::AliasKey. `kind` keeps the
    // indexes apart ("visit", "nhs", "local"); value and name space are taken as they are, so the
    // caller folds them first.
    core::AliasKey alias_key(std::string_view kind, std::string_view name_space,
                             std::string_view value) const;

    // Makes `box` from `text` in every Sealed of the event that has words; before apply.
    void seal_event(core::Event& event) const;
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
    explicit Sealer(std::unique_ptr<Keys const> keys);
    template <class T>
    std::size_t open_each(T& value) const;
    std::unique_ptr<Keys const> keys_;
};

}  // namespace washup::journal
