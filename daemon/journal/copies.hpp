#pragma once
// Copies of a journal: made while the daemon runs (backup), made again into a journal (restore),
// and of the good records of a bad one (export_good). The site key is never in a copy: it belongs
// in another safe.

#include <filesystem>

#include "daemon/journal/verify.hpp"

namespace washup::journal {

// A whole copy at one moment, looked through before it is called one. Error refused: the file is
// there already; invalid: the copy is not sound (it is kept under NAME.bad); io.
Result<VerifyReport> backup(std::filesystem::path const& data_dir,
                            std::filesystem::path const& file);

// A copy becomes the journal of a data directory that has none; `site.key` must be there before. It
// gets a new epoch, so that followers and sources see that it is another. With a list of erasures
// (erasures.hpp; its text) the keys it names are destroyed before the copy is a journal. Error
// refused: there is a journal, there is no key, or another, or the list is of another journal;
// invalid: the copy is not sound; io.
Result<VerifyReport> restore(std::filesystem::path const& file,
                             std::filesystem::path const& data_dir,
                             std::string const& erasures = {});

// Every record up to the first bad one (or up to `last`), as a copy that restore() takes.
Result<VerifyReport> export_good(std::filesystem::path const& data_dir,
                                 std::filesystem::path const& file, core::RecordNumber last = {});

}  // namespace washup::journal
