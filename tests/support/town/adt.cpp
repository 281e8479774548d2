#include "tests/support/town/adt.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <map>

#include "proto/base/clock.hpp"
#include "proto/base/nhs_number.hpp"
#include "tests/support/process.hpp"

namespace washup::integration {
namespace {

constexpr char frame_begin = '\x0b';
constexpr std::string_view frame_end = "\x1c\r";

std::string stamp(Instant at) {
    auto const wall = london_wall(at);
    return fmt::format("{:04}{:02}{:02}{:02}{:02}{:02}", wall.year, wall.month, wall.day, wall.hour,
                       wall.minute, wall.second);
}

std::string msa_field(std::string_view ack, int field) {
    auto const start = ack.find("\rMSA|");
    if (start == std::string_view::npos) return {};
    auto segment = ack.substr(start + 1, ack.find('\r', start + 1) - start - 1);
    for (; field > 0; --field) {
        auto const bar = segment.find('|');
        if (bar == std::string_view::npos) return {};
        segment.remove_prefix(bar + 1);
    }
    return std::string{segment.substr(0, segment.find('|'))};
}

using Fields = std::map<int, std::string>;

// HL7 counts fields from 1; what is left out stays empty.
std::string segment(std::string const& name, Fields const& fields) {
    auto out = name;
    for (int i = 1; i <= fields.rbegin()->first; ++i) {
        out += '|';
        if (auto const field = fields.find(i); field != fields.end()) out += field->second;
    }
    return out + '\r';
}

}  // namespace

std::string key_of(int person) {
    return fmt::format("RZZ:V{}", 1000 + person);
}
std::string family_of(int person) {
    return fmt::format("SPECIMEN{}", person);
}

std::string nhs_number_of(int person) {
    for (int stem = person * 20;; ++stem) {
        for (int check = 0; check < 10; ++check) {
            auto digits = fmt::format("999{:06}{}", stem, check);
            if (valid_nhs_number(digits)) return digits;
        }
    }
}

std::string text_of(Adt const& adt) {
    auto const occurred = stamp(adt.occurred == Instant{} ? system_now() - hours(2) : adt.occurred);
    auto const visit = 1000 + adt.person;
    Fields pv1{{1, "1"},
               {2, adt.visit_class},
               {3, fmt::format("{}^A^A{}^STM", adt.ward, adt.person % 6 + 1)},
               {19, fmt::format("V{}^^^RZZ", visit)},
               {44, occurred}};
    if (adt.trigger == "A03") {
        pv1[36] = "1";
        pv1[37] = "19";
        pv1[45] = occurred;
    }
    auto const numbers =
        fmt::format("L{}^^^RZZ^MR~{}^^^NHS^NH", 4000 + visit, nhs_number_of(adt.person));
    // MSH-1 is the separator itself, so this segment's fields stand one place earlier.
    return segment("MSH", {{1, "^~\\&"},
                           {2, "INTTEST"},
                           {3, "RZZ"},
                           {4, "WASHUP"},
                           {5, "RZZ"},
                           {6, occurred},
                           {8, "ADT^" + adt.trigger},
                           {9, adt.control_id},
                           {10, adt.processing},
                           {11, "2.4"}}) +
           segment("EVN", {{1, adt.trigger}, {2, occurred}, {6, occurred}}) +
           segment("PID", {{1, "1"},
                           {3, numbers},
                           {5, family_of(adt.person) + "^Ann^^^Mrs"},
                           {7, "19410309"},
                           {8, "F"},
                           {11, "1 Test Street^^Margate^^CT9 1AA"}}) +
           segment("PV1", pv1);
}

std::string framed(std::string_view message) {
    return std::string{frame_begin} + std::string{message} + std::string{frame_end};
}

std::string ack_code(std::string_view ack) {
    return msa_field(ack, 1);
}
std::string ack_of(std::string_view ack) {
    return msa_field(ack, 2);
}

MllpClient::MllpClient(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socket_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (connect(socket_, reinterpret_cast<sockaddr const*>(&address), sizeof address) != 0) {
        close(socket_);
        socket_ = -1;
    }
}

MllpClient::~MllpClient() {
    if (connected()) close(socket_);
}

bool MllpClient::send(std::string_view bytes) {
    while (!bytes.empty()) {
        auto const sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

std::optional<std::string> MllpClient::receive(Duration timeout) {
    for (auto const deadline = test_support::deadline_in(timeout);;) {
        auto const begin = held_.find(frame_begin), end = held_.find(frame_end);
        if (begin != std::string::npos && end != std::string::npos) {
            auto content = held_.substr(begin + 1, end - begin - 1);
            held_.erase(0, end + frame_end.size());
            return content;
        }
        pollfd ready{socket_, POLLIN, 0};
        auto const left = std::max<std::int64_t>((deadline - steady_now()).ms, 0);
        if (poll(&ready, 1, static_cast<int>(left)) != 1) return std::nullopt;
        std::array<char, 4096> piece{};
        auto const got = recv(socket_, piece.data(), piece.size(), 0);
        if (got <= 0) return std::nullopt;
        held_.append(piece.data(), static_cast<std::size_t>(got));
    }
}

}  // namespace washup::integration
