#pragma once
// What an operation that may fail for an expected reason gives back. An Error says what was wrong
// in words a person can act on; it never holds patient data, because it ends in logs. Programmer
// errors are not Errors: see check.hpp.

#include <boost/system/result.hpp>
#include <string>
#include <utility>

namespace washup {

enum class ErrorCode {
    invalid,      // the input cannot mean anything to us
    refused,      // understood, and not allowed by a rule of the house
    not_found,    // names something that is not here
    unavailable,  // the other side is away; later may work
    io,           // disk or network failed
    too_large,    // above a named bound
};

struct Error {
    ErrorCode code = ErrorCode::invalid;
    std::string words;    // what was wrong and what to do, one sentence
    std::string field{};  // which field, when one is to blame
};

template <class T>
using Result = boost::system::result<T, Error>;

// Needed by boost::system::result for .value(); reaching it is a programmer error.
[[noreturn]] void throw_exception_from_error(Error const& error, boost::source_location const&);

inline Error invalid(std::string words, std::string field = {}) {
    return Error{ErrorCode::invalid, std::move(words), std::move(field)};
}
inline Error refused(std::string words, std::string field = {}) {
    return Error{ErrorCode::refused, std::move(words), std::move(field)};
}
inline Error io_error(std::string words) {
    return Error{ErrorCode::io, std::move(words), {}};
}

}  // namespace washup
