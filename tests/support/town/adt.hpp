#pragma once
// HL7 v2 messages of invented people, as the shipped default profile reads them, and a small MLLP
// sender. Not the adapter's own code: a ward system would not share it either.

#include <optional>
#include <string>
#include <string_view>

#include "proto/base/time.hpp"

namespace washup::integration {

struct Adt {
    std::string trigger = "A01";
    std::string control_id;
    int person = 1;  // gives visit number, local number, name and bed
    std::string ward = "FORD";
    Instant occurred;  // 0 = two hours before now
    std::string processing = "P";
    std::string visit_class = "I";
};
// Segments end in CR.
std::string text_of(Adt const& adt);
std::string key_of(int person);         // "RZZ:V1007"
std::string family_of(int person);      // "SPECIMEN7"
std::string nhs_number_of(int person);  // of the 999 range, with its right check digit

std::string framed(std::string_view message);
// Field 1 and 2 of the MSA segment; empty when there is none.
std::string ack_code(std::string_view ack);
std::string ack_of(std::string_view ack);

class MllpClient {
  public:
    explicit MllpClient(std::uint16_t port);
    ~MllpClient();
    MllpClient(MllpClient const&) = delete;
    MllpClient& operator=(MllpClient const&) = delete;

    bool connected() const { return socket_ >= 0; }
    bool send(std::string_view bytes);
    // The next frame's content; nothing at the timeout or when the other side closed.
    std::optional<std::string> receive(Duration timeout);

  private:
    int socket_ = -1;
    std::string held_;
};

}  // namespace washup::integration
