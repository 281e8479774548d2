#pragma once
// What a program of ours does when memory ends: it says so and ends at once, in the middle of
// whatever it does. A thrown bad_alloc could leave half a change behind in a thing that is used
// afterwards; a program that is gone leaves what is on the disk, and that is made to be found so.
// Whatever was not durable was not acknowledged.

namespace washup {

// EX_OSERR of sysexits.h.
inline constexpr int exit_out_of_memory = 71;

// From now on, for every `new` of the process; what does not ask `new` (SQLite, ZeroMQ) tells its
// caller. `program` must live as long as the process. First thing in main().
void stop_when_memory_ends(char const* program);

}  // namespace washup
