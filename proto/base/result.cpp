#include "proto/base/result.hpp"

#include "proto/base/check.hpp"

namespace washup {

void throw_exception_from_error(Error const& error, boost::source_location const&) {
    check_failed("result has a value", error.words.c_str(), __FILE__, __LINE__);
}

}  // namespace washup
