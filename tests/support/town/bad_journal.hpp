#pragma once
// A journal made by the real programs, copied for each case and damaged in one way, and what
// washupd and its tools say of it. Knows how to damage and to ask, not what is right.

#include <filesystem>
#include <string>
#include <vector>

#include "tests/support/process.hpp"
#include "tests/support/temp_dir.hpp"

namespace washup::integration {

// Made once for the whole test program; nobody writes into it.
struct GoodJournal {
    std::filesystem::path data_dir;
    std::uint64_t records = 0;
    std::string fingerprint;  // of the State that a start recovers
};
GoodJournal const& good_journal();

class BadJournal {
  public:
    BadJournal();  // a copy of the good one

    std::filesystem::path const& data() const { return data_; }
    std::filesystem::path db() const { return data_ / "journal.db"; }
    std::filesystem::path folder() const { return folder_.path(); }

    void sql(std::string const& text) const;
    void put(std::string const& name, std::string const& content) const;
    std::string content(std::string const& name) const;
    void flip(std::string const& name, std::size_t octet) const;
    // Changes the body of a record and makes the chain anew from there, as somebody would who
    // knows how; `append`: octets put behind the body.
    void change_and_chain(std::uint64_t number, std::string const& append) const;

    // washupd journal --data DIR VERB...
    test_support::Finished tool(std::vector<std::string> words) const;
    // washupd itself until it ends, or is stopped because `stop_at` stands in its log.
    test_support::Finished serve(std::string const& stop_at) const;
    // What is in front of every command: another user for one case.
    std::vector<std::string> prefix;

  private:
    std::vector<std::string> with_prefix(std::vector<std::string> words) const;
    test_support::TempDir folder_;
    std::filesystem::path data_;
};

}  // namespace washup::integration
