#include "adapters/hl7v2/charset.hpp"

#include <gtest/gtest.h>

namespace washup::hl7v2 {
namespace {

TEST(Hl7Charset, ReadsByDeclarationThenUtf8ThenWindows) {
    struct Case {
        char const* bytes;
        char const* declared;
        char const* text;
    };
    for (auto const& [bytes, declared, text] : {
             Case{"plain", "", "plain"},
             Case{"Ren\xC3\xA9", "", "Ren\xC3\xA9"},
             Case{"Ren\xE9", "", "Ren\xC3\xA9"},
             Case{"Ren\xE9", "ASCII", "Ren\xC3\xA9"},
             Case{"Ren\xE9", "8859/1", "Ren\xC3\xA9"},
             Case{"Ren\xC3\xA9", "8859/1", "Ren\xC3\x83\xC2\xA9"},
             Case{"5 \x80 \x96", "", "5 \xE2\x82\xAC \xE2\x80\x93"},
             Case{"\xA4", "8859/15", "\xE2\x82\xAC"},
             Case{"\xB1", "8859/2", "\xC4\x85"},
             Case{"Ren\xC3\xA9 \xE9", "UNICODE UTF-8", "Ren\xC3\xA9 \xC3\xA9"},
             Case{"Ren\xC3\xA9", "UNICODE", "Ren\xC3\xA9"},
             Case{"Ren\xE9", "44", "Ren\xC3\xA9"},
             Case{"\x81", "", "\xEF\xBF\xBD"},
         }) {
        EXPECT_EQ(to_utf8(bytes, declared), text) << declared;
    }
}

TEST(Hl7Charset, AlwaysGivesValidUtf8) {
    for (auto const* declared : {"", "8859/1", "UTF-8", "8859/7", "8859/99", "nonsense"}) {
        for (int lead = 0x80; lead < 0x100; ++lead) {
            for (int next : {0x00, 0x41, 0x80, 0xBF, 0xFF}) {
                std::string const bytes{static_cast<char>(lead), static_cast<char>(next)};
                EXPECT_TRUE(valid_utf8(to_utf8(bytes, declared)));
            }
        }
    }
    EXPECT_FALSE(valid_utf8("\xC0\x80"));
    EXPECT_FALSE(valid_utf8("\xED\xA0\x80"));
    EXPECT_FALSE(valid_utf8("\xF4\x90\x80\x80"));
    EXPECT_TRUE(valid_utf8("\xF0\x9F\x8F\xA5"));
}

}  // namespace
}  // namespace washup::hl7v2
