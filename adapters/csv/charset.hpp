#pragma once
// The octets of a dropped file as UTF-8. A council's file says nowhere how it is written, so this
// decides: a byte order mark first (UTF-8, UTF-16LE as Excel's "Unicode text"), else UTF-8 when
// every octet fits, else Windows-1252. It never fails for an octet; it does not look at columns.

#include <string>
#include <string_view>

#include "proto/base/result.hpp"

namespace washup::csv {

enum class Charset { utf8, utf16le, cp1252 };
char const* name_of(Charset charset);

struct Decoded {
    std::string text;  // UTF-8 without byte order mark
    Charset charset = Charset::utf8;
};

// Error: a NUL in what is not UTF-16LE, or an odd number of octets in what is: no text at all.
Result<Decoded> decode_text(std::string_view octets);

bool valid_utf8(std::string_view text);

}  // namespace washup::csv
