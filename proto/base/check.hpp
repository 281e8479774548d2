#pragma once
// WASHUP_CHECK: a condition that only a mistake of ours can break. It stays on in release builds;
// a broken one prints the place and ends the process, and the journal replays on restart.

namespace washup {

[[noreturn]] void check_failed(char const* condition, char const* why, char const* file, int line);

}  // namespace washup

#define WASHUP_CHECK(condition, why)                                       \
    do {                                                                   \
        if (!(condition)) {                                                \
            ::washup::check_failed(#condition, (why), __FILE__, __LINE__); \
        }                                                                  \
    } while (false)
