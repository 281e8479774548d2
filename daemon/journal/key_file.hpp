#pragma once
// The site key's file: `site.key` in the data directory, one line of text, so that it can be
// printed and put in a safe. Whoever has it and the journal reads every name; whoever loses it
// reads none.

#include <filesystem>

#include "proto/base/digest.hpp"
#include "proto/base/result.hpp"

namespace washup::journal {

// The 32 octets of the key. Made (mode 0600, fsynced before use) only where there is no journal
// yet: a new key beside an old journal would hide every name in it for good. Error refused: others
// may read the file, or it is not ours; invalid: it holds no key; io.
Result<Bytes> open_or_make_site_key(std::filesystem::path const& data_dir);

}  // namespace washup::journal
