#pragma once
// A file that holds HL7 messages, in whatever way somebody wrote them down: MLLP frames as captured
// from a wire, or text with or without blank lines, batches, any line ends. Pure, over the bytes.

#include <string>
#include <string_view>
#include <vector>

namespace washup::hl7v2 {

struct FileMessages {
    std::vector<std::string> messages;
    // What is in the file and is no message, in words for a person: bytes and place, no content.
    std::vector<std::string> faults;
};
FileMessages messages_of_file(std::string_view bytes);

}  // namespace washup::hl7v2
