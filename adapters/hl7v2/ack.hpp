#pragma once
// The answer to one message (adapters.md section 4): an MSH that turns the sender's round, MSA with
// the control id byte for byte, ERR when something is wrong. The same message always gets the same
// bytes but for the time of the answer. Pure.

#include <string>
#include <string_view>

#include "adapters/hl7v2/message.hpp"
#include "proto/base/time.hpp"

namespace washup::hl7v2 {

// MSA-3 is a text of 80 characters.
inline constexpr std::size_t ack_words_max = 80;

struct AckContent {
    enum class Verdict {
        taken,     // durable here: AA, CA
        trouble,   // our own: AE, CE; the sender should send again
        rejected,  // never for us: AR, CR; sending again does not help
    };
    Verdict verdict = Verdict::taken;
    // Of trouble and rejected:
    std::string words;       // cut at `ack_words_max`; no patient data
    std::string error_code;  // HL7 table 0357: 207 internal error, 202 unsupported...
    Position at;             // field 0: the message as a whole
};

// "AA" ... "CR" by MSH-15, or by the original mode when the profile forces it.
std::string_view ack_code(AckContent::Verdict verdict, Header const& header, bool force_original);

// False: a message without a readable MSH-10 is never acknowledged, and nor is an acknowledgement.
bool may_acknowledge(Header const& header);

// The message without its frame; ends with CR. `own_id` becomes MSH-10.
std::string make_ack(Header const& header, AckContent const& content, bool force_original,
                     std::string_view own_id, Instant now);
// VT ... FS CR, to be written in one call.
std::string framed(std::string_view message);

}  // namespace washup::hl7v2
