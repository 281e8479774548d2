#include "proto/base/check.hpp"

#include <cstdio>
#include <cstdlib>

namespace washup {

void check_failed(char const* condition, char const* why, char const* file, int line) {
    std::fprintf(stderr, "level=error event=check_failed condition=\"%s\" why=\"%s\" at=%s:%d\n",
                 condition, why, file, line);
    std::abort();
}

}  // namespace washup
