#include "daemon/shell/reception.hpp"

namespace washup::shell {

link::ZmqSocket& Reception::socket(access::Door door) {
    return door == access::Door::ingest ? doors_.ingest() : doors_.control();
}

void Reception::refuse(access::Door door, std::string const& from, Error const& error) {
    note(door, error.field, doors_.ring().name_of(socket(door).sender()));
    socket(door).try_send(from, wire::encode_refusal(error));
}

bool Reception::parsed(access::Door door, std::string const& from, wire::Frame const& frame,
                       google::protobuf::MessageLite& message) {
    auto const result = wire::parse(frame, message);
    if (!result) refuse(door, from, result.error());
    return result.has_value();
}

std::optional<wire::Frame> Reception::admitted(access::Door door, std::string const& from,
                                               std::string const& bytes) {
    doors_.note_line(door);
    auto const frame = wire::decode(bytes);
    if (!frame) {
        refuse(door, from, frame.error());
        return std::nullopt;
    }
    auto const may = doors_.ring().may_send(socket(door).sender(), door, frame->kind);
    if (!may) {
        refuse(door, from, may.error());
        return std::nullopt;
    }
    return *frame;
}

}  // namespace washup::shell
