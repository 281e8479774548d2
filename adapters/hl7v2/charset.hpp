#pragma once
// Bytes of a message to UTF-8. Never fails a message for a byte (adapters.md 5.3, trap 18): what a
// declared character set cannot explain is read as Windows-1252, in which every byte is something.

#include <string>
#include <string_view>

namespace washup::hl7v2 {

bool valid_utf8(std::string_view bytes);

// `declared` is the profile's override, else MSH-18 (table 0211), else empty. ASCII and words that
// mean nothing to us count as empty: then valid UTF-8 is UTF-8 and everything else Windows-1252.
std::string to_utf8(std::string_view bytes, std::string_view declared);

}  // namespace washup::hl7v2
