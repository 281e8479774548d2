#include "tests/support/town/screen.hpp"

#include <algorithm>
#include <map>
#include <string_view>

namespace washup::integration {
namespace {

using test_support::eventually;

// X11/XWDFile.h: big endian words; the octets of the header, colours and lines are told by it.
std::uint32_t word(std::string_view dump, std::size_t index) {
    std::uint32_t value = 0;
    for (std::size_t i = index * 4; i < index * 4 + 4; ++i) {
        value = value << 8 | static_cast<unsigned char>(dump[i]);
    }
    return value;
}
constexpr std::size_t header_size = 0, width = 4, height = 5, byte_order = 7, bits_per_pixel = 11,
                      bytes_per_line = 12, colour_count = 19, header_words = 25;
constexpr std::size_t colour_bytes = 12;

}  // namespace

Screen::Screen(int width_wanted, int height_wanted) {
    auto const size = std::to_string(width_wanted) + "x" + std::to_string(height_wanted) + "x24";
    server_ = std::make_unique<test_support::Process>(
        std::vector<std::string>{"Xvfb", "-displayfd", "1", "-screen", "0", size, "-fbdir",
                                 folder_.path().string(), "-nolisten", "tcp"});
    auto const named = [&] {
        return server_->out().find('\n') != std::string::npos || !server_->running();
    };
    if (!eventually(named, seconds(30)) || !server_->running()) return;
    display_ = ":" + server_->out().substr(0, server_->out().find('\n'));
}

std::vector<std::uint32_t> Screen::pixels() const {
    auto const dump = test_support::read_file(folder_.path() / "Xvfb_screen0");
    if (dump.size() < header_words * 4 || word(dump, bits_per_pixel) != 32) return {};
    auto const first = word(dump, header_size) + word(dump, colour_count) * colour_bytes;
    auto const line = word(dump, bytes_per_line);
    if (dump.size() < first + std::size_t{line} * word(dump, height)) return {};
    std::vector<std::uint32_t> out;
    out.reserve(std::size_t{word(dump, width)} * word(dump, height));
    for (std::size_t y = 0; y < word(dump, height); ++y) {
        for (std::size_t x = 0; x < word(dump, width); ++x) {
            auto const pixel = word(std::string_view{dump}.substr(first + y * line + x * 4, 4), 0);
            // The padding octet is not part of the picture; which one it is depends on the order.
            out.push_back(word(dump, byte_order) == 0 ? pixel >> 8 : pixel & 0xFFFFFF);
        }
    }
    return out;
}

namespace {

std::map<std::uint32_t, std::size_t> histogram(std::vector<std::uint32_t> const& pixels) {
    std::map<std::uint32_t, std::size_t> counts;
    for (auto const pixel : pixels) ++counts[pixel];
    return counts;
}

}  // namespace

std::size_t colours(std::vector<std::uint32_t> const& pixels) {
    return histogram(pixels).size();
}

std::size_t permille_of_one_colour(std::vector<std::uint32_t> const& pixels) {
    std::size_t most = 0;
    for (auto const& [colour, count] : histogram(pixels)) most = std::max(most, count);
    return pixels.empty() ? 1000 : most * 1000 / pixels.size();
}

std::size_t different(std::vector<std::uint32_t> const& a, std::vector<std::uint32_t> const& b) {
    if (a.size() != b.size()) return std::max(a.size(), b.size());
    std::size_t count = 0;
    for (std::size_t i = 0; i < a.size(); ++i) count += a[i] != b[i];
    return count;
}

}  // namespace washup::integration
