#pragma once
// By which records each stay and each person came to be what they are, so that what is known now of
// a past minute is folded from the few records that came later and matter, not from all of them.
// In memory alone, some tens of octets a record; filled after each start by whoever looks through
// the journal, and by each record since. Not a State: it knows ids, numbers and one time of each
// stay, and no words.

#include <cstdint>
#include <limits>
#include <map>
#include <set>
#include <vector>

#include "daemon/core/state.hpp"

namespace washup::engine {

class PastIndex {
  public:
    // In any order; the same record twice does no harm. It is whole when every record up to head()
    // was added.
    void add(core::Record const& record);
    // What came after record `until` of all that a picture of `at` is made of: the stays of `then`
    // (the fold up to `until`), those that were told later and began before, and everybody whom an
    // event ever named together with one of them. No event of another stay or person changes
    // anything of these.
    struct Later {
        std::vector<core::RecordNumber> records;  // in order
        core::RecordNumber head;                  // the last one that was looked at
        std::set<std::uint64_t> stays, persons;
        bool matters(core::Event const& event) const;
    };
    core::RecordNumber head() const { return head_; }
    Later later(core::State const& then, core::RecordNumber until, Instant at) const;

  private:
    struct Entry {
        std::vector<core::RecordNumber> records;    // that name it
        std::vector<std::uint64_t> stays, persons;  // named together with it
        core::RecordNumber first;
        Instant began{std::numeric_limits<std::int64_t>::max()};  // the earliest said of a stay
        void note(core::RecordNumber number);
    };
    using Entries = std::map<std::uint64_t, Entry>;

    void add_event(core::RecordNumber number, core::Event const& event);

    Entries stays_, persons_;
    std::vector<core::RecordNumber> of_house_;  // the site file and the staff list
    core::RecordNumber head_;
};

}  // namespace washup::engine
