#pragma once
// Words folded for comparing, so that one label written in many ways is one: the bytes of published
// files change from month to month (dashes, no-break spaces, a missing blank). Folded text is for
// comparing alone; it is never shown or stored. Not a search and not a spelling corrector.

#include <string>
#include <string_view>

namespace washup {

// Unicode's compatibility form (NFKC) and case folding, without accents; one blank for any run of
// blanks, dashes and underscores, none around a slash; plain quotes; "and" for &. Octets that are
// no UTF-8 are read as Windows-1252, the encoding of the published files. Folding twice is folding
// once. Any octets are taken; nothing fails.
std::string fold(std::string_view text);

}  // namespace washup
