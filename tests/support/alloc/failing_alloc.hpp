#pragma once
// Memory that ends when it is told to: the n-th allocation of the whole program fails, of `new` by
// bad_alloc and of SQLite by a null pointer. A program that links this has its own operator new;
// for tests that look at nothing else.

#include <cstdint>

namespace washup::test_support::failing_alloc {

// Fails while it lives; one at a time.
class Armed {
  public:
    Armed(std::uint64_t nth, bool for_ever);
    ~Armed();
    Armed(Armed const&) = delete;
    Armed& operator=(Armed const&) = delete;
};

// Since the last Armed began: did an allocation fail?
bool failed();

// What was allocated by `new` and by SQLite and is not freed yet.
std::int64_t live();

}  // namespace washup::test_support::failing_alloc
