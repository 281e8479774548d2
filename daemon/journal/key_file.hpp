#pragma once
// The files of the three secrets in the data directory, one line of text each, so that they can be
// printed and put in a safe. `site.key`: whoever has it and the journal reads every name; whoever
// loses it reads none. `checkpoint.key` signs what the journal holds; whoever has it can forge
// that. `wire.key` is what clients know the daemon by; whoever has it can pose as it.

#include <filesystem>
#include <optional>

#include "proto/base/digest.hpp"
#include "proto/base/result.hpp"

namespace washup::journal {

// The 32 octets of the key. Made (mode 0600, fsynced before use) only where there is no journal
// yet: a new key beside an old journal would hide every name in it for good. Error refused: others
// may read the file, or it is not ours; invalid: it holds no key; io.
// It is the file that is `named`; else $CREDENTIALS_DIRECTORY/site.key, which systemd gives a
// service that loads it as a credential; else site.key of the data directory, the only one that is
// ever made here.
Result<Bytes> open_or_make_site_key(std::filesystem::path const& data_dir,
                                    std::filesystem::path const& named = {});

// The 32 octets of the seed, made where there is none: a lost one hides nothing, but what was
// signed before is then under another public key.
Result<Bytes> open_or_make_checkpoint_key(std::filesystem::path const& data_dir);
// The same without making one.
Result<std::optional<Bytes>> find_checkpoint_key(std::filesystem::path const& data_dir);

// The 32 octets of the secret, made where there is none: after a lost one every client needs the
// new public key in its file.
Result<Bytes> open_or_make_wire_key(std::filesystem::path const& data_dir);

}  // namespace washup::journal
