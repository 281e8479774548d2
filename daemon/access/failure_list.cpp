#include "daemon/access/failure_list.hpp"

#include <fmt/format.h>

#include <charconv>

namespace washup::access {
namespace {

constexpr std::string_view head = "washup-sign-in-failures 1";

Error odd(std::size_t line) {
    return invalid(fmt::format("line {} is not as the daemon writes it", line), "line");
}

template <class Number>
bool read_number(std::string_view text, Number& number, int base = 10) {
    auto const* const end = text.data() + text.size();
    auto const read = std::from_chars(text.data(), end, number, base);
    return !text.empty() && read.ec == std::errc{} && read.ptr == end;
}

// Two letters an octet: an id may hold anything.
bool from_letters(std::string_view letters, std::string& out) {
    if (letters.empty() || letters.size() % 2 != 0) return false;
    for (std::size_t i = 0; i < letters.size(); i += 2) {
        unsigned octet = 0;
        if (!read_number(letters.substr(i, 2), octet, 16)) return false;
        out += static_cast<char>(octet);
    }
    return true;
}

}  // namespace

std::string to_text(FailureCounts const& counts) {
    auto out = fmt::format("{}\n", head);
    for (auto const& [staff, count] : counts) {
        out += fmt::format("{} ", count);
        for (auto const c : staff) out += fmt::format("{:02x}", static_cast<unsigned char>(c));
        out += '\n';
    }
    return out + fmt::format("end {}\n", counts.size());
}

Result<FailureCounts> read_failures(std::string_view text) {
    FailureCounts counts;
    for (std::size_t line = 1;; ++line) {
        auto const end = text.find('\n');
        if (end == std::string_view::npos) return odd(line);  // cut off before its last line
        auto const words = text.substr(0, end);
        text.remove_prefix(end + 1);
        if (line == 1) {
            if (words != head) return odd(line);
            continue;
        }
        auto const blank = words.find(' ');
        if (blank == std::string_view::npos) return odd(line);
        auto const first = words.substr(0, blank), second = words.substr(blank + 1);
        if (first == "end") {
            std::size_t size = 0;
            if (!read_number(second, size) || size != counts.size() || !text.empty()) {
                return odd(line);
            }
            return counts;
        }
        std::uint32_t count = 0;
        std::string staff;
        if (!read_number(first, count) || count == 0 || !from_letters(second, staff) ||
            !counts.emplace(std::move(staff), count).second) {
            return odd(line);
        }
    }
}

}  // namespace washup::access
